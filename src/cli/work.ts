import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { RunContext } from '../context.ts'
import { contextOf, openWorld } from '../door.ts'
import { sweepContainers, sweepImages } from '../effects/docker/containers.ts'
import { runName, sweepLeftBehind } from '../effects/docker/left-behind.ts'
import { files } from '../effects/files/files.ts'
import { terminalLog } from '../effects/log/terminal-log.ts'
import type { CacheService } from '../effects/ports.ts'
import { cancelOnSignals } from '../effects/process/cancellation.ts'
import { UserError } from '../errors.ts'
import { FLAGS } from '../inputs/flags.ts'
import { projectTable } from '../inputs/project-table.ts'
import { byEnvironment, byFile, byFlags, byOldNames, byVerb, byWheelhouse, resolveSettings, type Setting } from '../inputs/settings.ts'
import { needingWord } from '../inputs/trust.ts'
import { hostIn, volumeFrom } from '../inputs/volume.ts'
import { readInputs } from '../inputs.ts'
import { findProject } from '../run/prepare/make-plan.ts'
import { isInside } from '../run/prepare/mounts.ts'
import { keptBound } from '../run/wheelhouse-folder/records.ts'
import type { Call } from './arguments.ts'
import { inputsAsFlags, laptopWords } from './laptop-words.ts'
import type { Surroundings } from './surroundings.ts'
import { brokenPipe, EXIT, usageError } from './usage.ts'
import { cleanWheelhouse } from './verbs/clean-verb.ts'
import { runDev } from './verbs/dev-verb.ts'
import { ejectProject } from './verbs/eject-verb.ts'
import { buildImage } from './verbs/image-verb.ts'
import { initRepository } from './verbs/init-verb.ts'
import type { Job } from './verbs/job.ts'
import { makeOutcome } from './verbs/package-verb.ts'
import { showPlan } from './verbs/plan-verb.ts'
import { runInBuilder, runInRelease } from './verbs/run-verbs.ts'
import type { Verb } from './verbs.ts'
import { askForWord, isAllowed, type Unallowed } from './word.ts'

/** Does what a command line asks for. @param settings is filled, so that errors can tell where a value stands */
export async function work(call: Call, around: Surroundings, settings: Map<string, Setting>): Promise<number> {
  const { env, stdout, stderr } = around
  const verb = call.verb as Verb
  const attached = verb.takes === 'command'
  if (attached && call.json) throw usageError(`${verb.name} has no --json`, 'Its output is that of the command.')
  const log = terminalLog({ stream: attached || call.json ? stderr : stdout, verbose: call.verbose, env, words: LAPTOP })
  const place = placeOf(call, around)
  const project = await findProject(place.workspace, place.path, files)
  const table = { project, file: path.join(path.relative(place.workspace, project), 'pyproject.toml') }
  for (const [input, setting] of await settingsOf(call, around, { ...place, ...table })) settings.set(input, setting)
  const inputs = readInputs((input) => settings.get(input)?.value ?? '')
  const untrusted = call.trustProject ? undefined : await untrustedOf(around, settings, table)
  if (untrusted && !ACTS_ON_NOTHING.includes(verb.name)) await askForWord(untrusted, around)
  const where = path.join(place.workspace, place.path)
  const run = runName(where)
  let temp = ''
  const cancellation = cancelOnSignals(
    () => log.error('Interrupted.'),
    () => clear(run, temp),
    EXIT.interrupted,
  )
  // Nobody reads on, as in `| head`: the run ends, and what it made so far goes.
  const unread = brokenPipe(() => cancellation.cancel(EXIT.brokenPipe))
  for (const stream of [stdout, stderr]) stream.on('error', unread)
  const opened = await openWorld({
    inputs: untrusted?.needed.has('ca-bundle') && ACTS_ON_NOTHING.includes(verb.name) ? { ...inputs, caBundle: '' } : inputs,
    env,
    context: place.context,
    log,
    run,
    stages: path.join(around.dist, 'stages'),
    builds: !BUILDS_NOTHING.includes(verb.name),
    cache: () => NO_CACHE,
    hide: () => {},
    opened(folder) {
      temp = folder
    },
  })
  const sweep = () => {
    const sweeping = sweepLeftBehind(where)
    sweeping.catch(() => {}) // it may be cancelled before anybody waits for it
    return sweeping
  }
  try {
    const { world, runner } = opened
    return await perform({ untrusted, call, verb, settings, inputs, world, runner, around, log, run, cancellation, sweep })
  } catch (error) {
    const told = await opened.explained(error)
    await clear(run, temp)
    if (!cancellation.cancelled()) throw told
    return cancellation.code()
  } finally {
    log.end()
    await opened.dispose()
  }
}

function perform(job: Job): Promise<number> {
  switch (job.verb.name) {
    case 'plan':
      return showPlan(job)
    case 'init':
      return initRepository(job)
    case 'run':
    case 'manage':
      return runInRelease(job)
    case 'dev':
      return runDev(job)
    case 'build cmd':
      return runInBuilder(job)
    case 'image':
      return buildImage(job)
    case 'eject':
      return ejectProject(job)
    case 'clean':
      return cleanWheelhouse(job)
    default:
      return makeOutcome(job)
  }
}

async function clear(run: string, temp: string): Promise<void> {
  await sweepContainers(run)
  await sweepImages(run)
  if (temp) await rm(temp, { recursive: true, force: true })
}

const LAPTOP = { message: laptopWords, line: inputsAsFlags }

/** What only shows, or removes what is ours, takes nobody's word. */
const ACTS_ON_NOTHING = ['plan', 'clean', 'init']

/** What the table of the project sets and its user has not allowed; undefined where there is nothing. */
async function untrustedOf(
  { env }: Surroundings,
  settings: ReadonlyMap<string, Setting>,
  { file, project }: ProjectTable,
): Promise<Unallowed | undefined> {
  const unallowed = { file, at: path.join(project, 'pyproject.toml'), needed: needingWord(settings, file) }
  return (await isAllowed(unallowed, env)) ? undefined : unallowed
}

const BUILDS_NOTHING = ['run', 'manage', 'clean', 'init']

/** A laptop has no cache service: the wheelhouse stays where it is. */
const NO_CACHE: CacheService = { restore: async () => undefined, save: async () => false }

/** [tool.pypackager] of the project. */
interface ProjectTable {
  /** The project's folder, absolute. */
  readonly project: string
  /** Its pyproject.toml, relative to the workspace. */
  readonly file: string
}

interface Place {
  /** The repository that the project lies in, else the project's folder itself: nothing outside is read. */
  readonly workspace: string
  /** Relative to the workspace. */
  readonly path: string
  readonly context: RunContext
}

function placeOf(call: Call, { env, cwd }: Surroundings): Place {
  const given = call.flags.get('path') || env.PYPACKAGER_PATH || '.'
  const folder = path.resolve(cwd, given)
  if (!existsSync(folder)) throw usageError(`there is no folder ${given} here`, 'Check --path.')
  const workspace = repositoryOf(folder)
  return { workspace, path: path.relative(workspace, folder) || '.', context: { ...contextOf(env, cwd), workspace } }
}

/** Above a folder of its own, a repository that is all of the user's home (of settings) is not the project's. */
function repositoryOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (at === homedir() && at !== folder) return folder
    if (existsSync(path.join(at, '.git'))) return at
    if (path.dirname(at) === at) return folder
  }
}

async function settingsOf(
  call: Call,
  { env, cwd }: Surroundings,
  { file, project, ...place }: Place & ProjectTable,
): Promise<ReadonlyMap<string, Setting>> {
  const verb = call.verb as Verb
  const shown = (input: string) => `--${FLAGS.find((flag) => flag.input === input)?.names[0] ?? input}`
  const given = [byFlags(call.flags, shown), byEnvironment(env), byOldNames(env)]
  const written = byFile(file, await projectTable(files, place.workspace, file))
  const wheelhouse = given.map((resolver) => resolver('wheelhouse')).find(Boolean) ?? written('wheelhouse')
  const anew = [...given, written].map((resolver) => resolver('no-cache')).find(Boolean)
  const resolvesAnew = /^true$/i.test(anew?.value ?? '')
  const kept =
    verb.name === 'build' || resolvesAnew
      ? undefined
      : await keptBound(files, path.join(place.workspace, place.path, wheelhouse?.value || 'wheelhouse'))
  const found = resolveSettings([
    byVerb(verb.name, { target: TARGETS[verb.name] ?? 'release', push: String(verb.name === 'push') }),
    ...given,
    written,
    byWheelhouse(kept),
  ])
  const settings = new Map(found)
  const from = found.get('path')?.from
  if (from) settings.set('path', { value: place.path, from })
  else settings.set('path', { value: place.path, from: 'here' })
  if ((verb.name === 'build' || verb.name === 'test') && call.words.length > 0) {
    // Beside the release, so that its own lock and wheels stay as they are.
    const also = found.get('test-extras')?.value
    settings.set('test-extras', { value: [also, ...call.words].filter(Boolean).join('\n'), from: `pypackager ${verb.name}` })
  }
  for (const input of ['volumes', 'ca-bundle']) {
    const setting = settings.get(input)
    if (!setting) continue
    const ofTable = setting.from === file
    const lines = setting.value.split('\n').map((line) => resolved(ofTable ? project : cwd, input, line))
    if (ofTable) for (const line of lines) await refuseOutside({ file, project }, input, line)
    settings.set(input, { ...setting, value: lines.join('\n') })
  }
  return settings
}

const TARGETS: Readonly<Record<string, string>> = { plan: 'plan', build: 'wheels', 'build cmd': 'builder', test: 'test', dev: 'dev' }

/** Whoever wrote the project has no say over other folders of this machine. */
async function refuseOutside({ file, project }: ProjectTable, input: string, line: string): Promise<void> {
  const place = input === 'volumes' ? hostIn(line) : line
  if (!path.isAbsolute(place) || (await isInside(files, project, place))) return
  throw new UserError('inputs', `${file} [tool.pypackager] sets ${input} to ${place}, which is outside the project`, {
    next: `Only you may name it: ${input === 'volumes' ? `--volume ${line}` : `--${input} ${place}`}`,
    place: { file },
  })
}

/** Paths are meant from where they are written, not from the workspace. A volume without a slash is one that Docker keeps. */
function resolved(base: string, input: string, line: string): string {
  if (input === 'volumes') return volumeFrom(base, line)
  return line === '' || line.startsWith('~') ? line : path.resolve(base, line)
}
