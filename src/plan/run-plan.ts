import path from 'node:path'
import type { RunContext } from '../context.ts'
import type { Commit, Head } from '../effects/ports.ts'
import type { Inputs } from '../inputs.ts'
import { normalizeName } from '../project/names.ts'
import type { Project } from '../project/project.ts'
import type { IndexPins } from '../project/tools/index-pins.ts'
import { DEPENDENCIES_EPOCH, renderAppWheel, renderImages, renderResolution } from './dockerfile/dockerfile.ts'
import { checkGiven, type Family, givenBase, givenBuilder, planFamily } from './given-images.ts'
import { isoWeek } from './iso-week.ts'
import { type CachePolicy, cachePolicy, decidePush, type PushDecision } from './policy.ts'
import { legalComponent, legalName, type Repository, repositories, repositoryName } from './reference.ts'
import { contextAtHead, refuseStrangersName, withRelease } from './tags/checkout-head.ts'
import { checkLeg, type Leg, legOf } from './tags/matrix-legs.ts'
import { type PushSource, pushSource } from './tags/push-source.ts'
import { planTags, type TagPlan } from './tags/tags.ts'
import { planUser } from './user.ts'
import type { OwnVersion } from './version/git-version.ts'
import type { Versioning } from './version/project-version.ts'
import { DEFAULT_PYTHON, pythonVersion } from './version/python-series.ts'
import { ownVersionOf } from './version/set-version.ts'
import { type Indexes, indexPrint, pinLines } from './wheels/index-settings.ts'
import { type Newest, newest } from './wheels/newest.ts'
import { buildPackagesFor } from './wheels/system-packages.ts'
import { expectedSources } from './wheels/wheel-plan.ts'

/** What the runner's own settings say. */
export interface RunnerSettings {
  /** The CA bundle in force (the input's or the runner's), as an absolute path; '' for none. */
  readonly caBundle: string
  /** Used where the input is empty. */
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
  /** Those that the project itself names: asked after the other extra ones. */
  readonly projectIndexUrls?: readonly string[]
  /** What the project says of single packages. */
  readonly pins?: IndexPins
}

export interface Facts {
  readonly project: Project
  readonly commit: Commit | undefined
  /** What is checked out, with its names; left out where that is not known. */
  readonly head?: Head | undefined
  /** `owner/name` of the remote, used outside Actions. */
  readonly origin: string | undefined
  /** Git tags of the repository, where they were needed and could be listed (of a release all of them). */
  readonly knownTags: readonly string[] | undefined
  /** Those whose release is marked as a pre-release; left out where that is not known. */
  readonly prereleases?: readonly string[]
  /** Branches that may have the same tag as ours; left out where they are not known. */
  readonly branches?: readonly string[]
  /** What decides over the version of the project's wheel; left out where nothing needs to be told. */
  readonly versioning?: Versioning
  readonly runner: RunnerSettings
  /** What bounds that building takes; left out for none. */
  readonly buildConstraints?: readonly string[]
  /** Files of the project that look like secrets or local databases; left out for none. */
  readonly withheld?: readonly string[]
  readonly now: Date
}

/** What this run will do, before the first build: plain data. */
export interface RunPlan {
  readonly project: Project
  readonly repository: Repository
  /** Where else the same image is pushed to. */
  readonly mirrors: readonly Repository[]
  readonly family: Family
  /** Names without tags. */
  readonly names: { readonly release: string; readonly base: string; readonly builder: string }
  /** The suffix of this leg, `''` for none. */
  readonly suffix: string
  readonly leg: Leg
  readonly tags: TagPlan
  /** Git tags whose release is marked as a pre-release. */
  readonly prereleases: readonly string[]
  /** What is checked out, as a ref; '' where it has no name. */
  readonly ref: string
  /** What somebody may have pushed to since; undefined of a git tag. */
  readonly source: PushSource | undefined
  /** What the build of the project's wheel is told of its version. */
  readonly ownVersion: OwnVersion
  /** Whether that is `set-version`'s doing. */
  readonly versionIsSet: boolean
  readonly push: PushDecision
  readonly cache: CachePolicy
  /** What base is FROM; the base image itself where a ready one is given. */
  readonly parent: string
  readonly python: string | undefined
  readonly pythonFrom: string
  /** Whom the release runs as. */
  readonly uid: number
  readonly gid: number
  readonly revision: string
  /** The commit's time in seconds since 1970; a fixed time outside a repository. */
  readonly epoch: number
  readonly newest: Newest
  readonly week: string
  readonly updates: Inputs['updates']
  /** Files of the project that no build gets. */
  readonly withheld: readonly string[]
  /** Debian packages for the builder: what the user names, and what the project's files let expect. */
  readonly buildPackages: readonly string[]
  /** Requirement lines that bound what building takes. */
  readonly buildConstraints: readonly string[]
  readonly settings: Indexes & { readonly ca: string; readonly network: string; readonly builder: string; readonly anew?: boolean }
  readonly notices: readonly string[]
}

/** @throws UserError for an image name or tag that is not legal, and for inputs that exclude each other */
export function planRun(inputs: Inputs, context: RunContext, facts: Facts): RunPlan {
  const { project, commit } = facts
  const named = nameImages(inputs, context, facts)
  const { family, repository } = named
  const leg = legOf(inputs)
  const youngest = newest(inputs.excludeNewer, context, facts)
  const base = givenBase(inputs)
  const python = base && !inputs.pythonVersion ? undefined : pythonVersion(inputs, project, youngest.day)
  const { context: atHead, notice: elsewhere } = contextAtHead(context, facts.head, { imageName: named.image, version: inputs.version })
  const at = withRelease(atHead, facts.prereleases)
  const tags = planTags(tagWishes(inputs, facts, { imageName: named.image, suffix: leg.suffix, sha: at.sha }), at)
  const push = pushOf(inputs, context, tags)
  if (push.push && !inputs.imageName) refuseStrangersName(context, facts.head, named.image)
  const { notices: told, ...ownVersion } = ownVersionOf(inputs, at, { ...facts, release: tags.release })
  const notices = [
    ...checkGiven(inputs),
    ...(elsewhere ? [elsewhere] : []),
    ...tags.notices,
    ...(inputs.pythonVersion ? [] : project.unreadPython),
    ...named.notices,
    ...(push.push && !context.ref && !context.sha && !inputs.version && inputs.tags.length === 0 ? [FROM_HERE] : []),
    ...checkLeg(leg, inputs, push.push),
    ...told,
    ...(push.reason ? [push.reason] : []),
  ]
  return {
    project,
    repository,
    mirrors: named.mirrors,
    family,
    names: { release: repositoryName(repository), base: repositoryName(family.base), builder: repositoryName(family.builder) },
    suffix: leg.suffix,
    leg,
    tags,
    prereleases: facts.prereleases ?? [],
    ref: at.ref,
    source: pushSource(at, facts.head?.revision ?? ''),
    ownVersion,
    versionIsSet: inputs.setVersion && Boolean(inputs.version || tags.release),
    push,
    cache: cachePolicy(inputs.cache, context, inputs.cacheSigningKey !== ''),
    parent: inputs.baseImage || inputs.parentImage || `python:${python?.version ?? DEFAULT_PYTHON}-slim`,
    python: python?.version,
    pythonFrom: python?.from ?? base ?? '',
    ...planUser(inputs.user),
    revision: commit?.revision ?? '',
    epoch: commit?.epoch ?? DEPENDENCIES_EPOCH,
    week: isoWeek(facts.now),
    updates: inputs.updates,
    buildPackages: [...new Set([...inputs.buildPackages, ...buildPackagesFor(expectedSources(project))])].sort(),
    buildConstraints: facts.buildConstraints ?? [],
    withheld: facts.withheld ?? [],
    newest: youngest,
    settings: buildSettings(inputs, facts.runner),
    notices,
  }
}

/** What tells this run's image from others, before its tags are known. @throws UserError for a name that is not legal */
export function nameRun(inputs: Inputs, context: RunContext, facts: NamingFacts): Pick<RunPlan, 'repository' | 'suffix'> {
  return { repository: nameImages(inputs, context, facts).repository, suffix: legOf(inputs).suffix }
}

type NamingFacts = Pick<Facts, 'project' | 'origin'>

/** Where the images go, and what is told where a name is not what it is named after. */
function nameImages(inputs: Inputs, context: RunContext, { project, origin }: NamingFacts) {
  const owner = context.owner || origin?.split('/')[0] || ''
  const image = usualName(inputs.imageName, context) || legalComponent(project.name)
  // `github.repository` holds the owner already.
  const whole = !inputs.namespace && owner !== '' && image.startsWith(`${legalName(owner)}/`)
  const namespace = whole ? '' : usualName(inputs.namespace, context) || (owner && legalName(owner))
  const [repository, ...mirrors] = repositories([inputs.registry, ...inputs.mirrors], namespace, image)
  const notices = [
    ...(whole
      ? [`The image-name holds the namespace: ${image}. Set namespace too for another one before it.`]
      : otherName('namespace', inputs.namespace || owner, namespace)),
    ...otherName('image-name', inputs.imageName || usualForm(project.name, image), image),
  ]
  return { image, repository, mirrors, family: planFamily(repository, inputs), notices }
}

/** What the tags are made from. */
function tagWishes(
  { version, tags: rules, flavor }: Inputs,
  { commit, knownTags: known, prereleases = [], branches = [], now, project }: Facts,
  { imageName, suffix, sha }: { readonly imageName: string; readonly suffix: string; readonly sha: string },
) {
  const committed = commit ? new Date(commit.epoch * 1000) : now
  const folder = path.basename(project.folder).replace(/^\.+$/, '')
  const revision = sha || commit?.revision || ''
  return { version, rules, flavor, suffix, imageName, folder, known, prereleases, branches, sha: revision, committed, now }
}

/** How builds reach the outside. */
function buildSettings(inputs: Inputs, runner: RunnerSettings): RunPlan['settings'] {
  return {
    ca: runner.caBundle,
    ...chosenIndexes(inputs, runner),
    network: inputs.buildNetwork === 'default' ? '' : inputs.buildNetwork,
    builder: givenBuilder(inputs),
    ...(inputs.noCache && { anew: true }),
  }
}

/** Lower case for what an expression such as `github.repository_owner` gives; what was typed is not repaired. */
function usualName(given: string, { owner, repository }: RunContext): string {
  const usual = [owner, repository, repository.split('/').at(-1)]
  return usual.includes(given) || (owner && given.startsWith(`${owner}/`)) ? given.toLowerCase() : given
}

const FROM_HERE = 'The image is pushed as latest, as nothing says which release this is: set version or tags for another tag.'

/** A project's name as its image has it, where that is the same name to package indexes. */
function usualForm(name: string, image: string): string {
  return [name.toLowerCase(), normalizeName(name)].includes(image) ? image : name
}

/** What is told where a part of the image's name is not what it is named after. */
function otherName(input: string, given: string, taken: string): readonly string[] {
  if (given === taken) return []
  const lost = given.toLowerCase() !== taken
  return [`The ${input} is ${taken}${lost ? `, for ${given}` : ''}: image names are lower-case${lost ? ' ASCII letters and digits' : ''}.`]
}

function pushOf(inputs: Pick<Inputs, 'push' | 'version' | 'tags'>, context: RunContext, tags: TagPlan): PushDecision {
  const decided = decidePush(inputs.push, context, inputs.version !== '' || inputs.tags.length > 0)
  // A notice of the tags says so already.
  return decided.push && tags.tags.length === 0 ? { push: false, reason: undefined } : decided
}

/** The indexes of this run: each setting as the input says it, else the runner. */
function chosenIndexes(
  inputs: Pick<Inputs, 'indexUrl' | 'extraIndexUrls' | 'indexCredentials'>,
  runner: Omit<RunnerSettings, 'caBundle'>,
): Indexes {
  const extra = inputs.extraIndexUrls.length > 0 ? inputs.extraIndexUrls : runner.extraIndexUrls
  return {
    indexUrl: inputs.indexUrl || runner.indexUrl,
    extraIndexUrls: [...new Set([...extra, ...(runner.projectIndexUrls ?? [])])],
    netrc: inputs.indexCredentials,
    ...(runner.pins && { pins: runner.pins }),
  }
}

/** The Dockerfile as far as the project alone tells it: images, resolutions, the application's wheel. */
export function renderProject(plan: RunPlan, buildPackages: readonly string[]): string {
  return (
    renderImages({ ...plan, buildPackages }) +
    renderResolution(networkSecrets(plan), plan.newest) +
    renderAppWheel(plan.epoch, plan.ownVersion.env, plan.project.above && plan.project.folder)
  )
}

function networkSecrets(plan: RunPlan) {
  const { ca, netrc } = plan.settings
  const index = indexPrint(plan.settings).slice(0, 12) || undefined
  return { ca: ca !== '', index, pins: pinLines(plan.settings) !== '', netrc: netrc !== '' }
}
