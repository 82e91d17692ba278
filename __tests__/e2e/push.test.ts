import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { freePort, must } from '../support/command.ts'
import { images } from '../support/image.ts'
import { dockerConfig, login } from '../support/login.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { startFaulty, startTokenFront } from '../support/registry-front.ts'
import { runAction } from '../support/runner.ts'
import { tool } from '../support/tool.ts'

// Publishing to a real registry behind a login, from the machine's daemon.

jest.setTimeout(300_000)

let registry: Registry
let project: Project
const name = `hello-${process.pid}`

beforeAll(async () => {
  registry = await startRegistry()
  project = await projectOf({
    'setup.py': `from setuptools import setup\nsetup(name="${name}", version="0.1.0", py_modules=["hello"], entry_points={"console_scripts": ["hello=hello:main"]})\n`,
    'hello.py': 'def main():\n    print("Hello!")\n',
  })
})

afterAll(async () => {
  // By names: an id would take those away too that other files have given to the same base.
  const listed = await images().docker('images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=*/acme/${name}*`)
  const mine = listed.split('\n').filter((line) => line && !line.endsWith(':<none>'))
  if (mine.length > 0) await images().docker('image', 'rm', ...mine)
  await project?.[Symbol.asyncDispose]()
  await registry?.[Symbol.asyncDispose]()
})

/** What is checked and described before a push is the same for all, and of the first test. */
const QUICK = { checks: 'off', sbom: 'false' }

function pushed(inputs: Record<string, string> = {}, env: Record<string, string | undefined> = {}, event: unknown = {}) {
  return runAction({
    workspace: project.workspace,
    inputs: { registry: registry.host, push: 'true', ...QUICK, ...REGISTRY_USER, ...inputs },
    env,
    event,
  })
}

test('pushes the tag and gives the digest that the registry holds', async () => {
  const result = await pushed({ checks: 'error', sbom: 'true' })
  expect(result.errors).toEqual([])
  const manifest = await registry.manifest(`acme/${name}`, 'main')
  expect(result.groups).toEqual(['base', 'wheels', 'release', 'checks', 'sbom', 'push'])
  expect(result.outputs.digest).toBe(manifest?.digest)
  expect(result.outputs.image).toBe(`${registry.host}/acme/${name}@${manifest?.digest}`)
  expect(await registry.tags(`acme/${name}`)).toEqual(['main'])
  expect(await images().run(result.outputs['release-tag'] ?? '', ['hello'])).toBe('Hello!')
  const planned = async (inputs = {}) => (await pushed({ target: 'plan', ...inputs })).outputs.changed
  expect([await planned(), await planned({ user: '1234' }), await planned({ version: '9' })]).toEqual(['false', 'true', 'true'])
})

test('is done by the command line tool too, with the password from the environment', async () => {
  const args = [
    'push',
    '--registry',
    registry.host,
    '--namespace',
    'acme',
    '--version',
    '2.0',
    '--checks=off',
    '--no-sbom',
    '--username',
    REGISTRY_USER.username,
    '--json',
  ]
  const env = { PYPACKAGER_PASSWORD: REGISTRY_USER.password }
  const result = await tool(args, { cwd: project.workspace, env })
  expect(result.code).toBe(0)
  const manifest = await registry.manifest(`acme/${name}`, '2.0')
  expect(JSON.parse(result.stdout)).toMatchObject({ digest: manifest?.digest, 'release-tag': `${registry.host}/acme/${name}:2.0` })
  expect(result.stdout + result.stderr).not.toContain(REGISTRY_USER.password)
})

test('prints the password nowhere and leaves no login behind', async () => {
  const result = await pushed()
  const said = result.log.replaceAll(/^::add-mask::.*$/gm, '') + result.summary + JSON.stringify(result.outputs)
  for (const form of [REGISTRY_USER.password, Buffer.from(REGISTRY_USER.password).toString('base64')]) expect(said).not.toContain(form)
  expect(result.left).toEqual([])
})

test.each([
  { name: 'a wrong password', inputs: { password: 'wrong' }, says: /login to .* as packager was refused/ },
  { name: 'no login at all', inputs: { username: '', password: '' }, says: /not allowed to push to .* without a login/ },
])('$name is refused before anything is built', async ({ inputs, says }) => {
  const result = await pushed({ ...inputs, 'image-name': `${name}-refused` })
  expect(result.code).toBe(1)
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toMatch(says)
  expect(result.groups).toEqual([])
  expect(result.outputs['release-tag']).toBeUndefined()
})

describe('a registry with tokens', () => {
  test('takes the login of the inputs', async () => {
    await using front = await startTokenFront(registry.host)
    const result = await pushed({ registry: front.host, 'image-name': `${name}-token` })
    expect(result.errors).toEqual([])
    expect((await registry.manifest(`acme/${name}-token`, 'main'))?.digest).toBe(result.outputs.digest)
  })

  test('takes the identity token that an earlier login left in the place of a password, on the daemon of the context', async () => {
    await using front = await startTokenFront(registry.host)
    await using config = await dockerConfig()
    await login(config, front)
    const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock'
    await must('docker', ['--config', config.path, 'context', 'create', 'here', '--docker', `host=${host}`])
    await must('docker', ['--config', config.path, 'context', 'use', 'here'])
    expect(JSON.parse(await readFile(config.at('config.json'), 'utf8')).auths[front.host].identitytoken).toBe('long-lived')
    const before = front.given.length
    const inputs = { registry: front.host, username: '', password: '', 'image-name': `${name}-identity` }
    const env = { DOCKER_CONFIG: path.relative(project.workspace, config.path), DOCKER_HOST: undefined }
    const result = await pushed(inputs, env)
    expect(result.errors).toEqual([])
    expect((await registry.manifest(`acme/${name}-identity`, 'main'))?.digest).toBe(result.outputs.digest)
    expect(new Set(front.given.slice(before))).toEqual(new Set(['identity token']))
  })
})

test('goes to several registries, to each with its login and into its namespace', async () => {
  await using front = await startTokenFront(registry.host)
  const { username, password } = REGISTRY_USER
  const inputs = {
    registry: `${registry.host}\n${front.host}/other`,
    username: `${username}\n${username}`,
    password: `${password}\n${password}`,
    version: '3.0',
    'image-name': `${name}-several`,
    attest: 'true',
    sbom: 'true',
  }
  const result = await pushed(inputs)
  expect(result.errors).toEqual([])
  const names = [`${registry.host}/acme/${name}-several:3.0`, `${front.host}/other/${name}-several:3.0`]
  expect(result.outputs).toMatchObject({ 'release-tag': names[0], tags: names.join('\n') })
  const { digest = '', image = '' } = result.outputs
  expect(image).toBe(`${registry.host}/acme/${name}-several@${digest}`)
  for (const place of ['acme', 'other']) expect((await registry.manifest(`${place}/${name}-several`, '3.0'))?.digest).toBe(digest)
  expect(new Set(front.given)).toEqual(new Set(['password']))
  for (const place of ['acme', 'other']) {
    // Debian's registry keeps no list of referrers: it stands under a tag of the digest.
    const repository = `${place}/${name}-several`
    const { manifests = [] } = (await registry.manifest(repository, digest.replace(':', '-')))?.body ?? {}
    expect(manifests.map(({ artifactType }) => artifactType)).toEqual(['application/vnd.in-toto+json', 'application/vnd.cyclonedx+json'])
    const texts = manifests.map(async (entry) => {
      const { subject, layers = [] } = (await registry.manifest(repository, entry.digest))?.body ?? {}
      expect(subject?.digest).toBe(digest)
      return (await registry.get(`/v2/${repository}/blobs/${layers[0]?.digest}`)).text()
    })
    const [provenance = '', sbom] = await Promise.all(texts)
    expect(JSON.parse(provenance).subject[0].digest.sha256).toBe(digest.slice(7))
    expect(sbom).toBe(await readFile(path.join(project.workspace, result.outputs.sbom ?? ''), 'utf8'))
  }
})

describe('a registry at fault', () => {
  test('that does not let the account write is told before anything is built', async () => {
    await using faulty = await startFaulty(registry.host, () => ({ status: 403 }))
    const result = await pushed({ registry: faulty.host, 'image-name': `${name}-refused` })
    expect(result.errors).toEqual([
      `push: not allowed to push to ${faulty.host}/acme/${name}-refused as packager. Give the account the right to write there; on pull requests from forks secrets are absent.`,
    ])
    expect(result.log).not.toContain('::group::base')
  })

  test('that takes the right away meanwhile is not waited for', async () => {
    await using faulty = await startFaulty(registry.host, (upload) => (upload === 1 ? undefined : { status: 403, code: 'DENIED' }))
    const result = await pushed({ registry: faulty.host, 'image-name': `${name}-late` })
    expect(result.errors).toEqual([expect.stringContaining(`not allowed to push to ${faulty.host}/acme/${name}-late as packager.`)])
    expect(faulty.met).toBeLessThan(15) // docker alone tries each layer six times
    expect(result.outputs.digest).toBeUndefined()
  })

  test('that answers 500 to the first upload has the image in the end', async () => {
    await using faulty = await startFaulty(registry.host, (upload) => (upload === 2 ? { status: 500 } : undefined))
    const result = await pushed({ registry: faulty.host, 'image-name': `${name}-broken` })
    expect([result.errors, faulty.met]).toEqual([[], 1])
    expect((await registry.manifest(`acme/${name}-broken`, 'main'))?.digest).toBe(result.outputs.digest)
  })

  test('that drops the connection in the middle of a layer has the image in the end', async () => {
    await using faulty = await startFaulty(registry.host, (upload) => (upload === 1 ? { status: 0 } : undefined), 'bytes')
    const result = await pushed({ registry: faulty.host, 'image-name': `${name}-cut` })
    expect([result.errors, faulty.met]).toEqual([[], 1])
    expect((await registry.manifest(`acme/${name}-cut`, 'main'))?.digest).toBe(result.outputs.digest)
  })

  test('that counts requests for a second has the image after it', async () => {
    let from: number | undefined
    await using faulty = await startFaulty(registry.host, (upload) => {
      if (upload > 1) from ??= performance.now()
      return from === undefined || performance.now() - from > 1000 ? undefined : { status: 429, headers: { 'retry-after': '1' } }
    })
    const result = await pushed({ registry: faulty.host, 'image-name': `${name}-limited` })
    expect(result.errors).toEqual([])
    expect(result.log).toContain('tried again in 1 s')
    expect((await registry.manifest(`acme/${name}-limited`, 'main'))?.digest).toBe(result.outputs.digest)
  })

  test('that is not there is told at the login, before anything is built', async () => {
    const result = await pushed({ registry: `127.0.0.1:${await freePort()}`, 'image-name': `${name}-nowhere` })
    expect(result.errors).toEqual([
      expect.stringMatching(/^push: 127\.0\.0\.1:\d+ cannot be logged in to: .*connection refused\. Check registry/),
    ])
    expect(result.groups).toEqual([])
  })

  test('that is not there when a login is not asked for leaves the image on this machine', async () => {
    const host = `127.0.0.1:${await freePort()}`
    const result = await pushed({ registry: host, username: '', password: '', 'image-name': `${name}-nowhere` })
    expect(result.errors).toEqual([expect.stringMatching(/ was not accepted: .*connection refused\. The image is still on this machine;/)])
    expect(await images().run(`${host}/acme/${name}-nowhere:main`, ['hello'])).toBe('Hello!')
    expect(result.outputs['release-tag']).toBeUndefined()
  })
})

test.each([
  {
    name: "a fork's pull request",
    event: { pull_request: { number: 7, head: { repo: { full_name: 'mallory/polls' } } } },
    env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_REF_NAME: '7/merge' },
    tag: 'pr-7',
  },
  {
    name: 'pull_request_target with the head of a fork, which has the secrets',
    event: { pull_request: { number: 8, head: { repo: { full_name: 'mallory/polls' } } } },
    env: { GITHUB_EVENT_NAME: 'pull_request_target' },
  },
  {
    name: 'workflow_run after a run of a fork',
    event: { workflow_run: { head_repository: { full_name: 'mallory/polls' } } },
    env: { GITHUB_EVENT_NAME: 'workflow_run' },
  },
])('$name pushes nothing, and says so', async ({ event, env, tag }) => {
  const result = await pushed({ 'image-name': `${name}-fork` }, env, event)
  expect(result.errors).toEqual([])
  expect(result.code).toBe(0)
  if (tag) expect(result.outputs['release-tag']).toBe(`${registry.host}/acme/${name}-fork:${tag}`)
  expect(result.notices.join()).toContain('Nothing is pushed')
  expect(result.outputs.digest).toBeUndefined()
  expect(await registry.tags(`acme/${name}-fork`)).toEqual([])
})

test('target base publishes the base image for other projects', async () => {
  const result = await pushed({ target: 'base' })
  expect(result.errors).toEqual([])
  expect(await registry.tags(`acme/${name}-base`)).toEqual(['main'])
})
