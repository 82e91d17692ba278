import { UNFINISHED } from '../../effects/docker-port.ts'
import { fingerprint, fingerprintTag, type Parts } from '../../plan/fingerprint.ts'
import { MOST_PASSING } from '../wheelhouse-folder/record-schemas.ts'
import type { World } from '../world.ts'

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
 * Gives images the names by which later runs find them, then those that people pull, and takes away those of the ones
 * before, which have no use any more. What is given is written down first: what a killed run left, a later one takes.
 * @param give gives the names that people pull: what lost one of these to an image still has its own until the end
 */
export async function finish(world: World, built: readonly Unfinished[], give: () => Promise<void>): Promise<void> {
  if (built.length === 0) return await give()
  const { releases = {}, passing = {} } = await world.records.all()
  const images = built.map(({ id, name, record, parts }) => {
    const print = fingerprint(parts)
    const before = [...(passing[record] ?? []), ...(releases[record] ? [fingerprint(releases[record])] : [])]
    const named = (each: string) => `${name}:${fingerprintTag(each)}`
    return { id, record, parts, own: named(print), useless: before.filter((each) => each !== print).map(named), prints: [...before, print] }
  })
  const of = <T>(value: (image: (typeof images)[number]) => T) => Object.fromEntries(images.map((image) => [image.record, value(image)]))
  const rest = Object.fromEntries(Object.entries(passing).filter(([record]) => !images.some((image) => image.record === record)))
  world.records.set('passing', { ...rest, ...of(({ prints }) => [...new Set(prints)].slice(-MOST_PASSING)) })
  await world.records.save()
  for (const { id, own } of images) await world.docker.tag(id, own)
  await give()
  const unfinished = (['release', 'test', 'dev'] as const).map((what) => unfinishedName(world, what))
  const useless = new Set(images.flatMap((image) => image.useless))
  await world.docker.untag(...useless, ...unfinished) // one call of docker's client, which takes longer than the daemon
  world.records.set('releases', { ...releases, ...of(({ parts }) => parts) })
  world.records.set('passing', rest)
  await world.records.save()
}
