import type { SourceFile } from '../../effects/ports.ts'
import { consoleScripts } from '../../project/application/entry-points.ts'
import type { Contents } from '../../project/layout/package-contents.ts'
import { sourceRoots } from '../../project/layout/source-roots.ts'
import type { World } from '../world.ts'
import { inWheelhouse } from './wheelhouse-paths.ts'

/** Reads a wheel in the wheelhouse; nothing of it is run. */
export async function wheelContents(world: World, snapshot: readonly SourceFile[], file: string): Promise<Contents> {
  const wheel = inWheelhouse(world, file)
  const names = await world.archives.list(wheel)
  const entries = names.find((name) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(name))
  const text = entries === undefined ? undefined : await world.archives.readMember(wheel, entries)
  const paths = snapshot.map((source) => source.path)
  return { scripts: consoleScripts(text ?? ''), roots: sourceRoots(paths, names), names }
}
