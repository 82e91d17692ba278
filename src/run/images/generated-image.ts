import type { ImageInfo } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { DEPENDENCIES_EPOCH } from '../../plan/dockerfile/dockerfile.ts'
import { fingerprint, fingerprintTag, type Parts } from '../../plan/fingerprint.ts'
import { isFor, machineName } from '../../plan/machine-names.ts'
import type { ImageResult } from '../../report/outcome.ts'
import { type BuildSettings, buildTarget, type TargetRequest } from '../build/build-target.ts'
import type { World } from '../world.ts'
import { checkPlatform } from './check-platform.ts'

export interface ImageRequest {
  readonly kind: 'base' | 'builder'
  /** Without a tag. */
  readonly name: string
  /** The tag asked for, beside that of the fingerprint. */
  readonly version: string
  readonly dockerfile: string
  /** What it is made from. */
  readonly parts: Parts
  readonly base?: string
  /** It stays on this daemon. */
  readonly localOnly: boolean
  /** That it must be for. */
  readonly platform: string
  readonly onMessage?: TargetRequest['onMessage']
}

/**
 * The parent on this machine, pulled where it is not, or where what is here is for another machine.
 * @param platform that it must be for
 */
export async function ensureParent(world: World, reference: string, platform: string): Promise<ImageInfo> {
  const here = await world.docker.inspect(reference)
  if (here && isFor(here, platform)) return here
  world.log.info(`Pulling the parent image ${reference}${here ? ` for ${platform}: the one here is for ${machineName(here)}` : ''}`)
  try {
    await world.docker.pull(reference)
  } catch (error) {
    if (!here || !(error instanceof UserError)) throw error
    throw otherMachine(reference, here, platform)
  }
  const pulled = await world.docker.inspect(reference)
  if (!pulled) throw new UserError('base', `parent image ${reference} was pulled but is not here`, 'Check which daemon docker talks to.')
  if (!isFor(pulled, platform)) throw otherMachine(reference, pulled, platform)
  return pulled
}

function otherMachine(reference: string, image: ImageInfo, platform: string): UserError {
  return new UserError(
    'base',
    `parent image ${reference} is for ${machineName(image)}, asked for is ${platform}, for which it cannot be pulled`,
    'Check platform, or set parent-image to one that exists for it.',
  )
}

/** Seconds that its build took, as long as nobody has told why it was built. */
export interface UntoldBuild {
  readonly untold?: number
}

/** The image of that fingerprint: found on this machine, or built. It is never pulled by a computed tag. */
export async function ensureImage(world: World, settings: BuildSettings, request: ImageRequest): Promise<ImageResult & UntoldBuild> {
  const print = fingerprintTag(fingerprint(request.parts))
  const reference = `${request.name}:${print}`
  const tag = `${request.name}:${request.version}`
  const here = settings.anew ? undefined : await world.docker.inspect(reference)
  if (here) {
    checkPlatform(request.kind, here, request.platform)
    if (!here.names.includes(tag)) await world.docker.tag(reference, tag)
    return { reference, how: 'reused' }
  }
  const seconds = await buildTarget(world, settings, {
    dockerfile: request.dockerfile,
    target: request.kind,
    context: 'leanContext',
    tags: [reference, tag],
    localOnly: request.localOnly,
    epoch: DEPENDENCIES_EPOCH, // base and builder serve many commits
    ...(request.base ? { base: request.base } : {}),
    onMessage: request.onMessage,
  })
  const built = await world.docker.inspect(reference)
  if (!built) throw new Error(`${reference} was built but is not on the daemon`)
  checkPlatform(request.kind, built, request.platform)
  return { reference, how: 'built', untold: seconds }
}
