import path from 'node:path'
import type { Inputs } from '../inputs.ts'
import { planRun, type RunnerSettings, type RunPlan } from '../plan/run-plan.ts'
import { legalComponent } from '../plan/reference.ts'
import { needsKnownTags } from '../plan/tags.ts'
import { READ, readProject, type SourceTree } from '../project/project.ts'
import type { World } from './world.ts'

/** What the runner brings. */
export interface Runner extends RunnerSettings {
  /** Paths of the project's files; nothing is read. */
  readonly sourcePaths: (folder: string) => Promise<readonly string[]>
}

/** Reads the project and makes the plan; tells what was found and chosen, and why. */
export async function makePlan(inputs: Inputs, world: World, runner: Runner): Promise<RunPlan> {
  const { context, log } = world
  const tree = await sourceTree(world, runner)
  const [commit, origin] = await Promise.all([world.git.commit(world.paths.project), world.git.origin(world.paths.project)])
  const repositoryName = (context.repository || origin || '').split('/')[1]
  const project = readProject(tree, tree.folder === '.' ? repositoryName || path.basename(context.workspace) : path.basename(tree.folder))
  const image = inputs.imageName || legalComponent(project.name)
  const knownTags = needsKnownTags({ version: inputs.version, imageName: image }, context) ? await listTags(inputs, world) : undefined
  const plan = planRun(inputs, context, { project, commit, origin, knownTags, runner, now: world.now() })
  log.info(`Packaging ${project.name} (${project.definedBy} in ${tree.folder}; name from ${project.nameFrom})`)
  log.info(`  image ${plan.names.release}:${plan.tags.primary}, from ${plan.parent} (${plan.pythonFrom})`)
  for (const notice of plan.notices) log.notice(notice)
  return plan
}

async function sourceTree(world: World, runner: Runner): Promise<SourceTree> {
  const folder = path.relative(world.context.workspace, world.paths.project) || '.'
  const texts = new Map<string, string>()
  for (const name of READ) {
    const text = await world.files.read(path.join(world.paths.project, name))
    if (text !== undefined) texts.set(name, text)
  }
  return { folder, files: await runner.sourcePaths(world.paths.project), texts }
}

/** The clone knows its tags unless it is shallow; then the forge, then nobody. */
async function listTags(inputs: Inputs, world: World): Promise<readonly string[] | undefined> {
  const cloned = await world.git.tags(world.paths.project)
  if (cloned) return cloned
  if (!inputs.githubToken || !world.context.repository) return undefined
  return world.forge.tags(world.context.repository, inputs.githubToken)
}

const METADATA_FILES = ['pyproject.toml', 'setup.py', 'setup.cfg']

/** The project folder: `path`, or its `src/` where only that holds metadata. */
export async function findProject(workspace: string, given: string, exists: (file: string) => Promise<boolean>): Promise<string> {
  const asked = path.join(workspace, given)
  const holds = async (folder: string) => (await Promise.all(METADATA_FILES.map((name) => exists(path.join(folder, name))))).some(Boolean)
  if (await holds(asked)) return asked
  return (await holds(path.join(asked, 'src'))) ? path.join(asked, 'src') : asked
}
