import { leftOutAdvice } from '../../judge/causes/left-out.ts'
import { sha256 } from '../../plan/fingerprint.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { wantsCompiler } from '../../plan/wheels/build-hints.ts'
import { namesIn } from '../../plan/wheels/wheel-plan.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { asksBackend } from '../../project/dependencies.ts'
import { lasting, sourceContents } from '../../project/layout/package-contents.ts'
import { parseMetadata, requirementsOf } from '../../project/metadata.ts'
import { inWheelhouse } from '../../shelf.ts'
import { allDone } from '../all-done.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { ATTEMPTS, asksOn, isBuildFault } from '../build/build-target.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { ensureBuildLocks, setName } from '../lock/build-requirements.ts'
import { filesAbove } from '../prepare/files-above.ts'
import { withFiles } from '../prepare/version-from-git.ts'
import { wheelContents } from '../wheelhouse-folder/wheel-contents.ts'
import type { World } from '../world.ts'
import {
  DEFINING,
  forgetLaidOut,
  ignoredFiles,
  keptProjectWheel,
  layOutProject,
  makeProjectWheel,
  type ProjectWheel,
  readIgnore,
  type Source,
  sourcePrint,
} from './project-wheel.ts'
import type { ProjectFacts } from './wheelhouse.ts'

export interface LearnedFacts extends ProjectFacts {
  /** sha256 of the lock of the build requirements, '' where nothing is built. */
  readonly buildLock: string
}

/** Of which project, and how it is asked. */
export interface ProjectQuestion {
  readonly plan: RunPlan
  readonly target: Target
  readonly releaseFollows: boolean
  /** The source will still be changed, and what it requires is all that is wanted. */
  readonly first?: boolean
  /** The source, where it was changed. */
  readonly source?: Source
}

/** What building the project's wheel takes. */
interface Needs {
  /** Build requirements beyond what its files say. */
  readonly requires: readonly string[]
  readonly compiled: boolean
}

const ASSUMED =
  'pyproject.toml has no [build-system]: setuptools builds the wheel, as pip does ([tool.uv] package = false takes the source as it is)'

/** What the project says: by its wheel, by the wheel before where that may be believed, or by its files where it has none. */
export async function projectMetadata(world: World, setup: BuildSetup, question: ProjectQuestion): Promise<LearnedFacts> {
  const { project } = question.plan
  if (project.sourceOnly !== undefined) {
    world.log.info(`  no wheel of the project, as ${project.sourceOnly}: its source goes to /app (${project.wheelBy})`)
    const { metadata, buildLock } = asksBackend(project)
      ? await askBackend(world, setup, question)
      : { metadata: project.metadata, buildLock: '' }
    const source = withBuildLock(await readSource(world, setup, question), '')
    return { app: undefined, metadata, contents: sourceContents(project), source, workshop: async () => setup.base, buildLock }
  }
  if (project.assumedBackend) world.log.info(`  ${ASSUMED}`)
  return learn(world, setup, question)
}

/** What a project without its wheel requires by its backend: a wheel is built for its METADATA alone, and does not stay. */
async function askBackend(
  world: World,
  setup: BuildSetup,
  question: ProjectQuestion,
): Promise<Pick<LearnedFacts, 'metadata' | 'buildLock'>> {
  const { project } = question.plan
  world.log.info(`  a wheel is built for what it requires alone: ${project.unknownRequires}`)
  const { app, metadata, buildLock } = await learn(world, setup, { ...question, first: false, releaseFollows: false })
  if (app) await world.files.remove(inWheelhouse(world, app.file))
  await forgetLaidOut(world) // of a source that is copied, .dockerignore counts whole
  return { metadata, buildLock }
}

/** What the project's wheel says, or the wheel before. */
async function learn(world: World, setup: BuildSetup, question: ProjectQuestion): Promise<LearnedFacts> {
  const { project } = question.plan
  const known = await world.records.get('own')
  const same = known?.definition === sha256(project.definition)
  let needs: Needs = same ? { ...known, compiled: known.compiled || project.compiled } : { requires: [], compiled: project.compiled }
  const reading = readSource(world, setup, question)
  for (let attempt = 1; ; attempt++) {
    const facts = await factsWith(world, setup, question, { needs, reading })
    if (!('build' in facts)) return facts
    const more = await buildNow(world, setup, question, { needs, facts, attempt })
    if (!('next' in more)) return more
    needs = more.next
  }
}

/** Facts that take no build, or all that a build takes. */
type Unbuilt = Omit<LearnedFacts, 'app' | 'metadata' | 'contents'> & { readonly build: true }

async function factsWith(
  world: World,
  setup: BuildSetup,
  { plan, target, first, releaseFollows }: ProjectQuestion,
  { needs: { requires, compiled }, reading }: { readonly needs: Needs; readonly reading: Promise<Source> },
): Promise<LearnedFacts | Unbuilt> {
  const { project } = plan
  const set = [...project.buildRequires, ...requires]
  const [locks, read] = await allDone([ensureBuildLocks(world, setup, target, [{ requires: set }]), reading])
  const buildLock = locks.get(setName(set)) ?? ''
  const source = withBuildLock(read, buildLock)
  const names = namesIn(project.buildRequires.join(' '))
  const common = { source, buildLock, workshop: compiled ? () => setup.builder([...names]) : async () => setup.base }
  const kept = first ? undefined : await keptProjectWheel(world, source.parts)
  if (kept) {
    world.log.info(`  ${kept.file}: the source is unchanged`)
    return { ...common, ...(await factsOf(world, source, kept)) }
  }
  // What a compiled wheel links is known only when it is there, and which modules of what lies above are in it.
  const early = first || (releaseFollows && !compiled && !source.above)
  const told = early ? await world.records.get('told') : undefined
  if (told?.definition === sha256(project.definition)) {
    return { ...common, app: undefined, metadata: told.requirements, contents: told.contents }
  }
  return { ...common, build: true }
}

/** What the project's wheel says. */
export async function factsOf(
  world: World,
  source: Source,
  app: ProjectWheel,
): Promise<Pick<LearnedFacts, 'app' | 'metadata' | 'contents'>> {
  const contents = await wheelContents(world, source, app.file)
  return { app, metadata: requirementsOf(parseMetadata(app.metadata)), contents }
}

/** Builds the wheel. @returns its facts, or what the next attempt needs */
async function buildNow(
  world: World,
  setup: BuildSetup,
  { plan }: ProjectQuestion,
  { needs, facts, attempt }: { readonly needs: Needs; readonly facts: Unbuilt; readonly attempt: number },
): Promise<LearnedFacts | { readonly next: Needs }> {
  const { requires, compiled } = needs
  const { project } = plan
  const { build: _, ...common } = facts
  try {
    await layOutProject(world, facts.source)
    const made = await makeProjectWheel(world, setup, { source: facts.source, workshop: await facts.workshop() })
    if ('requires' in made) {
      if (attempt === ATTEMPTS) throw asksOn(project.name, made.requires)
      world.log.info(`  the build backend asks for ${made.requires.join(', ')} too`)
      return { next: { compiled, requires: [...new Set([...requires, ...made.requires])] } }
    }
    world.log.info(`  ${made.file}: built in ${made.seconds.toFixed(1)} s${compiled ? ' in the builder' : ''}`)
    const own = await factsOf(world, facts.source, made)
    if (project.sourceOnly === undefined) rememberProject(world, project.definition, own)
    world.records.set('own', { definition: sha256(project.definition), requires, compiled })
    return { ...common, ...own }
  } catch (error) {
    if (!isBuildFault(error)) throw error
    if (compiled || attempt === ATTEMPTS || !wantsCompiler([error.reason, ...error.details])) {
      const left = { ignored: await ignoredFiles(world, facts.source), withheld: plan.withheld }
      throw error.with({ next: leftOutAdvice(error.reason, left) ?? error.next })
    }
    world.log.info('  the project did not build without a compiler; once more with one')
    return { next: { requires, compiled: true } }
  }
}

/** Keeps what the project's wheel says, for runs in which the files that define it are the same. */
export function rememberProject(
  world: World,
  definition: string,
  { metadata, contents }: Pick<ProjectFacts, 'metadata' | 'contents'>,
): void {
  world.records.set('told', { definition: sha256(definition), requirements: metadata, contents: lasting(contents) })
}

/** The source as it is now, and what else its wheel is made from but the build requirements. */
async function readSource(world: World, setup: BuildSetup, { plan, source: changed }: ProjectQuestion): Promise<Source> {
  const { ownVersion, epoch, project } = plan
  const { paths, context } = world
  const snapshot =
    changed?.snapshot ??
    withFiles(await world.source.snapshot(paths.project, paths.wheelhouse, { top: context.workspace }), ownVersion.files)
  const above = await filesAbove(world, { folder: paths.project, top: context.workspace }, project.above)
  const ignore = await readIgnore(world)
  const parts = {
    source: sourcePrint(snapshot),
    dockerignore: sha256(ignore === undefined ? '' : `${ignore}\n${[...DEFINING].join('\n')}`),
    commit: String(epoch),
    version: JSON.stringify(ownVersion.env),
    parent: setup.system,
    recipe: await scriptsPrint(world, 'wheel'),
    ...(above && { above: sourcePrint(above) }),
    ...(project.compiled && { compiled: 'in the builder' }), // one that was made without a compiler may lack extensions
  }
  return { snapshot, parts, ...(above && { above }) }
}

function withBuildLock({ parts, ...source }: Source, buildLock: string): Source {
  return { ...source, parts: { ...parts, buildLock } }
}
