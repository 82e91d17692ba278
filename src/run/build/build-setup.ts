import type { Parts } from '../../plan/fingerprint.ts'
import type { BuildSettings } from './build-target.ts'

/** What resolutions in the target image start from. */
export interface Resolver {
  readonly dockerfile: string
  readonly settings: BuildSettings
  readonly base: string
  /** Parts common to every resolution: the image, the index, the date. */
  readonly parts: Parts
  /** They bound what building takes, whatever asks for it. */
  readonly buildConstraints: readonly string[]
  /** That its images are for. */
  readonly platform: string
  /** Builds of the release's own context take uv out of that, see `layOutTools`. */
  readonly toolsInContext: boolean
}
