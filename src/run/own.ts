import path from 'node:path'
import { sha256 } from '../plan/fingerprint.ts'
import { wantsCompiler } from '../plan/hints.ts'
import type { Target } from '../plan/wheel-tags.ts'
import { namesIn } from '../plan/wheels.ts'
import { parseMetadata, type Requirements, requirementsOf } from '../project/metadata.ts'
import { type AppWheel, keptAppWheel, makeAppWheel, type Source, sourcePrint } from './app-wheel.ts'
import { ATTEMPTS, asksOn, isBuildFault } from './build.ts'
import { scriptsPrint } from './images.ts'
import { ensureBuildRequires, type Resolver } from './requires.ts'
import type { State } from './state.ts'
import { withFiles } from './version.ts'
import type { WheelhouseRequest } from './wheelhouse.ts'
import type { World } from './world.ts'

/** What the project says of itself. */
export interface Own {
  readonly state: State
  readonly app: AppWheel | undefined
  readonly metadata: Requirements
  readonly source: Source
  /** The image that its wheel is built in. */
  readonly workshop: () => Promise<string>
  /** sha256 of the lock of the build requirements, '' where nothing is built. */
  readonly buildLock: string
}

/**
 * By its wheel, by the wheel before where that may be believed, or by its files alone where it has none.
 * @param how `first` where the source will still be changed, and what it requires is all that is wanted; `source`
 * where it was changed
 */
export async function ownMetadata(
  world: World,
  request: WheelhouseRequest,
  resolver: Resolver,
  before: State,
  target: Target,
  how: { readonly first?: boolean; readonly source?: Source } = {},
): Promise<Own> {
  const { project } = request.plan
  const inBase = async () => request.base
  if (project.sourceOnly !== undefined) {
    world.log.info(`  no wheel of the project, as ${project.sourceOnly}: its source goes to /app`)
    const source = await readSource(world, request, '', how.source)
    return { state: before, app: undefined, metadata: project.metadata, source, workshop: inBase, buildLock: '' }
  }
  const definition = sha256(project.definition)
  let state = before
  let { requires, compiled } =
    state.own?.definition === definition ? state.own : { requires: [] as readonly string[], compiled: project.compiled }
  for (let attempt = 1; ; attempt++) {
    const ensured = await ensureBuildRequires(world, resolver, state, target, [...project.buildRequires, ...requires])
    state = ensured.state
    const buildLock = ensured.sha256
    const source = await readSource(world, request, buildLock, how.source)
    const workshop = compiled ? () => request.builder([...namesIn(project.buildRequires.join(' '))]) : inBase
    const kept = how.first ? undefined : await keptAppWheel(world, state, source.parts)
    if (kept) {
      world.log.info(`  ${kept.file}: the source is unchanged`)
      return { state, app: kept, metadata: requirementsOf(parseMetadata(kept.metadata)), source, workshop, buildLock }
    }
    // What a compiled wheel links is known only when it is there.
    const believed = (how.first || (request.releaseFollows && !compiled)) && state.told?.definition === definition
    if (believed && state.told) return { state, app: undefined, metadata: state.told.requirements, source, workshop, buildLock }
    try {
      const made = await makeAppWheel(world, resolver, state, source, await workshop())
      if ('requires' in made && attempt < ATTEMPTS) {
        world.log.info(`  the build backend asks for ${made.requires.join(', ')} too`)
        requires = [...new Set([...requires, ...made.requires])]
        continue
      }
      if ('requires' in made) throw asksOn(project.name, made.requires)
      world.log.info(`  ${made.app.file}: built in ${made.app.seconds.toFixed(1)} s${compiled ? ' in the builder' : ''}`)
      const metadata = requirementsOf(parseMetadata(made.app.metadata))
      state = { ...made.state, told: { definition, requirements: metadata }, own: { definition, requires, compiled } }
      return { state, app: made.app, metadata, source, workshop, buildLock }
    } catch (error) {
      if (compiled || attempt === ATTEMPTS || !isBuildFault(error) || !wantsCompiler([error.message, ...error.details])) throw error
      world.log.info('  the project did not build without a compiler; once more with one')
      compiled = true
    }
  }
}

async function readSource(world: World, request: WheelhouseRequest, buildLock: string, changed: Source | undefined): Promise<Source> {
  const { ownVersion } = request.plan
  const snapshot =
    changed?.snapshot ?? withFiles(await world.source.snapshot(world.paths.project, world.paths.wheelhouse), ownVersion.files)
  const ignore = (await world.files.read(path.join(world.paths.project, '.dockerignore'))) ?? ''
  const parts = {
    source: sourcePrint(snapshot),
    dockerignore: sha256(ignore),
    commit: String(request.plan.epoch),
    version: JSON.stringify(ownVersion.env),
    buildLock,
    parent: request.system,
    recipe: await scriptsPrint(world, 'wheel'),
  }
  return { snapshot, parts }
}
