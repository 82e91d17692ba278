import * as v from 'valibot'
import type { Read } from '../../grammar.ts'

/** What stages/sbom/describe.py told of an image. */
export interface ImageContents {
  /** Of /etc/os-release; '' where it does not say. */
  readonly os: { readonly id: string; readonly version: string; readonly codename: string; readonly name: string }
  readonly python: { readonly version: string; readonly file: string }
  readonly debian: readonly DebianPackage[]
  readonly distributions: readonly Distribution[]
}

const word = v.fallback(v.pipe(v.string(), v.maxLength(10_000)), '')
const text = v.fallback(v.string(), '')
const flag = v.fallback(v.boolean(), false)

/** The items of a list that are of a kind: none of what is no list. */
function those<S extends v.GenericSchema>(item: S) {
  return v.pipe(
    v.fallback(v.array(v.unknown()), []),
    v.transform((items) => items.flatMap((one) => (v.is(item, one) ? [v.parse(item, one)] : []))),
  )
}

const TEXTS = v.pipe(
  v.fallback(v.record(v.string(), v.unknown()), {}),
  v.transform((table) => Object.fromEntries(Object.entries(table).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))),
)
const NAMED = v.pipe(v.string(), v.minLength(1), v.maxLength(1000))
const OS = v.fallback(v.object({ ID: word, VERSION_ID: word, VERSION_CODENAME: word, PRETTY_NAME: word }), {
  ID: '',
  VERSION_ID: '',
  VERSION_CODENAME: '',
  PRETTY_NAME: '',
})
const debianPackage = v.object({
  name: NAMED,
  version: NAMED,
  architecture: word,
  /** The source package, with its version in brackets where that is another one; '' where it is the same. */
  source: word,
  licences: those(v.string()),
})
export type DebianPackage = Read<typeof debianPackage>

/** An installed distribution of Python. */
const distribution = v.object({
  /** The header of its METADATA. */
  metadata: text,
  /** In the virtual environment, not in the Python beneath it. */
  application: flag,
  compiled: flag,
  /** Paths of shared objects that auditwheel put beside it. */
  libraries: those(v.string()),
  /** Texts of the SBOMs it carries (PEP 770), by path. */
  sboms: TEXTS,
})
export type Distribution = Read<typeof distribution>

const CONTENTS = v.object({
  os: v.optional(
    v.pipe(
      OS,
      v.transform((os) => ({ id: os.ID, version: os.VERSION_ID, codename: os.VERSION_CODENAME, name: os.PRETTY_NAME })),
    ),
  ),
  python: v.optional(v.fallback(v.object({ version: word, file: word }), { version: '', file: '' })),
  debian: v.optional(those(debianPackage)),
  distributions: v.optional(those(distribution)),
})
const NO_OS = { id: '', version: '', codename: '', name: '' }

/**
 * Reads the answer. It comes out of an image that holds anybody's code: whatever is not of its kind is left out.
 * @param said a value of JSON
 * @returns undefined where it is no answer at all
 */
export function readContents(said: unknown): ImageContents | undefined {
  const read = v.safeParse(CONTENTS, said)
  if (!read.success || Array.isArray(said)) return undefined
  const { os = NO_OS, python = { version: '', file: '' }, debian = [], distributions = [] } = read.output
  return { os, python, debian, distributions }
}
