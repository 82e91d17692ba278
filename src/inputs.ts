import { UserError } from './errors.ts'
import { didYouMean, normalizeName } from './project/names.ts'
import { readNetrc } from './project/netrc.ts'

export const TARGETS = ['plan', 'base', 'builder', 'wheels', 'release'] as const
export type Target = (typeof TARGETS)[number]
const CACHE_MODES = ['auto', 'always', 'never'] as const

/** What the user asks for. An empty text means "not given"; the defaults of the contract are applied by the plan. */
export interface Inputs {
  readonly path: string
  readonly namespace: string
  readonly imageName: string
  readonly version: string
  readonly setVersion: boolean
  readonly registry: string
  /** As typed, for comparison with the matrix. */
  readonly extrasText: string
  /** Normalised (PEP 685); `all` stands for every one. */
  readonly extras: readonly string[]
  /** Dependency groups, normalised (PEP 735): `group:NAME` in the input extras. */
  readonly groups: readonly string[]
  /** Requirements files that define the dependencies, relative to the project folder. */
  readonly requirements: readonly string[]
  readonly push: boolean
  readonly parentImage: string
  readonly pythonVersion: string
  readonly wheelhouse: string
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
  /** netrc text. */
  readonly indexCredentials: string
  readonly caBundle: string
  readonly cache: (typeof CACHE_MODES)[number]
  readonly cacheSuffix: string
  readonly cacheSigningKey: string
  readonly target: Target
  readonly username: string
  readonly password: string
  readonly githubToken: string
  readonly tagSuffix: string
  readonly imageEnv: Readonly<Record<string, string>>
  readonly buildNetwork: string
  readonly buildPackages: readonly string[]
  readonly runtimePackages: readonly string[]
  readonly excludeNewer: string
  readonly matrix: string
}

/** The names in action.yml, one for each field; a forgotten one is a type error. */
export const INPUT_NAMES: Readonly<Record<Exclude<keyof Inputs, 'extrasText' | 'groups'>, string>> = {
  path: 'path',
  namespace: 'namespace',
  imageName: 'image-name',
  version: 'version',
  setVersion: 'set-version',
  registry: 'registry',
  extras: 'extras',
  requirements: 'requirements',
  push: 'push',
  parentImage: 'parent-image',
  pythonVersion: 'python-version',
  wheelhouse: 'wheelhouse',
  indexUrl: 'index-url',
  extraIndexUrls: 'extra-index-urls',
  indexCredentials: 'index-credentials',
  caBundle: 'ca-bundle',
  cache: 'cache',
  cacheSuffix: 'cache-suffix',
  cacheSigningKey: 'cache-signing-key',
  target: 'target',
  username: 'username',
  password: 'password',
  githubToken: 'github-token',
  tagSuffix: 'tag-suffix',
  imageEnv: 'image-env',
  buildNetwork: 'build-network',
  buildPackages: 'build-packages',
  runtimePackages: 'runtime-packages',
  excludeNewer: 'exclude-newer',
  matrix: 'matrix',
}

/** Inputs that are never printed. */
export const SECRET_INPUTS = [
  'password',
  'github-token',
  'index-url',
  'extra-index-urls',
  'index-credentials',
  'cache-signing-key',
] as const

/**
 * Reads and checks every input.
 * @param get gives the trimmed text of an input, '' where it is not set
 * @throws UserError naming the input, the value and the legal ones
 */
export function readInputs(get: (name: string) => string): Inputs {
  const text = (field: keyof typeof INPUT_NAMES) => refuseControls(INPUT_NAMES[field], get(INPUT_NAMES[field]))
  const wanted = [...new Set(list(text('extras')).map(extra))]
  return {
    path: relativePath('path', text('path') || '.'),
    namespace: text('namespace'),
    imageName: text('imageName'),
    version: text('version'),
    setVersion: oneOf('set-version', text('setVersion') || 'false', ['true', 'false']) === 'true',
    registry: text('registry'),
    extrasText: text('extras'),
    extras: wanted.filter((name) => !name.startsWith(GROUP)),
    groups: wanted.filter((name) => name.startsWith(GROUP)).map((name) => name.slice(GROUP.length)),
    requirements: list(text('requirements')).map((file) => relativePath('requirements', file)),
    push: oneOf('push', text('push') || 'false', ['true', 'false']) === 'true',
    parentImage: pattern('parent-image', text('parentImage'), /^[A-Za-z0-9][\w.:/@-]*$/, 'an image reference such as python:3.13-slim'),
    pythonVersion: pattern('python-version', text('pythonVersion'), /^3\.\d{1,2}$/, 'a version such as 3.13'),
    wheelhouse: below('wheelhouse', text('wheelhouse') || 'wheelhouse'),
    indexUrl: address('index-url', text('indexUrl')),
    extraIndexUrls: text('extraIndexUrls')
      .split(/\s+/)
      .filter(Boolean)
      .map((url) => address('extra-index-urls', url)),
    indexCredentials: credentials(text('indexCredentials')),
    caBundle: text('caBundle'),
    cache: oneOf('cache', text('cache') || 'auto', CACHE_MODES),
    cacheSuffix: pattern('cache-suffix', text('cacheSuffix'), /^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)'),
    cacheSigningKey: signingKey(get(INPUT_NAMES.cacheSigningKey)),
    target: oneOf('target', text('target') || 'release', TARGETS),
    username: text('username'),
    password: get(INPUT_NAMES.password),
    githubToken: text('githubToken'),
    tagSuffix: pattern('tag-suffix', text('tagSuffix'), /^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)'),
    imageEnv: environment('image-env', text('imageEnv')),
    buildNetwork: pattern('build-network', text('buildNetwork'), /^(host|default)$/, 'host or default'),
    buildPackages: packages('build-packages', text('buildPackages')),
    runtimePackages: packages('runtime-packages', text('runtimePackages')),
    excludeNewer: pattern(
      'exclude-newer',
      text('excludeNewer'),
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/,
      'a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
    ),
    matrix: get(INPUT_NAMES.matrix),
  }
}

/** Newline-separated, comma too. */
export function list(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter(Boolean)
}

function oneOf<T extends string>(input: string, value: string, legal: readonly T[]): T {
  const found = legal.find((candidate) => candidate === value)
  if (found !== undefined) return found
  const near = didYouMean(value, legal)
  throw wrong(input, value, `one of ${legal.join(', ')}${near ? ` (did you mean ${near}?)` : ''}`)
}

function pattern(input: string, value: string, legal: RegExp, words: string): string {
  if (value === '' || legal.test(value)) return value
  throw wrong(input, value, words)
}

/** An index; it may hold a password, so it is not repeated. */
function address(input: string, value: string): string {
  if (value === '' || (/^https?:\/\/\S+$/.test(value) && URL.canParse(value))) return value
  throw wrong(input, '…', 'an http or https address')
}

function credentials(text: string): string {
  readNetrc(text)
  return text
}

/** Inside the workspace: what is above belongs to others. */
function relativePath(input: string, value: string): string {
  const parts = value.split('/').filter((part) => part !== '' && part !== '.')
  if (value.startsWith('/') || parts.includes('..')) throw wrong(input, value, 'a folder below the workspace, as a relative path')
  return parts.join('/') || '.'
}

/** A folder of its own: what does not belong to the wheelhouse is removed from it. */
function below(input: string, value: string): string {
  const folder = relativePath(input, value)
  if (folder === '.') throw wrong(input, value, 'a folder of its own below path, such as wheelhouse')
  return folder
}

const GROUP = 'group:'

/** The name of an extra, or `group:NAME`, normalised. */
function extra(text: string): string {
  const group = text.startsWith(GROUP)
  const name = group ? text.slice(GROUP.length).trim() : text
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
    throw wrong('extras', text, 'names of extras (and group:NAME for dependency groups), one a line or separated by commas')
  }
  return `${group ? GROUP : ''}${normalizeName(name)}`
}

/** Extras and groups as one list, as the user would write them. */
export function chosenNames({ extras, groups }: Pick<Inputs, 'extras' | 'groups'>): readonly string[] {
  return [...extras, ...groups.map((name) => `${GROUP}${name}`)]
}

function packages(input: string, text: string): readonly string[] {
  const names = text.split(/[\s,]+/).filter(Boolean)
  const odd = names.find((name) => !/^[a-z0-9][a-z0-9+.-]+$/.test(name))
  if (odd !== undefined) throw wrong(input, odd, 'names of Debian packages')
  return [...new Set(names)].sort()
}

function environment(input: string, text: string): Readonly<Record<string, string>> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? []
      if (name === undefined || value === undefined) throw wrong(input, line, 'lines of the form NAME=value')
      return [name, value]
    }),
  )
}

/** Whoever can read the cache can try keys against a signature, without anybody noticing: a short one is soon found. */
function signingKey(value: string): string {
  if (value === '' || value.length >= 32) return value
  throw wrong('cache-signing-key', '…', '32 characters at least, such as `openssl rand -hex 32` makes')
}

/** NUL ends an argument early, and other control characters have no business in any input. */
function refuseControls(input: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/.test(value))
    throw wrong(
      input,
      (SECRET_INPUTS as readonly string[]).includes(input) ? '…' : value.replace(/[^\x20-\x7e]/g, '?'),
      'text without control characters',
    )
  return value.replaceAll('\r\n', '\n')
}

function wrong(input: string, value: string, legal: string): UserError {
  return new UserError('inputs', `${input} is "${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`, `It must be ${legal}.`)
}
