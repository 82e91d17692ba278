import type { Target } from '../../plan/wheels/wheel-tags.ts'
import type { Contents } from '../../project/layout/package-contents.ts'
import type { Requirements } from '../../project/metadata.ts'
import type { WheelResult } from '../../report/outcome.ts'
import type { Shelf } from './fill-shelf.ts'
import type { ProjectWheel, Source } from './project-wheel.ts'

/** What the project says of itself: by its wheel, by the wheel before, or by its files alone. */
export interface ProjectFacts {
  /** Undefined where the project has no wheel, and where it is left to the release's own build, which makes it on the way. */
  readonly app: ProjectWheel | undefined
  readonly metadata: Requirements
  /** Of its wheel, or of the wheel before where that is believed. */
  readonly contents: Contents
  readonly source: Source
  /** The image that its wheel is built in. */
  readonly workshop: () => Promise<string>
}

/** The filled wheelhouse: everything that the release is made from. */
export interface Wheelhouse extends ProjectFacts, Shelf {
  readonly target: Target
  readonly wheels: readonly WheelResult[]
}
