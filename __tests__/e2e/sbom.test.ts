import { readFile, rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { danglingRefs, faultsOf, type Sbom } from '../support/cyclonedx.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { COMMITTED, type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// What an image is said to hold, its labels and its tags, on one real image; psycopg2-binary has libraries inside.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-sbom'
const INPUTS = {
  namespace: NAMESPACE,
  cache: 'never',
  tags: '# the first by priority is the primary one\ntype=sha\ntype=semver,pattern={{version}}\ntype=ref,event=branch',
  labels: 'com.acme.team=web = $HOME, "b"\norg.opencontainers.image.title=The shop\norg.opencontainers.image.description=',
}

let daemon: MachineDaemon
let project: Project
let commit: string
let first: ActionResult
let sbom: Sbom

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf({
    'pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n' +
      '[project]\nname = "shop"\nversion = "1.2.3"\ndescription = "Sells."\nlicense = { text = "MIT" }\n' +
      'dependencies = ["click", "psycopg2-binary"]\n[tool.setuptools]\npy-modules = ["shop"]\n',
    'shop.py': 'import click\n',
  })
  commit = await project.git('rev-parse', 'HEAD')
  first = await packaged()
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

const packaged = (inputs: Readonly<Record<string, string>> = {}) =>
  runAction({ workspace: project.workspace, inputs: { ...INPUTS, ...inputs }, env: { GITHUB_SHA: commit } })
const textOf = (result: ActionResult) => readFile(project.at(result.outputs.sbom ?? ''), 'utf8')

test('an SBOM is written, and the schema has nothing against it', async () => {
  expect(first.errors).toEqual([])
  expect(first.outputs.sbom).toBe('wheelhouse/.build/sbom/shop-main.cdx.json')
  expect(first.outputs.assets?.split('\n')).toEqual([
    expect.stringMatching(/^wheelhouse\/shop-.*\.whl$/),
    'wheelhouse/pylock.toml',
    first.outputs.sbom,
  ])
  sbom = JSON.parse(await textOf(first)) as Sbom
  expect(faultsOf(sbom)).toEqual([])
  expect(danglingRefs(sbom)).toEqual([])
  expect(sbom.metadata.timestamp).toBe(new Date(COMMITTED * 1000).toISOString())
})

test('it lists just what Python and dpkg say is installed', async () => {
  const image = first.outputs['release-tag'] ?? ''
  const list =
    'import importlib.metadata as m; print(*sorted(d.metadata["Name"] for d in m.distributions(path=["/appenv/lib/python3.%d/site-packages" % __import__("sys").version_info[1]])))'
  const installed = (await images().run(image, ['python', '-c', list])).split(' ')
  const packages = (await images().run(image, ['dpkg-query', '-W', '-f', '${Package}=${Version}=${Architecture}\n'])).split('\n')
  const inVenv = sbom.components.filter((entry) => entry.purl?.startsWith('pkg:pypi/') && entry.hashes)
  expect([...inVenv.map(({ name }) => name), sbom.metadata.component.name].sort()).toEqual(installed.sort())
  const debian = sbom.components.filter((entry) => entry.purl?.startsWith('pkg:deb/'))
  const listed = debian.map(({ name, version, purl }) => `${name}=${version}=${/arch=([^&]*)/.exec(purl ?? '')?.[1]}`)
  expect(listed.sort()).toEqual(packages.filter(Boolean).sort())
})

test('it has the libraries inside a wheel, licences, hashes and who requires whom', () => {
  const psycopg = sbom.components.find(({ name }) => name === 'psycopg2-binary')
  expect(psycopg?.components?.map(({ name }) => name)).toEqual(expect.arrayContaining(['libpq', 'libssl']))
  expect(psycopg?.hashes?.[0]?.content).toBe(
    (JSON.parse(first.outputs.wheels ?? '[]') as { name: string; sha256: string }[]).find(({ name }) => name === 'psycopg2-binary')?.sha256,
  )
  expect(sbom.components.find(({ name }) => name === 'click')?.licenses).toEqual([{ expression: 'BSD-3-Clause' }])
  expect(sbom.components.filter((entry) => entry.purl?.startsWith('pkg:deb/') && entry.licenses).length).toBeGreaterThan(30)
  expect(sbom.dependencies.find(({ ref }) => ref === sbom.metadata.component['bom-ref'])?.dependsOn).toEqual(
    expect.arrayContaining([expect.stringMatching(/^pkg:pypi\/click@/), expect.stringMatching(/^pkg:pypi\/psycopg2-binary@/)]),
  )
})

test('an image that was described before is not asked again, and described again it gives the same text', async () => {
  const text = await textOf(first)
  const again = await packaged()
  expect(again.errors).toEqual([])
  expect(again.log).toContain('the image was described before')
  expect(await textOf(again)).toBe(text)
  await rm(project.at('wheelhouse/.build/sbom'), { recursive: true })
  const anew = await packaged()
  expect(anew.log).toMatch(/shop-main\.cdx\.json: \d+ Python and \d+ Debian packages/)
  expect(await textOf(anew)).toBe(text)
})

test('sbom: false writes none', async () => {
  const result = await packaged({ sbom: 'false' })
  expect(result.errors).toEqual([])
  expect(result.outputs.sbom).toBeUndefined()
  expect(result.outputs.assets).not.toContain('.cdx.json')
  expect(first.groups).toContain('sbom')
  expect(result.groups).toEqual(first.groups.filter((title) => title !== 'sbom'))
})

test('the image has the labels of the contract, and the user’s', async () => {
  const { Config } = await images().inspect(first.outputs['release-tag'] ?? '')
  const parent = process.env.PARENT_IMAGE ?? ''
  // Of an image that no registry has, containerd's image store alone tells a digest.
  const digests = await images().docker('image', 'inspect', '--format={{join .RepoDigests " "}}', parent)
  expect(digests).toContain(Config.Labels?.['org.opencontainers.image.base.digest'] ?? '')
  expect(Config.Labels).toEqual({
    ...(digests && { 'org.opencontainers.image.base.digest': expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }),
    'com.acme.team': 'web = $HOME, "b"',
    'io.pypackager.fingerprint': expect.stringMatching(/^[0-9a-f]{16}$/),
    'io.pypackager.lock': expect.stringMatching(/^[0-9a-f]{64}$/),
    'io.pypackager.source': expect.stringMatching(/^[0-9a-f]{16}$/),
    'io.pypackager.python': first.outputs['python-version'],
    'org.opencontainers.image.base.name': parent,
    'org.opencontainers.image.created': new Date(COMMITTED * 1000).toISOString(),
    'org.opencontainers.image.licenses': 'MIT',
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.source': expect.stringContaining('/'),
    'org.opencontainers.image.title': 'The shop',
    'org.opencontainers.image.url': expect.stringContaining('/'),
    'org.opencontainers.image.version': 'main',
  })
})

test('the image has the tags of the rules that apply', async () => {
  const tags = first.outputs.tags?.split('\n').map((tag) => tag.split(':').at(-1))
  expect(tags).toEqual(['main', `sha-${commit.slice(0, 7)}`])
  for (const tag of first.outputs.tags?.split('\n') ?? []) expect(await images().exists(tag)).toBe(true)
})
