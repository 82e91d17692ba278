import path from 'node:path'
import { BuildError, type ImageInfo, type Secret } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { type Arguments, argumentsFor, imagesOf, labelsSet } from '../../plan/dockerfile/custom-dockerfile.ts'
import { fingerprint, fingerprintTag, type Parts, sha256, whyBuilt } from '../../plan/fingerprint.ts'
import { buildHint } from '../../plan/wheels/build-hints.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import type { ImageResult } from '../../report/outcome.ts'
import { shorten } from '../../text/words.ts'
import { type BuildSettings, commonFault, SHOWN_LINES } from '../build/build-target.ts'
import { tellWithheld } from '../prepare/withheld-notice.ts'
import type { World } from '../world.ts'

/** A Dockerfile that the user wrote. */
export interface OwnDockerfile {
  /** As the user knows it: relative to the workspace. */
  readonly file: string
  readonly text: string
  /** The text of the .dockerignore of its own (`Dockerfile.dockerignore`), which wins over the context's. */
  readonly ignore: string | undefined
}

/** One image by an own Dockerfile. */
export interface OwnImageRequest {
  /** The step that its errors name. */
  readonly step: string
  readonly dockerfile: OwnDockerfile
  /** The folder that it sees, absolute; never what a snapshot leaves out: version control, secrets, environments. */
  readonly context: string
  /** Files that are laid beside it: paths in the context to absolute ones. */
  readonly beside?: Readonly<Record<string, string>>
  /** Without a tag. */
  readonly name: string
  /** The tag asked for, beside that of the fingerprint; undefined for that alone. */
  readonly version: string | undefined
  /** The only name of what is built now, whole, until it has proved itself. */
  readonly unfinished?: string
  /** Given where the Dockerfile names them. */
  readonly args: Arguments
  /** Values by their ids, for `RUN --mount=type=secret,id=ID`. */
  readonly secrets: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** What it is made from beside all this. */
  readonly parts?: Parts
  /** What the one before was made from, where that is known. */
  readonly before?: Parts | undefined
  /** Label that gets the fingerprint. */
  readonly printLabel?: string
}

/**
 * Reads a Dockerfile of the user.
 * @param input names it in errors: the input, or the argument of a command
 * @param file absolute
 * @throws UserError where there is none, or a link leads out of the workspace
 */
export async function readDockerfile(world: World, input: string, file: string): Promise<OwnDockerfile> {
  const { files, context } = world
  const shown = path.relative(context.workspace, file)
  if ((await files.status(file))?.folder) {
    throw new UserError('inputs', `${input} names the folder ${shown}`, {
      next: `Name the file in it, such as ${shown}/Dockerfile.`,
      input,
    })
  }
  const [text, ignore] = await Promise.all(
    [file, `${file}.dockerignore`].map((one) => files.readInside(context.workspace, one, TEXT_SIZE).catch(rethrow(input))),
  )
  if (text === undefined)
    throw new UserError('inputs', `${input} names ${shown}, which is not there`, { next: 'Name a Dockerfile below path.', input })
  return { file: shown, text, ignore }
}

function rethrow(input: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof UserError ? error.with({ step: 'inputs', kind: 'setting', input, cause: `${input}: ${error.message}` }) : error
  }
}

/**
 * The image of an own Dockerfile: found on this machine by the fingerprint of all that it is made from, or built.
 * The images it starts from are pulled where they are not here, and their ids are part of the fingerprint.
 * @throws UserError naming the file and the instruction that failed
 */
export async function buildOwnImage(
  world: World,
  settings: BuildSettings,
  request: OwnImageRequest,
): Promise<ImageResult & { readonly parts: Parts; readonly info: ImageInfo }> {
  const { dockerfile, context, name } = request
  const args = argumentsFor(dockerfile.text, request.args)
  const withheld: string[] = []
  const snapshot = (await world.source.snapshot(context, world.paths.wheelhouse, { withheld })).filter(
    ({ path: file }) => !Object.keys(request.beside ?? {}).some((other) => other.split('/')[0] === file.split('/')[0]),
  )
  tellWithheld(world, withheld, `the context of ${dockerfile.file}`)
  const ignore = dockerfile.ignore ?? (await contextIgnore(world, context))
  const parts: Parts = {
    dockerfile: sha256(dockerfile.text),
    context: sha256(JSON.stringify(snapshot)),
    dockerignore: sha256(ignore ?? ''),
    arguments: JSON.stringify(args),
    images: JSON.stringify(await imageIds(world, request, args)),
    secrets: Object.keys(request.secrets).sort().join(' '),
    ...(request.labels && { labels: sha256(JSON.stringify(request.labels)) }),
    ...request.parts,
  }
  const print = fingerprint(parts)
  const reference = `${name}:${fingerprintTag(print)}`
  const tag = request.version === undefined ? undefined : `${name}:${request.version}`
  const here = settings.anew ? undefined : await world.docker.inspect(reference, true)
  if (here) {
    if (tag) await world.docker.tag(reference, tag)
    return { reference, how: 'reused', parts, info: here }
  }
  const staged = path.join(world.paths.temp, 'own')
  await world.files.remove(staged)
  await world.source.stage(context, snapshot, staged)
  for (const [to, from] of Object.entries(request.beside ?? {})) await world.files.link(from, path.join(staged, to))
  if (ignore !== undefined) {
    // What is laid beside the user's files is meant for the Dockerfile, whatever pattern fits it.
    const kept = [...new Set(Object.keys(request.beside ?? {}).map((to) => to.split('/')[0]))]
    await world.files.write(path.join(staged, '.dockerignore'), [ignore, ...kept.flatMap((to) => [`!${to}`, `!${to}/**`])].join('\n'))
  }
  const built = request.unfinished ?? reference
  const own = labelsSet(dockerfile.text)
  const labels = { ...request.labels, ...(request.printLabel && { [request.printLabel]: print }) }
  try {
    const report = await world.docker.build({
      dockerfile: dockerfile.text,
      context: staged,
      target: '',
      tags: tag ? [built, tag] : [built],
      args,
      // A label that the Dockerfile sets is its author's word.
      labels: Object.fromEntries(Object.entries(labels).filter(([label]) => !own.has(label))),
      secrets: await layOutUserSecrets(world, request.secrets),
      network: settings.network || undefined,
      anew: settings.anew === true,
    })
    const info = await world.docker.inspect(built, true)
    if (!info) throw new Error(`${built} was built but is not on the daemon`)
    return {
      reference,
      how: `built from ${dockerfile.file} in ${report.seconds.toFixed(1)} s (${whyBuilt(request.before, parts)})`,
      parts,
      info,
    }
  } catch (error) {
    throw error instanceof BuildError ? explain(error, request) : error
  } finally {
    await world.files.remove(staged)
  }
}

/** The user's secrets as files of this run's temporary folder. */
export async function layOutUserSecrets(world: World, secrets: Readonly<Record<string, string>>): Promise<readonly Secret[]> {
  return Promise.all(
    Object.entries(secrets).map(async ([id, value]) => {
      const file = path.join(world.paths.temp, 'secrets', id)
      await world.files.write(file, value)
      return { id, file }
    }),
  )
}

/** Ids of the images that it starts from, so that another image under the same tag is another build. */
async function imageIds(world: World, { step, dockerfile }: OwnImageRequest, args: Arguments): Promise<Parts> {
  const ids: Record<string, string> = {}
  for (const image of imagesOf(dockerfile.text, args)) {
    const next = `Check FROM and COPY --from in ${dockerfile.file}, or log in before this step.`
    ids[image] = (await ensureHere(world, image, { step, what: `image ${image} of ${dockerfile.file}`, next })).id
  }
  return ids
}

/** An image on this machine, pulled where it is not. @throws UserError that names it as it is given here */
export async function ensureHere(
  world: World,
  reference: string,
  named: { readonly step: string; readonly what: string; readonly next: string },
): Promise<ImageInfo> {
  const here = await world.docker.inspect(reference)
  if (here) return here
  world.log.info(`Pulling ${named.what}`)
  await world.docker.pull(reference, named)
  const pulled = await world.docker.inspect(reference)
  if (!pulled) throw new UserError(named.step, `${named.what} was pulled but is not here`, 'Check which daemon docker talks to.')
  return pulled
}

/** The command line may name a context outside the workspace; then nothing outside of that is read. */
async function contextIgnore({ files, context: { workspace } }: World, context: string): Promise<string | undefined> {
  const root = path.relative(workspace, context).split(path.sep)[0] === '..' ? context : workspace
  return files.readInside(root, path.join(context, '.dockerignore'), TEXT_SIZE)
}

function explain(error: BuildError, { step, dockerfile, args }: OwnImageRequest): UserError {
  const common = commonFault(error, step)
  if (common) return common
  const details = error.shown.slice(-SHOWN_LINES)
  const [, line, fault] = /dockerfile parse error (?:on )?line (\d+): (.*)$/i.exec(error.message) ?? []
  if (line) {
    const place = { file: dockerfile.file, line: Number(line) }
    return new UserError(step, `${dockerfile.file} line ${line}: ${fault}`, { next: lineNext(dockerfile.text, fault ?? ''), place })
  }
  const said = error.output.length > 0 ? buildHint(error.output).line : error.message
  const at = error.step ? ` failed at "${shorten(error.step, 80)}"` : ' did not build'
  return new UserError(step, `${dockerfile.file}${at}: ${said}`, {
    next: absentNext(error) ?? blankNext(said, args) ?? 'The lines above show what it said.',
    details,
    place: { file: dockerfile.file },
  })
}

/** The frontend that is built into 20.10 reads neither flags that came later nor here documents. @see https://docs.docker.com/build/buildkit/frontend/ */
function lineNext(text: string, fault: string): string {
  const later = /unknown flag/i.test(fault) || (/unknown instruction/i.test(fault) && /<<-?["']?\w/.test(text))
  return later && !/^#\s*syntax\s*=/im.test(text)
    ? 'Fix that line; if it is newer than this Docker Engine, begin the file with "# syntax=docker/dockerfile:1".'
    : 'Fix that line.'
}

/** What a FROM whose argument nobody gives may have meant. */
function blankNext(said: string, args: Arguments): string | undefined {
  return /base name \(.*\) should not be blank/.test(said) ? `This run gives the arguments ${Object.keys(args).join(', ')}.` : undefined
}

/** What a COPY or ADD does not find: in the context, or in the stage or image that it names. */
function absentNext({ step, message }: BuildError): string | undefined {
  if (!/^(COPY|ADD) /i.test(step) || !/^"[^"]+"(?: not found)?: not found$/.test(message)) return undefined
  const from = /\s--from=(\S+)/.exec(step)?.[1]
  return from ? `Check the path: ${from} has no such file.` : 'Check the path, which begins at the context, and .dockerignore.'
}
