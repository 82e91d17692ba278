import path from 'node:path'
import { jsonText } from '../../effects/log/log-line.ts'
import { UserError } from '../../errors.ts'
import { type Arguments, mentions } from '../../plan/dockerfile/custom-dockerfile.ts'
import { legalComponent, reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { isWheelName } from '../../plan/wheels/wheel-plan.ts'
import { wantedExtras } from '../../project/dependencies.ts'
import { parseMetadata, requirementsOf } from '../../project/metadata.ts'
import { buildOwnImage, type OwnDockerfile, readDockerfile } from '../../run/images/custom-image.ts'
import { makePlan } from '../../run/prepare/make-plan.ts'
import { readManifests } from '../../run/wheelhouse-folder/wheel-files.ts'
import type { World } from '../../run/world.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import { silent } from '../silent.ts'
import { EXIT, usageError } from '../usage.ts'
import type { Job } from './job.ts'

/** `image`: an own Dockerfile as `<namespace>/<image>-<last folder>:<version>`, or that of the project as the release. */
export async function buildImage(job: Job): Promise<number> {
  const { call, inputs, world, runner, around, log } = job
  const [folder, context, ...more] = call.words
  if (more.length > 0) throw usageError(`image takes two folders at most, and "${more[0]}" is a third`, 'See pypackager image --help.')
  const plan = await makePlan(inputs, { ...world, log: silent(log) }, runner)
  const project = path.join(world.context.workspace, inputs.path)
  const at = folder === undefined ? project : path.resolve(around.cwd, folder)
  const dockerfile = await readDockerfile(world, 'image', path.join(at, 'Dockerfile'))
  const seen = context === undefined ? at : path.resolve(around.cwd, context)
  if (!(await world.files.exists(seen))) throw usageError(`there is no folder "${context}" for the context`, 'Name one that is there.')
  await world.docker.connect()
  await job.sweep()
  const name = `${plan.names.release}${at === project ? '' : `-${legalComponent(path.basename(at))}`}`
  const args = await argumentsOf(job, plan, dockerfile)
  const beside = await besides(world, seen, dockerfile)
  const build = () =>
    buildOwnImage(world, plan.settings, {
      step: 'image',
      dockerfile,
      context: seen,
      beside,
      name,
      version: plan.tags.primary,
      args: { ...inputs.buildArgs, ...args },
      secrets: inputs.secrets,
    })
  const { how, info } = await log.group(name, build)
  const tag = `${name}:${plan.tags.primary}`
  log.end()
  if (call.json) around.stdout.write(`${jsonText({ image: tag, imageid: info.id, size: info.size })}\n`)
  log.info(`${tag}: ${how}`)
  return EXIT.done
}

/**
 * What a Dockerfile of the family may ask for, as far as it does: the images of the family by the tag of this version,
 * and what the release installs, as the input `dockerfile` has it.
 * @throws UserError where an image of the family is asked for and not here: no registry is asked for a name that we made up
 */
async function argumentsOf({ inputs, world }: Job, plan: RunPlan, dockerfile: OwnDockerfile): Promise<Arguments> {
  const version = plan.tags.primary
  const { base, builder } = plan.family
  const offered: Arguments = {
    PARENT_IMAGE: plan.parent,
    BASE_IMAGE: inputs.baseImage || reference(base, version),
    BUILDER_IMAGE: inputs.builderImage || reference(builder, version),
    PACKAGE: await packageOf(world, inputs.extras),
    RUNTIME_PACKAGES: [...new Set((await readManifests(world)).flatMap((manifest) => manifest.packages))].sort().join(' '),
  }
  for (const kind of ['base', 'builder'] as const) {
    const argument = `${kind.toUpperCase()}_IMAGE`
    if (!mentions(dockerfile.text, argument) || inputs[`${kind}Image`] || (await world.docker.inspect(offered[argument] ?? ''))) continue
    throw new UserError(
      'image',
      `${dockerfile.file} takes ${argument}, and ${offered[argument]} is not on this machine`,
      `Make it first, such as: pypackager image docker/${kind}; or name one with --${kind}-image.`,
    )
  }
  return Object.fromEntries(Object.entries(offered).filter(([, value]) => value !== ''))
}

/** `shop[test]==1.2.3` for the project's wheel in the wheelhouse; '' where there is none. */
async function packageOf(world: World, asked: readonly string[]): Promise<string> {
  const project = await world.records.get('project')
  if (!project || !(await world.files.exists(inWheelhouse(world, project.file)))) return ''
  const metadata = parseMetadata(project.metadata)
  const extras = wantedExtras(requirementsOf(metadata), asked)
  return `${metadata.name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}==${metadata.version}`
}

/** The wheelhouse, which no snapshot of the source holds, where it lies in the context and the Dockerfile names it. */
async function besides(world: World, context: string, dockerfile: OwnDockerfile): Promise<Readonly<Record<string, string>>> {
  const { wheelhouse } = world.paths
  const relative = path.relative(context, wheelhouse)
  if (relative.startsWith('..') || path.isAbsolute(relative) || !mentions(dockerfile.text, path.basename(wheelhouse))) return {}
  const files = (await world.files.list(wheelhouse)).filter((file) => isWheelName(file) || file === SHELF.lock)
  if (files.length === 0) {
    throw new UserError('image', `${dockerfile.file} takes ${relative}/, which holds no wheels`, 'Make them first: pypackager build')
  }
  return Object.fromEntries(files.map((file) => [`${relative}/${file}`, path.join(wheelhouse, file)]))
}
