import { UNFINISHED } from '../effects/docker-port.ts'
import { fingerprint, fingerprintTag, type Parts } from '../plan/fingerprint.ts'
import { readState, updateState } from './state.ts'
import type { World } from './world.ts'

/** An image that this run has built and that has no name of its own yet. */
export interface Unfinished {
  readonly id: string
  /** Of what it becomes, without a tag. */
  readonly name: string
  /** Under which the wheelhouse remembers it. */
  readonly record: string
  readonly parts: Parts
}

type What = 'release' | 'test' | 'dev' | 'changes' | 'from'

/** What an image is called until nothing can be said against it any more: that goes with the run, however it ends. */
export function unfinishedName({ run }: Pick<World, 'run'>, what: What): string {
  return `${UNFINISHED}:${run}-${what}`
}

/**
 * Gives images the names by which later runs find them, and takes those of the ones before, which have no use any more.
 * Last of all: the one before has lost its version's tag to this one, or keeps it.
 */
export async function finish(world: World, built: readonly Unfinished[]): Promise<void> {
  if (built.length === 0) return
  const { releases = {} } = await readState(world)
  const named = (name: string, parts: Parts) => `${name}:${fingerprintTag(fingerprint(parts))}`
  for (const { id, name, parts } of built) await world.docker.tag(id, named(name, parts))
  const useless = built.flatMap(({ name, record, parts }) => {
    const before = releases[record]
    return before && fingerprint(before) !== fingerprint(parts) ? [named(name, before)] : []
  })
  const unfinished = (['release', 'test', 'dev'] as const).map((what) => unfinishedName(world, what))
  await world.docker.untag(...useless, ...unfinished) // one call of docker's client, which takes longer than the daemon
  await updateState(world, { releases: { ...releases, ...Object.fromEntries(built.map(({ record, parts }) => [record, parts])) } })
}
