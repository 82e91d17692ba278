import path from 'node:path'
import { buildHint, wantsCompiler } from '../../plan/wheels/build-hints.ts'
import { normalizeName } from '../../project/names.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { buildTarget, isBuildFault } from '../build/build-target.ts'
import { readText } from '../build/stage-answers.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import type { World } from '../world.ts'

/** What is asked of uv's resolver. */
export interface Resolution {
  readonly lines: readonly string[]
  readonly constraints?: readonly string[]
  /** They take the place of what requires the same package, and a marker that never holds takes it out. */
  readonly overrides?: readonly string[]
  /** Words of uv's command line. */
  readonly options?: readonly string[]
  /** They are all there is, each with its version: nothing beside them is looked for, however new they are. */
  readonly pinned?: boolean
  /** Names that the [tool.uv.sources] of folders mean, which are not followed. */
  readonly sourceless?: readonly string[]
  /** Variables that tell the backends of folders their versions. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Resolves requirement lines in the image they will run in. @returns the text of the pylock.toml */
export async function resolve(
  world: World,
  setup: BuildSetup,
  { lines, constraints = [], overrides = [], options = [], pinned = false, sourceless = [], environment = {} }: Resolution,
): Promise<string> {
  const output = await resolveAll(world, setup, 'lock', {
    'requirements.txt': `${lines.join('\n')}\n`,
    ...(constraints.length > 0 && { 'constraints.txt': `${constraints.join('\n')}\n` }),
    ...(overrides.length > 0 && { 'overrides.txt': `${overrides.join('\n')}\n` }),
    ...(setup.buildConstraints.length > 0 && { 'build-constraints.txt': `${setup.buildConstraints.join('\n')}\n` }),
    ...(options.length > 0 && { 'options.txt': `${options.join('\n')}\n` }),
    ...(pinned && { pinned: '' }),
    ...(sourceless.length > 0 && { 'sourceless.txt': `${sourceless.join('\n')}\n` }),
    ...(Object.keys(environment).length > 0 && { 'environment.json': JSON.stringify(environment) }),
  })
  return readResolved(world, output)
}

/** Resolves sets of build requirements, each for itself, in one build. @returns the text of each one's pylock.toml */
export async function resolveSets(world: World, setup: BuildSetup, sets: readonly (readonly string[])[]): Promise<readonly string[]> {
  if (sets.length === 0) return []
  const asked = Object.fromEntries(sets.map((lines, i) => [`${i}/requirements.txt`, `${lines.join('\n')}\n`]))
  const bounds = setup.buildConstraints
  const constraints: Record<string, string> = bounds.length > 0 ? { 'constraints.txt': `${bounds.join('\n')}\n` } : {}
  const output = await resolveAll(world, setup, 'build-lock', { ...asked, ...constraints })
  return Promise.all(sets.map((_, i) => readResolved(world, path.join(output, String(i)))))
}

/** Bytes of a lock; one with a thousand packages and all of their files has two million. */
const LARGEST_LOCK = 64 << 20

async function readResolved(world: World, folder: string): Promise<string> {
  const answer = { folder, file: 'pylock.toml', step: 'wheels', from: 'the resolution', what: 'lock', most: LARGEST_LOCK }
  return (await readText(world, answer)) ?? ''
}

/** @param asked what is asked, as files by their names. @returns the folder of what the stage gives */
async function resolveAll(
  world: World,
  setup: BuildSetup,
  stage: 'lock' | 'build-lock',
  asked: Readonly<Record<string, string>>,
): Promise<string> {
  const tools = await ensureUvImage(world, setup)
  const folder = path.join(world.paths.leanContext, 'requirements', stage)
  await world.files.remove(folder)
  for (const [name, text] of Object.entries(asked)) await world.files.write(path.join(folder, name), text)
  const output = path.join(world.paths.temp, stage)
  await world.files.remove(output)
  const { dockerfile, base, settings } = setup
  const place = { dockerfile, tools, target: `${stage}-files`, context: 'leanContext', output } as const
  try {
    await buildTarget(world, settings, { ...place, base })
  } catch (error) {
    if (!isBuildFault(error)) throw error
    const lines = [error.message, ...error.details]
    if (!wantsHeaders(lines) && setup.buildPackages.length === 0) throw error
    world.log.info('  a source distribution does not tell what it requires without a compiler and headers; once more in the builder')
    const required = Object.values(asked).flatMap((text) => [...text.matchAll(/^[A-Za-z0-9][\w.-]*/gm)].map(([name]) => name))
    const failed = lines.flatMap((line) => /Failed to (?:download and )?build `([\w.-]+)/.exec(line)?.[1] ?? []) // uv's words
    const names = new Set([...required, ...failed].map(normalizeName))
    await buildTarget(world, settings, { ...place, base: await setup.builder([...names]) })
  }
  return output
}

/** Whether a build of metadata failed for want of what the builder has, or gets by build-packages. */
function wantsHeaders(lines: readonly string[]): boolean {
  return wantsCompiler(lines) || buildHint(lines).packages.length > 0
}
