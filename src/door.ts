import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunContext, runContext } from './context.ts'
import { dockerClient } from './effects/docker/docker.ts'
import { archives } from './effects/files/archives.ts'
import { files } from './effects/files/files.ts'
import { namingFullDisk } from './effects/files/full-disk.ts'
import { source, sourcePaths } from './effects/files/source.ts'
import { type TemporaryFolders, temporaryFolders } from './effects/files/workspace.ts'
import { gitClient } from './effects/git/git.ts'
import { limitAnswers } from './effects/git/git-command.ts'
import type { CacheService, Downloads, Forge, Log } from './effects/ports.ts'
import { markChildren } from './effects/process/child.ts'
import type { Registry } from './effects/registry-port.ts'
import { certificatesIn, namedLogin, runnerCaBundle, runnerIndexes, trustBundle } from './effects/runner-settings.ts'
import { UserError } from './errors.ts'
import { gitlabLogin } from './gitlab.ts'
import { addressSecrets } from './inputs/masks.ts'
import type { Inputs } from './inputs.ts'
import { hmacSigner } from './plan/signature.ts'
import { TEXT_SIZE } from './project/text-size.ts'
import { findProject, type Runner } from './run/prepare/make-plan.ts'
import { Records } from './run/wheelhouse-folder/records.ts'
import type { World } from './run/world.ts'
import { isBelow } from './text/paths.ts'
import { limitOf } from './time-limits.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the front doors (a workflow's step, the command line) bring themselves. */
export interface Door {
  readonly inputs: Pick<Inputs, 'path' | 'wheelhouse' | 'caBundle' | 'cacheSigningKey' | 'platform' | 'timeout' | 'githubToken'>
  readonly env: Environment
  readonly context: RunContext
  readonly log: Log
  /** The name of this run: its containers carry it, so that they can be told from all others. */
  readonly run: string
  /** The folder of the stages' scripts. */
  readonly stages: string
  /** False where nothing is built: then there is no folder of this run, and no bundle is read. */
  readonly builds: boolean
  /** @param temp this run's folder */
  readonly cache: (temp: string) => CacheService
  /** Called with what must never be shown. */
  readonly hide: (secrets: readonly string[]) => void
  /** Called with this run's folder as soon as it is there: a run that is killed leaves it. */
  readonly opened: (temp: string) => void
}

export interface Opened {
  readonly world: World
  readonly runner: Runner
  /** What an error of the run means on this machine. */
  explained(error: unknown): Promise<unknown>
  /** Removes this run's folder. */
  dispose(): Promise<void>
}

/** @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation */
function githubLogin({ serverUrl }: RunContext, token: string) {
  return { server: serverUrl, username: 'x-access-token', token }
}

/** Makes the real effects for one run, which both front doors share. @throws UserError for a wrong `path` or `ca-bundle` */
export async function openWorld(door: Door): Promise<Opened> {
  const { inputs, env, context, log } = door
  markChildren(door.run)
  if (inputs.timeout) limitAnswers(limitOf('transfer', inputs.timeout))
  const project = await findProject(context.workspace, inputs.path, files)
  const wheelhouse = path.join(context.workspace, inputs.path, inputs.wheelhouse)
  const explained = (error: unknown) => namingFullDisk(error, [context.temp, wheelhouse])
  const folders = door.builds ? await temporaryFolders(context.temp, project, door.stages).catch(rethrow(explained)) : NO_FOLDERS
  if (folders.temp) door.opened(folders.temp)
  try {
    const indexes = await runnerIndexes(env)
    door.hide(addressSecrets([indexes.indexUrl, ...indexes.extraIndexUrls].join('\n')))
    const caBundle = door.builds ? await trusted(inputs.caBundle, door, folders.temp) : ''
    const signer = hmacSigner(inputs.cacheSigningKey, context.repository)
    const world: World = {
      log,
      docker: dockerClient({ temp: folders.temp, runId: door.run, log }, inputs),
      registry: lazily<Registry>(async () => (await import('./effects/network/registry.ts')).httpRegistry()),
      downloads: lazyDownloads(() => undefined, inputs.timeout),
      cache: door.cache(folders.temp),
      git: gitClient(limitOf('transfer', inputs.timeout), gitlabLogin(env) ?? githubLogin(context, inputs.githubToken)),
      forge: lazily<Forge>(async () => (await import('./effects/network/forge.ts')).gitHub(context.apiUrl)),
      files,
      source,
      archives,
      signer,
      records: new Records({ folder: wheelhouse, files, signer }),
      context,
      run: door.run,
      paths: {
        project,
        wheelhouse,
        context: folders.context,
        leanContext: folders.leanContext,
        wheelsContext: folders.wheelsContext,
        temp: folders.temp,
        stages: door.stages,
      },
      now: () => new Date(),
      pause: (seconds, signal) => sleep(seconds * 1000, undefined, { signal }),
    }
    return { world, runner: { caBundle, ...indexes, namedLogin: namedLogin(env), sourcePaths }, explained, dispose: folders.dispose }
  } catch (error) {
    const told = await explained(error) // while the disk is still as full
    await folders.dispose()
    throw told
  }
}

function rethrow(explained: (error: unknown) => Promise<unknown>): (error: unknown) => Promise<never> {
  return async (error) => {
    throw await explained(error)
  }
}

const NO_FOLDERS: TemporaryFolders = { temp: '', context: '', leanContext: '', wheelsContext: '', dispose: async () => {} }

/** What is known of this run from outside; a run without an event, or with a damaged one, has none. */
export function contextOf(env: Environment, cwd: string): RunContext {
  return runContext(env, payload(env.GITHUB_EVENT_PATH), { cwd, tmp: tmpdir() })
}

function payload(file: string | undefined): unknown {
  try {
    return file ? JSON.parse(readFileSync(file, 'utf8')) : {}
  } catch {
    return {}
  }
}

/**
 * The bundle that is trusted from here on and in the builds, beside the usual authorities; '' for none. The
 * machine's own is used as far as it can be read.
 */
async function trusted(input: string, { env, context: { workspace }, log }: Door, temp: string): Promise<string> {
  const given = input && path.resolve(workspace, input)
  const bundle = given || runnerCaBundle(env)
  if (!bundle) return ''
  try {
    const ofProject = given !== '' && isBelow(given, workspace)
    const text = ofProject ? await files.readInside(workspace, given, TEXT_SIZE) : await readFile(bundle, 'utf8')
    if (given && certificatesIn(text ?? '').length === 0)
      throw new Error(text === undefined ? 'it is not there' : 'it holds no certificate')
    const { pem, here } = trustBundle(text ?? '')
    if (!here)
      log.notice(
        `Downloads do not trust ${bundle}: Node ${process.version} cannot be told to, which takes 24.5 or later. The builds do trust it.`,
      )
    const all = path.join(temp, 'ca.pem')
    await writeFile(all, pem)
    return all
  } catch (error) {
    if (given)
      throw new UserError('inputs', `ca-bundle ${given} cannot be read: ${(error as Error).message}`, {
        next: 'Name a PEM file below the workspace.',
        input: 'ca-bundle',
      })
    return ''
  }
}

/** A port whose library, which may take a quarter of a second to load, is loaded at the first call: many runs need none. */
function lazily<Port extends { [Name in keyof Port]: (...request: never[]) => Promise<unknown> }>(load: () => Promise<Port>): Port {
  let loaded: Promise<Port> | undefined
  const call = async (name: keyof Port, request: never[]) => {
    loaded ??= load()
    const port = await loaded
    return port[name](...request)
  }
  return new Proxy({} as Port, {
    get:
      (_, name) =>
      (...request: never[]) =>
        call(name as keyof Port, request),
  })
}

function lazyDownloads(logins: Parameters<Downloads['withLogins']>[0], timeout: string): Downloads {
  const { fetch } = lazily<Pick<Downloads, 'fetch'>>(async () =>
    (await import('./effects/network/downloads.ts')).indexDownloads(logins, limitOf('transfer', timeout)),
  )
  return { fetch, withLogins: (others) => lazyDownloads(others, timeout) }
}
