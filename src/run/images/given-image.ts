import * as v from 'valibot'
import type { ImageInfo } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { line, listOf, readJson, size } from '../../grammar.ts'
import type { Kept } from '../wheelhouse-folder/records.ts'
import type { World } from '../world.ts'

/** An image that we did not generate, and how an error calls it. */
export interface GivenImage {
  readonly kind: 'base' | 'builder'
  readonly info: ImageInfo
  /** As the user knows it: `base-image ghcr.io/acme/base:1`, `docker/base/Dockerfile`. */
  readonly what: string
}

/** Blanks, an empty one and a star: what an unquoted `$@` would take apart. */
const ARGUMENTS = ['a  b', '', '*']
const OLDEST = [3, 9] as const
/** The star may have become all names of a folder. */
const ANSWER = v.tuple([line(1000), size, listOf(v.string(), 10_000), line(100), v.pipe(line(60), v.regex(/^\d+\.\d+/))])
const QUESTION = `import json, os, platform, sys
print(json.dumps([sys.prefix, os.getuid(), sys.argv[1:], platform.python_implementation(), platform.python_version()]))`
/** Without a blank, so that it arrives even where arguments are taken apart. */
const CODE = `exec(bytes.fromhex("${Buffer.from(QUESTION).toString('hex')}"))`

/**
 * Whether an image can stand for our own: started once, without a network and without anything mounted, it must
 * run what it is given as root, with /appenv's Python. Stages of a build do not pass its entrypoint: so PATH too.
 * @returns its Python's version
 * @throws UserError that says what it lacks
 */
export async function checkGivenImage(world: World, { kind, info, what }: GivenImage): Promise<string> {
  const wrong = (cause: string, next: string) => new UserError(kind, `${what} ${cause}`, next)
  const answer = await world.docker.run({
    image: info.id,
    command: ['python', '-c', CODE, ...ARGUMENTS],
    network: 'none',
    limit: 30_000,
  })
  const said = answer.stdout.trim().split('\n').at(-1) ?? ''
  if (answer.code !== 0 || !said.startsWith('[')) {
    const cause = answer.timedOut ? 'it did not end within 30 s' : answer.stderr.trim().split('\n').at(-1) || `code ${answer.code}`
    throw wrong(`does not run python: ${cause}`, 'It needs Python in /appenv, first on PATH, and an entrypoint that runs what it is given.')
  }
  const read = readJson(ANSWER, said)
  if (!read) throw wrong('answers with what is no description of a Python', 'Its python must be CPython itself, in /appenv.')
  const [prefix, uid, argv, implementation, version] = read
  if (JSON.stringify(argv) !== JSON.stringify(ARGUMENTS)) {
    throw wrong('has an entrypoint that takes its arguments apart', 'End that script with: exec "$@"')
  }
  if (prefix !== '/appenv')
    throw wrong(`has its Python in ${prefix}`, 'Make the virtual environment at /appenv, and put /appenv/bin first on PATH.')
  const onPath = info.config.env.find((set) => set.startsWith('PATH='))?.slice('PATH='.length) ?? ''
  if (onPath.split(':')[0] !== '/appenv/bin') {
    throw wrong(
      'has /appenv/bin not first on PATH without its entrypoint',
      'Add to its Dockerfile: ENV VIRTUAL_ENV=/appenv PATH=/appenv/bin:$PATH',
    )
  }
  if (uid !== 0)
    throw wrong(
      `runs as uid ${uid}`,
      'End its Dockerfile with USER 0: what is built on it needs root, and the release gets a user of its own.',
    )
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (implementation !== 'CPython' || major !== OLDEST[0] || minor < OLDEST[1]) {
    throw wrong(`has ${implementation} ${version}`, `It must be CPython ${OLDEST.join('.')} or newer.`)
  }
  return version
}

/** @throws UserError where another Python is asked for */
export function checkPythonOf(what: string, version: string, asked: string | undefined): void {
  if (!asked || version === asked || version.startsWith(`${asked}.`)) return
  throw new UserError(
    'base',
    `${what} has Python ${version}, and python-version says ${asked}`,
    'Change one of the two, or leave python-version out.',
  )
}

/** A builder that is no child of base compiles for another system: its wheels may fit all the same. */
export function warnOfStranger(world: World, builder: GivenImage, base: ImageInfo): void {
  if (base.layers.every((layer, i) => builder.info.layers[i] === layer)) return
  world.log.warning(`${builder.what} was not made from this base image: what it compiles may not run there.`)
}

/** The Python of an image as it was described before, where that was of this very image. */
export function describedBefore(kept: Kept['target'], reference: string): string | undefined {
  return kept?.parts.image === reference.split(':').at(-1) ? kept?.target.python : undefined
}

/**
 * The digest of an image's manifest, as the registry of this very name has it; '' where none is known. What the same layers have
 * under another name may be another manifest: docker compresses anew where it pushes.
 */
export function digestOf(info: ImageInfo, reference: string): string {
  const given = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1]
  const known = info.digests.find((digest) => repositoryOf(digest) === repositoryOf(reference))
  return given ?? known?.split('@')[1] ?? ''
}

/** In docker's short form. @see https://github.com/distribution/reference, familiar names */
function repositoryOf(reference: string): string {
  const name = reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  return name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '')
}
