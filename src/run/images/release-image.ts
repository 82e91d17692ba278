import path from 'node:path'
import type { Hears, ImageInfo } from '../../effects/docker-port.ts'
import type { Inputs } from '../../inputs.ts'
import { type ReleaseStages, renderRelease } from '../../plan/dockerfile/dockerfile-release.ts'
import { planLabels } from '../../plan/dockerfile/labels.ts'
import { leftAside } from '../../plan/dockerfile/left-aside.ts'
import { changedParts, fingerprint, fingerprintTag, type Parts, sha256 } from '../../plan/fingerprint.ts'
import { reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { processesNotice } from '../../plan/start/command-advice.ts'
import type { Start, StartCommand, Unserved } from '../../plan/start/start-command.ts'
import { WORK } from '../../plan/start/start-place.ts'
import { chosenSettings, isDjangoStart, unnamedSettings } from '../../project/application/django.ts'
import { modulesOf } from '../../project/layout/source-roots.ts'
import type { Project } from '../../project/project.ts'
import type { ReleaseResult } from '../../report/outcome.ts'
import { type BuildSettings, buildTarget, type TargetRequest } from '../build/build-target.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { unfinishedName } from '../build/unfinished-images.ts'
import { sourcePrint } from '../prepare/image-source.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'
import { checkPlatform } from './check-platform.ts'
import { chooseStart, keysOf } from './choose-start.ts'
import { checkStart } from './start-faults.ts'

export interface ReleaseRequest {
  /** Without a tag. */
  readonly name: string
  readonly references: readonly string[]
  readonly dockerfile: string
  /** Of which the last stages of that are rendered. */
  readonly stages: ReleaseStages
  readonly base: string
  /** The image that holds uv, and the one that the project's wheel is built in; needed where something is built. */
  readonly tools?: string
  readonly workshop?: string
  readonly hears?: Hears
  /** Hears of stages that are done. */
  readonly onStage?: TargetRequest['onStage']
  readonly onMessage?: TargetRequest['onMessage']
  readonly parts: Parts
  /** What the one before was made from, where that is known. */
  readonly before: Parts | undefined
  readonly command: StartCommand | undefined
  readonly noCommand: string
  /** The command that may have been meant, where it has none. */
  readonly advice: string | undefined
  readonly unserved: Unserved | undefined
  readonly startNotices: readonly string[]
  /** Variables of the trial alone. */
  readonly trialEnv: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly platform: string
  readonly epoch: number
}

/** What a release is made from beside the wheelhouse. */
export interface ReleaseMaterial {
  readonly base: string
  /** What base comes from. */
  readonly origin: { readonly name: string; readonly digest: string }
  /** Extras and groups, as the user would write them. */
  readonly chosen: readonly string[]
  readonly inputs: Inputs
  readonly version: string
  /** That the image must be for. */
  readonly platform: string
}

/** The name of a leg's release among the records of what images were made from. */
export function releaseRecord({ suffix }: RunPlan): string {
  return `release${suffix}`
}

/** Django's settings of the release: the user's word, else what its files say as long as nobody chooses others. */
export function settingsOf({ project: { django } }: Pick<RunPlan, 'project'>, imageEnv: Inputs['imageEnv']): string | undefined {
  return imageEnv.DJANGO_SETTINGS_MODULE ?? (django?.by && django.by in imageEnv ? undefined : django?.settings)
}

/** Where a source's modules are imported from: what the start adds, what the source says, and its own folder. */
export function pythonPath(house: Wheelhouse, command: StartCommand | undefined): string {
  const inside = house.contents.roots.filter(({ prefix }) => !prefix.startsWith('../')) // nothing above is in an image
  const roots = inside.map(({ prefix }) => path.posix.join(WORK, prefix).replace(/\/$/, ''))
  return [...new Set([...(command?.paths ?? []), ...roots])].join(':')
}

type Started = Pick<Start, 'command'> & { readonly notice?: string }

/** What is told of the start, beside what its files say of the rest. */
function startNotices({ project }: RunPlan, { command, notice }: Started, others: readonly (string | undefined)[]): readonly string[] {
  const lines = command?.from === 'Procfile' ? processesNotice(project.processes) : undefined
  return [notice, lines, ...others].flatMap((text) => text ?? [])
}

/** What is told of Django's settings. */
function settingsNotice(project: Project, house: Wheelhouse, { env, imageEnv }: Pick<Inputs, 'env' | 'imageEnv'>): string | undefined {
  if (imageEnv.DJANGO_SETTINGS_MODULE) return undefined
  const { django, settingsComputedBy } = project
  if (django && !(django.by && django.by in imageEnv)) return chosenSettings(django)
  return withoutSettings(house, env, settingsComputedBy ?? django?.from)
}

/** @returns what is told where it is a Django site, and nobody names its settings */
function withoutSettings({ wheels, source, contents }: Wheelhouse, env: Inputs['env'], computedBy?: string): string | undefined {
  const paths = source.snapshot.map((file) => file.path)
  const isSite = wheels.some(({ name }) => name === 'django') && paths.some((file) => isDjangoStart(file) && file.endsWith('manage.py'))
  if (!isSite || env.DJANGO_SETTINGS_MODULE) return undefined
  const modules = modulesOf(paths, contents.roots, contents.names).map(({ name }) => name)
  return unnamedSettings(modules, computedBy)
}

/** What of the project's own Dockerfile the image has not. */
function asideNotice(
  { dockerfile, django }: Project,
  house: Wheelhouse,
  { imageEnv, env }: Pick<Inputs, 'env' | 'imageEnv'>,
): string | undefined {
  const packages = [...house.packages, ...Object.keys(house.debian).map((file) => file.replace(/_.*$/, ''))]
  const found = dockerfile?.variables.includes(`DJANGO_SETTINGS_MODULE=${django?.settings}`) ? ['DJANGO_SETTINGS_MODULE'] : []
  return dockerfile && leftAside(dockerfile, { packages, variables: [...Object.keys(imageEnv), ...Object.keys(env), ...found] })
}

/** The last stages of the Dockerfile, and the fingerprint of all that they are made from. */
export async function planRelease(world: World, plan: RunPlan, house: Wheelhouse, made: ReleaseMaterial): Promise<ReleaseRequest> {
  const { inputs } = made
  const settings = settingsOf(plan, inputs.imageEnv)
  const start = await chooseStart(world, plan.project, house, { command: inputs.command, settings })
  if (start.command) await checkStart(world, { project: plan.project, house, command: start.command }, inputs)
  const labels = await labelsOf(world, plan, house, made)
  const stages = {
    sourceOnly: plan.project.sourceOnly !== undefined,
    packages: Object.keys(house.debian).length > 0 ? house.packages : [],
    epoch: plan.epoch,
    uid: plan.uid,
    gid: plan.gid,
    modules: start.command?.modules ?? [],
    late: start.command?.late ?? [],
    keys: await keysOf(world, house, settings, start.command?.modules ?? []),
    writable: inputs.writable,
    bytecode: inputs.bytecode,
    settings,
    settingsBy: inputs.imageEnv.DJANGO_SETTINGS_MODULE === undefined ? plan.project.django?.by : undefined,
    collectstatic: inputs.collectstatic,
    trialEnv: Object.keys(inputs.env).length > 0 ? sha256(JSON.stringify(inputs.env)).slice(0, 12) : undefined,
    healthcheck: inputs.healthcheck,
    // Where the source is the application, any server finds its modules.
    env: plan.project.sourceOnly === undefined ? inputs.imageEnv : { PYTHONPATH: pythonPath(house, start.command), ...inputs.imageEnv },
    folder: start.command?.folder ?? WORK,
    command: start.command?.argv,
  }
  const parts: Parts = {
    base: made.base,
    lock: house.lockSha256,
    wheels: fingerprint(Object.fromEntries(house.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
    source: fingerprint(house.source.parts),
    'Debian packages': fingerprint(house.debian),
    settings: sha256(renderRelease({ ...stages, labels: {} })),
    labels: sha256(JSON.stringify(labels)),
    scripts: await scriptsPrint(world, 'install', 'system'),
  }
  const printed = { ...labels, 'io.pypackager.fingerprint': fingerprint(parts) }
  return {
    name: plan.names.release,
    references: plan.tags.tags.map((tag) => reference(plan.repository, tag)),
    dockerfile: house.dockerfile + renderRelease({ ...stages, labels: printed }),
    stages: { ...stages, labels: printed },
    base: made.base,
    parts,
    before: (await world.records.get('images'))?.[releaseRecord(plan)],
    command: start.command,
    noCommand: start.command ? '' : `${start.why}. ${start.next}`,
    unserved: start.unserved,
    advice: start.advice,
    startNotices: startNotices(plan, start, [settingsNotice(plan.project, house, inputs), asideNotice(plan.project, house, inputs)]),
    trialEnv: inputs.env,
    labels: printed,
    platform: made.platform,
    epoch: plan.epoch,
  }
}

/** The labels of a release, without its fingerprint. */
export async function labelsOf(
  world: World,
  plan: RunPlan,
  house: Wheelhouse,
  made: ReleaseMaterial,
): Promise<Readonly<Record<string, string>>> {
  return planLabels(
    {
      metadata: house.metadata,
      version: made.version,
      revision: plan.revision,
      epoch: plan.epoch,
      python: house.target.python,
      extras: made.chosen,
      lockSha256: house.lockSha256,
      source: await sourcePrint(world, made.inputs, plan),
      parent: made.origin.name,
      parentDigest: made.origin.digest,
    },
    world.context,
    made.inputs.labels,
  )
}

/** The image of that fingerprint where this daemon still has it: then nothing needs to be built. */
export async function findRelease(world: World, request: ReleaseRequest): Promise<ReleaseResult | undefined> {
  const found = await world.docker.inspect(fingerprintReference(request), true)
  if (!found) return undefined
  checkPlatform('release', found, request.platform)
  return resultOf(request, found, 'unchanged')
}

/** Builds the release image offline; it has no name yet but that of this run. @returns it, and the build that made it */
export async function buildRelease(
  world: World,
  settings: BuildSettings,
  request: ReleaseRequest,
): Promise<{ readonly result: ReleaseResult; readonly build: TargetRequest }> {
  const reference = unfinishedName(world, 'release')
  if (request.before) {
    const all = changedParts(request.before, request.parts)
    const telling = all.filter((part) => part !== 'labels') // they follow from the commit and the source
    const changed = telling.length > 0 ? telling : all
    world.log.info(`  ${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'unchanged, but no longer on this daemon'}`)
  }
  const build: TargetRequest = { ...buildOf(request), target: 'release', tags: [reference] }
  await buildTarget(world, settings, build)
  const built = await world.docker.inspect(reference, true)
  if (!built) throw new Error(`${reference} was built but is not on the daemon`)
  checkPlatform('release', built, request.platform)
  return { result: resultOf(request, built, 'built'), build }
}

/** What every build of the release's stages takes. */
export function buildOf(request: ReleaseRequest): Omit<TargetRequest, 'target'> {
  return {
    dockerfile: request.dockerfile,
    base: request.base,
    ...(request.tools ? { tools: request.tools } : {}),
    ...(request.workshop ? { workshop: request.workshop } : {}),
    ...(Object.keys(request.trialEnv).length > 0 ? { trialEnv: request.trialEnv } : {}),
    offline: true,
    epoch: request.epoch,
    hears: request.hears,
    onStage: request.onStage,
    onMessage: request.onMessage,
  }
}

function resultOf(
  { references, command, noCommand, advice, unserved, startNotices: notices }: ReleaseRequest,
  { id, size, labels }: ImageInfo,
  how: ReleaseResult['how'],
): ReleaseResult {
  return { references, id, size, how, command, noCommand, unserved, notices, labels, ...(advice !== undefined && { advice }) }
}

function fingerprintReference(request: ReleaseRequest): string {
  return `${request.name}:${fingerprintTag(fingerprint(request.parts))}`
}
