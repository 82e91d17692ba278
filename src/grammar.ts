import { valid } from '@renovatebot/pep440'
import * as v from 'valibot'
import { shorten } from './text/words.ts'

/**
 * The grammar of each kind of value that comes back from where foreign code ran: a stage, a container, a cache,
 * an index. Whatever is read from there passes one of these before it is used or shown.
 */

/** One line of text, without control characters. @param longest in characters */
export function line(longest = 1000) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return v.pipe(v.string(), v.maxLength(longest), v.regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/))
}

/** A binary package, with an architecture or without. @see Debian Policy 5.6.7 (Package) */
export const debianName = v.pipe(v.string(), v.maxLength(128), v.regex(/^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?$/))

/** A name of a project or an extra, in any spelling. @see PEP 508 (Names) */
export const packageName = v.pipe(v.string(), v.maxLength(200), v.regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/))

/** The same as indexes compare it. @see PEP 503 (Normalized Names) */
export const normalizedName = v.pipe(packageName, v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/))

/** @see PEP 440 (Appendix B) */
export const version = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[\w.!+-]+$/),
  v.check((text) => valid(text) !== null),
)

/** The file name of a wheel: five or six parts. @see PEP 427 (File name convention) */
export const wheelName = v.pipe(v.string(), v.maxLength(255), v.regex(/^[A-Za-z0-9][\w.]*-[\w.!+]+(-\d[\w.]*)?-[\w.]+-[\w.]+-[\w.]+\.whl$/))

/** A path below a root, with `/`: it cannot lead out of it. */
export const pathBelow = v.pipe(line(4096), v.check(isBelow))

/** A .deb file. @see https://wiki.debian.org/PackagesAndFiles (NAME_VERSION_ARCHITECTURE.deb; apt writes `:` as `%3a`) */
export const debName = v.pipe(v.string(), v.maxLength(255), v.regex(/^[a-z0-9][a-z0-9+.-]+_[\w.+~%-]+_[a-z0-9-]+\.deb$/))

/** An sdist's or a wheel's file. */
export const archiveName = v.pipe(v.string(), v.maxLength(255), v.regex(/^[A-Za-z0-9][\w.+!-]*\.(whl|tar\.gz|zip|tar\.bz2|tgz)$/))

/** Where a file is fetched from: not with a variable, which uv would fill in. */
export const address = v.pipe(
  line(4000),
  v.regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\"'<>`]+$/),
  v.check((text) => !text.includes('${') && URL.canParse(text)),
)

/** A module by its dotted name. */
export const moduleName = v.pipe(
  v.string(),
  v.maxLength(500),
  v.regex(/^[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*(\.[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*)*$/u),
)

const NAMED = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?[ \t]*(?:\[[\w., \t-]*\][ \t]*)?/
const VERSIONS = /^(?:(?:~=|===?|!=|<=?|>=?)[ \t]*[\w.*+!-]+[ \t]*(?:,[ \t]*)?)*$/
const MARKER = /^(?:[\w.<>=!~() \t]|'[^'\\]*'|"[^"\\]*")*$/

/**
 * A requirement on a line of its own, which goes to files that resolvers read: no option, no comment, no variable.
 * Whether its versions and markers mean something is for them to say.
 * @see PEP 508
 */
export const requirement = v.pipe(line(2000), v.check(isRequirement))

/** One that is looked for on an index: not by an address. */
export const indexedRequirement = v.pipe(requirement, v.regex(/^[^@#]*$/))

function isRequirement(text: string): boolean {
  if (text.length > 2000) return false
  const [name = ''] = NAMED.exec(text) ?? []
  const rest = text.slice(name.length)
  if (name === '') return false
  if (!rest.startsWith('@')) {
    const [versions = '', ...marker] = rest.split(';')
    return VERSIONS.test(versions.trim().replace(/^\((.*)\)$/, '$1')) && MARKER.test(marker.join(';'))
  }
  const [, url = '', marker = ''] = /^@[ \t]*(\S+)(?:[ \t]+;(.*))?$/.exec(rest) ?? []
  return v.is(v.union([address, pathOf]), url) && MARKER.test(marker)
}

/** `name @ ./folder`, as old files have it. */
const pathOf = v.pipe(line(4000), v.regex(/^[\w.~][\w./~+-]*$/))

/** What a program says to people: one line, what cannot be shown left out. @param longest in characters, a longer one is cut */
export function said(longest = 300) {
  return v.pipe(
    v.string(),
    v.transform((text) => {
      const shown = text
        .slice(0, longest * 4)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
      return shorten(shown, longest)
    }),
  )
}

/** A list that may not be longer than anybody needs. */
export function listOf<S extends v.GenericSchema>(item: S, most: number) {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item))
}

/** Hex, lower case. */
export const sha256Text = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** Bytes. */
export const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A time that something took. */
export const seconds = v.pipe(v.number(), v.finite(), v.minValue(0))

function isBelow(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\\') && path.split('/').every((part) => !['', '.', '..'].includes(part))
}

/** Any object, not copied: it may be large. */
export const object = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

const MOST_ENTRIES = 1000

/** The entries of an object that are of a kind, by their names; the others are left out. One of more than 1,000 is none. */
export function entries<V extends v.GenericSchema>(name: v.GenericSchema<string>, value: V) {
  const pick = (all: Readonly<Record<string, unknown>>): Readonly<Record<string, v.InferOutput<V>>> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([key, given]) => {
        const result = v.safeParse(value, given, { abortEarly: true })
        return v.is(name, key) && result.success ? [[key, result.output]] : []
      }),
    )
  return v.pipe(
    object,
    v.check((all) => Object.keys(all).length <= MOST_ENTRIES),
    v.transform(pick),
  )
}

/** What a schema reads, and nobody changes. */
export type Read<S extends v.GenericSchema> = Fixed<v.InferOutput<S>>
type Fixed<T> = T extends object ? { readonly [Key in keyof T]: Fixed<T[Key]> } : T

/** Whether a value is of a kind. */
export function fits<S extends v.GenericSchema>(schema: S, value: unknown): value is v.InferOutput<S> {
  return v.is(schema, value)
}

/**
 * A JSON document of a kind, its unknown keys left out.
 * @returns undefined where the text is no JSON, or not of that kind
 */
export function readJson<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const result = v.safeParse(schema, value, { abortEarly: true })
  return result.success ? result.output : undefined
}
