import { addressSecrets, lineSecrets, netrcSecrets, wholeText } from './masks.ts'
import * as program from './program.ts'
import * as as from './readers.ts'
import { asked, each, flag, harmless, ofEnvironment, ofWorkflows, type Rows, switchFlag, whereTo } from './row.ts'

// Every input, once: how it is read, what stands for nothing, who may set it, and how. action.yml describes them in this order.

export const TARGETS = ['plan', 'base', 'builder', 'wheels', 'test', 'dev', 'release'] as const
export type Goal = (typeof TARGETS)[number]

const OF_COMMANDS = 'commands with the network, and with what volumes, env and ports give them'
const OF_IMAGES = 'the image that all is made in, logins of indexes in use'
const OF_BUILDS = 'a build with the network and the secrets'
const OF_INDEXES = 'as [[tool.uv.index]] of the same file; a login goes to its host alone'

const USUAL = each({ beside: true }, {
  path: { read: as.relativePath, default: '.', leg: 'name', ...flag('FOLDER', 'the project') },
  extras: {
    read: as.extras,
    beside: false,
    leg: 1,
    ...flag('NAMES', 'extras that are installed in the release'),
    ...harmless('what is installed'),
  },
  'python-version': {
    read: as.pythonVersion,
    beside: false,
    leg: 2,
    ...flag('X.Y', "Python's version"),
    ...harmless("Docker's own python images"),
  },
  namespace: {
    read: as.text,
    leg: 'name',
    ...flag('NAME', "organisation part of the image's name"),
    ...whereTo('a name; what is pushed is shown, and goes to the registry of the user'),
  },
  'image-name': { read: as.text, leg: 'name', ...flag('NAME', "application part of the image's name"), ...harmless('a name') },
  version: { read: as.text, leg: 'name', ...flag('TAG', "the image's tag"), ...whereTo('a name') },
  // The first of them is pushed to; the others, each with or without a namespace of its own, get the same image.
  registry: { read: as.textLines, leg: 'name', ...flag('HOST', 'such as ghcr.io'), ...asked('where PYPACKAGER_PASSWORD goes') },
  username: { read: as.text, ...flag('NAME', "the registry's user"), ...asked('whose password goes to the registry') },
  password: { read: as.text, verbatim: true, secret: wholeText, ...ofEnvironment('PYPACKAGER_PASSWORD') },
  push: { read: as.yesNo, default: 'false', ...ofWorkflows('the verb push does it') },
} satisfies Rows)

const PROJECT = {
  requirements: {
    read: as.listOf(as.relativePath),
    leg: 14,
    ...flag('FILES', 'requirements files that define the dependencies'),
    ...harmless('files of the project'),
  },
  packages: {
    read: as.linesOf(as.requirement),
    leg: 15,
    ...flag('REQUIREMENT', 'a package that the release gets too, such as gunicorn', { names: ['package', 'packages'], repeatable: true }),
    ...harmless('what is installed'),
  },
  wheel: {
    read: as.oneOf('auto', 'never'),
    default: 'auto',
    ...flag('WHEN', 'auto, or never: the source is taken as it is'),
    ...harmless('whether the image holds a wheel or the source'),
  },
  'set-version': {
    read: as.yesNo,
    default: 'false',
    beside: true,
    ...switchFlag("the project's wheel gets the version of the tag too"),
    ...harmless('the version of the wheel'),
  },
} satisfies Rows

const INDEXES = each({ beside: true }, {
  'exclude-newer': {
    read: as.moment,
    leg: 10,
    ...flag('DATE', 'nothing that was released later is installed'),
    ...harmless('what is installed'),
  },
  'index-url': { read: as.address, secret: addressSecrets, ...flag('URL', 'the package index'), ...harmless(OF_INDEXES) },
  'extra-index-urls': {
    read: as.addresses,
    secret: addressSecrets,
    ...flag('URLS', 'further package indexes, asked before it'),
    ...harmless(OF_INDEXES),
  },
  'index-credentials': { read: as.credentials, secret: netrcSecrets, ...ofEnvironment('PYPACKAGER_INDEX_CREDENTIALS') },
  'ca-bundle': {
    read: as.text,
    ...flag('FILE', 'certificate authorities to trust'),
    ...asked('who may answer for indexes and registries'),
  },
} satisfies Rows)

const GENERATED = each({ generated: true }, {
  command: {
    read: program.command,
    leg: 11,
    ...flag('LINE', 'the start command'),
    ...harmless('starts in the image when the user starts it, and in its checks without mounts'),
  },
  user: { read: as.user, default: '10001', leg: 12, ...flag('UID', 'whom the release runs as'), ...harmless('whom the image runs as') },
  writable: {
    read: as.writablePaths,
    ...flag('PATHS', 'what the user of the release may write to'),
    ...harmless('owners of folders of the image'),
  },
  'image-env': { read: as.environment, ...flag('NAME=VALUE', "the release's environment"), ...harmless('the environment of the image') },
  healthcheck: { read: program.healthcheck, leg: 13, ...flag('HOW', 'tcp, a path, or a command'), ...harmless('as command') },
  'runtime-packages': {
    read: as.debianPackages,
    leg: 17,
    ...flag('NAMES', 'Debian packages for the release'),
    ...harmless("Debian's packages, in the image"),
  },
  bytecode: {
    read: as.oneOf('used', 'all', 'none'),
    default: 'used',
    ...flag('WHICH', 'used, all or none'),
    ...harmless('files of the image'),
  },
  collectstatic: {
    read: as.oneOf('auto', 'always', 'never'),
    default: 'auto',
    ...flag('WHEN', 'auto, always or never'),
    ...harmless('files of the image'),
  },
} satisfies Rows)

const RELEASE = {
  ...GENERATED,
  'parent-image': { read: as.image, leg: 4, ...flag('IMAGE', 'what the base image is made from'), ...asked(OF_IMAGES) },
  updates: {
    read: as.oneOf('none', 'security'),
    default: 'none',
    ...flag('WHICH', 'security: base gets the security updates of Debian above its parent'),
    ...harmless("Debian's packages, in the image"),
  },
  platform: {
    read: as.pattern(/^linux\/[a-z0-9]+(\/v\d+)?$/, 'a platform such as linux/amd64'),
    leg: 3,
    ...flag('PLATFORM', 'such as linux/arm64'),
    ...harmless('the kind of image'),
  },
} satisfies Rows

const COMPILING = {
  'build-packages': {
    read: as.debianPackages,
    leg: 16,
    ...flag('NAMES', 'Debian packages that compiling needs'),
    ...harmless("Debian's packages, in the builder"),
  },
  'build-command': {
    read: as.textLines,
    ...flag('LINE', 'runs in the builder before the wheel of the project is built'),
    ...asked('commands with the network and the secrets'),
  },
  'build-network': {
    read: as.pattern(/^(host|default)$/, 'host or default'),
    beside: true,
    ...flag('WHICH', 'host where builds must use the network of the host'),
    ...asked('the network of this machine, for what is built'),
  },
} satisfies Rows

const OWN_IMAGES = {
  'base-image': { read: as.image, leg: 5, ...flag('IMAGE', 'a ready base image'), ...asked(OF_IMAGES) },
  'builder-image': { read: as.image, leg: 6, ...flag('IMAGE', 'a ready builder image'), ...asked('the image that all is compiled in') },
  'base-dockerfile': { read: as.file, leg: 7, ...flag('FILE', 'a custom Dockerfile for the base image'), ...asked(OF_BUILDS) },
  'builder-dockerfile': { read: as.file, leg: 8, ...flag('FILE', 'a custom Dockerfile for the builder image'), ...asked(OF_BUILDS) },
  dockerfile: { read: as.file, leg: 9, ...flag('FILE', 'a custom Dockerfile for the release'), ...asked(OF_BUILDS) },
  'build-args': {
    read: as.buildArgs,
    ...flag('NAME=VALUE', 'a build argument for custom Dockerfiles', { names: ['build-arg', 'build-args'], repeatable: true }),
    ...asked(OF_BUILDS),
  },
  secrets: { read: as.secrets, secret: lineSecrets, beside: true, ...ofEnvironment('PYPACKAGER_SECRETS') },
} satisfies Rows

const PROOF = each({ beside: true }, {
  checks: {
    read: as.oneOf('error', 'strict', 'warn', 'off'),
    default: 'error',
    ...flag('WHAT', 'error, strict, warn or off: what becomes of an image that fails the checks'),
    ...harmless('what becomes of the image'),
  },
  'test-extras': { read: as.extras, ...flag('NAMES', 'extras of the test image'), ...harmless('what is installed') },
  'test-command': {
    read: as.textLines,
    ...flag('LINE', 'what must pass in the test image'),
    ...asked('commands with the network and env'),
  },
  run: { read: as.textLines, ...flag('LINE', 'runs in the release before it is pushed'), ...asked(OF_COMMANDS) },
  manage: {
    read: as.manageLines,
    ...flag('LINE', 'a command of manage.py that runs in the release before it is pushed'),
    ...asked(OF_COMMANDS),
  },
  env: {
    read: as.environment,
    ...flag('NAME=VALUE', 'an environment value for commands', { short: 'e', repeatable: true }),
    ...asked('what commands are told, and which services they reach'),
  },
  ports: {
    read: as.linesOf(program.port),
    ...flag('HOST:CONTAINER', 'a port for commands', { names: ['port', 'ports'], short: 'p', repeatable: true }),
    ...asked('ports of this machine'),
  },
  volumes: {
    read: as.linesOf(as.volume),
    ...flag('HOST:CONTAINER', 'a volume for commands', { names: ['volume', 'volumes'], short: 'v', repeatable: true }),
    ...asked('folders of the project that commands may write to, and volumes that Docker keeps'),
  },
  network: {
    read: as.pattern(/^[A-Za-z0-9][\w.:-]*$/, 'the name of a Docker network, such as host'),
    ...flag('NAME', 'the Docker network that commands join'),
    ...asked("Docker's networks of this machine, its own among them"),
  },
} satisfies Rows)

const PUBLISHING = each({ beside: true }, {
  tags: { read: as.ruleLines, leg: 'name', ...flag('TAGS', 'plain tags or rules'), ...whereTo('names') },
  flavor: { read: as.ruleLines, leg: 'name', ...flag('RULES', 'what is said of all tags at once'), ...whereTo('names') },
  'tag-suffix': { read: as.suffix, ...flag('TEXT', 'what every tag ends in'), ...whereTo('a name') },
  labels: { read: as.labels, beside: false, ...flag('NAME=VALUE', 'labels of the image'), ...harmless('labels of the image') },
  sbom: {
    read: as.yesNo,
    default: 'true',
    ...switchFlag('writes a list of all that is in the image (--no-sbom: does not)'),
    ...harmless('a file in the wheelhouse'),
  },
  attest: {
    read: as.yesNo,
    default: 'false',
    ...switchFlag('SBOM and provenance are pushed beside the image, as its referrers'),
    ...harmless('what is pushed beside the image'),
  },
  'github-token': { read: as.text, secret: wholeText, ...ofEnvironment('PYPACKAGER_GITHUB_TOKEN') },
} satisfies Rows)

const RUN = each({ beside: true }, {
  target: { read: as.oneOf(...TARGETS), default: 'release', ...ofWorkflows('the verb says it') },
  timeout: {
    read: as.pattern(/^(?=.*[1-9])\d{1,4}(\.\d+)?$/, 'minutes for each step, such as 30'),
    ...flag('MINUTES', 'after which a step is stopped'),
    ...harmless('how long a step may take, which is shown while it is at work'),
  },
  wheelhouse: {
    read: as.below,
    default: 'wheelhouse',
    ...flag('FOLDER', 'where the wheels and the lock are'),
    ...harmless('a folder of its own below the project'),
  },
  'no-cache': {
    read: as.yesNo,
    default: 'false',
    ...switchFlag('nothing that was resolved, compiled or built before is used'),
    ...harmless('how long it takes'),
  },
  cache: { read: as.oneOf('auto', 'always', 'never'), default: 'auto', ...ofWorkflows() },
  'cache-suffix': { read: as.suffix, ...ofWorkflows() },
  'cache-signing-key': { read: as.signingKey, verbatim: true, secret: wholeText, ...ofWorkflows() },
  matrix: { read: as.text, verbatim: true, ...ofWorkflows() },
} satisfies Rows)

export const TABLE = {
  ...USUAL,
  ...PROJECT,
  ...INDEXES,
  ...RELEASE,
  ...COMPILING,
  ...OWN_IMAGES,
  ...PROOF,
  ...PUBLISHING,
  ...RUN,
}
export type InputName = keyof typeof TABLE

/** Inputs as they stand together, in action.yml and wherever they are told. */
export const GROUPS: readonly { readonly title: string; readonly rows: Rows }[] = [
  { title: 'The usual ones', rows: USUAL },
  { title: 'The project', rows: PROJECT },
  { title: 'Where packages come from', rows: INDEXES },
  { title: 'The release image', rows: RELEASE },
  { title: 'Compiling', rows: COMPILING },
  { title: 'Custom images and Dockerfiles', rows: OWN_IMAGES },
  { title: 'Checks, tests and commands before the push', rows: PROOF },
  { title: 'Tags and what is published', rows: PUBLISHING },
  { title: 'The run', rows: RUN },
]
