/** What stages/sbom/describe.py told of an image. */
export interface ImageContents {
  /** Of /etc/os-release; '' where it does not say. */
  readonly os: { readonly id: string; readonly version: string; readonly codename: string; readonly name: string }
  readonly python: { readonly version: string; readonly file: string }
  readonly debian: readonly DebianPackage[]
  readonly distributions: readonly Distribution[]
}

export interface DebianPackage {
  readonly name: string
  readonly version: string
  readonly architecture: string
  /** The source package, with its version in brackets where that is another one; '' where it is the same. */
  readonly source: string
  readonly licences: readonly string[]
}

/** An installed distribution of Python. */
export interface Distribution {
  /** The header of its METADATA. */
  readonly metadata: string
  /** In the virtual environment, not in the Python beneath it. */
  readonly application: boolean
  readonly compiled: boolean
  /** Paths of shared objects that auditwheel put beside it. */
  readonly libraries: readonly string[]
  /** Texts of the SBOMs it carries (PEP 770), by path. */
  readonly sboms: Readonly<Record<string, string>>
}

/**
 * Reads the answer. It comes out of an image that holds anybody's code: whatever is not of its kind is left out.
 * @param said a value of JSON
 * @returns undefined where it is no answer at all
 */
export function readContents(said: unknown): ImageContents | undefined {
  if (!isTable(said)) return undefined
  const os = isTable(said.os) ? said.os : {}
  const python = isTable(said.python) ? said.python : {}
  return {
    os: { id: word(os.ID), version: word(os.VERSION_ID), codename: word(os.VERSION_CODENAME), name: word(os.PRETTY_NAME) },
    python: { version: word(python.version), file: word(python.file) },
    debian: tables(said.debian)
      .map((entry) => ({
        name: word(entry.name),
        version: word(entry.version),
        architecture: word(entry.architecture),
        source: word(entry.source),
        licences: words(entry.licences),
      }))
      .filter(({ name, version }) => name !== '' && version !== ''),
    distributions: tables(said.distributions).map((entry) => ({
      metadata: typeof entry.metadata === 'string' ? entry.metadata : '',
      application: entry.application === true,
      compiled: entry.compiled === true,
      libraries: words(entry.libraries),
      sboms: Object.fromEntries(
        Object.entries(isTable(entry.sboms) ? entry.sboms : {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
      ),
    })),
  }
}

type Table = Readonly<Record<string, unknown>>

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function tables(value: unknown): readonly Table[] {
  return Array.isArray(value) ? value.filter(isTable) : []
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
