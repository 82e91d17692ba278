import path from 'node:path'
import type { Files } from '../../effects/ports.ts'
import { faultsOf, UserError, unlessFaults } from '../../errors.ts'
import { addressSecrets, masksOf } from '../../inputs/masks.ts'
import type { Inputs } from '../../inputs.ts'
import { mentions } from '../../plan/dockerfile/custom-dockerfile.ts'
import { ownDockerfiles } from '../../plan/given-images.ts'
import { checkLogins } from '../../plan/registry-login.ts'
import { nameRun, planRun, type RunnerSettings, type RunPlan } from '../../plan/run-plan.ts'
import { contextAtHead, withRelease } from '../../plan/tags/checkout-head.ts'
import type { Versioning } from '../../plan/version/project-version.ts'
import { followedIndexes } from '../../plan/wheels/index-settings.ts'
import { unreadLines } from '../../project/application/procfile.ts'
import { asksBackend, filesCount } from '../../project/dependencies.ts'
import { asksGit, WITHOUT_GIT } from '../../project/layout/git-calls.ts'
import { type Project, readProject } from '../../project/project.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { defaultGroupsNotice } from '../../project/tools/default-groups.ts'
import type { NamedLogin, ProjectIndexes } from '../../project/tools/index-pins.ts'
import { readProjectIndexes } from '../../project/tools/project-indexes.ts'
import { readUvSettings } from '../../project/tools/uv-settings.ts'
import { unfollowedForBuilds } from '../../project/tools/uv-sources.ts'
import { uvOf } from '../../project/tools/uv-workspace.ts'
import { withoutLogin } from '../../text/addresses.ts'
import { listed } from '../../text/words.ts'
import { readDockerfile } from '../images/custom-image.ts'
import { checkShelves } from '../wheelhouse-folder/open-wheelhouse.ts'
import { readIgnore } from '../wheels/project-wheel.ts'
import { refuseUnknown } from '../wheels/unknown-names.ts'
import type { World } from '../world.ts'
import { tellDeadLinks } from './checkout/dead-links.ts'
import { tellDropped } from './checkout/dropped-files.ts'
import { withFollowedTag } from './checkout/followed-tag.ts'
import { refuseAbsent } from './checkout/refuse-absent.ts'
import { knownTags, markedPrereleases, namesakes } from './known-tags.ts'
import { checkVolumes } from './mounts.ts'
import { refuseMovedTag } from './moved-tag.ts'
import { METADATA_FILES, readTree } from './read-tree.ts'
import { refuseSameName } from './same-name.ts'
import { readVersioning, tagOf } from './version-from-git.ts'
import { tellWithheld } from './withheld-notice.ts'
import { readMember } from './workspace-members.ts'

/** What the runner brings. */
export interface Runner extends RunnerSettings {
  /** Puts the login that the runner has for the name of an index into its address. */
  readonly namedLogin: NamedLogin
  /** Paths of the project's files. @param withheld gets those that are left out as secrets */
  readonly sourcePaths: (folder: string, withheld?: string[], top?: string) => Promise<readonly string[]>
}

/** Reads the project and makes the plan; tells what was found and chosen, and why. */
export async function makePlan(inputs: Inputs, world: World, runner: Runner): Promise<RunPlan> {
  const { context } = world
  const { faults, dockerfiles } = await checkInputs(inputs, world)
  const found = await readFound(inputs, world, runner)
  const { project, versioning, member, indexes, at, checkout, withheld } = found
  const { buildConstraints } = readUvSettings(uvOf(member).settings)
  const named = () => nameRun(inputs, context, { project, ...checkout })
  const prereleases = faults.length > 0 ? [] : await markedPrereleases(world, inputs, at, named().repository.path)
  const facts = {
    project,
    ...checkout,
    prereleases,
    knownTags: faults.length > 0 ? undefined : await knownTags(world, inputs, named(), withRelease(at, prereleases)),
    branches: faults.length > 0 ? [] : await namesakes(world, inputs, at),
    buildConstraints,
    withheld,
    ...(versioning && { versioning }),
    runner: withProjectIndexes(runner, indexes),
    now: world.now(),
  }
  const plan = unlessFaults(faults, () => {
    if (context.inActions) refuseUnknown(world, inputs, project, member.pyproject)
    return planRun(inputs, context, facts)
  })
  if (plan.push.push) {
    await refuseMovedTag(world, at, checkout.head)
    await refuseSameName(world, inputs, plan, (folder) => runner.sourcePaths(folder, [], folder))
  }
  tellChoices(world, inputs, plan, found)
  await tellNotices(world, inputs, plan, found)
  const builds = unfollowedForBuilds(member, project.buildRequires)
  if (builds && (project.sourceOnly === undefined || asksBackend(project))) throw builds
  tellUnused(inputs, await Promise.all(dockerfiles), world)
  tellUnfollowed(world, inputs, plan, indexes)
  return plan
}

/** All that can be said against the inputs before the project is read. */
async function checkInputs(inputs: Inputs, world: World) {
  const { context } = world
  const dockerfiles = ownDockerfiles(inputs).map(([input, file]) =>
    readDockerfile(world, input, path.join(context.workspace, inputs.path, file)),
  )
  const faults = await faultsOf([
    checkWheelhouse(inputs, world),
    checkShelves(world),
    checkVolumes(world, inputs.volumes),
    checkLogins(inputs, context.actor),
    ...dockerfiles,
  ])
  return { faults, dockerfiles }
}

/** The folder that `path` names; the project's may be its src/. */
function askedFolder({ path: given }: Inputs, { context }: World): string {
  return path.join(context.workspace, given)
}

type Found = Awaited<ReturnType<typeof readFound>>

/** What is there: the project, its commit, and what its files say of versions and indexes. */
async function readFound(inputs: Inputs, world: World, runner: Runner) {
  const { context, log, git, paths } = world
  // As the wheelhouse, they are named from `path`.
  const given = inputs.requirements.map((file) => path.relative(paths.project, path.join(askedFolder(inputs, world), file)))
  const withheld: string[] = []
  const files = await runner.sourcePaths(paths.project, withheld, context.workspace)
  tellWithheld(world, withheld)
  const tree = await readTree({ project: paths.project, workspace: context.workspace, given }, files, world.files)
  const [commit, origin, checkedOut] = await Promise.all([git.commit(paths.project), git.origin(paths.project), git.head(paths.project)])
  const head = await withFollowedTag(world, checkedOut)
  const repositoryName = (context.repository || origin || '').split('/').at(-1)
  const fallback = tree.folder === '.' ? repositoryName || path.basename(context.workspace) : path.basename(tree.folder)
  const project = readProject(tree, fallback, { requirements: given, wheel: inputs.wheel })
  await tellDropped(world, [...files, ...withheld])
  await tellDeadLinks(world, files)
  const ignore = await readIgnore(world)
  await refuseAbsent(world, { folder: paths.project, shown: '', files, whole: project.sourceOnly !== undefined, ignore })
  const at = contextAtHead(context, head, { imageName: inputs.imageName || project.name }).context
  const versioning =
    project.sourceOnly === undefined || asksBackend(project) ? await readVersioning(world, tree, paths.project, tagOf(at)) : undefined
  const member = await readMember({ files: world.files, top: context.workspace }, paths.project)
  const chosen = { extras: inputs.extras, groups: inputs.groups }
  const indexes = withIndexesOfFiles(readProjectIndexes(member, runner.namedLogin, chosen), project)
  const addresses = [indexes.indexUrl, ...indexes.extraIndexUrls, ...Object.values(indexes.pins.indexes)]
  log.mask(addressSecrets(addresses.join(' ')).flatMap(masksOf))
  return { project, tree, at, versioning, member, indexes, withheld, checkout: { commit, origin, head } }
}

/** What was found and chosen. */
function tellChoices(world: World, inputs: Inputs, plan: RunPlan, { project, tree, indexes }: Found): void {
  const { log } = world
  log.info(`Packaging ${project.name} (${project.definedBy} in ${tree.folder}; name from ${project.nameFrom})`)
  log.info(`  image ${plan.names.release}:${plan.tags.primary}, from ${plan.parent} (${plan.pythonFrom})`)
  const { indexUrl, extraIndexUrls } = plan.settings
  if (indexUrl || extraIndexUrls.length > 0)
    log.info(`  indexes in order: ${[...extraIndexUrls, indexUrl || 'the public one'].map(withoutLogin).join(', ')}`)
  for (const [name, pins] of Object.entries(indexes.pins.packages))
    log.info(`  ${name} comes from ${pins.map(({ index }) => index).join(' or ')} alone, as [tool.uv.sources] says`)
  if (world.paths.project !== path.join(askedFolder(inputs, world), '.')) {
    log.info(
      `  ${inputs.path || 'the workspace'} has no metadata and its src/ has, so that is the project (the inputs path and requirements say otherwise)`,
    )
  }
}

async function tellNotices(world: World, inputs: Inputs, plan: RunPlan, { project, tree, member, versioning }: Found): Promise<void> {
  const { log } = world
  const groups = defaultGroupsNotice(member.pyproject, inputs.groups)
  for (const notice of [...plan.notices, ...(groups ? [groups] : [])]) log.notice(notice)
  const unread = unreadLines(tree.texts.get('Procfile'))
  if (unread.length > 0) log.notice(`Procfile: no process is read in line ${listed(unread.map(String))}; each is "name: command".`)
  const told = versioning?.source.kind === 'git'
  if (!told && project.definedBy === 'setup.py' && asksGit(tree.texts.get('setup.py') ?? ''))
    log.notice(`setup.py asks git. ${WITHOUT_GIT}`)
  const tagless = await taglessNotice(world, versioning, plan)
  if (tagless) log.notice(tagless)
}

function tellUnused({ buildArgs }: Pick<Inputs, 'buildArgs'>, dockerfiles: readonly { readonly text: string }[], { log }: World): void {
  if (dockerfiles.length === 0) return
  const unused = Object.keys(buildArgs).filter((name) => !dockerfiles.some(({ text }) => mentions(text, name)))
  if (unused.length > 0) log.notice(`build-args: no Dockerfile names ${unused.join(', ')}.`)
}

/** A clone that was made without tags has no version to give, whatever its depth: its origin is asked whether it has some. */
async function taglessNotice(world: World, versioning: Versioning | undefined, plan: RunPlan): Promise<string | undefined> {
  const { source, git } = versioning ?? {}
  if (source?.kind !== 'git' || !git || git.shallow || git.nearest || git.tag === 'here' || plan.versionIsSet) return undefined
  const tags = await world.git.originTags(world.paths.project)
  if (!tags || tags.length === 0) return undefined
  return (
    `The version comes from git, and this clone has none of the ${tags.length} tags of its origin: the wheel's version is made of the commits alone. ` +
    'Let actions/checkout fetch them (fetch-depth: 0, or fetch-tags: true).'
  )
}

/** @throws UserError where another index would answer in the place of one that the project names for a package */
function tellUnfollowed(
  world: World,
  inputs: Pick<Inputs, 'indexUrl' | 'extraIndexUrls'>,
  { project }: RunPlan,
  { unfollowed }: ProjectIndexes,
): void {
  const decided = project.lock !== undefined || inputs.extraIndexUrls.length > 0 || inputs.indexUrl !== ''
  if (unfollowed.length === 0) return
  if (!decided) {
    throw new UserError(
      'project',
      `pyproject.toml says where packages come from in a way that is not followed (${unfollowed.join(', ')}), and another index must not answer in its place`,
      'Commit a lock, or set extra-index-urls to the indexes that are meant.',
    )
  }
  world.log.warning(`pyproject.toml has settings of indexes that are not followed: ${unfollowed.join(', ')}. Set extra-index-urls.`)
}

/** Those that requirements files name count where the files do, before those of pyproject.toml. */
function withIndexesOfFiles(indexes: ProjectIndexes, project: Project): ProjectIndexes {
  if (!project.requirements || !filesCount(project)) return indexes
  const { indexUrl, extraIndexUrls } = followedIndexes(project.requirements)
  return { ...indexes, indexUrl: indexUrl || indexes.indexUrl, extraIndexUrls: [...extraIndexUrls, ...indexes.extraIndexUrls] }
}

/** The project's own indexes come after those that the inputs or the runner name, as uv has it. */
function withProjectIndexes(runner: Runner, { indexUrl, extraIndexUrls, pins }: ProjectIndexes): Runner {
  return { ...runner, indexUrl: runner.indexUrl || indexUrl, projectIndexUrls: extraIndexUrls, pins }
}

/** The wheelhouse is pruned, so it must be ours: no link to elsewhere, no folder with files of the repository. */
async function checkWheelhouse(inputs: Pick<Inputs, 'wheelhouse'>, { files, git, paths, context }: World): Promise<void> {
  const parts = path.relative(context.workspace, paths.wheelhouse).split(path.sep)
  for (let i = 1; i <= parts.length; i++) {
    if (await files.isLink(path.join(context.workspace, ...parts.slice(0, i)))) {
      throw new UserError('inputs', `wheelhouse "${inputs.wheelhouse}" leads through a symbolic link`, {
        next: 'Name a folder inside the workspace.',
        input: 'wheelhouse',
      })
    }
  }
  const tracked = await git.tracked(paths.wheelhouse)
  if (tracked.length > 0) {
    throw new UserError('inputs', `wheelhouse "${inputs.wheelhouse}" holds files of the repository (${tracked[0]})`, {
      next: 'Name another folder: what the lock does not name is removed from it.',
      input: 'wheelhouse',
    })
  }
}

/**
 * The project folder: `path`, or its `src/` where only that holds metadata.
 * @throws UserError where there is no such folder, or a link leads out of the workspace
 */
export async function findProject(
  workspace: string,
  given: string,
  files: Pick<Files, 'status' | 'checkInside' | 'readInside'>,
): Promise<string> {
  const asked = path.join(workspace, given)
  const there = await files.status(asked)
  if (!there?.folder) {
    throw new UserError(
      'project',
      there ? `"${given}" is no folder` : `there is no folder "${given}" in the workspace`,
      'Check path, and in a workflow that actions/checkout ran before this step.',
    )
  }
  await files.checkInside(workspace, asked)
  const holds = async (folder: string) => {
    const texts = await Promise.all(METADATA_FILES.map(([name]) => files.readInside(workspace, path.join(folder, name), TEXT_SIZE)))
    return METADATA_FILES.some(([, sign], i) => texts[i] !== undefined && sign.test(texts[i]))
  }
  if (await holds(asked)) return asked
  return (await holds(path.join(asked, 'src'))) ? path.join(asked, 'src') : asked
}
