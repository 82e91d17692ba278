import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { appendFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as core from '@actions/core'
import { runContext } from './context.ts'
import { archives } from './effects/archives.ts'
import { actionsCache } from './effects/cache.ts'
import { answerCacheRequest, isCacheChild } from './effects/cache-child.ts'
import { refuseChildren, stopChildren } from './effects/child.ts'
import { sweepContainers } from './effects/containers.ts'
import { dockerClient } from './effects/docker.ts'
import { indexDownloads } from './effects/downloads.ts'
import { files } from './effects/files.ts'
import { git } from './effects/git.ts'
import { actionsLog } from './effects/log.ts'
import { runnerProxies } from './effects/proxies.ts'
import { gitHub, httpRegistry } from './effects/registry.ts'
import { namedLogin, runnerCaBundle, runnerIndexes, trustBundle } from './effects/runner-settings.ts'
import { source, sourcePaths } from './effects/source.ts'
import { temporaryFolders } from './effects/workspace.ts'
import { errorLine, UserError } from './errors.ts'
import { readInputs, SECRET_INPUTS } from './inputs.ts'
import { main } from './main.ts'
import { outputs } from './outputs.ts'
import { addressSecrets, lineSecrets, masksOf, netrcSecrets } from './plan/masks.ts'
import { manifestSigner } from './plan/signature.ts'
import { findProject } from './run/prepare.ts'
import { lastLine, summary } from './summary.ts'

/** The entrypoint: makes the real effects, calls main, and is the only place that catches. */
async function action(): Promise<void> {
  core.saveState('run', run)
  for (const name of SECRET_INPUTS) mask(secretsIn(name, core.getInput(name)))
  mask(runnerProxies(process.env).flatMap(([, address]) => addressSecrets(address)))
  const context = runContext(process.env, payload(process.env.GITHUB_EVENT_PATH), process.cwd(), tmpdir())
  const log = actionsLog(context.inActions)
  const inputs = readInputs((name) => core.getInput(name))
  const project = await findProject(context.workspace, inputs.path, files)
  const stages = path.join(path.dirname(fileURLToPath(import.meta.url)), 'stages')
  const folders = await temporaryFolders(context.temp, project, stages)
  core.saveState('temp', folders.temp)
  temp = folders.temp
  try {
    const indexes = await runnerIndexes(process.env)
    mask(addressSecrets([indexes.indexUrl, ...indexes.extraIndexUrls].join('\n')))
    const caBundle = await trusted(inputs.caBundle && path.resolve(context.workspace, inputs.caBundle), folders.temp)
    const docker = dockerClient(folders.temp, run, log, inputs.platform)
    const outcome = await main(
      inputs,
      {
        log,
        docker,
        registry: httpRegistry(),
        downloads: indexDownloads(),
        cache: actionsCache({ entry: fileURLToPath(import.meta.url), temp: folders.temp, log }),
        git,
        forge: gitHub(context.apiUrl),
        files,
        source,
        archives,
        signer: manifestSigner(inputs.cacheSigningKey, context.repository),
        context,
        paths: {
          project,
          wheelhouse: path.join(context.workspace, inputs.path, inputs.wheelhouse),
          context: folders.context,
          leanContext: folders.leanContext,
          wheelsContext: folders.wheelsContext,
          temp: folders.temp,
          stages,
        },
        now: () => new Date(),
      },
      { caBundle, ...indexes, namedLogin: namedLogin(process.env), sourcePaths },
    )
    if (process.env.GITHUB_OUTPUT) for (const [name, value] of Object.entries(outputs(outcome))) core.setOutput(name, value)
    await writeSummary(summary(outcome), log.notice)
    log.debug(`outside docker: ${(outcome.seconds - docker.seconds()).toFixed(2)} s`)
    log.debug(`memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
    log.info(lastLine(outcome))
  } finally {
    await folders.dispose()
  }
}

/** Clears what a run that was killed may have left: its containers and its folder. */
async function clear(runId: string, folder: string): Promise<void> {
  await sweepContainers(runId)
  if (folder) await rm(folder, { recursive: true, force: true })
}

/** Of an index's address only the password is a secret; of any other input the whole. */
function secretsIn(name: (typeof SECRET_INPUTS)[number], value: string): readonly string[] {
  if (name === 'index-url' || name === 'extra-index-urls') return addressSecrets(value)
  if (name === 'secrets') return lineSecrets(value)
  return name === 'index-credentials' ? netrcSecrets(value) : [value]
}

function mask(secrets: readonly string[]): void {
  if (process.env.GITHUB_ACTIONS) for (const form of secrets.flatMap(masksOf)) core.setSecret(form)
}

/**
 * The bundle that is trusted from here on and in the builds, beside the usual authorities; '' for none. The
 * runner's own is used as far as it can be read.
 */
async function trusted(given: string, temp: string): Promise<string> {
  const bundle = given || runnerCaBundle(process.env)
  if (!bundle) return ''
  try {
    const all = path.join(temp, 'ca.pem')
    await writeFile(all, await trustBundle(bundle))
    return all
  } catch (error) {
    if (given)
      throw new UserError(
        'inputs',
        `ca-bundle ${given} cannot be read: ${(error as Error).message}`,
        'Name a PEM file below the workspace.',
      )
    return ''
  }
}

/** The event's payload; a run without one, or with a damaged one, has none. */
function payload(file: string | undefined): unknown {
  try {
    return file ? JSON.parse(readFileSync(file, 'utf8')) : {}
  } catch {
    return {}
  }
}

/** A summary that cannot be written does not fail a run whose image stands. */
async function writeSummary(text: string, notice: (text: string) => void): Promise<void> {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (!file) return
  await appendFile(file, text).catch((error: Error) => notice(`The job summary could not be written: ${error.message}`))
}

function fail(error: unknown): void {
  if (error instanceof UserError && error.details.length > 0)
    actionsLog(process.env.GITHUB_ACTIONS === 'true').foreign(error.details.map((line) => `  | ${line}`))
  const place = error instanceof UserError ? error.place : undefined
  core.error(
    errorLine(error),
    place && { file: place.file, ...(place.line && { startLine: place.line }), ...(place.column && { startColumn: place.column }) },
  )
  if (!(error instanceof UserError) && error instanceof Error) core.debug(error.stack ?? '')
}

/** The name of this run: its containers carry it, so that they can be told from all others. */
const run = randomUUID()
let temp = ''
let cancelled = false

/** Runners send SIGINT, then SIGTERM 7.5 s later, to this process alone: its children are ended here. */
function onCancel(): void {
  if (cancelled) return
  cancelled = true
  core.error('Cancelled.')
  refuseChildren()
  stopChildren('SIGTERM')
  setTimeout(() => stopChildren('SIGKILL'), 3000)
  setTimeout(() => void clear(run, temp).finally(() => process.exit(1)), 4000)
}

// A promise that never settles would end the process with code 0, as if all were well.
process.exitCode = 1
if (isCacheChild(process.argv)) {
  await answerCacheRequest()
  process.exit(0)
} else if (core.getState('run')) {
  await clear(core.getState('run'), core.getState('temp'))
  process.exitCode = 0
} else {
  process.on('SIGINT', onCancel)
  process.on('SIGTERM', onCancel)
  try {
    await action()
    if (!cancelled) process.exitCode = 0
  } catch (error) {
    if (!cancelled) fail(error)
    if (!cancelled && error instanceof UserError && error.report) await writeSummary(error.report, core.notice)
  }
  if (cancelled) await clear(run, temp)
  // A cache or registry that never answered may still hold a socket; the work is done.
  process.exit()
}
