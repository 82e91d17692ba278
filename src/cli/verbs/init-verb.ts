import path from 'node:path'
import { jsonText } from '../../effects/log/log-line.ts'
import { UserError } from '../../errors.ts'
import { difference } from '../../plan/init/difference.ts'
import { type Change, propose } from '../../plan/init/proposal.ts'
import { initFacts } from '../../run/prepare/init-facts.ts'
import { EXIT } from '../usage.ts'
import { answerTo } from '../word.ts'
import type { Job } from './job.ts'

/** `init`: shows the workflow and the settings that a repository needs, and writes them by the user's word. */
export async function initRepository(job: Job): Promise<number> {
  const { call, inputs, world, runner, around, log } = job
  const proposal = propose(await initFacts(world, runner, inputs.path))
  const { changes, reasons, missing } = proposal
  if (!call.json) {
    for (const reason of reasons) log.info(reason)
    for (const text of missing) log.warning(text)
    for (const change of changes) log.foreign(['', ...difference(change).trimEnd().split('\n')])
    if (changes.length > 0) log.info('')
  }
  const wanted = changes.length > 0 && (call.write || (!call.json && (await isWanted(job))))
  if (wanted) for (const change of changes) await write(job, change)
  if (call.json) {
    const files = changes.map((change) => ({ path: change.path, difference: difference(change) }))
    around.stdout.write(`${jsonText({ files, reasons, missing, written: wanted }, 2)}\n`)
    return EXIT.done
  }
  if (changes.length === 0) log.info('Nothing has to be written.')
  else if (wanted)
    log.info(`${changes.map((change) => change.path).join(' and ')} written. Next: pypackager release, to try it here; then commit.`)
  else log.info('Nothing is written. To write it: pypackager init --write')
  return EXIT.done
}

/** Asked in a terminal alone. */
async function isWanted({ around }: Job): Promise<boolean> {
  if (!around.stdin.isTTY || !around.stderr.isTTY) return false
  return /^y(es)?$/i.test((await answerTo('Write this? [y/N] ', around)).trim())
}

async function write({ world }: Job, change: Change): Promise<void> {
  const { files, context } = world
  const at = path.join(context.workspace, change.path)
  await files.checkInside(context.workspace, at)
  if (await files.isLink(at))
    throw new UserError('init', `${change.path} is a symbolic link`, 'Add the lines that are shown where it leads.')
  await files.write(at, change.after)
}
