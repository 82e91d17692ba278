import type { OwnDockerfile } from '../../project/dockerfile/own-dockerfile.ts'
import { normalizeName } from '../../project/names.ts'
import { serverOf } from './servers.ts'

/** How a project starts by its own Dockerfile. */
export interface StartElsewhere {
  /** As a user would write it into the input `command`. */
  readonly line: string
  /** All that it names is in this image too, and it serves: it may be taken as it is. */
  readonly fits: boolean
}

/** What an image has, as far as a command may name it. */
export interface ImageNames {
  /** Of the project's source, where the image has it at the working folder. */
  readonly paths: readonly string[]
  /** Modules of the project. */
  readonly modules: readonly string[]
  /** Names of the locked packages, normalised. */
  readonly locked: readonly string[]
  /** Console scripts of the project. */
  readonly scripts: readonly string[]
}

/** Lists of commands, and what a shell computes, as steps before the start do: migrations, waiting for a database. */
const COMPUTED = /[;&|<>`\n]|\$\(/
/** What only tells how it is called; servers of a developer, and those that look for changes. */
const FOR_DEVELOPERS =
  /(?:^|\s)(?:--help|-h|--version)(?:\s|$)|\brunserver\b|--reload\b|--debug\b|\bflask\b.*\brun\b|\b(?:fastapi|sanic|litestar)\b.*\bdev\b/
/** Words that a shell takes as they are, but for the variables in them. */
const PLAIN = /^[\w@%+=:,./${}~-]+$/

/** The command of a Dockerfile, and whether it fits the image. @returns undefined where it names none */
export function startElsewhere({ start, startsAtTop }: OwnDockerfile, image: ImageNames): StartElsewhere | undefined {
  if (start === undefined || start === '') return undefined
  const line =
    typeof start === 'string' ? start : start.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
  const words = line.split(/\s+/)
  const fits =
    startsAtTop &&
    !COMPUTED.test(line) &&
    !FOR_DEVELOPERS.test(line) &&
    !words.some((word) => word.startsWith('/')) &&
    isThere(words, image)
  return { line, fits }
}

function isThere([program = '', ...rest]: readonly string[], { paths, modules, locked, scripts }: ImageNames): boolean {
  const has = (file: string) => paths.includes(file.replace(/^\.\//, ''))
  const own = (module: string) => modules.includes(module) || modules.includes(`${module}.__main__`)
  if (/^python3?$/.test(program)) {
    const [first = '', second = ''] = rest.filter((word) => !/^-[uBOEsSI]+$/.test(word))
    return first === '-m' ? own(second) || isThere(rest.slice(rest.indexOf('-m') + 1), { paths, modules, locked, scripts }) : has(first)
  }
  const server = serverOf(program)
  if (server) {
    const target = rest.flatMap((word) => /^["']?([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(.*\))?["']?$/.exec(word)?.[1] ?? [])
    return server.packages.some((name) => locked.includes(name)) && target.length > 0 && target.every(own)
  }
  if (program === 'streamlit') return locked.includes(program) && rest.some((word) => word.endsWith('.py') && has(word))
  return scripts.includes(program) || locked.includes(normalizeName(program))
}
