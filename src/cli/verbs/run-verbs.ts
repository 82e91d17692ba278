import path from 'node:path'
import { type AttachedRequest, runAttached } from '../../effects/docker/attached.ts'
import type { ImageInfo } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { splitWords } from '../../inputs/shell-words.ts'
import { containerPort, reachOf } from '../../judge/listening.ts'
import { reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { startWith } from '../../plan/start/how-to-run.ts'
import { awaitServices, makeContainer, managementCommand } from '../../run/commands/container-commands.ts'
import { lostDatabase } from '../../run/commands/lost-database.ts'
import { staleVolume } from '../../run/commands/stale-volume.ts'
import { expectedStart } from '../../run/images/expected-start.ts'
import { makeBase } from '../../run/make-base.ts'
import { openRun } from '../../run/open-run.ts'
import { makePlan } from '../../run/prepare/make-plan.ts'
import type { World } from '../../run/world.ts'
import { silent } from '../silent.ts'
import { usageError } from '../usage.ts'
import type { Job } from './job.ts'

/** `run` and `manage`: a command in the release image. @returns its exit code */
export async function runInRelease(job: Job): Promise<number> {
  const { verb, call, inputs, runner } = job
  if (verb.name === 'manage' && call.command.length === 0) throw usageError('manage needs a command', 'Such as: pypackager manage check')
  const world = { ...job.world, log: silent(job.log) }
  const sweeping = job.sweep()
  const plan = await makePlan(inputs, world, runner)
  const image = reference(plan.repository, plan.tags.primary)
  const [info] = await Promise.all([mustBeHere(world, image), sweeping])
  const command =
    verb.name === 'manage'
      ? await managementCommand(world, plan.project.name, isLine(call.command) ? splitWords('manage', call.command[0] ?? '') : call.command)
      : await commandOf(job, plan, info)
  const container = await makeContainer(world, image, inputs)
  await awaitServices(world, image, inputs)
  const stale = await staleVolume(world, image, inputs.volumes)
  if (stale) job.log.warning(stale)
  const onSockets = looksAt(job, inputs.ports)
  if (call.command.length === 0) return attach(job, { ...container, command, ...onSockets })
  const files: string[] = []
  const code = await attach(job, { ...container, command, ...onSockets, onLeft: (all) => void files.push(...all) })
  const lost = await lostDatabase(world, plan, { files, verb: verb.name })
  if (lost) job.log.warning(lost)
  return code
}

/** Warns once of a published port that nothing outside its container reaches. */
function looksAt({ log }: Job, published: readonly string[]): Pick<AttachedRequest, 'onSockets'> {
  const left = new Set(published.flatMap((one) => containerPort(one) ?? []))
  if (left.size === 0) return {}
  return {
    onSockets: (table) => {
      for (const port of left) {
        const reach = reachOf(port, table)
        if (reach === 'loopback')
          log.warning(`Port ${port} is reached from inside the container alone, as it listens on 127.0.0.1: let what starts bind 0.0.0.0.`)
        if (reach !== 'none') left.delete(port)
      }
      return left.size === 0
    },
  }
}

/** Words that begin with a flag are arguments of what the image starts, as `docker run` gives them to an entrypoint. */
async function commandOf({ call, inputs, world, runner }: Job, plan: RunPlan, { config }: ImageInfo): Promise<readonly string[]> {
  const image = reference(plan.repository, plan.tags.primary)
  const [first] = call.command
  const starts = config.command.length > 0
  if (first === undefined && !starts) {
    const paths = await runner.sourcePaths(world.paths.project)
    const { start } = inputs.dockerfile ? {} : await expectedStart(world, plan, inputs, paths)
    throw usageError(
      `the image ${image} has no start command${start?.why ? `: ${start.why}` : ''}`,
      `${start?.next ? `${start.next} Then release again` : 'Set command and release again'}; or name a command, such as: pypackager run bash`,
    )
  }
  if (!first?.startsWith('-') || (config.entrypoint.length > 0 && !config.entrypoint.includes(ENTRYPOINT))) return asTyped(call.command)
  const command = startWith(config.command, call.command)
  if (command) return command
  throw usageError(
    `"${first}" is an argument, and the image ${image} has ${starts ? 'several commands as its start' : 'no start command'}`,
    'Name the program too, such as: pypackager run -- python --version',
  )
}

/** Of our images: it becomes whatever it is given. */
const ENTRYPOINT = '/usr/local/bin/entrypoint'

/** A command; one word with blanks is a line of a shell, as no program is called so: `build cmd "pip list"`. */
export function asTyped(words: readonly string[]): readonly string[] {
  return isLine(words) ? ['sh', '-c', ...words] : words
}

function isLine(words: readonly string[]): boolean {
  return words.length === 1 && /\S\s+\S/.test(words[0] ?? '')
}

/** `build cmd`: a command in the builder, with the user's own source and wheelhouse. @returns its exit code */
export async function runInBuilder(job: Job): Promise<number> {
  const { call, inputs, world, runner } = job
  if (call.command.length === 0) throw usageError('build cmd needs a command', 'Such as: pypackager build cmd bash')
  const plan = await makePlan(inputs, { ...world, log: silent(job.log) }, runner)
  await job.sweep()
  const image = await builderOf(job, plan)
  const mounts = [`${world.paths.project}:/application`, `${world.paths.wheelhouse}:/wheelhouse`]
  await world.files.write(path.join(world.paths.wheelhouse, '.gitignore'), '*\n')
  const settings = { ...inputs, ports: inputs.ports, volumes: [...mounts, ...inputs.volumes] }
  const container = await makeContainer({ ...world, log: silent(job.log) }, image, settings)
  return attach(job, { ...container, command: asTyped(call.command), workingDir: '/application' })
}

async function builderOf({ inputs, world }: Job, plan: RunPlan): Promise<string> {
  const { images } = await makeBase(await openRun(world, inputs, plan))
  await images.builderAlone()
  const { builder } = images.results()
  if (!builder) throw new Error('the builder was not made')
  return builder.reference
}

/** From here on signals and the terminal are the command's. */
export async function attach({ run, around, log, cancellation }: Job, request: Omit<AttachedRequest, 'terminal'>): Promise<number> {
  log.end()
  cancellation.ignore()
  return runAttached({ ...request, terminal: around.stdin.isTTY === true && around.stdout.isTTY === true }, run)
}

async function mustBeHere(world: World, image: string): Promise<ImageInfo> {
  const info = await world.docker.inspect(image)
  if (info) return info
  await world.docker.connect() // no Docker at all is another fault
  throw new UserError('run', `the image ${image} is not on this machine`, 'Make it first: pypackager release')
}
