import path from 'node:path'
import type { SourceFile } from '../../effects/ports.ts'
import { consoleScripts } from '../../project/application/entry-points.ts'
import type { Contents } from '../../project/layout/package-contents.ts'
import { sourceRoots, withoutDataFolder } from '../../project/layout/source-roots.ts'
import { inWheelhouse } from '../../shelf.ts'
import type { World } from '../world.ts'

/** The source that a wheel was made from, with what lies above the project where its build reads there. */
export interface WheelSource {
  readonly snapshot: readonly SourceFile[]
  /** Relative to the workspace. */
  readonly above?: readonly SourceFile[]
}

/** Files by their paths from the project's folder: those above it begin with `../`. */
export function filesFrom({ paths, context }: Pick<World, 'paths' | 'context'>, { snapshot, above }: WheelSource): readonly SourceFile[] {
  const own = path.relative(context.workspace, paths.project)
  return [...snapshot, ...(above ?? []).map((file) => ({ ...file, path: path.posix.relative(own, file.path) }))]
}

/** Reads a wheel in the wheelhouse; nothing of it is run. */
export async function wheelContents(world: World, source: WheelSource, file: string): Promise<Contents> {
  const wheel = inWheelhouse(world, file)
  const names = await world.archives.list(wheel)
  const entries = names.find((name) => /^[^/]+\.dist-info\/entry_points\.txt$/.test(name))
  const text = entries === undefined ? undefined : await world.archives.readMember(wheel, entries)
  const all = filesFrom(world, source).map((one) => one.path)
  const own = new Set(source.snapshot.map((one) => one.path))
  const roots = sourceRoots([...own], names)
  // What lies in the project itself comes from there, however short another path is.
  const others = names.filter((name) => !roots.some(({ prefix }) => own.has(prefix + withoutDataFolder(name))))
  const above = source.above
    ? sourceRoots(
        all.filter((one) => !own.has(one)),
        others,
      )
    : []
  return { scripts: consoleScripts(text ?? ''), roots: [...roots, ...above], names }
}
