import * as v from 'valibot'
import { line, packageName, requirement, said, version } from '../grammar.ts'
import { normalizeName } from './names.ts'

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
 * The requirement lines that apply with these extras: those without an `extra` marker and those
 * whose marker names one of the extras. Other markers are left for the resolver to judge. An extra that
 * names the project itself (`all = ["shop[test,docs]"]`) stands for those extras: an index is never asked
 * for the project.
 * @param extras extra names, normalised
 */
export function requirementsFor(metadata: Requirements, extras: readonly string[]): readonly string[] {
  const all = metadata.requires.map((line) => ({ line, named: extrasInMarker(line), own: selfReference(line, metadata.name) }))
  const meant = new Set(extras)
  for (let left = all.filter(({ own }) => own !== undefined), before = -1; meant.size > before; ) {
    before = meant.size
    const [count, waiting] = [({ named }: Marked) => named.length === 0 || named.some((extra) => meant.has(extra)), left]
    for (const { own = [] } of waiting.filter(count)) for (const extra of own) meant.add(extra)
    left = waiting.filter((one) => !count(one))
  }
  return all
    .filter(({ named, own }) => own === undefined && (named.length === 0 || named.some((extra) => meant.has(extra))))
    .map(({ line, named }) => (named.length === 0 ? line : withoutExtraMarker(line, meant)))
}

interface Marked {
  readonly named: readonly string[]
}

/** The extras that a requirement asks of the project itself; undefined for a requirement of something else. */
function selfReference(requirement: string, project: string): readonly string[] | undefined {
  const [, name = '', extras = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(requirement) ?? []
  if (normalizeName(name) !== normalizeName(project)) return undefined
  return extras.split(',').map(normalizeName).filter(Boolean)
}

const EXTRA = /\bextra\s*==\s*(['"])([^'"]*)\1/g

function extrasInMarker(requirement: string): readonly string[] {
  const marker = requirement.split(';').slice(1).join(';')
  return [...marker.matchAll(EXTRA)].map((match) => normalizeName(match[2] ?? ''))
}

/** `extra == "test"` is decided here, so it becomes a comparison that is plainly true or false (PEP 508). */
function withoutExtraMarker(requirement: string, extras: ReadonlySet<string>): string {
  const [name = '', ...rest] = requirement.split(';')
  const marker = rest
    .join(';')
    .replace(EXTRA, (_all, _quote, extra: string) => (extras.has(normalizeName(extra)) ? "python_version >= '3'" : "python_version < '3'"))
    .trim()
  return marker === "python_version >= '3'" ? name.trim() : `${name.trim()} ; ${marker}`
}
