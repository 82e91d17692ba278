import { RELOADING } from '../plan/start/servers.ts'

/** What follows a verb on the command line. */
type Takes = 'nothing' | 'words' | 'command'

export interface Verb {
  readonly name: string
  /** What follows the name, for the help. */
  readonly usage: string
  readonly takes: Takes
  readonly does: string
  /** Further sentences of its own help. */
  readonly more: readonly string[]
  /** Inputs whose flags its own help shows. */
  readonly flags: readonly string[]
  /** Of no verb of the methodology. */
  readonly ours?: true
  /** Command lines without `pypackager`, and what they do. */
  readonly examples: readonly (readonly [line: string, does: string])[]
}

const NAMES = ['namespace', 'image-name', 'version']
const INDEXES = ['index-url', 'extra-index-urls', 'ca-bundle']
const COMMANDS = ['ports', 'volumes', 'env', 'network']
const RELEASE = ['extras', 'python-version', 'parent-image', 'runtime-packages', 'command', 'user', 'image-env', 'dockerfile']

/** The verbs of the methodology, in the order in which one meets them. */
export const VERBS: readonly Verb[] = [
  {
    name: 'init',
    usage: '[--write]',
    takes: 'nothing',
    does: 'proposes a workflow and the settings that the project needs',
    more: [
      'It looks at the project and says what it chose and why: the branch, the tests, what is in a monorepo, a start command where none is found.',
      'The difference is shown first. In a terminal it asks whether to write it; else --write does.',
    ],
    flags: ['path'],
    examples: [
      ['init', 'shows what would be written'],
      ['init --write', 'writes it'],
    ],
    ours: true,
  },
  {
    name: 'plan',
    usage: '',
    takes: 'nothing',
    does: 'shows each setting with where it comes from, and what would be made',
    more: ['Nothing is built, and Docker is not asked. With --json the Dockerfile is shown too.'],
    flags: NAMES,
    examples: [['plan', 'in the folder of your project']],
  },
  {
    name: 'doctor',
    usage: '',
    takes: 'nothing',
    does: 'looks at all that a release takes of this machine',
    more: [
      'Docker, BuildKit, Buildx and the builder, disks, certificates, indexes, the registry and its login, the cache service, git and the clock: each with its state and what to do. It needs no project.',
      'It ends with 1 if something is in the way of a release. A trial build of nothing is all that it makes.',
    ],
    flags: ['registry', 'username', 'index-url', 'ca-bundle'],
    examples: [
      ['doctor', 'this machine'],
      ['doctor --registry ghcr.io', 'and a registry, with the login to it'],
    ],
    ours: true,
  },
  {
    name: 'build',
    usage: '[<extra>…]',
    takes: 'words',
    does: 'makes the wheels of the project and its dependencies',
    more: [
      'They are in wheelhouse/ afterwards, with the lock pylock.toml. What is there already is used again.',
      'Extras that are named bring their wheels into the same folder, for the test image: the release stays without them. One that the project does not have is a warning.',
    ],
    flags: ['path', 'wheelhouse', 'requirements', 'build-packages', 'exclude-newer', ...INDEXES],
    examples: [
      ['build', 'the project and what it requires'],
      ['build test', 'and what its extra test requires'],
    ],
  },
  {
    name: 'build cmd',
    usage: '<command…>',
    takes: 'command',
    does: 'runs a command in the builder, with source and wheelhouse at hand',
    more: [
      'The project is /application and the working folder, the wheelhouse is /wheelhouse: your own folders, not copies.',
      'The command runs as the owner of the project, so that what it writes there is yours. It ends with the code of the command.',
    ],
    flags: ['env', 'build-packages', 'builder-image', 'network'],
    examples: [
      ['build cmd bash', 'a shell in the builder'],
      ['build cmd "pip list"', 'a line of a shell, in quotes'],
      ['build cmd pip wheel --no-deps --wheel-dir /wheelhouse .', 'what pip would make of it'],
    ],
  },
  {
    name: 'release',
    usage: '',
    takes: 'nothing',
    does: 'makes the release image from the wheelhouse',
    more: ['Wheels that are missing are made first. If `build` was run before, no index is needed.'],
    flags: [...NAMES, ...RELEASE],
    examples: [
      ['release', 'named after the project, with the tag latest'],
      ['release --namespace acme --version 1.2.3', 'acme/<project>:1.2.3'],
    ],
  },
  {
    name: 'run',
    usage: '[<flag>…] [--] [<command…>]',
    takes: 'command',
    does: 'runs a command in the release image',
    more: [
      'From the first word on, everything belongs to the command and reaches it as it is. Without a command the image starts as it does by itself; words that begin with a flag are its arguments.',
      'Services that env names (DATABASE_URL=postgresql://…) are waited for.',
      'In a terminal it is interactive. The container is removed when the command ends, and it ends with the code of the command.',
      'A folder that is mounted is made if it is missing, and the command runs as its owner.',
    ],
    flags: [...COMMANDS, ...NAMES],
    examples: [
      ['run -p 8000:8000', 'starts the application'],
      ['run bash', 'a shell in the image'],
      ['run -- --help', 'arguments of what the image starts'],
      ['run -v ~/data:/data -e "GREETING=good day" -- python -m shop --loud', 'flags before the --, the command after it'],
    ],
  },
  {
    name: 'manage',
    usage: '[<flag>…] [--] <command…>',
    takes: 'command',
    does: 'runs a command of manage.py in the release image',
    more: ['It finds manage.py in the image, or the console script that does its work. Otherwise as `run`.'],
    flags: [...COMMANDS, ...NAMES],
    examples: [
      ['manage check', ''],
      ['manage -v ~/data:/data -e DATABASE=/data/db.sqlite3 migrate', ''],
      ['manage -v static:/var/www/static -- collectstatic --noinput', 'into a volume that Docker keeps'],
    ],
  },
  {
    name: 'test',
    usage: '[<extra>…]',
    takes: 'words',
    does: 'makes the test image and runs what must pass in it',
    more: [
      'The test image is the release with the packages of the extras that are named (or of test-extras) from the same wheels. test-command runs in it; without one the image is made, and nothing runs.',
    ],
    flags: ['test-extras', 'test-command', 'env', 'network'],
    examples: [['test test --test-command "manage.py test"', 'with the packages of the extra test']],
  },
  {
    name: 'dev',
    usage: '[<flag>…] [--] [<command…>]',
    takes: 'command',
    does: 'makes the dev image and starts it on your source',
    more: [
      `The dev image is the test image with the folder of the project mounted at /app: what you change there is what runs. Servers that can (those of Django, ${RELOADING.join(', ')}) see changes by themselves.`,
      'Without a command it starts as the application does, on 127.0.0.1:8000 unless a port is given. With one, that runs instead.',
    ],
    flags: [...COMMANDS, 'test-extras', ...NAMES],
    examples: [
      ['dev', 'http://127.0.0.1:8000'],
      ['dev -p 9000:8000 -e DEBUG=1', 'on another port'],
      ['dev -- pytest -x', 'a command instead'],
    ],
  },
  {
    name: 'push',
    usage: '',
    takes: 'nothing',
    does: 'makes the release image and pushes it',
    more: ['By your own login (`docker login`), or as username with PYPACKAGER_PASSWORD.'],
    flags: ['registry', 'username', 'tags', 'flavor', ...NAMES],
    examples: [['push --registry ghcr.io --namespace acme --version 1.2.3', '']],
  },
  {
    name: 'image',
    usage: '[<folder> [<context>]]',
    takes: 'words',
    does: 'builds a custom Dockerfile',
    more: [
      'The image is called after the last folder: docker/base gives <namespace>/<image>-base. The Dockerfile of the project itself gives the release.',
      'The context is the folder of the Dockerfile, unless another is named.',
      'BASE_IMAGE and BUILDER_IMAGE are given to it as build arguments, PARENT_IMAGE too.',
    ],
    flags: [...NAMES, 'base-image', 'builder-image', 'parent-image'],
    examples: [
      ['image docker/base', '<namespace>/<image>-base:<version>'],
      ['image docker/web .', 'with the whole project as its context'],
      ['image', '<namespace>/<image>:<version>, from ./Dockerfile'],
    ],
  },
  {
    name: 'eject',
    usage: '[--write] [<folder>]',
    takes: 'words',
    does: 'writes a Dockerfile that makes the same image without pypackager',
    more: [
      'The release is made first. Then docker-build/ (or the folder that is named) gets a Dockerfile, its scripts, requirements with hashes and a README: plain docker build makes the same files in the image.',
      'A folder with files of yours is left alone. One that eject wrote before is written anew with --write.',
    ],
    flags: [...NAMES, ...RELEASE],
    examples: [
      ['eject', 'then docker build -f docker-build/Dockerfile .'],
      ['eject deploy/docker-build --write', 'another folder, written anew'],
    ],
    ours: true,
  },
  {
    name: 'clean',
    usage: '',
    takes: 'nothing',
    does: 'removes the wheelhouse',
    more: ['Only a folder that pypackager filled is removed. Images stay: docker image rm removes them.'],
    flags: ['path', 'wheelhouse'],
    examples: [['clean', 'removes wheelhouse/']],
  },
]
