import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'
import { type Table, tableAt, textAt, textsAt } from '../toml.ts'
import { type AskedIndex, bareAddress } from '../tools/project-indexes.ts'
import { isPipfileFresh } from './freshness/content-hash.ts'
import {
  applies,
  inOrder,
  isArchive,
  names,
  type Pin,
  type Reading,
  readAddress,
  readGit,
  readHashes,
  readPath,
  type Source,
  tablesAt,
  type UserLock,
} from './pins.ts'

/**
 * Reads a Pipfile.lock: `default`, `develop` as the group dev, and other categories by their names.
 * @throws UserError where it is no JSON, or has no version of a package
 * @see https://pipenv.pypa.io/en/latest/pipfile.html
 */
export function readPipfileLock(reading: Reading): UserLock {
  const { file, project, selection } = reading
  const lock = parsePipfile(file, reading.text)
  const categories = new Map(
    Object.keys(lock)
      .filter((key) => key !== '_meta')
      .map((key) => [key === 'develop' ? 'dev' : normalizeName(key), tableAt(lock, key)] as const),
  )
  const wanted = new Set(['default', ...selection.groups.map(normalizeName)])
  const pins = [...categories]
    .filter(([category]) => wanted.has(category))
    .flatMap(([, packages]) => Object.entries(packages) as [string, Table][])
    .filter(([name, entry]) => applies(reading, name, textAt(entry, 'markers')))
    .map(([name, entry]) => readPin(file, name, entry))
    .filter(({ source }) => source?.kind !== 'directory' || source.path !== '.')
  return {
    file,
    project: project.name,
    // Pipenv locks each category by itself and installs one after the other: the later one's version stays.
    pins: inOrder(file, project.name, [...new Map(pins.map((pin) => [pin.name, pin])).values()]),
    extras: undefined,
    groups: names([...categories.keys()].filter((category) => category !== 'default')),
    overridden: [],
    ...(project.pipfile !== undefined &&
      isPipfileFresh(lock, project.pipfile) === false && { changed: 'the Pipfile has changed since it was made (its hash is another)' }),
    refresh: 'pipenv lock',
  }
}

/** @throws UserError where it is no JSON object */
export function parsePipfile(file: string, text: string): Table {
  const plain = text.replace(/^\uFEFF/, '')
  try {
    const value: unknown = JSON.parse(plain)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Table
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const position = /at position (\d+)/.exec(error.message)?.[1]
    const before = plain.slice(0, Number(position ?? 0)).split('\n')
    const place = position === undefined ? { file } : { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
    const where = place.line === undefined ? file : `${file}:${place.line}:${place.column}`
    const why = (error.message.split(' in JSON')[0] ?? '').replace(/\s+/g, ' ').replace(/(, .*)? is not valid JSON$/, '')
    throw new UserError('lock', `${where} is not valid JSON: ${why}`, { next: 'Run "pipenv lock" and commit the lock.', place })
  }
  throw new UserError('lock', `${file} is no JSON object`, 'Run "pipenv lock" and commit the lock.')
}

function readPin(file: string, key: string, entry: Table): Pin {
  const name = normalizeName(key)
  const source = readSource(entry)
  const version = /^===?\s*(\S+)$/.exec(textAt(entry, 'version') ?? '')?.[1] ?? ''
  if (!source && !version) {
    throw new UserError(
      'lock',
      `${file} has no version of ${name}`,
      `Pin it in the Pipfile (pipenv writes "*" for a package of another platform), then "pipenv lock".`,
    )
  }
  const files = readHashes(
    file,
    name,
    (textsAt(entry, 'hashes') ?? []).map((hash) => ({ hash, file: '' })),
  )
  return { name, version, files, ...(source ? { source } : {}) }
}

function readSource(entry: Table): Source | undefined {
  const git = textAt(entry, 'git')
  if (git !== undefined) {
    const { url } = readGit(git)
    const subdirectory = textAt(entry, 'subdirectory')
    return { kind: 'git', url, revision: textAt(entry, 'ref') ?? '', ...(subdirectory ? { subdirectory } : {}) }
  }
  const path = textAt(entry, 'path')
  if (path !== undefined) return isArchive(path) ? { kind: 'archive', url: readPath(path) } : { kind: 'directory', path: readPath(path) }
  const file = textAt(entry, 'file') ?? textAt(entry, 'uri')
  return file === undefined ? undefined : readAddress(file)
}

/** Pipenv names one Python; of a full version the release of the image's Python may be another. */
export function pipfilePython(lock: Table): string | undefined {
  const requires = tableAt(lock, '_meta', 'requires')
  const version = textAt(requires, 'python_full_version') ?? textAt(requires, 'python_version') ?? ''
  const series = /^3\.\d+/.exec(version)?.[0]
  return series === undefined ? undefined : `==${series}.*`
}

/** The indexes that it names: the first is the default one. @see https://pipenv.pypa.io/en/latest/indexes.html */
export function pipfileIndexes(file: string, lock: Table): readonly AskedIndex[] {
  return tablesAt(tableAt(lock, '_meta'), 'sources').map((source, i) => ({
    at: `${file}: the source ${textAt(source, 'name') ?? i + 1}`,
    url: bareAddress(textAt(source, 'url') ?? ''),
    input: i === 0 ? 'index-url' : 'extra-index-urls',
  }))
}
