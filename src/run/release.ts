import type { ReleaseResult } from '../outcome.ts'
import { planCommand, type StartCommand } from '../plan/command.ts'
import { renderRelease } from '../plan/dockerfile.ts'
import { changedParts, fingerprint, fingerprintTag, type Parts, sha256 } from '../plan/fingerprint.ts'
import { planLabels } from '../plan/labels.ts'
import { reference } from '../plan/reference.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { type BuildSettings, buildTarget } from './build.ts'
import { scriptsPrint } from './images.ts'
import type { Wheelhouse } from './wheelhouse.ts'
import type { World } from './world.ts'

export interface ReleaseRequest {
  /** Without a tag. */
  readonly name: string
  readonly references: readonly string[]
  readonly dockerfile: string
  readonly base: string
  /** The image that holds uv, and the one that the project's wheel is built in; needed where something is built. */
  readonly tools?: string
  readonly workshop?: string
  readonly parts: Parts
  readonly before: Parts | undefined
  readonly command: StartCommand | undefined
  readonly labels: Readonly<Record<string, string>>
}

/** What a release is made from beside the wheelhouse. */
export interface ReleaseMaterial {
  readonly base: string
  /** What base comes from. */
  readonly origin: { readonly name: string; readonly digest: string }
  /** Extras and groups, as the user would write them. */
  readonly chosen: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly version: string
}

/** The last stages of the Dockerfile, and the fingerprint of all that they are made from. */
export async function planRelease(world: World, plan: RunPlan, house: Wheelhouse, made: ReleaseMaterial): Promise<ReleaseRequest> {
  const command = planCommand(
    plan.project,
    house.wheels.map((wheel) => wheel.name),
  )
  const labels = labelsOf(world, plan, house, made)
  const stages = {
    sourceOnly: plan.project.sourceOnly !== undefined,
    packages: Object.keys(house.debian).length > 0 ? house.packages : [],
    epoch: plan.epoch,
    uid: plan.uid,
    modules: command?.modules ?? [],
    settings: made.env.DJANGO_SETTINGS_MODULE ?? plan.project.django?.settings,
    // Where the source is the application, any server finds its modules.
    env: plan.project.sourceOnly === undefined ? made.env : { PYTHONPATH: '/app', ...made.env },
    command: command?.argv,
  }
  const parts: Parts = {
    base: made.base,
    lock: house.lockSha256,
    wheels: fingerprint(Object.fromEntries(house.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
    source: fingerprint(house.source.parts),
    'Debian packages': fingerprint(house.debian),
    settings: sha256(renderRelease({ ...stages, labels })),
    scripts: await scriptsPrint(world, 'install', 'system'),
  }
  const printed = { ...labels, 'io.pypackager.fingerprint': fingerprint(parts) }
  return {
    name: plan.names.release,
    references: plan.tags.tags.map((tag) => reference(plan.repository, tag)),
    dockerfile: house.dockerfile + renderRelease({ ...stages, labels: printed }),
    base: made.base,
    parts,
    before: house.state.releases?.[plan.suffix],
    command,
    labels: printed,
  }
}

/** The labels of a release, without its fingerprint. */
export function labelsOf(world: World, plan: RunPlan, house: Wheelhouse, made: ReleaseMaterial): Readonly<Record<string, string>> {
  return planLabels(
    {
      metadata: house.metadata,
      version: made.version,
      revision: plan.revision,
      epoch: plan.epoch,
      python: house.target.python,
      extras: made.chosen,
      lockSha256: house.lockSha256,
      parent: made.origin.name,
      parentDigest: made.origin.digest,
    },
    world.context,
  )
}

/** The image of that fingerprint where this daemon still has it: then nothing needs to be built. */
export async function findRelease(world: World, request: ReleaseRequest): Promise<ReleaseResult | undefined> {
  const found = await world.docker.inspect(fingerprintReference(request))
  if (!found) return undefined
  return {
    references: request.references,
    id: found.id,
    size: found.size,
    how: 'unchanged',
    command: request.command,
    labels: found.labels,
  }
}

/** Builds the release image offline; its only tag is that of its fingerprint. */
export async function buildRelease(world: World, settings: BuildSettings, request: ReleaseRequest): Promise<ReleaseResult> {
  const reference = fingerprintReference(request)
  if (request.before) {
    const changed = changedParts(request.before, request.parts)
    world.log.info(`  ${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'unchanged, but no longer on this daemon'}`)
  }
  await buildTarget(world, settings, {
    dockerfile: request.dockerfile,
    target: 'release',
    tags: [reference],
    base: request.base,
    ...(request.tools ? { tools: request.tools } : {}),
    ...(request.workshop ? { workshop: request.workshop } : {}),
    offline: true,
  })
  const built = await world.docker.inspect(reference)
  if (!built) throw new Error(`${reference} was built but is not on the daemon`)
  // The one before keeps its version tags; our own name for it has no use any more.
  if (request.before && fingerprint(request.before) !== fingerprint(request.parts)) {
    await world.docker.untag(`${request.name}:${fingerprintTag(fingerprint(request.before))}`)
  }
  return { references: request.references, id: built.id, size: built.size, how: 'built', command: request.command, labels: built.labels }
}

function fingerprintReference(request: ReleaseRequest): string {
  return `${request.name}:${fingerprintTag(fingerprint(request.parts))}`
}
