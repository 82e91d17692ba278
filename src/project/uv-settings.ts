import { type Table, textAt, textsAt } from './toml.ts'

/** What a project tells uv's resolver, where no lock is followed. */
export interface UvSettings {
  readonly constraints: readonly string[]
  /** They take the place of whatever requires the same package. */
  readonly overrides: readonly string[]
  /** Further words of uv's command line. */
  readonly options: readonly string[]
  /** Settings that decide over versions and are not followed, for a warning. */
  readonly ignored: readonly string[]
}

export const NO_SETTINGS: UvSettings = { constraints: [], overrides: [], options: [], ignored: [] }

/** The words are fixed, so that no text of a project becomes another option. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  prerelease: ['disallow', 'allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit'],
  resolution: ['highest', 'lowest', 'lowest-direct'],
}

const IGNORED = [
  'exclude-dependencies',
  'dependency-metadata',
  'exclude-newer',
  'exclude-newer-package',
  'find-links',
  'index-strategy',
  'no-index',
  'no-binary-package',
  'no-build-package',
]

/**
 * Reads the settings of [tool.uv] that decide over versions.
 * @param uv that table, of the workspace's root for its members
 * @see https://docs.astral.sh/uv/reference/settings/
 */
export function readUvSettings(uv: Table): UvSettings {
  const given = Object.entries(OPTIONS).map(([key, words]) => ({ key, words, value: textAt(uv, key) ?? '' }))
  const lists = ['constraint-dependencies', 'override-dependencies']
  const [constraints = [], overrides = []] = lists.map((key) => (textsAt(uv, key) ?? []).filter(isRequirement))
  return {
    constraints,
    overrides,
    options: given.flatMap(({ key, words, value }) => (words.includes(value) ? [`--${key}`, value] : [])),
    ignored: [
      ...lists.filter((key) => key in uv && !(Array.isArray(uv[key]) && uv[key].every(isRequirement))),
      ...given.filter(({ key, words, value }) => key in uv && !words.includes(value)).map(({ key }) => key),
      ...IGNORED.filter((key) => key in uv),
    ],
  }
}

/** One line that begins with a name: nothing of it is an option of a requirements file (PEP 508). */
function isRequirement(line: unknown): line is string {
  return typeof line === 'string' && /^\s*[A-Za-z0-9][^\n\r]*$/.test(line) && !/\s--?[a-z]/.test(line)
}
