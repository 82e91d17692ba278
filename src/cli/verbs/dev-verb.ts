import { main } from '../../main.ts'
import { awaitServices, makeContainer } from '../../run/commands/container-commands.ts'
import { silent } from '../silent.ts'
import { usageError } from '../usage.ts'
import type { Job } from './job.ts'
import { asTyped, attach } from './run-verbs.ts'

/** Loopback alone: development servers show their insides to whoever asks. */
const PORT = '127.0.0.1:8000:8000'

/** `dev`: makes the dev image and starts it, or a command in it, on the source as it is. @returns the command's exit code */
export async function runDev(job: Job): Promise<number> {
  const { call, inputs, world, runner, log } = job
  const sweeping = job.sweep()
  const { dev } = await main(inputs, world, runner)
  await sweeping
  if (!dev) throw new Error('the dev image was not made')
  const starts = call.command.length === 0
  const info = await world.docker.inspect(dev.reference)
  if (starts && info?.config.command.length === 0) {
    throw usageError('the dev image has no start command', 'Name one, such as: pypackager dev bash; or set command.')
  }
  const ports = inputs.ports.length > 0 || !starts ? inputs.ports : [PORT]
  const settings = { ...inputs, ports, volumes: [`${world.paths.project}:/app`, ...inputs.volumes] }
  const quiet = { ...world, log: silent(log) }
  const container = await makeContainer(quiet, dev.reference, settings)
  await awaitServices(quiet, dev.reference, inputs)
  if (starts) log.info(`Starting ${dev.reference} on your source, with ${ports.join(', ')} (Ctrl-C ends it)`)
  return attach(job, { ...container, command: asTyped(call.command), workingDir: '/app' })
}
