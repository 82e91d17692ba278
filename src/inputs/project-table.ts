import path from 'node:path'
import type { Files } from '../effects/ports.ts'
import { TEXT_SIZE } from '../project/text-size.ts'
import { readToml, type Table, tableAt } from '../project/toml.ts'

/** The table [tool.pypackager] of a pyproject.toml below the workspace; empty where there is none. @param file relative to it */
export async function projectTable(files: Files, workspace: string, file: string): Promise<Table> {
  const text = await files.readInside(workspace, path.join(workspace, file), TEXT_SIZE)
  return text === undefined ? {} : tableAt(readToml(file, text), 'tool', 'pypackager')
}
