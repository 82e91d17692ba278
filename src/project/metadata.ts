import * as v from 'valibot'
import { UserError } from '../errors.ts'
import { line, packageName, requirement, said, version } from '../grammar.ts'
import { normalizeName } from './names.ts'
import { withExtras } from './requirements/marker.ts'

/** What a wheel says of itself. Requirement lines stand as written, with their markers. */
export interface Metadata {
  readonly name: string
  readonly version: string
  readonly summary: string
  readonly license: string
  readonly requiresPython: string
  readonly requires: readonly string[]
  /** Extra names, normalised. */
  readonly extras: readonly string[]
}

/** What decides over an image: all but the version, which may differ from commit to commit. */
export type Requirements = Omit<Metadata, 'version'>

/** @returns the metadata without the version */
export function requirementsOf({ version: _version, ...rest }: Metadata): Requirements {
  return rest
}

/**
 * The header of a METADATA file by its fields.
 * @returns the values of a field, whose name is given in lower case, in their order
 * @see https://packaging.python.org/specifications/core-metadata/
 */
export function metadataFields(text: string): (key: string) => readonly string[] {
  const head = text.replace(/\r\n/g, '\n').split('\n\n', 1)[0] ?? ''
  const fields = new Map<string, string[]>()
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, key, value = ''] = /^([A-Za-z-]+):\s*(.*)$/s.exec(line) ?? []
    if (key === undefined) continue
    const known = fields.get(key.toLowerCase())
    if (known) known.push(value.trim())
    else fields.set(key.toLowerCase(), [value.trim()])
  }
  return (key) => fields.get(key) ?? []
}

/** Reads the header block of a wheel's METADATA file. */
export function parseMetadata(text: string): Metadata {
  const all = metadataFields(text)
  const one = (key: string) => all(key)[0] ?? ''
  return {
    name: one('name'),
    version: one('version'),
    summary: one('summary'),
    license: one('license-expression') || one('license'),
    requiresPython: one('requires-python'),
    requires: all('requires-dist'),
    extras: [...new Set(all('provides-extra').map(normalizeName))],
  }
}

const BUILT = v.object({
  name: packageName,
  version,
  summary: said(2000),
  license: said(20_000),
  requiresPython: line(500),
  requires: v.pipe(v.array(requirement), v.maxLength(20_000)),
  extras: v.pipe(v.array(packageName), v.maxLength(5000)),
})

/**
 * What a wheel that was built here says: it comes from the code of a build backend, and is resolved, shown and made labels of.
 * @returns the first value that is not of its kind, as one line, where there is one
 */
export function readWheelMetadata(text: string): Metadata | string {
  const read = v.safeParse(BUILT, parseMetadata(text))
  if (read.success) return read.output
  const [{ path, input }] = read.issues
  const field = path?.map(({ key }) => String(key)).join(' ') ?? ''
  return v.parse(said(120), `${field}: ${JSON.stringify(input)}`)
}

/**
 * The requirement lines that apply with these extras: comparisons of `extra` are decided, and a line is left out where its
 * marker can then never hold. What else markers say is left for the resolver to judge. An extra that
 * names the project itself (`all = ["shop[test,docs]"]`) stands for those extras: an index is never asked
 * for the project.
 * @param extras extra names, normalised
 */
export function requirementsFor(metadata: Requirements, extras: readonly string[]): readonly string[] {
  const all = metadata.requires.map((line) => ({ line, own: selfReference(line, metadata.name) }))
  const meant = new Set(extras)
  for (let left = all.filter(({ own }) => own !== undefined), before = -1; meant.size > before; ) {
    before = meant.size
    const now = [...meant]
    const counting = left.filter(({ line }) => withDecided(line, now) !== undefined)
    for (const { own = [] } of counting) for (const extra of own) meant.add(extra)
    left = left.filter((one) => !counting.includes(one))
  }
  return all.filter(({ own }) => own === undefined).flatMap(({ line }) => withDecided(line, [...meant]) ?? [])
}

/** The extras that a requirement asks of the project itself; undefined for a requirement of something else. */
function selfReference(requirement: string, project: string): readonly string[] | undefined {
  const [, name = '', extras = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(requirement) ?? []
  if (normalizeName(name) !== normalizeName(project)) return undefined
  return extras.split(',').map(normalizeName).filter(Boolean)
}

/** A line by its extras; undefined where they leave it out. What is no marker stays as it is: whoever judges it says so. */
function withDecided(requirement: string, extras: readonly string[]): string | undefined {
  const isDirect = /^\s*[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?@/.test(requirement)
  const cut = isDirect ? requirement.search(/\s;|;\s/) : requirement.indexOf(';')
  const marker = cut < 0 ? '' : requirement.slice(cut).replace(/^\s?;/, '')
  if (!/\bextra\b/.test(marker)) return requirement
  const what = requirement.slice(0, cut).trim()
  try {
    const rest = withExtras(marker, extras)
    return rest === undefined ? undefined : rest === '' ? what : `${what} ; ${rest}`
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return requirement
  }
}
