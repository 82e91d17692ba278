import { UserError } from '../../errors.ts'
import type { MarkerEnvironment } from '../marker.ts'
import { readRequirement } from '../requirement.ts'
import { type RequirementsLine, readLines } from '../requirements-lines.ts'
import { applies, inOrder, isArchive, type Pin, readAddress, readHashes, type UserLock } from './lock-file.ts'

/**
 * Reads requirements files whose lines are pinned with `==` and carry `--hash`.
 * @param file the file that is installed
 * @param texts texts of it and of what it includes with `-r` and `-c`, by path
 * @param project normalised name; `-e .` stands for it and is no pin
 * @returns the lock, and notices about options that are not followed
 * @throws UserError naming file and line for a package without a pin or a sha256, an unknown option, a file that is not there
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readRequirementsLock(
  file: string,
  texts: ReadonlyMap<string, string>,
  project: string,
  environment: MarkerEnvironment,
): { readonly lock: UserLock; readonly notices: readonly string[] } {
  const { lines, notices } = readLines(file, { texts, strict: true })
  const nothing = { extras: [], groups: [] }
  const reading = { file, project: { name: project, pyproject: undefined }, selection: nothing, environment }
  const read = lines.map((line) => ({ line, pin: readLine(line, (name, marker) => applies(reading, name, marker)) }))
  const constraints = new Map(read.flatMap(({ line, pin }) => (line.constraint && pin ? [[pin.name, pin] as const] : [])))
  const pins = read
    .filter(({ line }) => !line.constraint)
    .flatMap(({ line, pin }) => (pin ? [checked(line, constrained(pin, constraints.get(pin.name)))] : []))
    .filter(({ source }) => source?.kind !== 'directory' || source.path !== '.')
  const lock: UserLock = {
    file,
    project,
    requiresPython: undefined,
    pins: inOrder(file, project, pins),
    extras: undefined,
    groups: undefined,
    overridden: [],
    refresh: refreshOf(file, texts.get(file) ?? ''),
  }
  return { lock, notices }
}

/** A constraint gives the version and sums that the requirement leaves open. */
function constrained(pin: Pin, constraint: Pin | undefined): Pin {
  if (!constraint || pin.source || (pin.version && pin.version !== constraint.version)) return pin
  return { ...constraint, files: new Map([...pin.files, ...constraint.files]) }
}

function checked({ file, line, text }: RequirementsLine, pin: Pin): Pin {
  const place = { file, line }
  if (!pin.source && !pin.version) {
    throw new UserError(
      'lock',
      `${file}:${line}: ${pin.name} is not pinned with ==`,
      'Make the file again, e.g. "uv pip compile --generate-hashes".',
      { place },
    )
  }
  if (pin.files.size === 0 && pin.source?.kind !== 'git' && pin.source?.kind !== 'directory') {
    const name = pin.name || text
    throw new UserError('lock', `${file}:${line}: ${name} has no --hash`, 'Make the file again, e.g. "uv pip compile --generate-hashes".', {
      place,
    })
  }
  return pin
}

/** @returns undefined for a line whose marker does not hold */
function readLine(line: RequirementsLine, holds: (name: string, marker: string) => boolean): Pin | undefined {
  const { file, text, hashes } = line
  const stated = (name: string) =>
    readHashes(
      file,
      name,
      hashes.map((hash) => ({ hash, file: '' })),
    )
  const nameless = placeIn(text)
  if (nameless !== undefined) {
    const egg = /[#&]egg=([\w.-]+)/.exec(nameless)?.[1]
    const marker = /\s;\s*(.*)$/.exec(text)?.[1] ?? ''
    const name = egg ? readRequirement(egg).name : ''
    return holds(name || text, marker) ? { name, version: '', source: readAddress(nameless), files: stated(name || text) } : undefined
  }
  const { name, specifier, url, marker } = readRequirement(text)
  if (!holds(name, marker)) return undefined
  const version = /^===?([^,*]+)$/.exec(specifier)?.[1] ?? ''
  return { name, version, files: stated(name), ...(url === undefined ? {} : { source: readAddress(url) }) }
}

/** The place of a line that names no package (paths are relative to where pip runs, the project's folder): `./core[extra]`, `git+https://…`, `https://…`. */
function placeIn(text: string): string | undefined {
  const place = (text.split(/\s/)[0] ?? '').replace(/\[[^\]]*\]$/, '')
  const isPath = /^(?:[a-z+]+:\/\/|file:|git\+|\.{0,2}[/\\])/.test(place) || place === '.' || place === '..' || isArchive(place)
  return isPath ? place : undefined
}

function refreshOf(file: string, text: string): string {
  const command = /^#\s+((?:uv|pip-compile|poetry|pdm|pipenv)\b[^\n]*)$/m.exec(text.slice(0, 1000))?.[1]
  return command?.trim() ?? `uv pip compile --generate-hashes -o ${file}`
}
