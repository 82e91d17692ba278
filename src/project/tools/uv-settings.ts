import { normalizeName } from '../names.ts'
import { ANY_FORMAT, type Formats } from '../requirements/formats.ts'
import { type Table, textAt, textsAt } from '../toml.ts'

/** What a project tells uv's resolver, where no lock is followed. */
export interface UvSettings {
  readonly constraints: readonly string[]
  /** They take the place of whatever requires the same package. */
  readonly overrides: readonly string[]
  /** They bound what building takes, of the project too. */
  readonly buildConstraints: readonly string[]
  /** Folders of wheels and sdists, relative to where the settings are. */
  readonly links: readonly string[]
  /** No index is asked beside those. */
  readonly withoutIndex: boolean
  /** Further words of uv's command line. */
  readonly options: readonly string[]
  /** Settings that decide over versions and are not followed, for a warning. */
  readonly ignored: readonly string[]
  /** Settings that decide over builds and are not followed, for a warning: a lock does not say their outcome. */
  readonly ignoredInBuilds: readonly string[]
  /** Of `no-build`, `no-binary` and the like, which count beside a uv.lock too. */
  readonly formats: Formats
}

export const NO_SETTINGS: UvSettings = {
  constraints: [],
  overrides: [],
  buildConstraints: [],
  links: [],
  withoutIndex: false,
  options: [],
  ignored: [],
  ignoredInBuilds: [],
  formats: ANY_FORMAT,
}

/** The words are fixed, so that no text of a project becomes another option. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  prerelease: ['disallow', 'allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit'],
  resolution: ['highest', 'lowest', 'lowest-direct'],
}

/** Settings that say how sdists are built: not followed, with a lock no more than without. */
const OF_BUILDS = [
  'config-settings',
  'config-settings-package',
  'extra-build-dependencies',
  'extra-build-variables',
  'no-build-isolation',
  'no-build-isolation-package',
]

/** Settings that are followed, or change nothing of what is installed from these files into an image. */
const HARMLESS = new Set(
  `add-bounds allow-insecure-host audit build-backend cache-dir cache-keys check-url compile-bytecode concurrent-builds
concurrent-downloads concurrent-installs conflicts default-groups default-index dependency-groups dev-dependencies environments
extra-index-url fork-strategy http-proxy https-proxy index index-url keyring-provider link-mode managed native-tls no-binary
no-binary-package no-build no-build-package no-cache no-proxy offline package pip preview preview-features publish-url
pypy-install-mirror python-downloads python-downloads-json-url python-install-mirror python-preference reinstall reinstall-package
required-environments required-version sources system-certs trusted-publishing upgrade upgrade-package workspace`.split(/\s+/),
)

/**
 * Reads the settings of [tool.uv] that decide over versions.
 * @param uv that table, of the workspace's root for its members
 * @see https://docs.astral.sh/uv/reference/settings/
 */
export function readUvSettings(uv: Table): UvSettings {
  const given = Object.entries(OPTIONS).map(([key, words]) => ({ key, words, value: textAt(uv, key) ?? '' }))
  const lists = ['constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies']
  const [constraints = [], overrides = [], buildConstraints = []] = lists.map((key) => (textsAt(uv, key) ?? []).filter(isRequirement))
  const found = textsAt(uv, 'find-links') ?? []
  const links = found.every((link) => !/^[a-z][a-z0-9+.-]*:|\$\{/i.test(link)) ? found : []
  const known = [...lists, ...Object.keys(OPTIONS), 'find-links', 'no-index']
  return {
    constraints,
    overrides,
    buildConstraints,
    links,
    withoutIndex: uv['no-index'] === true && links.length > 0,
    options: given.flatMap(({ key, words, value }) => (words.includes(value) ? [`--${key}`, value] : [])),
    ignored: [
      ...lists.filter((key) => key in uv && !(Array.isArray(uv[key]) && uv[key].every(isRequirement))),
      ...given.filter(({ key, words, value }) => key in uv && !words.includes(value)).map(({ key }) => key),
      ...['find-links', 'no-index'].filter((key) => key in uv && uv[key] !== false && links.length === 0),
      ...Object.keys(uv).filter((key) => uv[key] !== false && !HARMLESS.has(key) && !OF_BUILDS.includes(key) && !known.includes(key)),
    ],
    ignoredInBuilds: OF_BUILDS.filter((key) => key in uv && uv[key] !== false),
    formats: formatsOf(uv),
  }
}

/** @see https://docs.astral.sh/uv/reference/settings/#no-binary */
function formatsOf(uv: Table): Formats {
  const names = (all: string, some: string) => (uv[all] === true ? [':all:'] : (textsAt(uv, some) ?? []).map(normalizeName))
  return { noBinary: names('no-binary', 'no-binary-package'), onlyBinary: names('no-build', 'no-build-package') }
}

/** One line that begins with a name: nothing of it is an option of a requirements file (PEP 508). */
function isRequirement(line: unknown): line is string {
  return typeof line === 'string' && /^\s*[A-Za-z0-9][^\n\r]*$/.test(line) && !/\s--?[a-z]/.test(line)
}
