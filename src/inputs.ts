import {
  address,
  below,
  credentials,
  environment,
  extra,
  GROUP,
  labels,
  lines,
  list,
  oneOf,
  packages,
  pairs,
  pattern,
  pythonVersion,
  refuseControls,
  relativePath,
  signingKey,
  writablePath,
} from './inputs/readers.ts'
import { splitWords } from './inputs/shell-words.ts'
import { readVolume } from './inputs/volume.ts'

export const TARGETS = ['plan', 'base', 'builder', 'wheels', 'test', 'dev', 'release'] as const
export type Target = (typeof TARGETS)[number]
const CACHE_MODES = ['auto', 'always', 'never'] as const
const BYTECODE = ['used', 'all', 'none'] as const
const CHECKS = ['error', 'warn', 'off'] as const
const UPDATES = ['none', 'security'] as const
const WHEEL = ['auto', 'never'] as const
const BOOLEAN = ['true', 'false'] as const

/** What the user asks for. An empty text means "not given"; the defaults of the contract are applied by the plan. */
export interface Inputs {
  readonly path: string
  readonly namespace: string
  readonly imageName: string
  readonly version: string
  readonly setVersion: boolean
  /** `never`: the project's source is taken, whatever its metadata say. */
  readonly wheel: (typeof WHEEL)[number]
  /** The first of those that are pushed to; with others `host/namespace` too. */
  readonly registry: string
  /** Others, which get the same image. */
  readonly mirrors: readonly string[]
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
  readonly updates: (typeof UPDATES)[number]
  /** Ready images that take the place of what would be built; '' for none. */
  readonly baseImage: string
  readonly builderImage: string
  /** Own Dockerfiles, relative to `path`; '' for the generated one. */
  readonly baseDockerfile: string
  readonly builderDockerfile: string
  readonly dockerfile: string
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
  /** `linux/amd64` and the like; '' for the daemon's own. */
  readonly platform: string
  readonly username: string
  readonly password: string
  readonly githubToken: string
  readonly tagSuffix: string
  /** Lines of metadata-action's language, or plain tags. */
  readonly tags: readonly string[]
  /** Of all tags at once, in the same language. */
  readonly flavor: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly sbom: boolean
  /** SBOM and provenance are pushed beside the image. */
  readonly attest: boolean
  /** The start command as the user writes it, '' for the one that is found. */
  readonly command: string
  /** uid, or uid:gid. */
  readonly user: string
  /** Absolute paths in the image that its user may write to. */
  readonly writable: readonly string[]
  readonly bytecode: (typeof BYTECODE)[number]
  readonly healthcheck: string
  readonly collectstatic: (typeof CACHE_MODES)[number]
  readonly imageEnv: Readonly<Record<string, string>>
  readonly buildNetwork: string
  readonly buildPackages: readonly string[]
  readonly runtimePackages: readonly string[]
  readonly excludeNewer: string
  /** By their ids, for own Dockerfiles and `build-command`. */
  readonly secrets: Readonly<Record<string, string>>
  readonly buildCommand: readonly string[]
  /** As `extras`, of the test image. */
  readonly testExtras: readonly string[]
  readonly testGroups: readonly string[]
  readonly testCommand: readonly string[]
  readonly run: readonly string[]
  readonly manage: readonly string[]
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly network: string
  readonly checks: (typeof CHECKS)[number]
  /** Minutes that one step may take, '' for each step's own limit. */
  readonly timeout: string
  readonly matrix: string
}

/** The names in action.yml, one for each field; a forgotten one is a type error. */
export const INPUT_NAMES: Readonly<Record<Exclude<keyof Inputs, 'mirrors' | 'extrasText' | 'groups' | 'testGroups'>, string>> = {
  path: 'path',
  namespace: 'namespace',
  imageName: 'image-name',
  version: 'version',
  setVersion: 'set-version',
  wheel: 'wheel',
  registry: 'registry',
  extras: 'extras',
  requirements: 'requirements',
  push: 'push',
  parentImage: 'parent-image',
  updates: 'updates',
  baseImage: 'base-image',
  builderImage: 'builder-image',
  baseDockerfile: 'base-dockerfile',
  builderDockerfile: 'builder-dockerfile',
  dockerfile: 'dockerfile',
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
  command: 'command',
  user: 'user',
  writable: 'writable',
  bytecode: 'bytecode',
  healthcheck: 'healthcheck',
  collectstatic: 'collectstatic',
  imageEnv: 'image-env',
  buildNetwork: 'build-network',
  buildPackages: 'build-packages',
  runtimePackages: 'runtime-packages',
  excludeNewer: 'exclude-newer',
  secrets: 'secrets',
  buildCommand: 'build-command',
  testExtras: 'test-extras',
  testCommand: 'test-command',
  run: 'run',
  manage: 'manage',
  ports: 'ports',
  volumes: 'volumes',
  env: 'env',
  network: 'network',
  checks: 'checks',
  timeout: 'timeout',
  tags: 'tags',
  flavor: 'flavor',
  labels: 'labels',
  sbom: 'sbom',
  attest: 'attest',
  platform: 'platform',
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
  'secrets',
] as const

/**
 * Reads and checks every input.
 * @param get gives the trimmed text of an input, '' where it is not set
 * @throws UserError naming the input, the value and the legal ones
 */
export function readInputs(get: (name: string) => string): Inputs {
  const text = (field: keyof typeof INPUT_NAMES) => {
    const name = INPUT_NAMES[field]
    return refuseControls(name, get(name), (SECRET_INPUTS as readonly string[]).includes(name))
  }
  const image = (field: 'parentImage' | 'baseImage' | 'builderImage') =>
    pattern(INPUT_NAMES[field], text(field), /^[A-Za-z0-9][\w.:/@-]*$/, 'an image reference such as python:3.13-slim')
  const file = (field: 'baseDockerfile' | 'builderDockerfile' | 'dockerfile') =>
    text(field) && relativePath(INPUT_NAMES[field], text(field))
  const asked = { extras: names('extras', text('extras')), test: names('test-extras', text('testExtras')) }
  return {
    path: relativePath('path', text('path') || '.'),
    namespace: text('namespace'),
    imageName: text('imageName'),
    version: text('version'),
    setVersion: oneOf('set-version', text('setVersion') || 'false', BOOLEAN) === 'true',
    wheel: oneOf('wheel', text('wheel') || 'auto', WHEEL),
    registry: lines(text('registry'))[0] ?? '',
    mirrors: lines(text('registry')).slice(1),
    extrasText: text('extras'),
    ...asked.extras,
    requirements: list(text('requirements')).map((file) => relativePath('requirements', file)),
    push: oneOf('push', text('push') || 'false', BOOLEAN) === 'true',
    parentImage: image('parentImage'),
    updates: oneOf('updates', text('updates') || 'none', UPDATES),
    baseImage: image('baseImage'),
    builderImage: image('builderImage'),
    baseDockerfile: file('baseDockerfile'),
    builderDockerfile: file('builderDockerfile'),
    dockerfile: file('dockerfile'),
    pythonVersion: pythonVersion(text('pythonVersion')),
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
    platform: pattern('platform', text('platform'), /^linux\/[a-z0-9]+(\/v\d+)?$/, 'a platform such as linux/amd64'),
    username: text('username'),
    password: get(INPUT_NAMES.password),
    githubToken: text('githubToken'),
    tagSuffix: pattern('tag-suffix', text('tagSuffix'), /^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)'),
    tags: lines(text('tags')),
    flavor: lines(text('flavor')),
    labels: labels(text('labels')),
    sbom: oneOf('sbom', text('sbom') || 'true', BOOLEAN) === 'true',
    attest: oneOf('attest', text('attest') || 'false', BOOLEAN) === 'true',
    command: text('command'),
    user: pattern('user', text('user') || '10001', /^(root|\d{1,9}(:\d{1,9})?)$/, 'a uid such as 10001, uid:gid, or root'),
    writable: [...new Set(lines(text('writable')).map((line) => writablePath('writable', line)))],
    bytecode: oneOf('bytecode', text('bytecode') || 'used', BYTECODE),
    healthcheck: text('healthcheck'),
    collectstatic: oneOf('collectstatic', text('collectstatic') || 'auto', CACHE_MODES),
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
    secrets: pairs('secrets', text('secrets'), /^[A-Za-z0-9][\w.-]*$/, true),
    buildCommand: lines(text('buildCommand')),
    testExtras: asked.test.extras,
    testGroups: asked.test.groups,
    testCommand: lines(text('testCommand')),
    run: lines(text('run')),
    manage: lines(text('manage')).filter((line) => splitWords('manage', line).length > 0),
    ports: lines(text('ports')).map((port) =>
      pattern(
        'ports',
        port,
        /^(\[?[0-9a-f.:]+\]?:)?\d*:\d+(-\d+)?(\/(tcp|udp))?$|^\d+(\/(tcp|udp))?$/,
        'lines of host:container, such as 8000:8000',
      ),
    ),
    volumes: lines(text('volumes')).map((volume) => {
      readVolume(volume)
      return volume
    }),
    env: environment('env', text('env')),
    network: pattern('network', text('network'), /^[A-Za-z0-9][\w.:-]*$/, 'the name of a Docker network, such as host'),
    checks: oneOf('checks', text('checks') || 'error', CHECKS),
    timeout: pattern('timeout', text('timeout'), /^(?=.*[1-9])\d{1,4}(\.\d+)?$/, 'minutes for each step, such as 30'),
    matrix: get(INPUT_NAMES.matrix),
  }
}

/** Extras, and dependency groups where a name begins with `group:`. */
function names(input: string, text: string): { readonly extras: readonly string[]; readonly groups: readonly string[] } {
  const wanted = [...new Set(list(text).map((name) => extra(input, name)))]
  return {
    extras: wanted.filter((name) => !name.startsWith(GROUP)),
    groups: wanted.filter((name) => name.startsWith(GROUP)).map((name) => name.slice(GROUP.length)),
  }
}

/** Extras and groups as one list, as the user would write them. */
export function chosenNames({ extras, groups }: Pick<Inputs, 'extras' | 'groups'>): readonly string[] {
  return [...extras, ...groups.map((name) => `${GROUP}${name}`)]
}
