import type { Parts } from '../../plan/fingerprint.ts'
import { indexPrint } from '../../plan/wheels/index-settings.ts'
import type { BuildSettings } from './build-target.ts'

/** How this run builds: made once, when base is there, for every build of a stage of ours. */
export interface BuildSetup {
  readonly settings: BuildSettings
  /** The text of base and builder; later stages are added behind it. */
  readonly dockerfile: string
  /** Reference of the base image. */
  readonly base: string
  /** Stands for the system in fingerprints: the parent's id, or the print of an own base. */
  readonly system: string
  /** As Docker names it: `linux/amd64`. */
  readonly platform: string
  /** The last day, RFC 3339, whose releases resolving takes. */
  readonly newest: string
  /** Bounds on what building takes, whatever asks for it. */
  readonly buildConstraints: readonly string[]
  /** The user's `build-packages`. */
  readonly buildPackages: readonly string[]
  /** What an own or ready builder is made from; '' for ours, where the packages say it. */
  readonly builderRecipe: string
  /** Makes the builder image when, and only when, something must be compiled, with what these packages take. */
  readonly builder: (names: readonly string[]) => Promise<string>
}

/** Parts common to every resolution: the image, the index, the date. */
export function resolutionParts({ system, settings, newest, buildConstraints }: BuildSetup): Parts {
  return {
    parent: system,
    index: indexPrint(settings),
    'exclude-newer': newest,
    ...(buildConstraints.length > 0 && { 'build constraints': buildConstraints.join('\n') }),
  }
}
