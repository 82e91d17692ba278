import { INPUT_NAMES } from '../inputs.ts'

/** How a setting is written on the command line. */
export interface Flag {
  /** Of the input in action.yml. */
  readonly input: string
  /** Without the dashes; the first one is shown. */
  readonly names: readonly string[]
  readonly short?: string
  /** What stands for its value in the help; undefined where it takes none. */
  readonly value: string | undefined
  /** One value each time it is given; else what is given more than once are further lines of one value. */
  readonly repeatable: boolean
  /** A few words for the help. */
  readonly means: string
}

/** Settings that have no flag, and where they are set instead. */
const NO_FLAG: Readonly<Record<string, string>> = {
  target: 'the verb says it',
  push: 'the verb push does it',
  matrix: 'it is of workflows alone',
  cache: 'it is of workflows alone',
  'cache-suffix': 'it is of workflows alone',
  'cache-signing-key': 'it is of workflows alone',
  'github-token': 'set PYPACKAGER_GITHUB_TOKEN',
  password: 'set PYPACKAGER_PASSWORD, where no list of processes shows it',
  'index-credentials': 'set PYPACKAGER_INDEX_CREDENTIALS, where no list of processes shows it',
  secrets: 'set PYPACKAGER_SECRETS, where no list of processes shows it',
}

/** Of workflows alone: no setting of a laptop. */
const OF_WORKFLOWS = ['target', 'push', 'matrix', 'cache', 'cache-suffix', 'cache-signing-key']

/** Why an input is no flag; undefined for those that are. */
export function whyNoFlag(input: string): string | undefined {
  return NO_FLAG[input]
}

/** Inputs that the tool takes, from wherever. */
export const SETTINGS: readonly string[] = Object.values(INPUT_NAMES).filter((name) => !OF_WORKFLOWS.includes(name))

/** Inputs that the table in pyproject.toml takes: no secrets, and not what says where that file is. */
export const FILE_SETTINGS: readonly string[] = SETTINGS.filter((name) => name !== 'path' && !/^set PYPACKAGER_/.test(NO_FLAG[name] ?? ''))

const MEANS: readonly (readonly [input: string, value: string | undefined, means: string, more?: Partial<Flag>])[] = [
  ['path', 'FOLDER', 'the project'],
  ['namespace', 'NAME', "organisation part of the image's name"],
  ['image-name', 'NAME', "application part of the image's name"],
  ['version', 'TAG', "the image's tag"],
  ['registry', 'HOST', 'such as ghcr.io'],
  ['extras', 'NAMES', 'extras that are installed in the release'],
  ['requirements', 'FILES', 'requirements files that define the dependencies'],
  ['python-version', 'X.Y', "Python's version"],
  ['parent-image', 'IMAGE', 'what the base image is made from'],
  ['updates', 'WHICH', 'security: base gets the security updates of Debian above its parent'],
  ['base-image', 'IMAGE', 'a ready base image'],
  ['builder-image', 'IMAGE', 'a ready builder image'],
  ['base-dockerfile', 'FILE', 'an own Dockerfile for the base image'],
  ['builder-dockerfile', 'FILE', 'an own Dockerfile for the builder image'],
  ['dockerfile', 'FILE', 'an own Dockerfile for the release'],
  ['build-packages', 'NAMES', 'Debian packages that compiling needs'],
  ['runtime-packages', 'NAMES', 'Debian packages for the release'],
  ['command', 'LINE', 'the start command'],
  ['user', 'UID', 'whom the release runs as'],
  ['writable', 'PATHS', 'what the user of the release may write to'],
  ['bytecode', 'WHICH', 'used, all or none'],
  ['healthcheck', 'HOW', 'tcp, a path, or a command'],
  ['collectstatic', 'WHEN', 'auto, always or never'],
  ['image-env', 'NAME=VALUE', "the release's environment"],
  ['set-version', undefined, "the project's wheel gets the version of the tag too"],
  ['wheel', 'WHEN', 'auto, or never: the source is taken as it is'],
  ['exclude-newer', 'DATE', 'nothing that was released later is installed'],
  ['wheelhouse', 'FOLDER', 'where the wheels and the lock are'],
  ['index-url', 'URL', 'the package index'],
  ['extra-index-urls', 'URLS', 'further package indexes, asked before it'],
  ['ca-bundle', 'FILE', 'certificate authorities to trust'],
  ['build-network', 'WHICH', 'host where builds must use the network of the host'],
  ['platform', 'PLATFORM', 'such as linux/arm64'],
  ['build-command', 'LINE', 'runs in the builder before the wheel of the project is built'],
  ['test-extras', 'NAMES', 'extras of the test image'],
  ['test-command', 'LINE', 'what must pass in the test image'],
  ['run', 'LINE', 'runs in the release before it is pushed'],
  ['manage', 'LINE', 'a command of manage.py that runs in the release before it is pushed'],
  ['ports', 'HOST:CONTAINER', 'a port for commands', { names: ['port', 'ports'], short: 'p', repeatable: true }],
  ['volumes', 'HOST:CONTAINER', 'a volume for commands', { names: ['volume', 'volumes'], short: 'v', repeatable: true }],
  ['env', 'NAME=VALUE', 'an environment value for commands', { short: 'e', repeatable: true }],
  ['network', 'NAME', 'the Docker network that commands join'],
  ['checks', 'WHAT', 'error, warn or off: what becomes of an image that fails the checks'],
  ['timeout', 'MINUTES', 'after which a step is stopped'],
  ['username', 'NAME', "the registry's user"],
  ['tags', 'TAGS', 'plain tags or rules'],
  ['flavor', 'RULES', 'what is said of all tags at once'],
  ['tag-suffix', 'TEXT', 'what every tag ends in'],
  ['labels', 'NAME=VALUE', 'labels of the image'],
  ['attest', undefined, 'SBOM and provenance are pushed beside the image, as its referrers'],
  ['sbom', undefined, 'writes a list of all that is in the image (--no-sbom: does not)'],
]

/** Every setting that has a flag, in the order of the help. */
export const FLAGS: readonly Flag[] = MEANS.map(([input, value, means, more]) => ({
  input,
  names: [input],
  value,
  repeatable: false,
  means,
  ...more,
}))
