import { UserError } from '../../errors.ts'
import type { MarkerEnvironment } from '../requirements/marker.ts'
import { readRequired } from '../requirements/required.ts'
import { type RequirementsLine, readLines } from '../requirements/requirement-lines.ts'
import { applies, inOrder, type Pin, readHashes, type UserLock } from './pins.ts'

const AGAIN = 'Make the file again with "pip-compile --generate-hashes" or "uv pip compile --generate-hashes".'

/** What a commit is named by tells its content, as a hash does. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i

interface Texts {
  /** The file that is installed. */
  readonly file: string
  /** Of it and of what it includes with `-r` and `-c`, by path. */
  readonly texts: Readonly<Record<string, string>>
}

/**
 * Reads requirements files whose lines are pinned with `==` and carry `--hash`. As with pip it is all or nothing; unlike
 * pip, folders of the workspace and repositories at a commit are taken too, as `uv export` writes them.
 * @param project normalised name; `-e .` stands for it and is no pin
 * @returns the lock, and notices about options that are not followed
 * @throws UserError naming file and line for a package without a pin or a sha256, an unknown option, a file that is not there
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readRequirementsLock(
  { file, texts }: Texts,
  project: string,
  environment: MarkerEnvironment,
): { readonly lock: UserLock; readonly notices: readonly string[] } {
  const { lines, notices } = readLines(file, { texts: new Map(Object.entries(texts)), strict: true })
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
    pins: inOrder(file, project, pins),
    extras: undefined,
    groups: undefined,
    overridden: [],
    refresh: refreshOf(file, texts[file] ?? ''),
  }
  return { lock, notices }
}

/** A constraint gives the version and sums that the requirement leaves open. */
function constrained(pin: Pin, constraint: Pin | undefined): Pin {
  if (!constraint || pin.source || (pin.version && pin.version !== constraint.version)) return pin
  return { ...constraint, files: new Map([...pin.files, ...constraint.files]) }
}

function checked({ file, line, text }: RequirementsLine, pin: Pin): Pin {
  const { source } = pin
  const place = { file, line }
  if (!source && !pin.version) throw new UserError('lock', `${file}:${line}: ${pin.name} is not pinned with ==`, { next: AGAIN, place })
  const name = pin.name || text
  if (source?.kind === 'git' && !COMMIT.test(source.revision)) {
    const next = 'Name the commit (…@<40 digits>), or the address of its archive with a --hash; pip takes the latter alone.'
    throw new UserError('lock', `${file}:${line}: ${name} has no --hash, and its repository is not pinned to a commit`, { next, place })
  }
  if (pin.files.size > 0 || source?.kind === 'git' || source?.kind === 'directory') return pin
  throw new UserError('lock', `${file}:${line}: ${name} has no --hash, which every line must have where one has it`, { next: AGAIN, place })
}

/** @returns undefined for a line whose marker does not hold */
function readLine(line: RequirementsLine, holds: (name: string, marker: string) => boolean): Pin | undefined {
  const { file, text, editable, hashes } = line
  const { name, specifier, marker, place, source } = readRequired(text, editable)
  if (!holds(name || text, marker)) return undefined
  // The fragment of an address vouches for its file too.
  const sum = /[#&](sha256=[0-9a-f]{64})(?:&|$)/i.exec(place ?? '')?.[1]
  const all = sum === undefined ? hashes : [...hashes, sum]
  const files = readHashes(
    file,
    name || text,
    all.map((hash) => ({ hash, file: '' })),
  )
  const version = /^===?([^,*]+)$/.exec(specifier)?.[1] ?? ''
  return { name, version, files, ...(source === undefined ? {} : { source }) }
}

function refreshOf(file: string, text: string): string {
  const command = /^#\s+((?:uv|pip-compile|poetry|pdm|pipenv)\b[^\n]*)$/m.exec(text.slice(0, 1000))?.[1]
  return command?.trim() ?? `uv pip compile --generate-hashes -o ${file}`
}
