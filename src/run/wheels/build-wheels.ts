import path from 'node:path'
import { renderWheelStages, wheelStage } from '../../plan/dockerfile/dockerfile.ts'
import { signedManifest } from '../../plan/signature.ts'
import { wantsCompiler } from '../../plan/wheels/build-hints.ts'
import { mayBeOfPython } from '../../plan/wheels/older-python.ts'
import { type MadeNow, type Manifest, namesIn, type PlannedWheel } from '../../plan/wheels/wheel-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { needsCompiler } from '../../project/layout/compiled-backends.ts'
import { LEGACY_BUILD } from '../../project/project.ts'
import { readToml, tableAt, textsAt } from '../../project/toml.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import { allDone } from '../all-done.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { ATTEMPTS, asksOn, buildTarget, isBuildFault } from '../build/build-target.ts'
import { fetchDebianLists } from '../build/debian-files.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import { ensureBuildLocks, type Locks, setName } from '../lock/build-requirements.ts'
import { type LocalPackage, localAt } from '../lock/lay-out-package.ts'
import { fetchAll } from '../wheelhouse-folder/fetch-files.ts'
import type { World } from '../world.ts'
import { linkedPackages, readBuiltWheel, type Workplace } from './built-wheel.ts'
import { layOutRequires } from './project-wheel.ts'

type Compile = Extract<PlannedWheel, { kind: 'compile' }>

/** What a wheel is built from: an sdist or a folder, laid out in the context. */
export interface WheelSource {
  readonly planned: Compile
  /** In the context. */
  readonly at: string
  readonly folder: boolean
  readonly needsCompiler: boolean
  readonly requires: readonly string[]
  /** Tells its build backend a version. */
  readonly env: Readonly<Record<string, string>>
  readonly above?: string | undefined
}

/** Fetches the sdists that must be built and reads, without running anything, what each needs. */
export async function openSources(
  world: World,
  planned: readonly PlannedWheel[],
  locals: ReadonlyMap<string, LocalPackage>,
): Promise<readonly WheelSource[]> {
  const compile = planned.filter((wheel): wheel is Compile => wheel.kind === 'compile')
  return Promise.all(
    compile.map(async (wheel) => {
      const local = locals.get(wheel.name)
      if (local) return openFolder(wheel, local)
      if (wheel.remote) return openSdist(world, wheel, wheel.remote)
      throw new Error(`${wheel.name} is a folder that nobody laid out`)
    }),
  )
}

function openFolder(planned: Compile, { name, files, project, env, above }: LocalPackage): WheelSource {
  return {
    planned,
    at: localAt(name),
    folder: true,
    needsCompiler: project.compiled || needsCompiler(files),
    requires: project.buildRequires,
    env,
    above,
  }
}

async function openSdist(world: World, planned: Compile, remote: NonNullable<Compile['remote']>): Promise<WheelSource> {
  const at = `sdists/${planned.name}/${remote.file}`
  const archive = path.join(world.paths.wheelsContext, at)
  await fetchAll(world, [remote], path.dirname(archive))
  const members = await world.archives.list(archive)
  const root = members[0]?.split('/')[0] ?? ''
  const pyproject = await world.archives.readMember(archive, `${root}/pyproject.toml`)
  const build = tableAt(pyproject === undefined ? {} : readToml(`${remote.file}/pyproject.toml`, pyproject), 'build-system')
  const requires = textsAt(build, 'requires') ?? LEGACY_BUILD
  return { planned, at, folder: false, needsCompiler: needsCompiler(members), requires, env: {} }
}

/** What the wheels of a shelf are built with. */
export interface Workshop {
  readonly setup: BuildSetup
  readonly target: Target
  readonly madeFrom: (locks: Locks) => MadeNow
  /** What to do about a package that was made for an older Python; undefined where it was not. */
  readonly forOlder: (name: string) => string | undefined
}

export interface Built {
  readonly manifests: readonly Manifest[]
  /** As they were built in the end. */
  readonly sources: readonly WheelSource[]
  /** What the first one that failed says. */
  readonly fault: unknown
}

/**
 * Builds each source in a stage of its own, side by side, without an index and without a network. One whose
 * backend asks for more is built again with that; one that fails on base is built again in the builder. What
 * succeeds is kept even when another fails: its fault is for the caller to throw.
 */
export async function buildSources(world: World, workshop: Workshop, sources: readonly WheelSource[]): Promise<Built> {
  const { setup, target } = workshop
  const manifests: Manifest[] = []
  const done: WheelSource[] = []
  let fault: unknown
  for (let round = sources, attempt = 1; round.length > 0; attempt++) {
    const sets = round.map(({ requires, planned }) => ({ requires, asking: planned.name }))
    const locks = await ensureBuildLocks(world, setup, target, sets)
    const made = workshop.madeFrom(locks)
    const named = sets.map(({ requires }) => locks.get(setName(requires)) ?? '')
    await layOutRequires(world, world.paths.wheelsContext, named)
    const ends = await buildRound(world, workshop, round, made)
    const next: WheelSource[] = []
    for (const [i, end] of ends.entries()) {
      const source = round[i] as WheelSource
      if (end.status === 'fulfilled' && 'file' in end.value) {
        manifests.push(end.value)
        done.push(source)
      } else if (end.status === 'fulfilled') {
        if (attempt === ATTEMPTS) fault ??= asksOn(source.planned.name, end.value.requires)
        world.log.info(`  ${source.planned.name}: its build backend asks for ${end.value.requires.join(', ')} too`)
        next.push({ ...source, requires: [...new Set([...source.requires, ...end.value.requires])] })
      } else if (!source.needsCompiler && attempt < ATTEMPTS && forWantOfCompiler(end.reason)) {
        world.log.info(`  ${source.planned.name}: did not build without a compiler; once more with one`)
        next.push({ ...source, needsCompiler: true })
      } else fault ??= advised(end.reason, workshop.forOlder(source.planned.name))
    }
    round = fault === undefined ? next : []
  }
  return { manifests, sources: done, fault }
}

/** A build's fault, with what is known of its package where its own words know nothing better. */
function advised(error: unknown, next: string | undefined): unknown {
  if (next === undefined || !isBuildFault(error) || !mayBeOfPython([error.reason, ...error.details])) return error
  return error.with({ next })
}

function forWantOfCompiler(error: unknown): boolean {
  return isBuildFault(error) && wantsCompiler([error.reason, ...error.details])
}

async function buildRound(world: World, { setup }: Workshop, round: readonly WheelSource[], made: MadeNow) {
  for (const { planned, needsCompiler: compiles, folder } of round) {
    const what = [planned.name, planned.version].filter(Boolean).join(' ')
    world.log.info(`  ${what}: ${compiles ? 'compiling' : 'building'} its ${folder ? 'folder' : 'sdist'} (${planned.why})`)
  }
  const tools = await ensureUvImage(world, setup)
  const compiled = round
    .filter((source) => source.needsCompiler)
    .flatMap(({ planned, requires }) => [planned.name, ...namesIn(requires.join(' '))])
  const builder = compiled.length > 0 ? await setup.builder(compiled) : undefined
  const dockerfile = setup.dockerfile + renderWheelStages(round.map(({ planned, ...source }) => ({ ...source, name: planned.name })))
  let done = 0
  const builds = Promise.allSettled(
    round.map(async ({ planned, requires, needsCompiler: compiles }): Promise<Manifest | { requires: readonly string[] }> => {
      const stage = wheelStage(planned.name)
      const output = path.join(world.paths.temp, stage)
      await world.files.remove(output)
      const place = { dockerfile, context: 'wheelsContext', base: setup.base, tools, ...(builder ? { builder } : {}) } as const
      const target = `${stage}-files`
      const seconds = await buildTarget(world, setup.settings, { ...place, target, output, offline: true })
      const image = compiles ? 'BUILDER' : 'BASE'
      const how = { seconds, requires, made: made({ package: planned.name, sdist: planned.sha256, requires }) }
      const kept = await keepCompiled(world, setup, { planned, output, workplace: { ...place, stage, image } }, how)
      if ('file' in kept && round.length > 1) world.log.info(`  ${++done} of ${round.length} wheels are built`)
      return kept
    }),
  )
  // What is compiled mostly links libraries, whose packages are asked for next.
  const [ends] = await allDone([builds, compiled.length > 0 ? fetchDebianLists(world, setup) : Promise.resolve()])
  return ends
}

/** A wheel that a stage has built. */
interface Stage {
  readonly planned: Compile
  readonly output: string
  readonly workplace: Omit<Workplace, 'who' | 'file'>
}

async function keepCompiled(
  world: World,
  setup: BuildSetup,
  { planned, output, workplace }: Stage,
  how: Pick<Manifest, 'seconds' | 'requires' | 'made'>,
): Promise<Manifest | { requires: readonly string[] }> {
  const { name } = planned
  const read = await readBuiltWheel(world, { who: name, name, version: planned.version }, output)
  if ('requires' in read) return read
  const { file, metadata } = read
  const packages = await linkedPackages(world, setup, { ...workplace, who: name, file })
  const sha256 = await world.files.sha256(path.join(output, file))
  const version = planned.version || metadata.version
  const manifest = signedManifest(world.signer, { package: planned.name, version, file, sha256, packages, ...how })
  await world.files.remove(inWheelhouse(world, file))
  await world.files.link(path.join(output, file), inWheelhouse(world, file))
  await world.files.write(inWheelhouse(world, SHELF.manifests, `${file}.json`), `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}
