import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { parse } from 'yaml'
import { command, must } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Contexts, evaluate, filledIn } from '../support/expressions.ts'
import { images } from '../support/image.ts'
import { makeAuthority, startIndex } from '../support/index-server.ts'
import { dockerConfig, login } from '../support/login.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'
import { tool } from '../support/tool.ts'
import { testWheel } from '../support/wheel.ts'

// The recipes of docs/recipes.md as their readers run them: the steps as they stand there, with registries and an index of
// this machine in the place of the public ones.

jest.setTimeout(600_000)

const ROOT = path.join(import.meta.dirname, '../..')
const NAMESPACE = 'pt-recipes'
const LOGIN = { username: 'ci', password: 'sesame-for-ci' }

interface RecipeStep {
  readonly uses?: string
  readonly id?: string
  readonly if?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string | boolean>>
}

let daemon: MachineDaemon
let registries: readonly Registry[]
let config: TempFolder
let page: string

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  registries = await Promise.all([startRegistry(), startRegistry()])
  config = await dockerConfig()
  for (const registry of registries) await login(config, registry)
  page = await readFile(path.join(ROOT, 'docs/recipes.md'), 'utf8')
})

afterAll(async () => {
  for (const one of [daemon, config, ...(registries ?? [])]) await one?.[Symbol.asyncDispose]()
})

const onDaemon = () => images(daemon.host)

/** A block of the page below a heading. @param nth counts the blocks of that language */
function block(heading: string, language: string, nth = 0): string {
  const part = page.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? ''
  const found = [...part.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))][nth]
  if (!found) throw new Error(`no ${language} below ${heading}`)
  return (found[2] ?? '').replace(new RegExp(`^${found[1]}`, 'gm'), '')
}

/** The steps of such a block: of its first job, or the block is a list of them. */
function steps(heading: string, nth = 0): readonly RecipeStep[] {
  const found = parse(block(heading, 'yaml', nth)) as readonly RecipeStep[] | { jobs: Record<string, { steps: readonly RecipeStep[] }> }
  return 'jobs' in found ? (Object.values(found.jobs)[0]?.steps ?? []) : found
}

/** Where a step would reach the world, and what it reaches here. */
function here(text: string): string {
  return text.replaceAll('ghcr.io', registries[0]?.host ?? '').replaceAll('docker.io', registries[1]?.host ?? '')
}

/** A recipe that has a word on these keeps it. */
const QUICK = { checks: 'off', sbom: 'false' }

/** Runs steps as a runner does. @returns the results of this action's steps, in their order; undefined where `if` left one out */
async function ran(
  list: readonly RecipeStep[],
  project: Project,
  given: {
    readonly contexts?: Contexts
    readonly inputs?: Readonly<Record<string, string>>
    readonly change?: (text: string) => string
    /** What comes before the script of a step. */
    readonly shell?: string
    /** Beside what a runner gives. */
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<readonly (ActionResult | undefined)[]> {
  const outputs: Record<string, { outputs: Readonly<Record<string, string>> }> = {}
  const results: (ActionResult | undefined)[] = []
  for (const step of list) {
    const contexts = { github: { event_name: 'push' }, steps: outputs, ...given.contexts }
    const filled = (text: string) => here((given.change ?? String)(filledIn(text, contexts)))
    const isOurs = step.uses?.startsWith('org/pypackager-action@') ?? false
    if (step.if && evaluate(step.if, contexts).coerceString() !== 'true') {
      if (isOurs) results.push(undefined)
      continue
    }
    if (step.run) {
      const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text)]))
      const logins = { DOCKER_HOST: daemon.host, DOCKER_CONFIG: config.path }
      await must('bash', ['-ec', `${given.shell ?? ''}${filled(step.run)}`], {
        cwd: project.workspace,
        env: { ...process.env, ...logins, ...env },
      })
    } else if (isOurs) {
      const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([name, text]) => [name, filled(String(text))]))
      const env = { DOCKER_HOST: daemon.host, DOCKER_CONFIG: config.path, GITHUB_REPOSITORY_OWNER: NAMESPACE, ...given.env }
      const result = await runAction({ workspace: project.workspace, inputs: { ...QUICK, ...inputs, ...given.inputs }, env })
      results.push(result)
      if (step.id) outputs[step.id] = { outputs: result.outputs }
    }
  }
  return results
}

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const metadata = (name: string, requires: readonly string[]) =>
  `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ${JSON.stringify(requires)}\n`
const shop = (requires: readonly string[] = [], more = '') => ({
  'pyproject.toml': `${metadata('shop', requires)}${more}[tool.setuptools]\npackages = ["shop"]\n${SETUPTOOLS}`,
  'shop/__init__.py': 'NAME = "shop"\n',
})

test('a monorepo: the plan says that nothing changed until the project does, or anything where it refers to what lies beside it', async () => {
  const below = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([file, text]) => [`services/shop/${file}`, text]))
  await using project = await projectOf({
    ...below(shop()),
    'lib/pyproject.toml': `${metadata('till', [])}[tool.setuptools]\npy-modules = ["till"]\n${SETUPTOOLS}`,
    'lib/till.py': 'RATE = 1\n',
  })
  const recipe = steps('A monorepo')
  const changed: unknown[] = []
  let image = ''
  const look = async (what: string) => {
    await project.commit(what)
    const [plan, release] = await ran(recipe, project)
    expect([plan?.errors, release?.errors ?? []]).toEqual([[], []])
    image = release?.outputs['release-tag'] ?? image
    changed.push([what, plan?.outputs.changed, release !== undefined])
  }
  await look('all')
  await project.write('lib/till.py', 'RATE = 2\n')
  await look('lib')
  const referring = Object.entries(below(shop(['till'], '[tool.uv.sources]\ntill = { path = "../../lib" }\n')))
  for (const [file, text] of referring) await project.write(file, text)
  await look('the project')
  await look('nothing')
  await project.write('lib/till.py', 'RATE = 3\n')
  await look('lib, which it requires')
  expect(changed).toEqual([
    ['all', 'true', true],
    ['lib', 'false', false],
    ['the project', 'true', true],
    ['nothing', 'false', false],
    ['lib, which it requires', 'true', true],
  ])
  expect(await registries[0]?.tags(`${NAMESPACE}/shop`)).toContain('main')
  expect(await onDaemon().run(image, ['python', '-c', 'import till; print(till.RATE)'])).toBe('3')
})

test('a private index: the login is taken by its host, in a workflow and on a laptop, and is in no image', async () => {
  await using folder = await tempFolder('recipes')
  const authority = await makeAuthority(folder, 'company')
  const login = { ...LOGIN }
  await using index = await startIndex({ wheels: [testWheel('acme-till', '1.0')], authority, login })
  await using project = await projectOf({ ...shop(['acme-till']), '.ci/company.pem': await readFile(authority.ca, 'utf8') })
  const change = (text: string) => text.replace('https://packages.example/simple/', index.url).replaceAll('packages.example', '127.0.0.1')
  const contexts = { secrets: { INDEX_PASSWORD: LOGIN.password } }
  const [result] = await ran(steps('A private index, from A to Z'), project, {
    contexts,
    change,
    inputs: { 'ca-bundle': '.ci/company.pem', 'build-network': 'host' },
  })
  expect(result?.errors).toEqual([])
  expect(await onDaemon().run(`${NAMESPACE}/shop:main`, ['python', '-c', 'import acme_till; print(acme_till.VERSION)'])).toBe('1.0')
  expect(await onDaemon().find(`${NAMESPACE}/shop:main`, [LOGIN.password])).toEqual([])
  expect(await must('grep', ['-rlF', LOGIN.password, project.at('wheelhouse')]).catch(() => 'nowhere')).toBe('nowhere')

  const exports = change(block('A private index, from A to Z', 'sh'))
    .replace(/^pypackager.*$/m, '')
    .replace('login ada', `login ${LOGIN.username}`)
  const shell = `${exports}\nprintf '%s\\n%s' "$PYPACKAGER_EXTRA_INDEX_URLS" "$PYPACKAGER_INDEX_CREDENTIALS"`
  const said = await must('bash', ['-ec', shell], { env: { ...process.env, INDEX_PASSWORD: LOGIN.password } })
  const [urls = '', credentials = ''] = said.split('\n')
  const env = {
    PYPACKAGER_EXTRA_INDEX_URLS: urls,
    PYPACKAGER_INDEX_CREDENTIALS: credentials,
    PYPACKAGER_CA_BUNDLE: '.ci/company.pem',
    PYPACKAGER_BUILD_NETWORK: 'host',
  }
  const laptop = await tool(['release', '--namespace', NAMESPACE], { cwd: project.workspace, env: { ...env, DOCKER_HOST: daemon.host } })
  expect([laptop.code, laptop.stderr.includes(LOGIN.password)]).toEqual([0, false])
})

test('several registries: each has the same image by the same digest, by an existing login and by one that is given', async () => {
  await using project = await projectOf(shop())
  const change = (text: string) => text.replace('acme-ci', REGISTRY_USER.username)
  const contexts = { secrets: { DOCKER_HUB_TOKEN: REGISTRY_USER.password } }
  const [result] = await ran(steps('Several registries'), project, { contexts, change })
  expect(result?.errors).toEqual([])
  const places = [`${NAMESPACE}/shop`, 'acme/shop']
  const digests = await Promise.all(registries.map(async (one, i) => (await one.manifest(places[i] ?? '', 'main'))?.digest))
  expect(new Set([...digests, result?.outputs.digest]).size).toBe(1)
})

test('an image is shared between jobs by its digest, and as a file', async () => {
  await using project = await projectOf(shop())
  const heading = 'Sharing an image between jobs'
  const [result] = await ran(steps(heading), project)
  const { jobs } = parse(block(heading, 'yaml')) as {
    jobs: Record<string, { container?: { options?: string }; steps: readonly RecipeStep[] }>
  }
  const { container, steps: smoke = [] } = jobs.smoke ?? {}
  const options = (container?.options ?? '').split(' ').filter(Boolean)
  const line = smoke[0]?.run ?? ''
  expect(line).not.toBe('')
  const pulled = ['--config', config.path, 'run', '--rm', ...options, '--entrypoint', 'sh', result?.outputs.image ?? '', '-e', '-c', line]
  expect((await command('docker', pulled, { env: { ...process.env, DOCKER_HOST: daemon.host } })).code).toBe(0)

  const [again] = await ran(steps(heading, 1), project)
  expect(again?.errors).toEqual([])
  await onDaemon().docker('image', 'rm', '--force', again?.outputs['release-tag'] ?? '')
  const loaded = await onDaemon().docker('load', '--input', project.at('image.tar.gz'))
  expect(loaded).toContain(again?.outputs['release-tag'])
})

test('a server is added and found, on a laptop too, and one with extras by its command', async () => {
  await using flask = await projectOf({
    ...shop(['flask']),
    'shop/web.py': 'from flask import Flask\napp = Flask(__name__)\n\n@app.get("/")\ndef home():\n    return "shop"\n',
  })
  const [result] = await ran(steps('Adding a server'), flask)
  expect([result?.errors, result?.outputs.command]).toEqual([[], expect.stringContaining('gunicorn')])
  const words = block('Adding a server', 'sh').trim().split(' ').slice(1)
  const laptop = await tool([...words, '--namespace', NAMESPACE], { cwd: flask.workspace, env: { DOCKER_HOST: daemon.host } })
  expect(laptop.code).toBe(0)

  await using asgi = await projectOf({
    ...shop(['fastapi']),
    'shop/asgi.py': 'from fastapi import FastAPI\napp = FastAPI()\n\n@app.get("/")\ndef home():\n    return "by workers"\n',
  })
  const [served] = await ran(steps('Adding a server', 1), asgi)
  expect(served?.errors).toEqual([])
  await using site = await onDaemon().serve(`${NAMESPACE}/shop:main`)
  expect(await (await site.fetch('/')).text()).toBe('"by workers"')
})

test('several extras: each leg of the matrix has a tag of its own', async () => {
  await using project = await projectOf(shop([], '[project.optional-dependencies]\ntest = ["six"]\n'))
  const { jobs } = parse(block('Several extras or Pythons', 'yaml')) as {
    jobs: Record<string, { strategy: { matrix: { extras: readonly string[] } } }>
  }
  const tags: (string | undefined)[] = []
  for (const extras of jobs.image?.strategy.matrix.extras ?? []) {
    const contexts = { matrix: { extras } }
    const [result] = await ran(steps('Several extras or Pythons'), project, { contexts, inputs: { matrix: JSON.stringify({ extras }) } })
    expect(result?.errors).toEqual([])
    tags.push(result?.outputs['release-tag']?.split(':').at(-1))
  }
  expect(tags).toEqual(['main', 'main-test'])
})

/**
 * The second platform: the recipe's is emulated, and its parent takes minutes to make of Debian's packages. This one runs on
 * every amd64, with the wheels of amd64: what other wheels another machine gets is not seen here.
 */
const SECOND = { recipe: 'linux/arm64', here: 'linux/amd64/v2' }
const onAmd64 = process.arch === 'x64' ? test : test.skip

/** Debian's client of Engine 20.10 has no Buildx: then one that only joins, as its `imagetools create` does. */
async function joining(): Promise<string> {
  const { code } = await command('docker', ['--config', config.path, 'buildx', 'version'])
  if (code === 0) return ''
  const { username, password } = REGISTRY_USER
  return `docker() { [ "$1 $2 $3 $4" = 'buildx imagetools create --tag' ] || return 9
    node -e '${STAND_IN}' "${username}:${password}" "\${@:5}"; }\n`
}

const STAND_IN = `(async ([login, ...names]) => {
  const headers = { authorization: "Basic " + btoa(login), accept: "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json" }
  const at = (kind, name) => {
    const [, host, repository, reference] = /^([^/]+)[/](.+?)(?:@|:(?=[^:]*$))(.+)$/.exec(name)
    return "http://" + [host, "v2", repository, kind, reference].join("/")
  }
  const [tag, ...images] = names
  const manifests = await Promise.all(images.map(async (name) => {
    const answer = await fetch(at("manifests", name), { headers })
    const body = await answer.text()
    if (!answer.ok) throw new Error(name + ": " + body)
    const config = await fetch(at("blobs", name.split("@")[0] + "@" + JSON.parse(body).config.digest), { headers })
    const { os, architecture, variant } = await config.json()
    return { mediaType: answer.headers.get("content-type"), digest: answer.headers.get("docker-content-digest"), size: body.length, platform: { os, architecture, variant } }
  }))
  const type = "application/vnd.oci.image.index.v1+json"
  const put = await fetch(at("manifests", tag), { method: "PUT", headers: { ...headers, "content-type": type }, body: JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }) })
  if (!put.ok) throw new Error(tag + ": " + (await put.text()))
})(process.argv.slice(1))`

onAmd64('two platforms: one name is an index of both by their digests, and stays as it is where nothing is pushed', async () => {
  await using project = await projectOf(shop(['six']))
  const recipe = steps('Two platforms')
  expect(block('Two platforms', 'yaml')).toContain(SECOND.recipe)
  const change = (text: string) => text.replace(SECOND.recipe, SECOND.here)
  const run = async (env: Readonly<Record<string, string>> = {}) => {
    const results = await ran(recipe, project, { change, env, shell: await joining() })
    expect(results.flatMap((result) => result?.errors ?? [])).toEqual([])
    const index = await registries[0]?.manifest(`${NAMESPACE}/shop`, '1.2.3')
    return { digests: results.map((result) => result?.outputs.digest), index, held: index?.body.manifests?.map(({ digest }) => digest) }
  }
  await must('git', ['tag', 'v1.2.3'], { cwd: project.workspace })
  const release = { GITHUB_REF: 'refs/tags/v1.2.3', GITHUB_REF_NAME: 'v1.2.3', GITHUB_REF_TYPE: 'tag' }
  const first = await run(release)
  expect(first.held).toEqual(first.digests)
  expect(new Set(first.digests).size).toBe(2)
  for (const tag of ['1.2', '1', 'latest']) {
    expect((await registries[0]?.manifest(`${NAMESPACE}/shop`, tag))?.digest).toBe(first.index?.digest)
  }
  const name = `${registries[0]?.host}/${NAMESPACE}/shop:1.2.3`
  await must('docker', ['--config', config.path, 'pull', '--platform=linux/amd64', name], {
    env: { ...process.env, DOCKER_HOST: daemon.host },
  })
  expect(await onDaemon().run(name, ['python', '-c', 'import shop, six; print(shop.NAME)'])).toBe('shop')

  const again = await run(release)
  expect(again.index?.digest).toBe(first.index?.digest)
  // Nothing is pushed on a merge queue: then nothing is joined.
  const queue = 'gh-readonly-queue/main/pr-7-0123'
  const none = await run({ GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: `refs/heads/${queue}`, GITHUB_REF_NAME: queue })
  expect([none.digests, none.index?.digest]).toEqual([[undefined, undefined], first.index?.digest])
})
