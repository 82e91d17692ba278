import { createHash } from 'node:crypto'
import type { Setting } from './settings.ts'

/**
 * Keys of the table [tool.pypackager] that reach out of the image which is made: into folders, ports and networks of this
 * machine, to its passwords, or by commands with the network. Whoever clones a repository has not written them, so they
 * take the user's word.
 */
export const NEED_WORD: Readonly<Record<string, string>> = {
  run: 'commands with the network, and with what volumes, env and ports give them',
  manage: 'commands with the network, and with what volumes, env and ports give them',
  'test-command': 'commands with the network and env',
  'build-command': 'commands with the network and the secrets',
  volumes: 'folders of the project that commands may write to, and volumes that Docker keeps',
  ports: 'ports of this machine',
  env: 'what commands are told, and which services they reach',
  network: "Docker's networks of this machine, its own among them",
  'build-network': 'the network of this machine, for what is built',
  'parent-image': 'the image that all is made in, logins of indexes in use',
  'base-image': 'the image that all is made in, logins of indexes in use',
  'builder-image': 'the image that all is compiled in',
  'base-dockerfile': 'a build with the network and the secrets',
  'builder-dockerfile': 'a build with the network and the secrets',
  dockerfile: 'a build with the network and the secrets',
  'ca-bundle': 'who may answer for indexes and registries',
  registry: 'where PYPACKAGER_PASSWORD goes',
  username: 'whose password goes to the registry',
}

/** Keys that decide over nothing but the image, its wheels and their names. */
export const HARMLESS: Readonly<Record<string, string>> = {
  namespace: 'a name; what is pushed is shown, and goes to the registry of the user',
  'image-name': 'a name',
  version: 'a name',
  tags: 'names',
  flavor: 'names',
  'tag-suffix': 'a name',
  labels: 'labels of the image',
  extras: 'what is installed',
  'test-extras': 'what is installed',
  requirements: 'files of the project',
  'python-version': "Docker's own python images",
  'build-packages': "Debian's packages, in the builder",
  'runtime-packages': "Debian's packages, in the image",
  updates: "Debian's packages, in the image",
  'index-url': 'as [[tool.uv.index]] of the same file; a login goes to its host alone',
  'extra-index-urls': 'as [[tool.uv.index]] of the same file; a login goes to its host alone',
  'exclude-newer': 'what is installed',
  'set-version': 'the version of the wheel',
  wheel: 'whether the image holds a wheel or the source',
  command: 'starts in the image when the user starts it, and in its checks without mounts',
  healthcheck: 'as command',
  user: 'whom the image runs as',
  writable: 'owners of folders of the image',
  bytecode: 'files of the image',
  collectstatic: 'files of the image',
  'image-env': 'the environment of the image',
  platform: 'the kind of image',
  checks: 'what becomes of the image',
  timeout: 'how long a step may take, which is shown while it is at work',
  sbom: 'a file in the wheelhouse',
  attest: 'what is pushed beside the image',
  wheelhouse: 'a folder of its own below the project',
}

/** Of these, what decides where a push goes: on a laptop it is shown before, in a workflow nobody looks. */
export const WHERE_TO: readonly string[] = ['namespace', 'version', 'tags', 'flavor', 'tag-suffix']

/** Settings of the table that count and need a word, by their names. @param file as settings name it */
export function needingWord(settings: ReadonlyMap<string, Setting>, file: string): ReadonlyMap<string, string> {
  // A key that nobody judged needs a word too.
  const needed = [...settings].filter(([input, setting]) => setting.from === file && !(input in HARMLESS))
  return new Map(needed.map(([input, { value }]) => [input, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a word is given for: another value needs another word. */
export function wordPrint(needed: ReadonlyMap<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...needed]))
    .digest('hex')
}
