import path from 'node:path'
import { jsonText } from '../../effects/log/log-line.ts'
import { runnerCaBundle } from '../../effects/runner-settings.ts'
import { UserError } from '../../errors.ts'
import { MARK } from '../../plan/eject/ejection.ts'
import { nextBuild } from '../../plan/eject/next-build.ts'
import { ejectRelease } from '../../run/eject.ts'
import { EXIT, usageError } from '../usage.ts'
import type { Job } from './job.ts'

/** With a dash: no module can be called so, and setuptools takes every folder that could be one for a package. */
const FOLDER = 'docker-build'
/** More than any Dockerfile of ours takes. */
const MOST_BYTES = 1_000_000

/** `eject`: makes the release, and writes a folder from which plain `docker build` makes the same. */
export async function ejectProject(job: Job): Promise<number> {
  const { call, inputs, world, runner, around, log } = job
  const folder = folderOf(call.words)
  const at = path.join(world.paths.project, folder)
  await world.files.checkInside(world.paths.project, at)
  await refuseOthers(job, at, folder) // before anything is built
  const sweeping = job.sweep()
  const { files, image } = await ejectRelease(world, inputs, runner, folder)
  await sweeping
  await world.files.remove(path.join(at, 'stages')) // of an ejection before
  for (const [name, text] of Object.entries(files)) await world.files.write(path.join(at, name), text)
  log.end()
  const shown = path.relative(around.cwd, at) || '.'
  if (call.json) {
    around.stdout.write(`${jsonText({ folder: shown, files: Object.keys(files), image }, 2)}\n`)
    return EXIT.done
  }
  log.info(`${shown}/ has what makes ${image} without pypackager:`)
  log.foreign(Object.keys(files).map((name) => `  ${name}`))
  const project = path.relative(around.cwd, world.paths.project) || '.'
  const { buildx } = await world.docker.connect()
  const ca = inputs.caBundle || runnerCaBundle(around.env)
  const next = nextBuild({ folder: shown, project, image, platform: inputs.platform, ca, buildx })
  log.info(`Next: ${next} (${shown}/README.md tells more)`)
  return EXIT.done
}

function folderOf(words: readonly string[]): string {
  const [folder = FOLDER, ...more] = words
  if (more.length > 0) throw usageError('eject takes one folder', 'See pypackager eject --help.')
  if (/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(folder)) return folder
  throw usageError(`${folder} is no folder below the project`, 'Name one such as docker-build.')
}

/** A folder of somebody else is not written to; one of ours is by the user's word. */
async function refuseOthers({ call, world }: Job, at: string, folder: string): Promise<void> {
  if ((await world.files.real(at)) === undefined || (await world.files.count(at, 1)) === 0) return
  const dockerfile = await world.files.readKept(path.join(at, 'Dockerfile'), MOST_BYTES)
  const isOurs = dockerfile?.startsWith(MARK)
  if (isOurs && call.write) return
  if (isOurs) throw new UserError('eject', `${folder}/ is there already`, 'Add --write to write it anew: what you changed there is lost.')
  throw new UserError('eject', `${folder}/ has files of yours`, `Name another folder, such as pypackager eject ${folder}/image.`)
}
