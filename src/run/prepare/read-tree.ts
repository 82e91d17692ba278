import path from 'node:path'
import type { Files } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import { isDjangoStart } from '../../project/application/django.ts'
import { buildCode, setupImports } from '../../project/layout/build-code.ts'
import { findLock } from '../../project/locks/lock-formats.ts'
import { READ } from '../../project/project.ts'
import { PYTHON_FILES } from '../../project/python-version.ts'
import { isRequirementsFile } from '../../project/requirements/requirement-files.ts'
import { includesOf } from '../../project/requirements/requirement-lines.ts'
import type { SourceTree } from '../../project/source-tree.ts'
import { LOCK_SIZE, TEXT_SIZE, TREE_SIZE } from '../../project/text-size.ts'
import { readToml } from '../../project/toml.ts'

/** What makes a file of a folder its metadata: pyproject.toml and setup.cfg may hold settings of tools alone. */
export const METADATA_FILES: readonly (readonly [string, RegExp])[] = [
  ['pyproject.toml', /^[ \t]*\[[ \t]*(project|build-system|tool[ \t]*\.[ \t]*poetry)\b/m],
  ['setup.py', /(?:)/],
  ['setup.cfg', /^\[(metadata|options)\b/m],
]

interface Reading {
  /** Absolute, as the workspace. */
  readonly project: string
  readonly workspace: string
  /** Requirements files that the user names, relative to the project. */
  readonly given?: readonly string[]
}

/**
 * Reads what the plan is made from. Requirements files may include others of the workspace, also above the project's folder.
 * @param files paths of the project's files
 * @throws UserError for a file that leads out of the workspace, and for texts that are far too long
 */
export async function readTree(
  { project, workspace, given = [] }: Reading,
  files: readonly string[],
  { readInside }: Pick<Files, 'readInside'>,
): Promise<SourceTree> {
  const texts = new Map<string, string>()
  const folder = path.relative(workspace, project)
  const included = new Set(given) // by whatever name
  let left = TREE_SIZE
  const lock = findLock(files)
  const levels = folder.split(path.sep).filter(Boolean).length
  const upwards = (name: string) => Array.from({ length: levels }, (_, i) => `${'../'.repeat(i + 1)}${name}`)
  const queue = [
    ...READ,
    ...files.filter((file) => isRequirementsFile(file) || isDjangoStart(file)),
    ...(files.some((file) => METADATA_FILES.some(([name]) => name === file))
      ? []
      : files.filter((file) => /^[^/]+\.py$/.test(file)).slice(0, 20)), // scripts
    ...given,
    ...PYTHON_FILES.flatMap(upwards),
    ...(lock ? [lock.file] : upwards('uv.lock')), // of a workspace that the project is a member of
  ]
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const at = path.join(project, name)
    if (texts.has(name) || path.relative(workspace, at).startsWith('..')) continue
    const text = await readInside(workspace, at, READ.includes(name) || isDjangoStart(name) ? TEXT_SIZE : LOCK_SIZE)
    if (text === undefined) continue
    texts.set(name, text)
    left -= text.length
    if (left < 0) throw tooMuch(name)
    if (name === 'setup.py') queue.push(...setupImports(text).filter((file) => files.includes(file)))
    if (name === 'pyproject.toml') queue.push(...buildCode(readToml(path.join(folder, name), text)))
    if (!isRequirementsFile(path.basename(name)) && !included.has(name)) continue
    for (const other of includesOf(name, text)) {
      included.add(other)
      queue.push(other)
    }
  }
  return { folder: folder || '.', files, texts }
}

function tooMuch(name: string): UserError {
  return new UserError('project', `the project holds more text than any needs, up to ${name}`, 'Check what requirements files include.')
}
