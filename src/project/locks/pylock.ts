import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import { readToml, type Table, tableAt, textAt, textsAt } from '../toml.ts'
import {
  applies,
  inOrder,
  names,
  type Pin,
  type Reading,
  readHashes,
  readPath,
  refuseVersion,
  type Source,
  tablesAt,
  type UserLock,
} from './pins.ts'

/**
 * Reads a pylock.toml that the user keeps.
 * @throws UserError for versions other than 1.x, for an environment that it is not for, and for packages that are there twice
 * @see PEP 751
 */
export function readPylock(reading: Reading): UserLock {
  const { file } = reading
  const lock = readToml(file, reading.text)
  const version = textAt(lock, 'lock-version') ?? ''
  if (!/^1\.\d+$/.test(version)) refuseVersion(file, version, '1.x (PEP 751)')
  const environments = textsAt(lock, 'environments') ?? []
  if (environments.length > 0 && !environments.some((marker) => applies(reading, 'environments', marker))) {
    throw new UserError(
      'lock',
      `${file} is not for this platform and Python: it is for ${environments.join(' | ')}`,
      'Make the lock again for Linux too.',
    )
  }
  // "default-groups": what is installed where nothing is asked for, i.e. the project's own dependencies.
  const groups = [...(textsAt(lock, 'default-groups') ?? []), ...reading.selection.groups]
  const chosen = { extras: reading.selection.extras, groups }
  const pins = tablesAt(lock, 'packages')
    .filter((entry) => applies({ ...reading, selection: chosen }, textAt(entry, 'name') ?? '', textAt(entry, 'marker')))
    .filter((entry) => readPath(textAt(tableAt(entry, 'directory'), 'path') ?? 'elsewhere') !== '.')
    .map((entry) => readPin(file, entry))
  return {
    file,
    project: reading.project.name,
    pins: inOrder(file, reading.project.name, pins),
    extras: names(textsAt(lock, 'extras') ?? []),
    groups: names(textsAt(lock, 'dependency-groups') ?? []),
    overridden: [],
    refresh: refreshOf(file, textAt(lock, 'created-by') ?? ''),
  }
}

function readPin(file: string, entry: Table): Pin {
  const name = normalizeName(textAt(entry, 'name') ?? '')
  const archive = tableAt(entry, 'archive')
  const stated = [...tablesAt(entry, 'wheels'), tableAt(entry, 'sdist'), archive].flatMap((item) =>
    Object.entries(tableAt(item, 'hashes')).map(([kind, hash]) => ({
      hash: `${kind}:${hash}`,
      file: textAt(item, 'name') ?? placeOf(item),
    })),
  )
  const source = readSource(entry)
  const path = [...tablesAt(entry, 'wheels'), tableAt(entry, 'sdist')].map((item) => textAt(item, 'path')).find((one) => one !== undefined)
  return {
    name,
    version: textAt(entry, 'version') ?? '',
    files: readHashes(file, name, stated),
    ...(source ? { source } : {}),
    ...(path === undefined ? {} : { folder: readPath(`${readPath(path)}/..`) }),
  }
}

function placeOf(entry: Table): string {
  return textAt(entry, 'url') ?? readPath(textAt(entry, 'path') ?? '')
}

function readSource(entry: Table): Source | undefined {
  const vcs = tableAt(entry, 'vcs')
  if (entry.vcs) {
    const subdirectory = textAt(vcs, 'subdirectory')
    return { kind: 'git', url: placeOf(vcs), revision: textAt(vcs, 'commit-id') ?? '', ...(subdirectory ? { subdirectory } : {}) }
  }
  if (entry.directory) return { kind: 'directory', path: placeOf(tableAt(entry, 'directory')) }
  return entry.archive ? { kind: 'archive', url: placeOf(tableAt(entry, 'archive')) } : undefined
}

function refreshOf(file: string, tool: string): string {
  if (tool === 'uv') return `uv export --format pylock.toml -o ${file}`
  if (tool === 'pdm') return 'pdm lock'
  if (tool === 'pip') return `pip lock -o ${file} .`
  return tool.startsWith('poetry') ? 'poetry lock && poetry export -f pylock.toml' : `${tool || 'the tool that made it'}, again`
}
