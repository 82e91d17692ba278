import { sha256 } from '../../plan/fingerprint.ts'
import { wantsCompiler } from '../../plan/wheels/build-hints.ts'
import { namesIn } from '../../plan/wheels/wheel-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { parseMetadata, type Requirements, readWheelMetadata, requirementsOf } from '../../project/metadata.ts'
import { allDone } from '../all-done.ts'
import type { Resolver } from '../build/build-setup.ts'
import { ATTEMPTS, asksOn, isBuildFault } from '../build/build-target.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureBuildRequires } from '../lock/build-requirements.ts'
import { filesAbove } from '../prepare/files-above.ts'
import { withFiles } from '../prepare/version-from-git.ts'
import type { State } from '../wheelhouse-folder/records.ts'
import { type Contents, lasting, sourceContents, wheelContents } from '../wheelhouse-folder/wheel-contents.ts'
import type { World } from '../world.ts'
import { type AppWheel, keptAppWheel, layOutApp, makeAppWheel, readIgnore, type Source, sourcePrint } from './project-wheel.ts'
import type { WheelhouseRequest } from './wheelhouse-request.ts'

/** What the project says of itself. */
export interface Own {
  readonly state: State
  readonly app: AppWheel | undefined
  readonly metadata: Requirements
  /** Of its wheel, or of the wheel before where that is believed. */
  readonly contents: Contents
  readonly source: Source
  /** The image that its wheel is built in. */
  readonly workshop: () => Promise<string>
  /** sha256 of the lock of the build requirements, '' where nothing is built. */
  readonly buildLock: string
}

/** What a wheel that is being built will most likely say. */
export type Early = Pick<Own, 'state' | 'metadata'>

const ASSUMED =
  'pyproject.toml has no [build-system]: setuptools builds the wheel, as pip does ([tool.uv] package = false takes the source as it is)'

/**
 * By its wheel, by the wheel before where that may be believed, or by its files alone where it has none.
 * @param how `first` where the source will still be changed, and what it requires is all that is wanted; `source`
 * where it was changed; `early` is told what the wheel will say while it is being built, where its backend knows it by then
 */
export async function ownMetadata(
  world: World,
  request: WheelhouseRequest,
  resolver: Resolver,
  before: State,
  target: Target,
  how: { readonly first?: boolean; readonly source?: Source; readonly early?: (told: Early) => void } = {},
): Promise<Own> {
  const { project } = request.plan
  const inBase = async () => request.base
  if (project.sourceOnly !== undefined) {
    world.log.info(`  no wheel of the project, as ${project.sourceOnly}: its source goes to /app (${project.wheelBy})`)
    const source = sourceOf(await readFiles(world, request, how.source), '')
    return {
      state: before,
      app: undefined,
      metadata: project.metadata,
      contents: sourceContents(project),
      source,
      workshop: inBase,
      buildLock: '',
    }
  }
  if (project.assumedBackend) world.log.info(`  ${ASSUMED}`)
  const definition = sha256(project.definition)
  const reading = readFiles(world, request, how.source)
  let state = before
  let { requires, compiled } =
    state.own?.definition === definition ? state.own : { requires: [] as readonly string[], compiled: project.compiled }
  for (let attempt = 1; ; attempt++) {
    const ensuring = ensureBuildRequires(world, resolver, state, target, [...project.buildRequires, ...requires])
    const [ensured, read] = await allDone([ensuring, reading])
    state = ensured.state
    const buildLock = ensured.sha256
    const source = sourceOf(read, buildLock)
    const workshop = compiled ? () => request.builder([...namesIn(project.buildRequires.join(' '))]) : inBase
    const kept = how.first ? undefined : await keptAppWheel(world, state, source.parts)
    if (kept) {
      world.log.info(`  ${kept.file}: the source is unchanged`)
      const contents = await wheelContents(world, source.snapshot, kept.file)
      return { state, app: kept, metadata: requirementsOf(parseMetadata(kept.metadata)), contents, source, workshop, buildLock }
    }
    // What a compiled wheel links is known only when it is there.
    const believed = (how.first || (request.releaseFollows && !compiled)) && state.told?.definition === definition
    if (believed && state.told) {
      const { requirements, contents } = state.told
      return { state, app: undefined, metadata: requirements, contents, source, workshop, buildLock }
    }
    try {
      const tell = (text: string) => {
        const told = readWheelMetadata(text)
        if (typeof told !== 'string') how.early?.({ state: ensured.state, metadata: requirementsOf(told) }) // else the wheel itself says it
      }
      await layOutApp(world, state, source)
      const made = await makeAppWheel(world, resolver, state, source, await workshop(), tell)
      if ('requires' in made && attempt < ATTEMPTS) {
        world.log.info(`  the build backend asks for ${made.requires.join(', ')} too`)
        requires = [...new Set([...requires, ...made.requires])]
        continue
      }
      if ('requires' in made) throw asksOn(project.name, made.requires)
      world.log.info(`  ${made.app.file}: built in ${made.app.seconds.toFixed(1)} s${compiled ? ' in the builder' : ''}`)
      const metadata = requirementsOf(parseMetadata(made.app.metadata))
      const contents = await wheelContents(world, source.snapshot, made.app.file)
      const told = { definition, requirements: metadata, contents: lasting(contents) }
      state = { ...made.state, told, own: { definition, requires, compiled } }
      return { state, app: made.app, metadata, contents, source, workshop, buildLock }
    } catch (error) {
      if (compiled || attempt === ATTEMPTS || !isBuildFault(error) || !wantsCompiler([error.reason, ...error.details])) throw error
      world.log.info('  the project did not build without a compiler; once more with one')
      compiled = true
    }
  }
}

/** The source as it is now, and what else its wheel is made from but the build requirements. */
async function readFiles(world: World, request: WheelhouseRequest, changed: Source | undefined): Promise<Source> {
  const { ownVersion } = request.plan
  const snapshot =
    changed?.snapshot ??
    withFiles(await world.source.snapshot(world.paths.project, world.paths.wheelhouse, [], world.context.workspace), ownVersion.files)
  const ignore = (await readIgnore(world)) ?? ''
  const parts = {
    source: sourcePrint(snapshot),
    dockerignore: sha256(ignore),
    commit: String(request.plan.epoch),
    version: JSON.stringify(ownVersion.env),
    parent: request.system,
    recipe: await scriptsPrint(world, 'wheel'),
  }
  const above = await filesAbove(world, { folder: world.paths.project, top: world.context.workspace }, request.plan.project.above)
  return { snapshot, parts: { ...parts, ...(above && { above: sourcePrint(above) }) }, ...(above && { above }) }
}

function sourceOf({ parts, ...source }: Source, buildLock: string): Source {
  return { ...source, parts: { ...parts, buildLock } }
}
