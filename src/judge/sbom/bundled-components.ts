import type { Component } from './component.ts'
import type { Distribution } from './image-contents.ts'

/** What a wheel has inside it that is not its own, and what it says of that. */
export interface Bundled {
  readonly components: readonly Component[]
  /** Whether there is something inside of which nothing is known for certain. */
  readonly incomplete: boolean
}

/**
 * The libraries bundled in a wheel: by the SBOMs that it carries (PEP 770), else by the names that auditwheel gave to files.
 * @param ref the wheel's own reference, which theirs begin with
 */
export function bundledIn(distribution: Distribution, ref: string): Bundled {
  const read = Object.entries(distribution.sboms).map(([path, text]) => ({ path, components: componentsOf(text, `${ref}#${path}`) }))
  const carried = read.flatMap(({ components }) => components ?? [])
  const told = read.some(({ path, components }) => components !== undefined && /auditwheel/.test(path))
  const files = told ? [] : distribution.libraries.map((path) => libraryOf(path, ref))
  return {
    components: [...carried, ...files],
    incomplete: files.length > 0 || read.some(({ components }) => components === undefined),
  }
}

/** `numpy.libs/libgfortran-040039e1.so.5.0.0` is libgfortran 5.0.0, as far as a file's name tells: often that of its interface. */
function libraryOf(path: string, ref: string): Component {
  const file = path.split('/').at(-1) ?? path
  const [stem = '', after = ''] = file.split(/\.so(?:\.|$)/, 2)
  const [, name = stem, before = ''] = /^(.+?)(?:-r?(\d[\w.]*))?$/.exec(stem.replace(/-[0-9a-f]{8}(?=\.|-|$)/, '')) ?? []
  const version = after || before
  return {
    type: 'library',
    'bom-ref': `${ref}#${path}`,
    name,
    ...(version ? { version } : {}),
    properties: [{ name: 'pypackager:file', value: path }],
  }
}

const TYPES = ['application', 'framework', 'library', 'container', 'platform', 'operating-system', 'firmware', 'file', 'data']
const DEEPEST = 5

/**
 * The components of a CycloneDX SBOM, flat, and of them only what can be taken over as it is: the file
 * comes from a wheel, and what it gets wrong would make ours wrong.
 * @returns undefined where it is not CycloneDX in JSON
 */
function componentsOf(text: string, ref: string): readonly Component[] | undefined {
  let said: { bomFormat?: unknown; components?: unknown } | null
  try {
    said = JSON.parse(text) as typeof said
  } catch {
    return undefined
  }
  if (said?.bomFormat !== 'CycloneDX') return undefined
  return flat(said.components, 0).map((entry, i) => foreign(entry, `${ref}/${i}`))
}

type Entry = Readonly<Record<string, unknown>>

function flat(value: unknown, depth: number): readonly Entry[] {
  if (!Array.isArray(value) || depth > DEEPEST) return []
  return value
    .filter((entry): entry is Entry => typeof entry === 'object' && entry !== null && typeof entry.name === 'string' && entry.name !== '')
    .flatMap((entry) => [entry, ...flat(entry.components, depth + 1)])
}

function foreign(entry: Entry, ref: string): Component {
  const text = (key: string) => (typeof entry[key] === 'string' && entry[key] !== '' ? entry[key] : undefined)
  const purl = /^pkg:[A-Za-z][\w.+-]*\/\S+$/.test(text('purl') ?? '') ? text('purl') : undefined
  const version = text('version')
  const licences = foreignLicences(entry.licenses)
  const hashes = (Array.isArray(entry.hashes) ? entry.hashes : []).filter(
    (hash): hash is { alg: 'SHA-256'; content: string } => hash?.alg === 'SHA-256' && /^[0-9a-f]{64}$/.test(String(hash.content)),
  )
  return {
    type: TYPES.includes(String(entry.type)) ? (entry.type as Component['type']) : 'library',
    'bom-ref': ref,
    name: text('name') ?? '',
    ...(version ? { version } : {}),
    ...(hashes.length > 0 ? { hashes: hashes.map(({ alg, content }) => ({ alg, content })) } : {}),
    ...(licences.length > 0 ? { licenses: licences } : {}),
    ...(purl ? { purl } : {}),
  }
}

/** An id may be one that our version of the schema does not know: alone it is an expression, among others a name. */
function foreignLicences(value: unknown): NonNullable<Component['licenses']> {
  const entries = (Array.isArray(value) ? value : []) as { expression?: unknown; license?: { id?: unknown; name?: unknown } }[]
  const names = entries
    .map((entry) => entry?.expression ?? entry?.license?.id ?? entry?.license?.name)
    .filter((name) => typeof name === 'string')
  const only = entries[0]?.expression ?? entries[0]?.license?.id
  if (names.length === 1 && typeof only === 'string') return [{ expression: only }]
  return names.map((name) => ({ license: { name } }))
}
