import path from 'node:path'
import type { Files } from '../effects/ports.ts'
import { TEXT_SIZE } from '../project/text-size.ts'
import { readToml, type Table, tableAt } from '../project/toml.ts'
import { SHELF } from '../shelf.ts'

/** The table [tool.pypackager] of a pyproject.toml below the workspace; empty where there is none. @param file relative to it */
export async function projectTable(files: Files, workspace: string, file: string): Promise<Table> {
  const text = await files.readInside(workspace, path.join(workspace, file), TEXT_SIZE)
  return text === undefined ? {} : tableAt(readToml(file, text), 'tool', 'pypackager')
}

/** The bound that the wheelhouse's lock was resolved with; undefined where there is no lock, or none that can be read. */
export async function keptBound(files: Files, wheelhouse: string): Promise<string | undefined> {
  try {
    const text = (await files.read(path.join(wheelhouse, SHELF.resolution))) ?? '{}'
    const bound = (JSON.parse(text) as { lock?: { parts?: Record<string, unknown> } }).lock?.parts?.['exclude-newer']
    return typeof bound === 'string' ? bound : undefined
  } catch {
    return undefined
  }
}
