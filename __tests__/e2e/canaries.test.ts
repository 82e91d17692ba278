import { lstat, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type CacheService, cacheService } from '../support/cache-service.ts'
import { canariesBelow, canariesIn, canary, childrenOf, formsOf } from '../support/canaries.ts'
import { must } from '../support/command.ts'
import { machineDaemon } from '../support/daemon.ts'
import { builtImage, images } from '../support/image.ts'
import { makeAuthority, startIndex } from '../support/index-server.ts'
import { dockerConfig } from '../support/login.ts'
import { type Project, projectOf } from '../support/project.ts'
import { startProxy } from '../support/proxy.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { type ActionResult, startAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'
import { testWheel } from '../support/wheel.ts'

// One canary in every secret at once, one whole run with a push, the cache service and the debug log; then everything
// that the run has made or shown is searched. The search itself has its test in support/canaries.test.ts.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-canaries'
const CANARIES = {
  password: REGISTRY_USER.password, // the test registry knows this one alone
  'github-token': canary('token'),
  'index-url': canary('index'),
  'extra-index-urls': canary('extra'),
  'index-credentials': canary('netrc'),
  'cache-signing-key': canary('signing-key-signing-key'),
  secrets: canary('secret'),
  env: canary('env'),
  'the docker configuration': canary('config'),
  'the proxy': canary('proxy'),
}
let all: Readonly<Record<string, string>> = CANARIES

/** Where a secret must be for a moment: what BuildKit mounts and docker reads is a file of this run's folder, or a variable of a child. */
const FILES_OF_SECRETS = /^pypackager-[\w-]+\/(index|pins|netrc|env|secrets\/[\w-]+|docker[\w-]*\/config\.json|login[\w-]*\/config\.json): /
const GIVEN_TO_CHILDREN = ['env', 'the proxy']

const BACKEND = `import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = 'till-1.0-py3-none-any.whl'
    with zipfile.ZipFile(folder + '/' + name, 'w') as wheel:
        wheel.writestr('till.py', 'def main():\\n    print("till")\\n')
        wheel.writestr('till-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: till\\nVersion: 1.0\\nRequires-Dist: acme-a\\nRequires-Dist: acme-b\\nRequires-Dist: acme-c\\n')
        wheel.writestr('till-1.0.dist-info/entry_points.txt', '[console_scripts]\\ntill = till:main\\n')
        wheel.writestr('till-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr('till-1.0.dist-info/RECORD', 'till.py,,\\ntill-1.0.dist-info/METADATA,,\\ntill-1.0.dist-info/WHEEL,,\\ntill-1.0.dist-info/entry_points.txt,,\\ntill-1.0.dist-info/RECORD,,\\n')
    return name
`
const PYPROJECT = `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "till"\nversion = "1.0"\ndependencies = ["acme-a", "acme-b", "acme-c"]\n[project.scripts]\ntill = "till:main"\n`

const stack = new AsyncDisposableStack()
let cache: CacheService
let registry: Registry
let project: Project
let temp: TempFolder
let result: ActionResult
/** What was seen while the run was at work. */
const seen = { lines: new Set<string>(), environments: new Set<string>(), files: new Set<string>(), modes: new Set<string>(), samples: 0 }

beforeAll(async () => {
  stack.use(await machineDaemon(NAMESPACE))
  const folder = stack.use(await tempFolder('canaries'))
  temp = stack.use(await tempFolder('runner-temp'))
  cache = stack.use(await cacheService())
  registry = stack.use(await startRegistry())
  const config = stack.use(await dockerConfig())
  const auth = Buffer.from(`ada:${CANARIES['the docker configuration']}`).toString('base64')
  await writeFile(config.at('config.json'), JSON.stringify({ auths: { 'registry.example': { auth } } }))
  const authority = await makeAuthority(folder, 'own')
  const index = async (name: string, password: string) =>
    stack.use(await startIndex({ wheels: [testWheel(name, '1.0')], authority, login: { username: 'ada', password } }))
  const [a, b, c] = await Promise.all([
    index('acme-a', CANARIES['index-url']),
    index('acme-b', CANARIES['extra-index-urls']),
    index('acme-c', CANARIES['index-credentials']),
  ])
  const proxy = stack.use(await startProxy(a.host, { username: 'pat', password: CANARIES['the proxy'] }))
  project = stack.use(
    await projectOf({ 'backend.py': BACKEND, 'pyproject.toml': PYPROJECT, 'till.py': 'def main():\n    print("till")\n' }),
  )
  await project.write('ca.pem', await readFile(authority.ca, 'utf8'))
  // uv comes from the machine's own index, once for this daemon.
  await using first = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="first", version="1")\n' })
  const ready = await (
    await startAction({ workspace: first.workspace, inputs: { target: 'wheels', namespace: NAMESPACE, cache: 'never' } })
  ).result
  expect(ready.errors).toEqual([])

  all = { ...CANARIES, ACTIONS_RUNTIME_TOKEN: cache.env.ACTIONS_RUNTIME_TOKEN ?? '' }
  const run = await startAction({
    workspace: project.workspace,
    inputs: {
      namespace: NAMESPACE,
      'image-name': 'till',
      version: '1.0',
      registry: registry.host,
      push: 'true',
      cache: 'always',
      'build-network': 'host',
      username: REGISTRY_USER.username,
      password: CANARIES.password,
      'github-token': CANARIES['github-token'],
      'index-url': a.withLogin('ada', CANARIES['index-url']),
      'extra-index-urls': `${b.withLogin('ada', CANARIES['extra-index-urls'])}\n${c.url}`,
      'index-credentials': `machine 127.0.0.1 login ada password ${CANARIES['index-credentials']}`,
      'ca-bundle': 'ca.pem',
      'cache-signing-key': CANARIES['cache-signing-key'],
      secrets: `token=${CANARIES.secrets}`,
      'build-command': 'test -s /run/secrets/token',
      env: `TILL_PASSWORD=${CANARIES.env}`,
      run: 'test -n "$TILL_PASSWORD"\ntill',
      'test-command': 'test -n "$TILL_PASSWORD"',
    },
    env: {
      ...cache.env,
      RUNNER_DEBUG: '1',
      RUNNER_TEMP: temp.path,
      DOCKER_CONFIG: config.path,
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1,localhost',
    },
  })
  let over = false
  const ended = run.result.finally(() => {
    over = true
  })
  while (!over) {
    await look(run.pid)
    await sleep(500) // the index, the proxy and the cache service are served by this process
  }
  result = await ended
})

afterAll(() => stack.disposeAsync())

/** Files of this run's folder that were looked at. */
const read = new Set<string>()

async function look(pid: number): Promise<void> {
  seen.samples++
  for (const { line, environment } of await childrenOf(pid)) {
    for (const name of canariesIn(line, all)) seen.lines.add(`${name} in ${line.split('\0').slice(0, 3).join(' ')}`)
    // The one of ours that speaks with the cache service takes its token.
    const given = /\/dist\/index\.js\0/.test(line) ? [...GIVEN_TO_CHILDREN, 'ACTIONS_RUNTIME_TOKEN'] : GIVEN_TO_CHILDREN
    for (const name of canariesIn(environment, all)) if (!given.includes(name)) seen.environments.add(`${name} for ${line.slice(0, 60)}`)
  }
  for (const found of await canariesBelow(temp.path, all, read)) if (!FILES_OF_SECRETS.test(found)) seen.files.add(found)
  const [ours = ''] = await must('ls', [temp.path]).then((text) => text.split('\n'))
  const at = ours && (await lstat(temp.at(ours)).catch(() => undefined))
  if (at) seen.modes.add((at.mode & 0o777).toString(8))
}

test('the run took every secret and went all the way', () => {
  expect(result.errors).toEqual([])
  expect(result.groups).toEqual(expect.arrayContaining(['base', 'release', 'checks', 'commands', 'sbom', 'push']))
  expect(result.outputs.digest).toMatch(/^sha256:/)
  expect(cache.entries().length).toBeGreaterThan(0)
  expect(seen.samples).toBeGreaterThan(5)
})

test('no canary is in the debug log, the outputs, the summary or the state', () => {
  expect(result.log).toContain('::debug::')
  const log = `${result.log}\n${result.postLog}`.replace(/^::add-mask::.*$/gm, '') // which no log shows
  const { outputs, summary, state } = result
  expect({
    log: canariesIn(log, all),
    outputs: canariesIn(JSON.stringify(outputs), all),
    summary: canariesIn(summary, all),
    state: canariesIn(JSON.stringify(state), all),
  }).toEqual({ log: [], outputs: [], summary: [], state: [] })
})

test('no canary is in a layer, the configuration or the history of any image', async () => {
  const needles = Object.values(all).flatMap(formsOf)
  const release = result.outputs['release-tag'] ?? ''
  for (const image of [release, result.outputs['base-image'] ?? '', result.outputs['test-image'] ?? ''].filter(Boolean)) {
    expect({ image, found: await images().find(image, needles) }).toEqual({ image, found: [] })
  }
  expect(canariesIn((await images().history(release)).join('\n'), all)).toEqual([])
  const manifest = await registry.manifest(`${NAMESPACE}/till`, '1.0')
  const config = await registry.get(`/v2/${NAMESPACE}/till/blobs/${manifest?.body.config?.digest}`)
  expect(canariesIn(await config.text(), all)).toEqual([])
})

test('no canary is in the cache, the wheelhouse, the SBOM, the workspace or what is left of temporary folders', async () => {
  await using unpacked = await tempFolder('entries')
  for (const [i, { bytes }] of cache.entries().entries()) {
    await writeFile(unpacked.at(`${i}.tzst`), bytes)
    await must('mkdir', [unpacked.at(`${i}`)])
    await must('tar', ['--use-compress-program', 'unzstd', '-xf', unpacked.at(`${i}.tzst`), '-C', unpacked.at(`${i}`)])
  }
  expect(await canariesBelow(unpacked.path, all)).toEqual([])
  expect(await canariesBelow(project.workspace, all)).toEqual([]) // the wheelhouse and the SBOM are in it
  expect(await canariesBelow(temp.path, all)).toEqual([])
  expect(await must('ls', ['-A', temp.path])).toBe('')
})

test('while it was at work no canary was in the words of a child, nor where it has no business', () => {
  const { lines, environments, files, modes } = seen
  expect({ lines: [...lines], environments: [...environments], files: [...files] }).toEqual({ lines: [], environments: [], files: [] })
  expect([...modes]).toEqual(['700'])
})

test('the search of images finds what is planted in a layer, in a removed file and in a label', async () => {
  const secret = CANARIES.secrets
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock'
  const lines = ['FROM scratch', 'COPY a /a', 'COPY b /a', `LABEL c="${Buffer.from(`x${CANARIES.env}`).toString('base64')}"`]
  const files = { a: Buffer.from(secret).toString('hex'), b: 'instead' }
  const image = await builtImage(host, `${NAMESPACE}/planted:1`, lines, files)
  const found = await images().find(image, [...formsOf(secret), ...formsOf(CANARIES.env)])
  expect(found).toEqual([Buffer.from(secret).toString('hex'), formsOf(CANARIES.env).find((form) => lines[3]?.includes(form))])
})
