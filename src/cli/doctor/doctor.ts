import { tmpdir } from 'node:os'
import path from 'node:path'
import { dockerClient } from '../../effects/docker/docker.ts'
import { isDockerHub, readDockerConfig, userDockerConfig } from '../../effects/docker/docker-config.ts'
import { files } from '../../effects/files/files.ts'
import { gitClient } from '../../effects/git/git.ts'
import { jsonText } from '../../effects/log/log-line.ts'
import { terminalLog } from '../../effects/log/terminal-log.ts'
import {
  askAddress,
  daemonFolder,
  isWritable,
  missingHelpers,
  roomAt,
  textOfFile,
  tryBuild,
  versionOf,
} from '../../effects/machine/probes.ts'
import { httpRegistry } from '../../effects/network/registry.ts'
import { certificatesIn, runnerCaBundle, runnerIndexes, trustBundle } from '../../effects/runner-settings.ts'
import { UserError } from '../../errors.ts'
import { projectTable } from '../../inputs/project-table.ts'
import { byEnvironment, byFile, byFlags, byOldNames, resolveSettings } from '../../inputs/settings.ts'
import { HARMLESS } from '../../inputs/trust.ts'
import { SHELF } from '../../shelf.ts'
import { withoutLogin } from '../../text/addresses.ts'
import type { Call } from '../arguments.ts'
import { laptopWords } from '../laptop-words.ts'
import type { Surroundings } from '../surroundings.ts'
import { EXIT } from '../usage.ts'
import { clockFinding, diskFinding, type Finding, fault, indexFinding, line, note, ok, registryFinding, unseen } from './diagnosis.ts'
import { isAtRegistry, parentFinding, parentName } from './parent-image.ts'

/** `doctor`: looks at all that a release takes of this machine. @returns 1 where something of that is broken */
export async function examineMachine(call: Call, around: Surroundings): Promise<number> {
  const log = terminalLog({ stream: call.json ? around.stderr : around.stdout, verbose: call.verbose, env: around.env })
  const found: Finding[] = []
  const tell = (...findings: readonly Finding[]) => {
    found.push(...findings)
    for (const finding of findings) log.info(line(finding))
  }
  tell(ok('node', process.version), await gitFinding())
  const { setting, folder, broken } = await settingsHere(call, around)
  const wheelhouse = path.resolve(folder, setting('wheelhouse') || 'wheelhouse')
  if (broken) tell(broken)
  const ofDocker = await dockerFindings(parentName(setting))
  tell(...ofDocker)
  const answers = !ofDocker.some(({ area, state }) => area === 'docker' && state === 'fault')
  tell(...(await diskFindings(around, wheelhouse, answers)))
  tell(...(await certificateFindings(around, setting('ca-bundle'))))
  const ahead: number[] = []
  tell(...(await indexFindings(around, { setting, wheelhouse }, ahead)))
  tell(await registryFindings(around, setting, ahead), clockFinding(ahead), await cacheFinding(around))
  const faults = found.filter(({ state }) => state === 'fault').length
  if (call.json) around.stdout.write(`${jsonText({ findings: found, faults }, 2)}\n`)
  log.info(verdict(found))
  return faults === 0 ? EXIT.done : EXIT.failed
}

function verdict(found: readonly Finding[]): string {
  const count = (state: Finding['state']) => found.filter((one) => one.state === state).length
  const faults = count('fault')
  if (faults > 0) return `${faults} ${faults === 1 ? 'thing is' : 'things are'} in the way of a release.`
  return count('note') > 0
    ? 'Nothing is known to be in the way of a release; what may be is marked with !.'
    : 'Nothing is in the way of a release.'
}

type Setting = (input: string) => string

interface Here {
  readonly setting: Setting
  readonly wheelhouse: string
}

/** Settings of this folder; where those of its project cannot be read, the others, and why. */
async function settingsHere(
  call: Call,
  { env, cwd }: Surroundings,
): Promise<{ readonly setting: Setting; readonly folder: string; readonly broken: Finding | undefined }> {
  const given = [byFlags(call.flags, (input) => `--${input}`), byEnvironment(env), byOldNames(env)]
  const folder = path.resolve(cwd, call.flags.get('path') || env.PYPACKAGER_PATH || '.')
  let broken: Finding | undefined
  const written = await projectTable(files, folder, 'pyproject.toml')
    .then((table) => [byFile('pyproject.toml', table)])
    .catch((error: unknown) => {
      broken = findingOf('settings', error)
      return []
    })
  // Whoever wrote the project has no say over where a password goes, or who is trusted.
  const harmless = written.map(
    (resolver): typeof resolver =>
      (input) =>
        input in HARMLESS ? resolver(input) : undefined,
  )
  const found = resolveSettings([...given, ...harmless])
  return { setting: (input) => found.get(input)?.value ?? '', folder, broken }
}

/** A fault that a release would tell in the same words. */
function findingOf(area: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error
  return fault(area, laptopWords(error.message), laptopWords(error.next))
}

async function gitFinding(): Promise<Finding> {
  const version = await versionOf('git')
  if (version) return ok('git', version.replace('git version ', ''))
  return note('git', 'there is no git on PATH', 'Install it: dates, versions and names of images come from the repository.')
}

async function dockerFindings(parent: string): Promise<readonly Finding[]> {
  const told: Finding[] = []
  const config = path.join(userDockerConfig(), 'config.json')
  if ((await readDockerConfig()).damage === 'unreadable') {
    const next = 'Write it again, or remove it: docker has none of its settings and logins.'
    told.push(fault('docker login', `${config} cannot be read as JSON`, next))
  }
  const log = {
    mask: () => {},
    info: () => {},
    foreign: () => {},
    debug: () => {},
    notice: (text: string) => void told.push(note('builder', text, '')),
    warning: () => {}, // of the file above
    group: <T>(_: string, work: () => Promise<T>) => work(),
  }
  const docker = dockerClient({ temp: '', runId: 'doctor', log })
  try {
    const { server, client, buildx } = await docker.connect()
    told.unshift(ok('docker', `Engine ${server}, client ${client}`))
    told.push(
      ok('buildx', buildx ? ((await versionOf('docker', ['buildx', 'version'])) ?? 'there') : `not needed by a client of ${client}`),
    )
    if (!told.some(({ area }) => area === 'builder')) told.push(ok('builder', "the daemon's own"))
    const failed = await tryBuild()
    told.push(
      failed ? fault('buildkit', `a build of nothing fails: ${failed}`, 'Check the log of the Docker daemon.') : ok('buildkit', 'builds'),
    )
    const isHere = await docker.inspect(parent).then(Boolean, () => false)
    told.push(parentFinding(parent, isHere, isHere || (await isAtRegistry(parent))))
  } catch (error) {
    told.unshift(findingOf('docker', error))
  }
  const missing = await missingHelpers()
  const helpers = missing.map((name) =>
    fault('docker login', `${config} asks docker-credential-${name}, which is not on PATH`, 'Install it, or take it out of that file.'),
  )
  return [...told, ...helpers]
}

async function diskFindings({ env }: Surroundings, wheelhouse: string, dockerAnswers: boolean): Promise<readonly Finding[]> {
  const folders = [
    ['the wheelhouse', wheelhouse],
    ['the folder for temporary files', env.TMPDIR || tmpdir()],
  ] as const
  const own = await Promise.all(
    folders.map(async ([what, folder]) => diskFinding(`${what} (${folder})`, await roomAt(folder), await isWritable(folder))),
  )
  const images = dockerAnswers ? await daemonFolder() : undefined
  return [...own, ...(images ? [diskFinding(`Docker's folder of images (${images})`, await roomAt(images), true)] : [])]
}

/** From here on the bundle is trusted, as by a release. */
async function certificateFindings({ cwd, env }: Surroundings, given: string): Promise<readonly Finding[]> {
  const file = given ? path.resolve(cwd, given) : runnerCaBundle(env)
  if (!file) return [ok('certificates', "Node's own authorities")]
  const text = await textOfFile(file)
  const from = given ? '--ca-bundle' : env.SSL_CERT_FILE ? 'SSL_CERT_FILE' : 'NODE_EXTRA_CA_CERTS'
  if (text === undefined) return [fault('certificates', `${from} names ${file}, which cannot be read`, 'Name a PEM file that is there.')]
  const count = certificatesIn(text).length
  if (count === 0) return [fault('certificates', `${from} names ${file}, which holds no certificate`, 'Name a PEM file with authorities.')]
  const { here } = trustBundle(text)
  const shown = `${count} of ${file} (${from})`
  return [
    here
      ? ok('certificates', shown)
      : note('certificates', `${shown} are for builds alone`, 'Node 24.5 or later trusts them for downloads, too.'),
  ]
}

async function indexFindings({ env }: Surroundings, { setting, wheelhouse }: Here, ahead: number[]): Promise<readonly Finding[]> {
  const machine = await runnerIndexes(env)
  const extra = setting('extra-index-urls')
    .split(/[\s,]+/)
    .filter(Boolean)
  const named = [...(extra.length > 0 ? extra : machine.extraIndexUrls), setting('index-url') || machine.indexUrl].filter(Boolean)
  const lock = named.length === 0 ? await textOfFile(path.join(wheelhouse, SHELF.lock)) : undefined
  const kept = /url = "(https?:\/\/[^/"]+)\//.exec(lock ?? '')?.[1]
  const urls = kept ? [`${kept}/`] : named
  if (urls.length === 0) return [unseen('index', 'the public one, which is not asked here')]
  return Promise.all(
    urls.map(async (url) => {
      if (!URL.canParse(url)) return fault('index', `${url} is no address`, 'Check --index-url.')
      const { username, password } = new URL(url)
      const plain = withoutLogin(url)
      const answer = await askAddress(
        plain,
        username ? { username: decodeURIComponent(username), password: decodeURIComponent(password) } : undefined,
      )
      if ('status' in answer && answer.ahead !== undefined) ahead.push(answer.ahead)
      // A server of files need not have a first page.
      return kept && 'status' in answer
        ? ok('index', `${plain} answers, where the wheels of the last lock are`)
        : indexFinding(plain, answer)
    }),
  )
}

async function registryFindings({ cwd, env }: Surroundings, setting: Setting, ahead: number[]): Promise<Finding> {
  const [registry = ''] = setting('registry').split(/\s/)
  if (!registry) return unseen('registry', 'none is named: images stay on this machine (--registry names one to look at)')
  const host = isDockerHub(registry) ? 'registry-1.docker.io' : registry
  const local = /^(localhost|127\.|\[::1\])/.test(host)
  const secure = await askAddress(`https://${host}/v2/`)
  const answer = local && 'code' in secure ? await askAddress(`http://${host}/v2/`) : secure
  if ('status' in answer && answer.ahead !== undefined) ahead.push(answer.ahead)
  const api = httpRegistry()
  const password = env.PYPACKAGER_PASSWORD ?? ''
  const login = password ? { username: setting('username'), password } : await api.existingLogin(registry)
  const origin = await gitClient(ORIGIN_S).origin(cwd)
  const namespace = setting('namespace') || (origin?.split('/')[0] ?? '').toLowerCase()
  const image = setting('image-name') || (origin?.split('/')[1] ?? path.basename(cwd)).toLowerCase()
  const repository = namespace ? `${namespace}/${image}` : ''
  const asked =
    repository && 'status' in answer ? await api.mayPush({ registry, path: repository, login }).catch(() => undefined) : undefined
  return registryFinding({ registry, answer, login: login ? 'here' : 'none', push: asked?.answer, repository })
}

const ORIGIN_S = 10

/** Actions give its address to the steps of actions alone. */
async function cacheFinding({ env }: Surroundings): Promise<Finding> {
  if (!env.GITHUB_ACTIONS) return ok('cache', 'none on a laptop: the wheelhouse stays where it is')
  const address = env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL
  if (!address) return unseen('cache', 'steps of shell commands are not told of the cache service; the action is')
  const answer = await askAddress(address)
  if ('status' in answer) return ok('cache', 'its service answers')
  return note(
    'cache',
    `its service at ${withoutLogin(address)} cannot be reached (${answer.code || answer.message})`,
    'Releases go on without it; ask whoever runs this runner.',
  )
}
