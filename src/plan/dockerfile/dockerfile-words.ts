import { UserError } from '../../errors.ts'
import { debianName, fits } from '../../grammar.ts'
import { shorten } from '../../text/words.ts'

declare const rendered: unique symbol

/**
 * A text that may stand in a Dockerfile. Only this module makes one, and the tag `dockerfile` takes nothing else: that no
 * value gets there unquoted is for the compiler to see.
 */
export type Rendered = string & { readonly [rendered]: true }

/** The text as it is written, with words that were quoted. */
export function dockerfile(texts: TemplateStringsArray, ...words: readonly Rendered[]): Rendered {
  return String.raw({ raw: texts }, ...words) as Rendered
}

export const NOTHING = dockerfile``

export function joined(words: readonly Rendered[], separator: '' | ' ' | ' \\\n    ' = ''): Rendered {
  return words.join(separator) as Rendered
}

/**
 * A word without quotes: the name of a stage, a package, an image, a path, a time, a hash.
 * @throws UserError for whatever would be more than one word, or something else than itself
 */
export function bare(text: string): Rendered {
  if (/^[A-Za-z0-9][\w.:/@+!-]{0,4095}$/.test(text)) return text as Rendered
  throw refused(text, 'it is no plain word')
}

/** A Debian package. @throws UserError for what is none: to apt it might be an option, or a file */
export function debian(name: string): Rendered {
  if (fits(debianName, name)) return name as Rendered
  throw refused(name, 'it is no name of a Debian package')
}

/** @throws UserError for what is no whole number from 0 on */
export function whole(number: number): Rendered {
  if (Number.isSafeInteger(number) && number >= 0) return String(number) as Rendered
  throw refused(String(number), 'it is no whole number')
}

/** A word for the shell of a RUN instruction. @throws UserError for one that is not on one line */
export function shellWord(text: string): Rendered {
  return shellQuote(onOneLine(text)) as Rendered
}

/** A quoted word of an instruction: `$` is not a variable there. @throws UserError for one that is not on one line */
export function quoted(text: string): Rendered {
  return `"${onOneLine(text).replace(/[\\"$]/g, '\\$&')}"` as Rendered
}

/** The exec form of CMD: a JSON list, whose texts hold line ends as escapes. @see https://docs.docker.com/reference/dockerfile/#cmd */
export function execForm(words: readonly string[]): Rendered {
  const odd = words.find((word) => word.includes('\0'))
  if (odd !== undefined) throw refused(odd, 'no program takes an argument with a NUL')
  return JSON.stringify(words) as Rendered
}

/** One instruction for all pairs: each instruction costs a step of the build. */
export function pairs(instruction: 'ENV' | 'LABEL', values: Readonly<Record<string, string>>): Rendered {
  const words = Object.entries(values).map(
    ([name, value]) => dockerfile`${instruction === 'ENV' ? variable(name) : bare(name)}=${quoted(value)}`,
  )
  return words.length > 0 ? dockerfile`${bare(instruction)} ${joined(words, ' \\\n    ')}\n` : NOTHING
}

/** Variables before a command of a shell. @throws UserError where a name is none */
export function assignments(env: Readonly<Record<string, string>>): Rendered {
  return joined(Object.entries(env).map(([name, value]) => dockerfile`${variable(name)}=${shellWord(value)} `))
}

/** @param from the stage or image whose file or folder it is; the build context's where that is left out */
export function bind(
  source: string,
  target: string,
  { from, rw = false }: { readonly from?: string; readonly rw?: boolean } = {},
): Rendered {
  const stage = from === undefined ? NOTHING : dockerfile`from=${bare(from)},`
  return dockerfile`--mount=type=bind,${stage}source=${place(source)},target=${place(target)}${rw ? dockerfile`,rw` : NOTHING}`
}

export function secret(id: string, target?: string): Rendered {
  return dockerfile`--mount=type=secret,id=${bare(id)}${target === undefined ? NOTHING : dockerfile`,target=${place(target)}`}`
}

/** A word for a shell, whatever it holds. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A path of a mount: a comma would begin another field. */
function place(path: string): Rendered {
  return path.startsWith('/') ? (path === '/' ? dockerfile`/` : dockerfile`/${bare(path.slice(1))}`) : bare(path)
}

function variable(name: string): Rendered {
  if (/^[A-Za-z_]\w*$/.test(name)) return name as Rendered
  throw refused(name, 'it is no name of a variable')
}

function onOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) return text
  throw refused(text, 'it has a line end or another control character')
}

function refused(text: string, why: string): UserError {
  const shown = JSON.stringify(shorten(text, 80))
  return new UserError('plan', `${shown} cannot be written into the Dockerfile: ${why}`, 'Correct what says so.')
}
