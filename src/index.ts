import { appendFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as core from '@actions/core'
import { contextOf, openWorld } from './door.ts'
import { actionsCache } from './effects/cache/actions-cache.ts'
import { answerCacheRequest, isCacheChild } from './effects/cache/cache-child.ts'
import { sweepContainers, sweepImages } from './effects/docker/containers.ts'
import { runName, sweepLeftBehind } from './effects/docker/left-behind.ts'
import { files } from './effects/files/files.ts'
import { gitClient } from './effects/git/git.ts'
import { actionsLog } from './effects/log/log.ts'
import { runnerProxies } from './effects/network/proxies.ts'
import { cancelOnSignals } from './effects/process/cancellation.ts'
import { endLeftProcesses } from './effects/process/left-processes.ts'
import { detailLines, errorLines, UserError } from './errors.ts'
import { addressSecrets, masksOf } from './inputs/masks.ts'
import { judgeUnknown } from './inputs/unknown.ts'
import { readInputs, SECRET_INPUTS } from './inputs.ts'
import { main } from './main.ts'
import { mayBeStrangers } from './plan/tags/checkout-head.ts'
import { outputs } from './report/outputs.ts'
import { failureSummary, lastLine, summary } from './report/summary.ts'
import { stepSettings } from './step-settings.ts'

/** The entrypoint: makes the real effects, calls main, and is the only place that catches. */
async function action(): Promise<void> {
  core.saveState('run', run)
  for (const [name, secretsIn] of SECRET_INPUTS) mask(secretsIn(core.getInput(name)))
  mask(runnerProxies(process.env).flatMap(([, address]) => addressSecrets(address)))
  const context = contextOf(process.env, process.cwd())
  const here = fileURLToPath(import.meta.url)
  const byStrangers = async (project: string) => mayBeStrangers(context, await gitClient().head(project))
  const settings = await stepSettings((name) => core.getInput(name), { workspace: context.workspace, files, byStrangers: byStrangers })
  for (const [name, secretsIn] of SECRET_INPUTS) mask(secretsIn(settings.get(name)))
  for (const line of settings.info) log.info(line)
  for (const line of settings.notices) log.notice(line)
  const unknown = judgeUnknown(process.env)
  for (const text of unknown.warnings) log.warning(text)
  const inputs = readInputs(settings.get, unknown.faults, settings.ofProject)
  const opened = await openWorld({
    inputs,
    env: process.env,
    context,
    log,
    run,
    stages: path.join(path.dirname(here), 'stages'),
    builds: true,
    cache: (folder) => actionsCache({ entry: here, temp: folder, log }),
    hide: mask,
    opened(folder) {
      core.saveState('temp', folder)
      temp = folder
    },
  })
  const sweeping = sweepLeftBehind(workspace).catch(() => {}) // what a dead runner left; beside the work
  try {
    const outcome = await main(inputs, opened.world, opened.runner)
    await sweeping
    if (process.env.GITHUB_OUTPUT) writeOutputs(outputs(outcome))
    await writeSummary(summary(outcome))
    log.debug(`outside docker: ${(outcome.seconds - opened.world.docker.seconds()).toFixed(2)} s`)
    log.debug(`memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
    log.info(lastLine(outcome))
  } catch (error) {
    throw await opened.explained(error)
  } finally {
    await opened.dispose()
  }
}

/** Clears what a run that was killed may have left: its programs, its containers, its images and its folder. */
async function clear(runId: string, folder: string): Promise<void> {
  await endLeftProcesses((name) => name === runId)
  await sweepContainers(runId)
  await sweepImages(runId)
  if (folder) await rm(folder, { recursive: true, force: true })
}

function mask(secrets: readonly string[]): void {
  log.mask(secrets.flatMap(masksOf))
}

/** The image stands, and may be pushed: outputs that cannot be written do not fail the run, and the log has them. */
function writeOutputs(values: ReturnType<typeof outputs>): void {
  try {
    for (const [name, value] of Object.entries(values)) core.setOutput(name, value)
  } catch (error) {
    log.warning(`The outputs could not be written, so later steps get none: ${(error as Error).message}`)
    log.foreign(['The outputs that this step has:', `  ${values.metadata}`])
  }
}

/** A summary that cannot be written does not fail a run whose image stands. Not every runner masks it. */
async function writeSummary(text: string): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (!file) return
  await appendFile(file, log.scrubbed(text)).catch((error: Error) => log.notice(`The job summary could not be written: ${error.message}`))
}

function fail(error: unknown): void {
  const details = detailLines(error)
  if (details.length > 0) log.foreign(details)
  for (const { line, place } of errorLines(error)) log.error(line, place)
  if (!(error instanceof UserError) && error instanceof Error) for (const line of (error.stack ?? '').split('\n')) log.debug(line)
}

/** The name of this run: its containers carry it, so that they can be told from all others. */
const workspace = process.env.GITHUB_WORKSPACE || process.cwd()
const run = runName(workspace)
const log = actionsLog(process.env.GITHUB_ACTIONS === 'true')
let temp = ''
// Node's own report of a fault would print its text as it is, and a runner would read it.
process.on('uncaughtException', (error) => {
  fail(error)
  process.exit(1)
})
// A promise that never settles would end the process with code 0, as if all were well.
process.exitCode = 1
if (isCacheChild(process.argv)) {
  await answerCacheRequest()
  process.exit(0)
} else if (process.argv.includes('--post')) {
  if (core.getState('run')) await clear(core.getState('run'), core.getState('temp'))
  process.exitCode = 0
} else {
  const { cancelled } = cancelOnSignals(
    () => log.error('Cancelled.'),
    () => clear(run, temp),
    1,
  )
  try {
    await action()
    if (!cancelled()) process.exitCode = 0
  } catch (error) {
    if (!cancelled()) fail(error)
    if (!cancelled()) await writeSummary(failureSummary(error))
  }
  if (cancelled()) await clear(run, temp)
  // A cache or registry that never answered may still hold a socket; the work is done.
  process.exit()
}
