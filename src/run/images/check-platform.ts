import type { ImageInfo } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { isFor, machineName, machineOf } from '../../plan/machine-names.ts'

/**
 * Refuses an image for another machine than was asked for: an engine may build one without a word.
 * @param step the step that made it
 * @param platform such as `linux/arm64`
 * @throws UserError
 */
export function checkPlatform(step: string, image: Pick<ImageInfo, 'architecture' | 'variant'>, platform: string): void {
  if (isFor(image, platform)) return
  throw new UserError(
    step,
    `built ${machineName(image)} where ${machineName(machineOf(platform))} was asked; emulation (docker/setup-qemu-action) missing?`,
    `Check that the parent image exists for ${platform}. Nothing was pushed.`,
  )
}
