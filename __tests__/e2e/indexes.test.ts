import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { command } from '../support/command.ts'
import { images } from '../support/image.ts'
import { type Authority, type IndexServer, makeAuthority, startIndex } from '../support/index-server.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'
import { testWheel } from '../support/wheel.ts'

// A private index on loopback with a login and an authority of its own, beside a "public" one that offers
// a higher version of the private package.

jest.setTimeout(300_000)

const LOGIN = { username: 'ada@acme', password: 'ca+nary/3:7%zQ' }
const NETRC = `machine 127.0.0.1\n  login ${LOGIN.username}\n  password ${LOGIN.password}\n`

let folder: TempFolder
let authority: Authority
let shop: IndexServer
let world: IndexServer
let asked = 0

/** A project whose wheel needs nothing to be built with: its backend is a file of its own. */
function project(requires: readonly string[]): Promise<Project> {
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
  const pyproject = `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "till"\nversion = "1.0"\ndependencies = ${JSON.stringify(requires)}\n`
  return projectOf({ 'backend.py': backend, 'pyproject.toml': pyproject, 'till.py': '' })
}

/** The action with both indexes, host network, and the bundle beside the source. */
async function packaged(given: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  await given.write('ca.pem', await readFile(authority.ca, 'utf8'))
  const common = { target: 'wheels', 'image-name': 'indexes-till', namespace: 'indexes', cache: 'never', 'build-network': 'host' }
  const reach = { 'index-url': world.url, 'extra-index-urls': shop.url, 'ca-bundle': 'ca.pem' }
  return runAction({ workspace: given.workspace, inputs: { ...common, ...reach, ...inputs } })
}

/** The one error of a run with one private requirement, written as no other run has: Docker keeps a resolution. */
async function errorOf(inputs: Record<string, string>, requirement = `acme-till>=0.${++asked}`): Promise<string> {
  await using given = await project([requirement])
  const result = await packaged(given, inputs)
  expect([result.code, result.errors.length]).toEqual([1, 1])
  return result.errors[0] ?? ''
}

function versions(result: ActionResult): readonly string[] {
  return (JSON.parse(result.outputs.wheels ?? '[]') as { name: string; version: string }[]).map(({ name, version }) => `${name} ${version}`)
}

beforeAll(async () => {
  folder = await tempFolder('indexes')
  authority = await makeAuthority(folder, 'own')
  const own = [testWheel('acme-till', '1.0', { requires: ['acme-leaf'] }), testWheel('acme-leaf', '1.5')]
  shop = await startIndex({ wheels: own, authority, login: LOGIN })
  world = await startIndex({
    wheels: [testWheel('acme-till', '9.0'), testWheel('acme-leaf', '9.5'), testWheel('common', '2.0')],
    authority,
  })
  // uv itself is on neither: the machine's own index gives it to this daemon once.
  await using first = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="first", version="1")\n' })
  const inputs = { target: 'wheels', 'image-name': 'indexes-first', namespace: 'indexes', cache: 'never' }
  expect((await runAction({ workspace: first.workspace, inputs })).errors).toEqual([])
})

afterAll(async () => {
  for (const disposable of [shop, world, folder]) await disposable?.[Symbol.asyncDispose]()
  // Only images that this file made: nobody else has this namespace.
  for (const name of ['till', 'first']) {
    const listed = await command('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', `indexes/indexes-${name}*`])
    const own = listed.stdout.toString().split('\n').filter(Boolean)
    if (own.length > 0) await command('docker', ['image', 'rm', '--force', ...own])
  }
})

describe('a private index with a password and an authority of its own', () => {
  test.each([
    { name: 'by netrc text', inputs: () => ({ 'index-credentials': NETRC }) },
    { name: "by a login in the index's address", inputs: () => ({ 'extra-index-urls': shop.withLogin(LOGIN.username, LOGIN.password) }) },
  ])('gives its packages, and never a higher version of the public one, $name', async ({ inputs }) => {
    await using given = await project(['acme-till', 'common'])
    const result = await packaged(given, inputs())
    expect(result.errors).toEqual([])
    expect(versions(result)).toEqual(['acme-leaf 1.5', 'acme-till 1.0', 'common 2.0', 'till 1.0'])
    expect(shop.served).toContain('/files/acme_till-1.0-py3-none-any.whl')
    expect(world.served.filter((file) => file.startsWith('/files/acme'))).toEqual([])
  })

  test('leaves its password nowhere: not in the log, the outputs, the wheelhouse, the image', async () => {
    await using given = await project(['acme-till'])
    const inputs = { target: 'release', 'extra-index-urls': shop.withLogin(LOGIN.username, LOGIN.password), 'index-credentials': NETRC }
    const result = await packaged(given, inputs)
    expect(result.errors).toEqual([])
    const { username, password } = LOGIN
    const forms = [password, `${username}:${password}`].flatMap((text) => [
      text,
      encodeURIComponent(text),
      Buffer.from(text).toString('base64'),
      Buffer.from(text).toString('hex'),
    ])
    const holding = (text: string) => forms.filter((form) => text.includes(form))
    const masks = result.commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text)
    for (const form of forms.slice(0, 3)) expect(masks).toContain(form)
    const log = result.log.replace(/^::add-mask::.*$/gm, '')
    expect(log).not.toBe(result.log) // what the runner hides is there to be taken out
    expect(holding(log)).toEqual([])
    expect(holding(JSON.stringify([result.outputs, result.summary, result.postLog]))).toEqual([])
    expect(result.left).toEqual([])
    const entries = await readdir(given.at('wheelhouse'), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((item) => item.isFile())) {
      expect(holding(await readFile(path.join(entry.parentPath, entry.name), 'latin1'))).toEqual([])
    }
    const image = result.outputs['release-tag'] ?? ''
    expect(await images().find(image, [...forms, shop.host, 'import acme_till'])).toEqual(['import acme_till']) // the search sees what is there
    expect(holding((await images().history(image)).join('\n'))).toEqual([])
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

  test('where its certificate is not trusted', async () => {
    const said = await errorOf({ 'ca-bundle': '', 'index-credentials': NETRC })
    expect(said).toMatch(/^wheels: index 127\.0\.0\.1:\d+ has a certificate that is not trusted in the image\. .*ca-bundle\.$/)
  })

  test('where it answers 503', async () => {
    shop.fail(503)
    try {
      expect(await errorOf({ 'index-credentials': NETRC })).toBe(
        `wheels: index ${shop.host} answered 503 (4 tries). Run again later, or name another index in index-url.`,
      )
    } finally {
      shop.fail(undefined)
    }
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
