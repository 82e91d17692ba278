import type { SourceFile } from '../../effects/ports.ts'
import { consoleScripts } from '../../project/application/entry-points.ts'
import { type SourceRoot, sourceRoots } from '../../project/layout/source-roots.ts'
import type { Project } from '../../project/project.ts'
import type { World } from '../world.ts'
import { inWheelhouse } from './wheelhouse-paths.ts'

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

/** Reads a wheel in the wheelhouse; nothing of it is run. */
export async function wheelContents(world: World, snapshot: readonly SourceFile[], file: string): Promise<Contents> {
  const wheel = inWheelhouse(world, file)
  const names = await world.archives.list(wheel)
  const entries = names.find((name) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(name))
  const text = entries === undefined ? undefined : await world.archives.readMember(wheel, entries)
  const paths = snapshot.map((source) => source.path)
  return { scripts: consoleScripts(text ?? ''), roots: sourceRoots(paths, names), names }
}

/** What stays true while the files that define the project are the same: all but the names of its modules. */
export function lasting({ scripts, roots }: Contents): Contents {
  return { scripts, roots }
}
