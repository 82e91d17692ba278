import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
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
  const mine = (await images().docker('images', '--quiet', '--filter', `reference=*/acme/${name}*`)).split('\n').filter(Boolean)
  if (mine.length > 0) await images().docker('image', 'rm', '--force', ...new Set(mine))
  await project?.[Symbol.asyncDispose]()
  await registry?.[Symbol.asyncDispose]()
})

function pushed(inputs: Record<string, string> = {}, env: Record<string, string> = {}, event: unknown = {}) {
  return runAction({
    workspace: project.workspace,
    inputs: { registry: registry.host, push: 'true', ...REGISTRY_USER, ...inputs },
    env,
    event,
  })
}

test('pushes the tag and gives the digest that the registry holds', async () => {
  const result = await pushed()
  expect(result.errors).toEqual([])
  const manifest = await registry.manifest(`acme/${name}`, 'main')
  expect(result.groups).toEqual(['base', 'wheels', 'release', 'checks', 'sbom', 'push'])
  expect(result.outputs.digest).toBe(manifest?.digest)
  expect(result.outputs.image).toBe(`${registry.host}/acme/${name}@${manifest?.digest}`)
  expect(await registry.tags(`acme/${name}`)).toEqual(['main'])
  expect(await images().run(result.outputs['release-tag'] ?? '', ['hello'])).toBe('Hello!')
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
])('$name is refused within five seconds, before anything is built', async ({ inputs, says }) => {
  const result = await pushed({ ...inputs, 'image-name': `${name}-refused` })
  expect(result.code).toBe(1)
  expect(result.errors).toHaveLength(1)
  expect(result.errors[0]).toMatch(says)
  expect(result.seconds).toBeLessThan(5)
  expect(result.groups).toEqual([])
  expect(result.outputs['release-tag']).toBeUndefined()
})

test("a fork's pull request pushes nothing, and says so", async () => {
  const event = { pull_request: { number: 7, head: { repo: { full_name: 'mallory/polls' } } } }
  const result = await pushed(
    { 'image-name': `${name}-fork` },
    { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_REF_NAME: '7/merge' },
    event,
  )
  expect(result.code).toBe(0)
  expect(result.outputs['release-tag']).toBe(`${registry.host}/acme/${name}-fork:pr-7`)
  expect(result.notices.join()).toContain('Nothing is pushed')
  expect(await registry.tags(`acme/${name}-fork`)).toEqual([])
})

test('target base publishes the base image for other projects', async () => {
  const result = await pushed({ target: 'base' })
  expect(result.errors).toEqual([])
  expect(await registry.tags(`acme/${name}-base`)).toEqual(['main'])
})
