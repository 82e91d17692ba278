import type { Project } from '../project.ts'
import type { SourceRoot } from './source-roots.ts'

/** What the project's wheel holds, as far as it decides how the image starts. */
export interface Contents {
  /** Console scripts: name → what it calls. */
  readonly scripts: Readonly<Record<string, string>>
  readonly roots: readonly SourceRoot[]
  /** Names in the wheel, where it is at hand. */
  readonly names?: readonly string[]
}

/** An application without a wheel is what its folder holds. */
export function sourceContents({ roots }: Pick<Project, 'roots'>): Contents {
  return { scripts: {}, roots }
}

/** What stays true while the files that define the project are the same: all but the names of its modules. */
export function lasting({ scripts, roots }: Contents): Contents {
  return { scripts, roots }
}
