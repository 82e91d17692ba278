import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import { readJson, said } from '../../grammar.ts'
import { withLeftOut } from '../../judge/causes/left-out.ts'
import { withMissingSettings } from '../../judge/causes/missing-settings.ts'
import { withOwnDatabase } from '../../judge/causes/own-database.ts'
import { withUnchosenExtra } from '../../judge/causes/unchosen-extra.ts'
import { withUncommitted } from '../../judge/causes/uncommitted-module.ts'
import { agreeing, contentBeside, notHeld, withLackedFiles } from '../../judge/checks/agreement.ts'
import { withHosts } from '../../judge/checks/allowed-hosts.ts'
import { type Check, inOrder } from '../../judge/checks/check.ts'
import { type ContainerReport, containerChecks, containerReport, type System, systemReport } from '../../judge/checks/container-checks.ts'
import { layerChecks, platformCheck, userCheck } from '../../judge/checks/layer-checks.ts'
import { withLentKeys } from '../../judge/checks/lent-keys.ts'
import { databaseFiles, isShut, movesDatabase } from '../../judge/checks/site-checks.ts'
import { isNotFound, startChecks } from '../../judge/checks/start-checks.ts'
import { type ImageContents, readContents } from '../../judge/sbom/image-contents.ts'
import { withFrontEnd } from '../../judge/unbuilt-front-end.ts'
import { withData } from '../../judge/written-data.ts'
import { unsetVariables } from '../../plan/start/unset-variables.ts'
import { normalizeName } from '../../project/names.ts'
import { allDone } from '../all-done.ts'
import { stageScript } from '../build/stage-scripts.ts'
import type { World } from '../world.ts'
import { askRoutes } from './ask-routes.ts'
import { telling } from './last-words.ts'
import { BUSIEST, runWord, scriptArguments } from './own-script.ts'
import type { ProofRequest } from './proof-request.ts'
import { readImage } from './scan-layers.ts'
import { startIt } from './watch-start.ts'

export interface Examined {
  readonly checks: readonly Check[]
  /** Layers that need not be read again, as `Look` has them. */
  readonly clean: readonly string[]
  /** Undefined where that was not asked for, or not answered. */
  readonly contents: ImageContents | undefined
  /** Null where the image does not tell. */
  readonly system: System | null
}

/** Seconds that the application may take to be imported. */
const IMPORT_LIMIT = 20
/** Its script has limits of its own, which grow with the load; this one is for a container that does not obey. */
const CONTAINER_LIMIT_MS = 90_000 * BUSIEST

/**
 * Checks a built image itself: its files are read, one container tells of what is inside, one is started as
 * in production; side by side, without a network, and with nothing of this machine mounted.
 */
export async function examine(world: World, request: ProofRequest): Promise<Examined> {
  const { image, wanted, application } = request
  const { system, report: asking } = askInside(world, request)
  const site = asking.then((told) => (typeof told === 'string' ? null : told.site))
  const [look, report, { started, without, as }] = await allDone([readImage(world, request, system), asking, startIt(world, request, site)])
  const inside = typeof report === 'string' ? undefined : report
  const all = { ...wanted, secrets: request.secrets.length }
  const held = inside?.own?.files
  const besideWheel = held ? notHeld(request.source, held) : []
  const content = held && request.content(held)
  const installed = inside?.distributions.map(({ name }) => normalizeName(name)) ?? []
  const command = [...image.config.entrypoint, ...image.config.command]
  const given = [...Object.keys(request.env), ...image.config.env.map((line) => line.split('=')[0] ?? '')]
  const unset = unsetVariables(command, given)
  const checks = inOrder([
    platformCheck(image, all),
    userCheck(image, all, inside),
    ...layerChecks(image, all, look.findings),
    ...agreeing(containerChecks(application, report), started, command),
    ...(content ? [contentBeside(content, started, { besideWheel })] : []),
    ...startChecks(started, {
      command,
      besideWheel,
      ...(held && { held }),
      home: inside && request.parent !== undefined ? packageFolder(inside) : undefined,
      content,
      tool: request.tool,
      web: request.web,
      installed,
      unset,
      hostOption: request.hostOption,
      routes: isNotFound(started) ? await askRoutes(world, request) : undefined,
      scripts: inside?.own?.scripts.map(({ name }) => name) ?? [],
    }),
  ])
  const [file] = databaseFiles(inside?.site ?? null)
  const seen = movesDatabase(inside?.site ?? null)
  const shut = file !== undefined && isShut(inside?.site ?? null, file)
  const own = file === undefined ? undefined : { ...request.database, ...(seen && { variable: seen }), file, shut }
  const known = withLackedFiles(withLentKeys(withUnchosenExtra(checks, { ...request, command }), request.lent, without))
  const hosts = withHosts(known, inside?.site ?? null, as)
  const uncommitted = { paths: request.paths, settings: request.application.settings }
  const built = withFrontEnd(withMissingSettings(hosts, request.unset), { build: application.nodeBuild, paths: request.paths })
  const told = withUncommitted(built, uncommitted)
  const judged = withOwnDatabase(withLeftOut(told, request.leftOut), own, request.database.mounted)
  const data = started && 'data' in started ? (started.data ?? []) : []
  const home = { ...request.database, paths: request.paths, root: wanted.user === '0' }
  return { checks: withData(judged, data, home), clean: look.clean, contents: readContents(inside?.contents), system: await system }
}

/** Of our own images, whose virtual environment is /appenv. */
function packageFolder({ own, markers }: ContainerReport): string | undefined {
  const [module, ...others] = own?.modules ?? []
  if (module === undefined || others.length > 0) return undefined
  return `/appenv/lib/python${markers.python_version}/site-packages/${module.replaceAll('.', '/')}`
}

interface Asking {
  /** Told early, for those who wait for it alone; null where it is not told. */
  readonly system: Promise<System | null>
  /** Or why not, where the container cannot be asked. */
  readonly report: Promise<ContainerReport | string>
}

function askInside(world: World, request: ProofRequest): Asking {
  const { promise: system, resolve: tell } = Promise.withResolvers<System | null>()
  const word = runWord()
  const onLine = (line: string) => {
    const told = line.startsWith(`${word} {"system"`)
      ? readJson(v.object({ system: v.nullable(systemReport) }), line.slice(word.length))
      : null
    if (told) tell(told.system)
  }
  const report = askContainer(world, request, word, onLine)
    .catch((error: unknown) => {
      if (error instanceof UserError || !(error instanceof Error)) throw error
      return error.message
    })
    .finally(() => tell(null))
  return { system, report }
}

async function askContainer(
  world: World,
  { image, python, application, env, describe }: ProofRequest,
  word: string,
  onLine: (line: string) => void,
): Promise<ContainerReport | string> {
  const scripts = ['libraries.py', 'isolated.py', 'imports.py', 'moving_variables.py', 'django_site.py', 'inspect.py']
  const describing = describe ? await stageScript(world, 'sbom', 'describe.py') : ''
  const asked = { ...application, describe: describing, limit: IMPORT_LIMIT }
  const result = await world.docker.run({
    image: image.id,
    entrypoint: python,
    command: await scriptArguments(world, scripts, 'main', asked),
    env: { ...env },
    network: 'none',
    input: word,
    limit: CONTAINER_LIMIT_MS,
    onLine,
  })
  if (result.timedOut) return `the container was stopped after ${CONTAINER_LIMIT_MS / 1000} s`
  const last = result.stdout.split('\n').findLast((line) => line.startsWith(`${word} {`) && !line.startsWith(`${word} {"system"`))
  if (last === undefined) return telling(`${result.stdout}\n${result.stderr}`.split('\n')) || `the container ended with code ${result.code}`
  const told = readJson(v.unknown(), last.slice(word.length))
  if (told === undefined) return `its answer was cut short (the container ended with code ${result.code})`
  const read = v.safeParse(containerReport, told)
  return read.success ? read.output : `the image tells what is odd: ${oddPart(read.issues[0])}`
}

function oddPart({ path, input }: v.BaseIssue<unknown>): string {
  const where = path?.map(({ key }) => String(key)).join(' ') ?? 'its answer'
  return v.parse(said(150), `${where} is ${JSON.stringify(input) ?? 'not there'}`)
}
