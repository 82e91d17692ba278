import path from 'node:path'
import { UserError } from '../errors.ts'

/** Requirements files with all that they include, as one list. */
export interface RequirementFiles {
  /** The files that were read, in that order, relative to the project folder. */
  readonly files: readonly string[]
  /** Requirements as written, markers too, without comments, options and hashes (PEP 508, or a bare address). */
  readonly lines: readonly string[]
  readonly constraints: readonly string[]
  /** Folders that are required, relative to the project folder: `./libs/billing`. */
  readonly folders: readonly string[]
  /** Every requirement names its sha256: the files are a lock. */
  readonly hashed: boolean
  /** Options that are not obeyed, with what to use instead. */
  readonly notices: readonly string[]
}

/** Names that hold what a deployment needs, best first. */
const FOUND = [
  'requirements.txt',
  ...['production', 'prod', 'release', 'deploy', 'base', 'common', 'main', 'requirements'].map((name) => `requirements/${name}.txt`),
]

/**
 * Which requirements files define the dependencies where the user does not say.
 * @param files paths of the project's files
 */
export function findRequirements(files: readonly string[]): readonly string[] {
  const known = FOUND.find((name) => files.includes(name))
  if (known) return [known]
  const others = files.filter((file) => /^requirements[^/]*\.txt$/.test(file) && !/dev|test|doc|lint|type|ci\b/i.test(file))
  return others.length === 1 ? others : []
}

/** Whether a file may be a requirements or constraints file: its text is read beforehand. */
export function isRequirementsFile(file: string): boolean {
  return /^(requirements|constraints)[^/]*\.(txt|in)$|^requirements\/[^/]+\.(txt|in)$/.test(file)
}

/** The files that a requirements file includes (`-r`, `-c`), relative to the project folder. */
export function includesOf(file: string, text: string): readonly string[] {
  return logicalLines(text).flatMap((line) => {
    const included = optionOf(line, ['-r', '--requirement', '-c', '--constraint'])
    return included === undefined ? [] : [path.posix.join(path.posix.dirname(file), included)]
  })
}

/**
 * Reads requirements files with everything that they include.
 * @param entries relative to the project folder
 * @param textOf the text of a file, undefined where there is none
 * @throws UserError where a file is missing
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readRequirements(entries: readonly string[], textOf: (file: string) => string | undefined): RequirementFiles {
  const files: string[] = []
  const lines: string[] = []
  const constraints: string[] = []
  const folders: string[] = []
  const notices = new Set<string>()
  let hashes = 0

  const read = (file: string, from: string, constrains: boolean) => {
    const place = `${constrains ? 'c' : 'r'} ${file}`
    if (seen.has(place)) return
    seen.add(place)
    const text = textOf(file)
    if (text === undefined) {
      throw new UserError('project', `${from} names ${file}, which is not there`, 'Mend the line, or set the input requirements.')
    }
    if (!files.includes(file)) files.push(file)
    const beside = (name: string) => path.posix.join(path.posix.dirname(file), name)
    for (const line of logicalLines(text)) {
      const required = optionOf(line, ['-r', '--requirement'])
      const constraint = optionOf(line, ['-c', '--constraint'])
      if (required !== undefined) read(beside(required), file, constrains)
      else if (constraint !== undefined) read(beside(constraint), file, true)
      else {
        const editable = optionOf(line, ['-e', '--editable'])
        if (editable === undefined && line.startsWith('-')) {
          notices.add(notObeyed(file, line))
          continue
        }
        const plain = withoutOptions(editable ?? line)
        if (/\s--hash[= ]/.test(line)) hashes++
        const folder = folderOf(plain)
        if (constrains) constraints.push(plain)
        else if (folder !== undefined) folders.push(beside(folder))
        else lines.push(plain)
      }
    }
  }
  const seen = new Set<string>()
  for (const entry of entries) read(entry, 'the input requirements', false)
  return {
    files,
    lines: [...new Set(lines)],
    constraints: [...new Set(constraints)],
    folders: [...new Set(folders)].filter((folder) => folder !== '.'),
    hashed: hashes > 0 && hashes === lines.length,
    notices: [...notices],
  }
}

/** Lines with continuations joined, without comments and blank lines. */
function logicalLines(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean)
}

/** The value of one of these options: `-r file`, `--requirement=file`. */
function optionOf(line: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const rest = line.startsWith(name) ? line.slice(name.length) : ''
    if (/^[\s=]/.test(rest)) return rest.replace(/^[\s=]+/, '').replace(/^(['"])(.*)\1$/, '$2')
  }
  return undefined
}

/** Without the options that belong to one requirement: `--hash`, `--config-settings`. */
function withoutOptions(line: string): string {
  return line.replace(/\s+--[a-z-]+[= ].*$/, '').trim()
}

function folderOf(line: string): string | undefined {
  if (!/^(\.{1,2}(\/|$|\[)|file:\.)/.test(line)) return undefined
  return line
    .replace(/^file:/, '')
    .replace(/\[[^\]]*\]\s*$|#.*$/, '')
    .replace(/(?<=.)\/$/, '')
}

function notObeyed(file: string, line: string): string {
  const option = line.split(/[\s=]/)[0] ?? line
  const instead = /index-url$|^-i$/.test(option) ? '; index addresses come from index-url and the settings of pip and uv' : ''
  return `${option} in ${file} is not obeyed${instead}.`
}
