import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { resolutionFault } from '../../src/plan/wheels/resolution-fault.ts'
import { cacheService } from '../support/cache-service.ts'
import { command } from '../support/command.ts'
import { images } from '../support/image.ts'
import { type Authority, type IndexServer, makeAuthority, startIndex } from '../support/index-server.ts'
import { pipChooses } from '../support/pip.ts'
import { type Project, projectOf } from '../support/project.ts'
import { startProxy } from '../support/proxy.ts'
import { startPypiserver } from '../support/pypiserver.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { answerOf, serving } from '../support/serving.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'
import { type TestWheel, testWheel, zip } from '../support/wheel.ts'

// A private index on loopback with a login and an authority of its own, beside a "public" one that offers
// a higher version of the private package.

jest.setTimeout(600_000) // a wait without an end is longer

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const LOGIN = { username: 'ada@acme', password: 'ca+nary/3:7%zQ' }
const NETRC = `machine 127.0.0.1\n  login ${LOGIN.username}\n  password ${LOGIN.password}\n`

let folder: TempFolder
let authority: Authority
let shop: IndexServer
let world: IndexServer
let asked = 0
let tool: TestWheel

/** A project whose wheel needs nothing to be built with: its backend is a file of its own. */
function project(requires: readonly string[], more = ''): Promise<Project> {
  const backend = `
import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = 'till-1.0-py3-none-any.whl'
    with zipfile.ZipFile(folder + '/' + name, 'w') as wheel:
        wheel.writestr('till.py', 'import acme_till\\n')
        wheel.writestr('till-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: till\\nVersion: 1.0\\n' + ''.join('Requires-Dist: ' + line + '\\n' for line in ${JSON.stringify(requires)}))
        wheel.writestr('till-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr('till-1.0.dist-info/RECORD', 'till.py,,\\ntill-1.0.dist-info/METADATA,,\\ntill-1.0.dist-info/WHEEL,,\\ntill-1.0.dist-info/RECORD,,\\n')
    return name
`
  const pyproject = `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "till"\nversion = "1.0"\ndependencies = ${JSON.stringify(requires)}\n${more}`
  return projectOf({ 'backend.py': backend, 'pyproject.toml': pyproject, 'till.py': '' })
}

/** The action with both indexes, host network, and the bundle beside the source. */
async function packaged(given: Project, inputs: Record<string, string> = {}, env: Record<string, string> = {}): Promise<ActionResult> {
  await given.write('ca.pem', await readFile(authority.ca, 'utf8'))
  const common = { target: 'wheels', 'image-name': 'till', namespace: 'indexes-test', cache: 'never', 'build-network': 'host' }
  const reach = { 'index-url': world.url, 'extra-index-urls': shop.url, 'ca-bundle': 'ca.pem' }
  return runAction({ workspace: given.workspace, inputs: { ...common, ...reach, ...inputs }, env })
}

const FORMS = [LOGIN.password, `${LOGIN.username}:${LOGIN.password}`].flatMap((text) => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64'),
  Buffer.from(text).toString('hex'),
])

/** Forms of the password that a text holds. */
const holding = (text: string) => FORMS.filter((form) => text.includes(form))

/** The log as people see it: the runner takes out the lines that tell it what to hide. */
const shown = (result: ActionResult) => result.log.replace(/^::add-mask::.*$/gm, '')

/** Written as no other run has it: Docker keeps a resolution. */
function freshRequirement(): string {
  return `acme-till>=0.${shop.host.split(':')[1]}.${++asked}`
}

/** The one error of a run with one private requirement. */
async function errorOf(inputs: Record<string, string>, requirement = freshRequirement()): Promise<string> {
  await using given = await project([requirement])
  const result = await packaged(given, inputs)
  expect([result.code, result.errors.length]).toEqual([1, 1])
  return result.errors[0] ?? ''
}

function versions(result: ActionResult): readonly string[] {
  return (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; version: string }[]).map(({ name, version }) => `${name} ${version}`)
}

/** A run in which an index of its own fails: from the first question on, or once its files are fetched. */
async function failing(fault: 'hang' | 'reset', when: 'asked' | 'fetched') {
  const wheels = [testWheel('acme-till', '1.0', { requires: ['acme-leaf'] }), testWheel('acme-leaf', '1.5')]
  await using index = await startIndex({ wheels, authority, login: LOGIN })
  await using given = await project([when === 'asked' ? freshRequirement() : 'acme-till'])
  const inputs = { 'extra-index-urls': index.url, 'index-credentials': NETRC }
  if (when === 'fetched') {
    expect((await packaged(given, inputs)).errors).toEqual([])
    await rm(given.at('wheelhouse'), { recursive: true }) // Docker keeps the resolution
  }
  index.fail(fault)
  const { code, left, errors } = await packaged(given, inputs)
  const files = (await readdir(given.at('wheelhouse'), { recursive: true })).filter((file) => /acme.*whl/.test(file))
  return { ended: { code, left, errors, files }, host: index.host }
}

const named = (host: string, says: string) => ({
  code: 1,
  left: [],
  errors: [`wheels: index ${host} ${says}. Run again later, or name another index in index-url.`],
  files: [],
})

type Failing = Awaited<ReturnType<typeof failing>>
/** Two runs that wait for a minute, as a user would: beside the other tests. */
let silence: Promise<[Failing, Failing]>

beforeAll(async () => {
  folder = await tempFolder('indexes')
  authority = await makeAuthority(folder, 'own')
  tool = testWheel('uv', '1.0')
  const own = [tool, testWheel('acme-till', '1.0', { requires: ['acme-leaf'] }), testWheel('acme-leaf', '1.5')]
  shop = await startIndex({ wheels: own, authority, login: LOGIN })
  world = await startIndex({
    wheels: [testWheel('acme-till', '9.0'), testWheel('acme-leaf', '9.5'), testWheel('common', '2.0')],
    authority,
  })
  // uv itself is on neither: the machine's own index gives it to this daemon once.
  await using first = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="first", version="1")\n' })
  const inputs = { target: 'wheels', 'image-name': 'first', namespace: 'indexes-test', cache: 'never' }
  expect((await runAction({ workspace: first.workspace, inputs })).errors).toEqual([])
  silence = Promise.all([failing('hang', 'asked'), failing('hang', 'fetched')])
  silence.catch(() => undefined) // told where it is waited for
})

afterAll(async () => {
  for (const disposable of [shop, world, folder]) await disposable?.[Symbol.asyncDispose]()
  // Only images that this file made: nobody else has this namespace.
  for (const name of ['till', 'first']) {
    const listed = await command('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', `indexes-test/${name}*`])
    const own = listed.stdout.toString().split('\n').filter(Boolean)
    if (own.length > 0) await command('docker', ['image', 'rm', '--force', ...own])
  }
})

describe('a private index with a password and an authority of its own', () => {
  test.each([
    { name: 'by netrc text', inputs: () => ({ 'index-credentials': NETRC }) },
    { name: "by a login in the index's address", inputs: () => ({ 'extra-index-urls': shop.withLogin(LOGIN.username, LOGIN.password) }) },
    {
      name: 'by [[tool.uv.index]] of the project',
      inputs: () => ({ 'extra-index-urls': '', 'index-credentials': NETRC }),
      more: () => `[[tool.uv.index]]\nname = "own"\nurl = "${shop.url}"\n`,
    },
    {
      name: 'by a login in [[tool.uv.index]] of the project',
      inputs: () => ({ 'extra-index-urls': '' }),
      more: () => `[[tool.uv.index]]\nname = "own"\nurl = "${shop.withLogin(LOGIN.username, LOGIN.password)}"\n`,
    },
    {
      name: "by uv's variables for the name of the project's index",
      inputs: () => ({ 'extra-index-urls': '' }),
      more: () => `[[tool.uv.index]]\nname = "own"\nurl = "${shop.url}"\n`,
      env: { UV_INDEX_OWN_USERNAME: LOGIN.username, UV_INDEX_OWN_PASSWORD: LOGIN.password },
    },
  ])('gives its packages, and never a higher version of the public one, $name', async ({ inputs, more, env }) => {
    await using given = await project(['acme-till', 'common'], more?.())
    const result = await packaged(given, inputs(), env)
    expect(result.errors).toEqual([])
    expect(holding(shown(result))).toEqual([])
    expect(versions(result)).toEqual(['acme-leaf 1.5', 'acme-till 1.0', 'common 2.0', 'till 1.0'])
    expect(shop.served).toContain('/files/acme_till-1.0-py3-none-any.whl')
    expect(world.served.filter((file) => file.startsWith('/files/acme'))).toEqual([])
  })

  test('leaves its password nowhere: not in the log, the outputs, the wheelhouse, the cache, the image', async () => {
    await using given = await project(['acme-till'])
    await using cache = await cacheService()
    const login = { 'extra-index-urls': shop.withLogin(LOGIN.username, LOGIN.password), 'index-credentials': NETRC }
    const result = await packaged(given, { target: 'release', cache: 'always', ...login }, cache.env)
    expect(result.errors).toEqual([])
    const masks = result.commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text)
    for (const form of FORMS.slice(0, 3)) expect(masks).toContain(form)
    expect(shown(result)).not.toBe(result.log) // what the runner hides is there to be taken out
    expect(holding(shown(result))).toEqual([])
    expect(holding(JSON.stringify([result.outputs, result.summary, result.postLog]))).toEqual([])
    expect(result.left).toEqual([])
    const entries = await readdir(given.at('wheelhouse'), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((item) => item.isFile())) {
      expect(holding(await readFile(path.join(entry.parentPath, entry.name), 'latin1'))).toEqual([])
    }
    expect(cache.entries()).toHaveLength(1)
    for (const { bytes } of cache.entries()) {
      await writeFile(folder.at('archive'), bytes)
      const listed = await command('tar', ['--use-compress-program', 'unzstd', '-tf', folder.at('archive')])
      expect(listed.stdout.toString()).toContain('acme_till-1.0-py3-none-any.whl') // the search sees what is there
      const content = await command('tar', ['--use-compress-program', 'unzstd', '-xOf', folder.at('archive')])
      expect(content.stdout.toString('latin1')).toContain('lock-version')
      expect(holding(content.stdout.toString('latin1'))).toEqual([])
    }
    const image = result.outputs['release-tag'] ?? ''
    expect(await images().find(image, [...FORMS, shop.host, 'import acme_till'])).toEqual(['import acme_till']) // the search sees what is there
    expect(holding((await images().history(image)).join('\n'))).toEqual([])
  })

  test('gives the packages that the project pins to it, and no others, where it is explicit', async () => {
    const own = `[[tool.uv.index]]\nname = "own"\nurl = "${shop.url}"\nexplicit = true\n[tool.uv.sources]\nacme-till = { index = "own" }\n`
    await using given = await project(['acme-till', 'common'], own)
    const result = await packaged(given, { 'extra-index-urls': '', 'index-credentials': NETRC })
    expect(result.errors).toEqual([])
    expect(result.warnings).toEqual([])
    expect(result.log).toContain('acme-till comes from own alone, as [tool.uv.sources] says')
    expect(versions(result)).toEqual(['acme-leaf 9.5', 'acme-till 1.0', 'common 2.0', 'till 1.0'])
  })

  test('gives what an extra takes from it, and another index what another extra takes, with uv.lock and without', async () => {
    const [cpu, cu] = [testWheel('acme-leaf', '1.5'), testWheel('acme-leaf', '9.5')]
    const head = `[project]\nname = "vision"\nversion = "1"\n[project.optional-dependencies]\ncpu = ["acme-leaf"]\ncu = ["acme-leaf"]\n[tool.uv]\npackage = false\nconflicts = [[{ extra = "cpu" }, { extra = "cu" }]]\n[tool.uv.sources]\nacme-leaf = [{ index = "one", extra = "cpu" }, { index = "two", extra = "cu" }]\n`
    const indexed = [shop, world].map(({ url }, i) => `[[tool.uv.index]]\nname = "${['one', 'two'][i]}"\nurl = "${url}"\nexplicit = true\n`)
    const locked = [cpu, cu].map(({ file, sha256 }, i) => {
      const url = [shop, world][i]?.url
      return `[[package]]\nname = "acme-leaf"\nversion = "${['1.5', '9.5'][i]}"\nsource = { registry = "${url}" }\nwheels = [{ url = "${url}${file}", hash = "sha256:${sha256}" }]\n`
    })
    const edge = (i: number, extra: string) =>
      `${extra} = [{ name = "acme-leaf", version = "${['1.5', '9.5'][i]}", source = { registry = "${[shop, world][i]?.url}" }, marker = "extra == 'extra-6-vision-${extra}'" }]\n`
    const lock = `version = 1\n[[package]]\nname = "vision"\nversion = "1"\nsource = { virtual = "." }\n[package.optional-dependencies]\n${edge(0, 'cpu')}${edge(1, 'cu')}${locked.join('')}`
    const app = serving('from importlib.metadata import version\nimport acme_leaf', 'version("acme-leaf")')
    await using given = await projectOf({ 'pyproject.toml': head + indexed.join(''), 'app.py': app })
    const inputs = { 'extra-index-urls': '', 'index-credentials': NETRC }
    for (const more of [{}, { 'uv.lock': lock }]) {
      for (const [name, text] of Object.entries(more)) await given.write(name, text)
      for (const [extras, version] of Object.entries({ cpu: '1.5', cu: '9.5' })) {
        const result = await packaged(given, { ...inputs, extras })
        expect([result.errors, versions(result)]).toEqual([[], [`acme-leaf ${version}`]])
      }
    }
    const release = await packaged(given, { ...inputs, extras: 'cpu', target: 'release', command: 'python -m app' })
    expect(release.errors).toEqual([])
    expect(await answerOf(undefined, release.outputs['release-tag'] ?? '')).toBe('1.5')
  })

  test('is asked again where another index is set, and not where only the password is another', async () => {
    await using given = await project(['acme-till'])
    expect((await packaged(given, { 'index-credentials': NETRC })).errors).toEqual([])
    const login = { 'extra-index-urls': shop.withLogin(LOGIN.username, LOGIN.password) }
    expect((await packaged(given, login)).log).toContain('pylock.toml: the requirements are unchanged')
    const public9 = await packaged(given, { 'extra-index-urls': world.url })
    expect(public9.log).toContain('(changed: index)')
    expect(versions(public9)).toEqual(['acme-till 9.0', 'till 1.0'])
  })
})

describe('an index that fails is named, and what mends it', () => {
  test('where the password is wrong', async () => {
    const inputs = { 'index-credentials': 'machine 127.0.0.1 login ada password not-the-one' }
    expect(await errorOf(inputs)).toBe(
      `wheels: index ${shop.host} answered 401: it wants a login, or another one. Set index-credentials: machine 127.0.0.1 login USER password WORD`,
    )
  })

  test('where no login is given', async () => {
    expect(await errorOf({})).toContain(`wheels: index ${shop.host} answered 401`)
  })

  test('where it forbids, also only when the files are fetched', async () => {
    await using given = await project(['acme-till'])
    expect((await packaged(given, { 'index-credentials': NETRC })).errors).toEqual([])
    shop.fail(403)
    try {
      const next = 'Set index-credentials: machine 127.0.0.1 login USER password WORD'
      expect(await errorOf({ 'index-credentials': NETRC })).toBe(`wheels: index ${shop.host} answered 403: it wants another login. ${next}`)
      await rm(given.at('wheelhouse'), { recursive: true }) // Docker keeps the resolution
      const { errors } = await packaged(given, { 'index-credentials': NETRC })
      expect(errors).toEqual([
        expect.stringMatching(/^wheels: index [\d.:]+ answered 403 for acme_\w+-[\d.]+-py3-none-any\.whl\. Set index-credentials/),
      ])
    } finally {
      shop.fail(undefined)
    }
  })

  test('but not where it answers 404 for what it hides from strangers: then it is one that has it not', async () => {
    shop.fail(404)
    try {
      await using given = await project([freshRequirement()])
      expect(versions(await packaged(given))).toEqual(['acme-till 9.0', 'till 1.0'])
    } finally {
      shop.fail(undefined)
    }
  })

  test('where its certificate is not trusted', async () => {
    const said = await errorOf({ 'ca-bundle': '', 'index-credentials': NETRC })
    expect(said).toMatch(/^wheels: index 127\.0\.0\.1:\d+ has a certificate that is not trusted in the image\. .*ca-bundle\.$/)
  })

  test('where it answers 503', async () => {
    shop.fail(503)
    try {
      expect(await errorOf({ 'index-credentials': NETRC })).toBe(
        `wheels: index ${shop.host} answered 503 (3 tries). Run again later, or name another index in index-url.`,
      )
    } finally {
      shop.fail(undefined)
    }
  })

  test('where it drops every connection', async () => {
    const asked = await failing('reset', 'asked')
    expect(asked.ended).toEqual(named(asked.host, 'dropped the connection'))
    const fetched = await failing('reset', 'fetched')
    expect(fetched.ended).toEqual(named(fetched.host, 'failed: socket hang up (3 tries)'))
  })

  test('where it fails only when the files are fetched', async () => {
    await using given = await project(['acme-till'])
    expect((await packaged(given, { 'index-credentials': NETRC })).errors).toEqual([])
    await rm(given.at('wheelhouse'), { recursive: true }) // Docker keeps the resolution
    const result = await packaged(given, { 'index-credentials': 'machine 127.0.0.1 login ada password not-the-one' })
    expect(result.errors).toEqual([
      expect.stringMatching(/^wheels: index [\d.:]+ answered 401 for acme_\w+-[\d.]+-py3-none-any\.whl\. Set index-credentials/),
    ])
  })

  test('and a package that no index has is another fault', async () => {
    const said = await errorOf({ 'index-credentials': NETRC }, 'no-such-package-here')
    expect(said).toContain('wheels: the requirements cannot be met: Because no-such-package-here was not found')
  })

  test('and a version that only the public index has is said to be another index’s', async () => {
    const said = await errorOf({ 'index-credentials': NETRC }, 'acme-till>=9')
    expect(said).toContain(`acme-till comes from ${shop.host} alone, the first index that has it.`)
  })
})

describe('an index of another make', () => {
  const own = () => [testWheel('acme-till', '1.0', { requires: ['acme-leaf'] }), testWheel('acme-leaf', '1.5')]
  const OFF = 'the index tells no upload times, so exclude-newer is off'

  test.each([
    { name: 'HTML pages with sha256, which a second run is told of too,', shown: { pages: 'html' as const }, notices: [OFF], again: true },
    {
      name: 'HTML pages without hashes, which the resolver makes',
      shown: { pages: 'html' as const, hashes: 'none' as const },
      notices: [OFF],
    },
    { name: 'JSON pages without hashes', shown: { hashes: 'none' as const }, notices: [] },
    { name: 'JSON pages without upload times', shown: { uploadTimes: false }, notices: [OFF] },
    { name: 'JSON pages with upload times', shown: {}, notices: [] },
  ])('with $name gives its packages, and no higher version of the public one', async ({ shown, notices, again }) => {
    await using index = await startIndex({ wheels: own(), authority, ...shown })
    await using given = await project(['acme-till', 'common'])
    const result = await packaged(given, { 'extra-index-urls': index.url })
    expect(result.errors).toEqual([])
    expect(versions(result)).toEqual(['acme-leaf 1.5', 'acme-till 1.0', 'common 2.0', 'till 1.0'])
    expect(result.notices.filter((notice) => notice.includes('upload times'))).toEqual(notices)
    if (!again) return
    const kept = await packaged(given, { 'extra-index-urls': index.url })
    expect(kept.log).toContain('the requirements are unchanged')
    expect(kept.notices.filter((notice) => notice.includes('upload times'))).toEqual(notices)
  })

  test.each([
    { name: 'HTML pages with md5', shown: { pages: 'html' as const, hashes: 'md5' as const } },
    { name: 'JSON pages with md5', shown: { hashes: 'md5' as const } },
  ])('with $name is named: what has no sha256 is not installed', async ({ shown }) => {
    await using index = await startIndex({ wheels: own(), authority, ...shown })
    await using given = await project(['acme-leaf'])
    const result = await packaged(given, { 'extra-index-urls': index.url })
    expect(result.errors).toEqual([
      `wheels: index ${index.host} gives no sha256 for acme_leaf-1.5-py3-none-any.whl of acme-leaf, only md5; a file without one is not installed. Let the index tell sha256 (PEP 503 and 691), or name one that does before it in extra-index-urls.`,
    ])
  })
})

const SAYS = `    with open('/proc/1/fd/1', 'w') as step:
        step.write('pypackager: note: code of the sdist runs, and ' + ('reads' if os.access('/run/netrc', os.R_OK) else 'has no') + ' netrc\\n')
`

/** An sdist that alone knows what it requires. @param says a line of its code, by the output of the resolving step itself */
function unwilling(name: string, version: string, says = ''): TestWheel {
  const top = `${name.replaceAll('-', '_')}-${version}`
  const backend = `
import os, zipfile
METADATA = 'Metadata-Version: 2.1\\nName: ${name}\\nVersion: ${version}\\n'
def write(info):
    os.makedirs(info, exist_ok=True)
    open(info + '/METADATA', 'w').write(METADATA)
    open(info + '/WHEEL', 'w').write('Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
def prepare_metadata_for_build_wheel(folder, config_settings=None):
${says}    write(folder + '/${top}.dist-info')
    return '${top}.dist-info'
def build_wheel(folder, config_settings=None, metadata_directory=None):
    info, wheel = '${top}.dist-info', '${top}-py3-none-any.whl'
    write('/tmp/' + info)
    with zipfile.ZipFile(folder + '/' + wheel, 'w') as archive:
        for file in ('METADATA', 'WHEEL'):
            archive.write('/tmp/' + info + '/' + file, info + '/' + file)
        archive.writestr(info + '/RECORD', ''.join(info + '/' + file + ',,\\n' for file in ('METADATA', 'WHEEL', 'RECORD')))
    return wheel
`
  const bytes = zip({
    [`${top}/PKG-INFO`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${top}/pyproject.toml`]: '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    [`${top}/backend.py`]: backend,
  })
  return { file: `${top}.zip`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

test('before a resolution runs the code of an sdist, the log says what that could read', async () => {
  await using index = await startIndex({ wheels: [unwilling('dynamo', '1.0', SAYS)], authority, login: LOGIN })
  await using given = await project([`dynamo>=0.${index.host.split(':')[1]}.0,<2 ; python_version >= "3"`])
  const result = await packaged(given, { 'extra-index-urls': index.url, 'index-credentials': NETRC })
  expect([result.errors, versions(result)]).toEqual([[], ['dynamo 1.0', 'till 1.0']])
  const said = result.log.indexOf(
    'no wheel tells what dynamo 1.0 requires, so code of source distributions is run now; it has the network and can read index-credentials, the addresses of the indexes, with their passwords',
  )
  const ran = result.log.indexOf('code of the sdist runs, and reads netrc')
  expect([said > 0, ran > said]).toEqual([true, true])
  expect(holding(shown(result))).toEqual([])
})

test('the newest versions are taken that pip takes, an sdist before an older wheel; code is run where no wheel tells alone', async () => {
  const told = { requires: ['acme-leaf'] }
  const wheels = [
    ...[testWheel('acme-top', '1.0', { requires: ['acme-older'] }), testWheel('acme-older', '1.0'), unwilling('acme-older', '2.0')],
    ...[testWheel('acme-capped', '1.0'), unwilling('acme-capped', '2.0'), testWheel('acme-caps', '1.0', { requires: ['acme-capped<2'] })],
    ...[testWheel('acme-both', '3.0', told), unwilling('acme-both', '3.0'), testWheel('acme-leaf', '1.5')],
  ]
  await using index = await startIndex({ wheels, authority })
  const lines = ['acme-top', 'acme-caps', 'acme-both']
  await using given = await project(lines)
  const result = await packaged(given, { 'extra-index-urls': index.url })
  const chosen = await pipChooses(lines, { index: index.url, ca: authority.ca })
  expect([result.errors, versions(result)]).toEqual([[], [...chosen, 'till 1.0']])
  expect(chosen).toContain('acme-older 2.0')
  expect(result.log.match(/no wheel tells what .* requires/g)).toEqual(['no wheel tells what acme-older 2.0 requires'])
  expect(index.served.filter((file) => file.endsWith('.zip'))).not.toContain('/files/acme_both-3.0.zip')
})

test('pypiserver, with a login and behind an authority of its own, is a private index like any other', async () => {
  const wheels = [testWheel('acme-till', '1.0', { requires: ['acme-leaf'] }), testWheel('acme-leaf', '1.5')]
  await using server = await startPypiserver({ wheels, authority, login: LOGIN })
  await using given = await project([freshRequirement()])
  const refused = await packaged(given, { 'extra-index-urls': server.url })
  expect(refused.errors).toEqual([expect.stringMatching(/127\.0\.0\.1:\d+ .*(401|login)/)])
  const result = await packaged(given, { 'extra-index-urls': server.url, 'index-credentials': NETRC })
  expect(result.errors).toEqual([])
  expect(versions(result)).toEqual(['acme-leaf 1.5', 'acme-till 1.0', 'till 1.0']) // not the public 9.0
  expect(result.notices.join('\n')).toContain('exclude-newer is off')
  expect(holding(shown(result))).toEqual([])
})

describe("the runner's proxy", () => {
  test('leads both the build and the downloads to the index, and its password stays in no layer', async () => {
    await using proxy = await startProxy(shop.host, { username: 'pat', password: 'proxy-canary' })
    const before = shop.served.length
    await using given = await project([freshRequirement()])
    const indexes = {
      'index-url': 'https://index.example/simple/',
      'extra-index-urls': '',
      'index-credentials': NETRC.replace('127.0.0.1', 'index.example'),
    }
    const result = await packaged(given, { ...indexes, target: 'release' }, { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' })
    expect(result.errors).toEqual([])
    expect(versions(result)).toEqual(['acme-leaf 1.5', 'acme-till 1.0', 'till 1.0'])
    const told = result.log.replace(/^::add-mask::.*$/gm, '')
    expect(told).not.toContain('proxy-canary')
    expect(result.commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text)).toContain('proxy-canary')
    expect(new Set(proxy.asked)).toEqual(new Set(['index.example:443']))
    expect(shop.served.slice(before)).toEqual(expect.arrayContaining(['/simple/acme-till/', '/files/acme_till-1.0-py3-none-any.whl']))
    const image = result.outputs['release-tag'] ?? ''
    expect(await images().find(image, ['proxy-canary', 'index.example'])).toEqual([])
  })

  test('is not asked where NO_PROXY names the index', async () => {
    await using proxy = await startProxy('127.0.0.1:1')
    await using given = await project([freshRequirement()])
    const result = await packaged(given, { 'index-credentials': NETRC }, { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' })
    expect([result.errors, proxy.asked]).toEqual([[], []])
  })
})

describe('the stage that fetches uv', () => {
  /** The stage's script in the parent image, with a pin of our own; the fault is read as the action does. */
  async function fetchUv(indexes: readonly string[], options: { ca?: string; netrc?: string; patience?: number } = {}) {
    await using stage = await tempFolder('uv')
    await cp(path.join(import.meta.dirname, '../../src/stages'), stage.path, { recursive: true })
    await writeFile(stage.at('uv/requirements.txt'), `uv==1.0 --hash=sha256:${tool.sha256}\n`)
    await writeFile(stage.at('index'), `${indexes.join('\n')}\n`)
    await writeFile(stage.at('netrc'), options.netrc ?? '')
    const ca = options.ca ?? authority.ca
    const mounts = [
      `${stage.at('uv')}:/mnt`,
      `${stage.at('builder')}:/opt`,
      `${stage.at('index')}:/run/index`,
      `${stage.at('netrc')}:/run/netrc`,
      `${ca}:/run/ca.pem`,
    ]
    const env = [
      `PIP_TIMEOUT=${options.patience ?? 10}`,
      'NETRC=/run/netrc',
      'SSL_CERT_FILE=/run/ca.pem',
      'PIP_CERT=/run/ca.pem',
      'PIP_RETRIES=1',
      'PATH=/tmp:/usr/local/bin:/usr/bin:/bin',
    ]
    const script = 'ln -s "$(command -v python3)" /tmp/python; sh /mnt/fetch.sh && ls /srv/out'
    const args = [
      'run',
      '--rm',
      '--network=host',
      ...mounts.map((mount) => `--volume=${mount}:ro`),
      ...env.map((value) => `--env=${value}`),
    ]
    const result = await command('docker', [...args, PARENT, 'sh', '-c', script])
    const said = result.stdout.toString().trim()
    return result.code === 0 ? said : resolutionFault(result.stderr.split('\n'), 'x').cause
  }

  test.each([
    { name: 'from the default index, by netrc', indexes: () => [shop.url], netrc: NETRC },
    { name: 'by a login in the address', indexes: () => [shop.withLogin(LOGIN.username, LOGIN.password)], netrc: '' },
    { name: 'from an extra index where the default one has none', indexes: () => [world.url, shop.url], netrc: NETRC },
  ])('gets it $name', async ({ indexes, netrc }) => {
    expect(await fetchUv(indexes(), { netrc })).toBe(tool.file)
  })

  test.each([
    { name: 'that has none', index: () => world.url, says: () => `index ${world.host} has not the uv that this action resolves with` },
    {
      name: 'that asks for a login',
      index: () => shop.url,
      says: () => `index ${shop.host} answered 401: it wants a login, or another one`,
    },
    { name: 'where nothing listens', index: () => 'https://127.0.0.1:1/simple', says: () => 'index 127.0.0.1:1 refuses connections' },
    { name: 'that nobody knows', index: () => 'https://index.invalid/simple', says: () => 'index index.invalid was not found (DNS)' },
  ])('names an index $name', async ({ index, says }) => {
    expect(await fetchUv([index()])).toBe(says())
  })

  test('names an index that never answers', async () => {
    shop.fail('hang')
    try {
      expect(await fetchUv([shop.url], { netrc: NETRC, patience: 2 })).toBe(`index ${shop.host} timed out`)
    } finally {
      shop.fail(undefined)
    }
  })

  test('names an index whose certificate is not trusted', async () => {
    const other = await makeAuthority(folder, 'other')
    expect(await fetchUv([world.url], { ca: other.ca })).toBe(`index ${world.host} has a certificate that is not trusted in the image`)
  })
})

test('an index that never answers is named in the end, whether it is asked or its files are fetched', async () => {
  const [asked, fetched] = await silence
  expect(asked.ended).toEqual(named(asked.host, 'timed out'))
  expect(fetched.ended).toEqual(named(fetched.host, 'timed out (3 tries)'))
})
