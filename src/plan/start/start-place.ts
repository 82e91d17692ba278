import { serverOf } from './servers.ts'

/** A program that a start command runs, and where. */
export interface Step {
  /** The folder that it runs in, absolute; undefined where the words do not tell. */
  readonly folder: string | undefined
  /** Its words, without variables that are set for it and without `exec`. */
  readonly words: readonly string[]
}

/** Where a start command runs, as far as its words tell. */
export interface StartPlace {
  /** All programs that it runs one after the other; the last one serves. */
  readonly steps: readonly Step[]
  /** The folder that the last one works in, absolute. */
  readonly folder: string
  /** Folders that the last one puts on Python's path, absolute, the first one first. */
  readonly paths: readonly string[]
  /** Folders that it changes into, as they are written and as they are in the image. */
  readonly visited: readonly { readonly written: string; readonly folder: string }[]
}

/** The working folder of every image of ours. */
export const WORK = '/app'

const TOKEN = /[^\S\n]*(&&|\|\||[;&|\n]|(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;&|])+)/sy
const ASSIGNMENT = /^[A-Za-z_]\w*=/

/** @param argv as the image's configuration has it: words, or `sh -c LINE` */
export function startPlace(argv: readonly string[]): StartPlace {
  const line = isShell(argv) ? (argv[2] ?? '') : undefined
  const commands = line === undefined ? [argv] : simpleCommands(line)
  const visited: { written: string; folder: string }[] = []
  const steps: Step[] = []
  let folder: string | undefined = WORK
  for (const command of commands) {
    const words = programWords(command)
    if (words[0] === 'cd') {
      folder = below(folder, words[1] ?? '')
      if (folder !== undefined) visited.push({ written: words[1] ?? '', folder })
    } else if (words.length > 0) steps.push({ folder, words })
  }
  const last = steps.at(-1)
  const own = last ? ofProgram(last) : { folder: undefined, paths: [] }
  if (own.folder !== undefined) visited.push({ written: own.written, folder: own.folder })
  const works = own.folder ?? last?.folder ?? WORK
  const paths = [...own.paths, ...(works === WORK ? [] : [works])]
  return { steps, folder: works, paths: [...new Set(paths)], visited }
}

/** Without variables that are set for it, `exec` and `env`. */
function programWords(command: readonly string[]): readonly string[] {
  const first = command.findIndex((word) => word !== 'exec' && word !== 'env' && !ASSIGNMENT.test(word))
  return first < 0 ? [] : command.slice(first)
}

function isShell(argv: readonly string[]): boolean {
  return argv.length === 3 && /^(\/bin\/)?(sh|bash|dash)$/.test(argv[0] ?? '') && /^-l?c$/.test(argv[1] ?? '')
}

/** Commands that run one after the other: what a pipe, a group or a condition does is left to the shell. */
function simpleCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(line); found; found = TOKEN.exec(line)) {
    const token = found[1] ?? ''
    if (/^(\|\|?|&)$/.test(token) || /^[({]|^(if|while|for|case|until|trap)$/.test(token)) break
    if (/^(&&|;|\n)$/.test(token)) commands.push([])
    else commands.at(-1)?.push(token.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, '$1$2$3'))
  }
  return commands.filter((words) => words.length > 0)
}

/** A folder by a word of a shell; undefined where that is not known before it runs. */
function below(folder: string | undefined, word: string): string | undefined {
  if (word === '' || /[$`~*?[\]{}]|^-/.test(word)) return undefined
  const parts = word.startsWith('/') ? [] : folder?.split('/')
  if (!parts) return undefined
  for (const part of word.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.filter(Boolean).join('/')}`
}

interface OfProgram {
  /** That it changes into by itself. */
  readonly folder: string | undefined
  readonly written: string
  readonly paths: readonly string[]
}

function ofProgram({ folder, words }: Step): OfProgram {
  const [first = '', ...rest] = words
  const python = /^(.*\/)?python[\d.]*$/.test(first)
  const module = python && rest[0] === '-m' ? rest[1] : undefined
  const program = module ?? (/^(.*\/)?([\w.-]+)$/.exec(first)?.[2] || '')
  const script = python && !module ? rest.find((word) => !word.startsWith('-')) : undefined
  const { chdir, paths: options = [] } = serverOf(program) ?? {}
  const [written] = valuesOf(words, chdir === undefined ? [] : [chdir])
  const changed = written === undefined ? undefined : below(folder, written)
  const named = valuesOf(words, options).flatMap((value) => value.split(','))
  const beside = script?.endsWith('.py') ? below(folder, script.replace(/[^/]*$/, '') || '.') : undefined
  const paths = [...named.map((value) => below(changed ?? folder, value)), beside]
  return { folder: changed, written: written ?? '', paths: paths.flatMap((at) => (at === undefined || at === WORK ? [] : [at])) }
}

function valuesOf(words: readonly string[], options: readonly string[]): readonly string[] {
  return words.flatMap((word, i) => {
    const option = options.find((name) => word === name || word.startsWith(`${name}=`))
    if (option === undefined) return []
    return word === option ? [words[i + 1] ?? ''] : [word.slice(option.length + 1)]
  })
}

/** What the image holds below /app, where that is known before it is made. */
export interface Held {
  /** Paths relative to /app, with whether each may be executed. */
  readonly files: ReadonlyMap<string, { readonly executable: boolean }>
  /** Folders that are made for the application, absolute. */
  readonly made: readonly string[]
  /** The project has a wheel: its source is not in /app. */
  readonly wheel: boolean
  /** Paths of the project's source, relative to it. */
  readonly source: readonly string[]
}

export interface StartFault {
  readonly text: string
  readonly next: string
}

export const TAKE_SOURCE = 'set wheel: never, which takes the source to /app as it is'

/** Why a start command certainly fails, by the files alone; undefined where they tell nothing against it. */
export function placeFault({ visited }: StartPlace, held: Held): StartFault | undefined {
  for (const { written, folder } of visited) {
    const inside = belowWork(folder)
    if (inside === undefined || inside === '' || held.made.some((one) => one === folder || one.startsWith(`${folder}/`))) continue
    if ([...held.files.keys()].some((file) => file.startsWith(`${inside}/`))) continue
    const there = held.source.some((file) => file.startsWith(`${inside}/`))
    const text = `the start command goes to the folder ${written}, which is not in the image`
    if (held.wheel && there)
      return { text: `${text}: the project's wheel holds its packages alone`, next: `Leave that out, or ${TAKE_SOURCE}.` }
    if (there) return { text: `${text}: .dockerignore leaves it out`, next: `Let it in by a line !${inside} in .dockerignore.` }
    return { text, next: 'Correct it, or commit the folder with what is in it.' }
  }
  return undefined
}

/** A file of the project that a start command runs. */
export interface StartScript {
  /** As it is written. */
  readonly written: string
  /** Relative to the project's folder. */
  readonly file: string
  /** A shell reads it; else the system starts it. */
  readonly byShell: boolean
}

/** Files that the steps run by a path: what is looked for on PATH is none. */
export function startScripts({ steps }: StartPlace): readonly StartScript[] {
  return steps.flatMap(({ folder, words }) => {
    const [first = '', ...rest] = words
    const byShell = /^(.*\/)?(sh|bash|dash|ash)$/.test(first) || first === '.' || first === 'source'
    const written = byShell ? rest.find((word) => !word.startsWith('-')) : first.includes('/') ? first : undefined
    if (written === undefined || (byShell && rest.some((word) => /^-\w*c$/.test(word)))) return []
    const file = belowWork(below(folder, written) ?? '')
    return file ? [{ written, file, byShell }] : []
  })
}

/** Why a script of the source certainly fails. @param text its content, undefined where it is none of the source */
export function scriptFault({ written, byShell }: StartScript, executable: boolean, text: string | undefined): StartFault | undefined {
  if (text === undefined) return undefined
  const runs = `the start command runs ${written}, `
  if (!byShell && !executable) {
    return {
      text: `${runs}which may not be executed`,
      next: `Run "git update-index --chmod=+x ${written.replace(/^\.\//, '')}", or start it by sh.`,
    }
  }
  // The system takes the CR for a part of the interpreter's name; a shell, for a part of each last word.
  if (/^#![^\n]*\r\n/.test(text) || (byShell && /\r\n/.test(text))) {
    return {
      text: `${runs}whose lines end with CR LF, as on Windows`,
      next: 'Save it with LF, and let git keep that: "*.sh text eol=lf" in .gitattributes.',
    }
  }
  return undefined
}

function belowWork(at: string): string | undefined {
  if (at === WORK) return ''
  return at.startsWith(`${WORK}/`) ? at.slice(WORK.length + 1) : undefined
}
