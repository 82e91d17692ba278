import path from 'node:path'
import { UserError } from '../errors.ts'
import { fingerprint, type Parts, sha256 } from '../plan/fingerprint.ts'
import { supportedTags, type Target } from '../plan/wheel-tags.ts'
import { bestWheel } from '../plan/wheels.ts'
import { readLock } from '../project/lock.ts'
import { type BuildSettings, buildTarget } from './build.ts'
import { fetchAll } from './fetch.ts'
import { inWheelhouse, SHELF, type State } from './state.ts'
import type { World } from './world.ts'

/** What resolutions in the target image start from. */
export interface Resolver {
  readonly dockerfile: string
  readonly settings: BuildSettings
  readonly base: string
  /** Parts common to every resolution: the image, the index, the date. */
  readonly parts: Parts
}

/**
 * uv as an image of this daemon that the stages mount: its binary is 38 MB, and would otherwise be sent
 * again with every build. It comes from the wheel kept in the wheelhouse.
 * @returns the image, or undefined where no wheel is kept and it must be fetched first
 */
export async function ensureKeptTools(world: World, resolver: Resolver): Promise<string | undefined> {
  const pins = (await world.files.read(path.join(world.paths.stages, 'uv', 'requirements.txt'))) ?? ''
  const image = `pypackager-tools:uv-${sha256(pins).slice(0, 12)}`
  if (await world.docker.inspect(image)) return image
  const wheel = await pinnedWheel(world, inWheelhouse(world, SHELF.uv), pins)
  if (!wheel) return undefined
  await world.archives.unzipMember(wheel, '.data/scripts/uv', path.join(world.paths.context, 'tools', 'uv'))
  await buildTarget(world, resolver.settings, { dockerfile: resolver.dockerfile, target: 'kept-tools', tags: [image], localOnly: true, offline: true })
  return image
}

/** As above, and the wheel fetched by the stage `uv` where none is kept. */
export async function ensureTools(world: World, resolver: Resolver): Promise<string> {
  const kept = await ensureKeptTools(world, resolver)
  if (kept) return kept
  const folder = inWheelhouse(world, SHELF.uv)
  await world.files.remove(folder)
  await buildTarget(world, resolver.settings, { ...resolver, target: 'uv-files', output: folder })
  const made = await ensureKeptTools(world, resolver)
  if (!made) throw new Error('the stage uv gave no wheel of the pinned hash')
  return made
}

async function pinnedWheel(world: World, folder: string, pins: string): Promise<string | undefined> {
  for (const name of await world.files.list(folder)) {
    const file = path.join(folder, name)
    if (pins.includes(`sha256:${await world.files.sha256(file)}`)) return file
  }
  return undefined
}

export interface Resolution {
  readonly text: string
  readonly target: Target
}

/** Resolves requirement lines in the image they will run in. */
export async function resolve(
  world: World,
  resolver: Resolver,
  stage: 'lock' | 'build-lock',
  lines: readonly string[],
): Promise<Resolution> {
  const tools = await ensureTools(world, resolver)
  await world.files.remove(path.join(world.paths.context, 'requirements', stage))
  await world.files.write(path.join(world.paths.context, 'requirements', stage, 'requirements.txt'), `${lines.join('\n')}\n`)
  const output = path.join(world.paths.temp, stage)
  await world.files.remove(output)
  await buildTarget(world, resolver.settings, { ...resolver, tools, target: `${stage}-files`, output })
  return {
    text: (await world.files.read(path.join(output, 'pylock.toml'))) ?? '',
    target: JSON.parse((await world.files.read(path.join(output, 'target.json'))) ?? '{}') as Target,
  }
}

/**
 * Build requirements, resolved with hashes and fetched to `.build/requires`, for builds without an index.
 * @returns the state with the lock's record, and the lock's sha256
 */
export async function ensureBuildRequires(
  world: World,
  resolver: Resolver,
  state: State,
  requirements: readonly string[],
): Promise<{ state: State; sha256: string }> {
  const sorted = [...new Set(requirements)].sort()
  const print = fingerprint({ ...resolver.parts, requirements: sorted.join('\n') })
  const file = inWheelhouse(world, SHELF.locks, `${print}.toml`)
  const known = await world.files.read(file)
  const record = state.buildLocks?.[print]
  if (known !== undefined && record !== undefined && sha256(known) === record && (await fetched(world, known))) {
    return { state, sha256: record }
  }
  const resolution =
    sorted.length > 0 ? await resolve(world, resolver, 'build-lock', sorted) : { text: 'lock-version = "1.0"\n', target: undefined }
  const wheels = readLock('the lock of the build requirements', resolution.text).map((entry) => {
    const wheel = resolution.target && bestWheel(entry.wheels, supportedTags(resolution.target))
    if (!wheel)
      throw new UserError(
        'wheels',
        `the build requirement ${entry.name} ${entry.version} has no wheel that fits`,
        'Pin another version of it in [build-system] requires.',
      )
    return wheel
  })
  await fetchAll(world, wheels, inWheelhouse(world, SHELF.requires))
  const text = `# build requirements: ${sorted.join(', ')}\n# files: ${wheels.map((wheel) => `${wheel.file}=${wheel.sha256}`).join(' ')}\n${resolution.text}`
  await world.files.write(file, text)
  return { state: { ...state, buildLocks: { ...state.buildLocks, [print]: sha256(text) } }, sha256: sha256(text) }
}

/** Whether the files of a kept lock are all there, byte for byte. */
async function fetched(world: World, lock: string): Promise<boolean> {
  for (const [file, hash] of lockedFiles(lock)) {
    const kept = inWheelhouse(world, SHELF.requires, file)
    if (!(await world.files.exists(kept)) || (await world.files.sha256(kept)) !== hash) return false
  }
  return true
}

/** Names and sha256 of the wheels that a kept lock of build requirements chose. */
export function lockedFiles(lock: string): readonly (readonly [string, string])[] {
  const line = /^# files: (.*)$/m.exec(lock)?.[1] ?? ''
  return line
    .split(' ')
    .filter(Boolean)
    .map((pair) => {
      const [file = '', hash = ''] = pair.split('=')
      return [file, hash] as const
    })
}
