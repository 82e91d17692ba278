import { cp, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { freePort, must, until } from '../support/command.ts'
import { type Container, startContainer } from '../support/container.ts'
import { machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { endTools, startTool, type ToolResult, tool } from '../support/tool.ts'

// Whole applications, asked from outside: by a published port, from a second container, and by the line that says how to start them.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-apps-test'
const IMAGE = `${NAMESPACE}/app:latest`
const FIXTURES = path.join(import.meta.dirname, '../fixtures/apps')
const env = { PYPACKAGER_NAMESPACE: NAMESPACE, PYPACKAGER_IMAGE_NAME: 'app' }

interface Row {
  readonly app: string
  readonly what: string
  /** Settings, as flags. */
  readonly flags?: readonly string[]
  readonly changed?: Readonly<Record<string, string>>
  /** What GET / answers. */
  readonly says: string | RegExp
  /** What the log of the release holds. */
  readonly log?: RegExp
  readonly more?: (container: Container) => Promise<void>
  /** The line that says how to start it is followed: it is the same for all. */
  readonly followed?: true
}

const SHOP = 'hello from the shop\n'

const ROWS: readonly Row[] = [
  {
    app: 'procfile-nobind',
    what: 'gunicorn of a Procfile that does not say where to listen, beside what lies about on a laptop',
    followed: true,
    changed: {
      '.npmrc': '//registry.example/:_authToken=x\n',
      'infra/terraform.tfstate': '{"outputs": {}}\n',
      deploy_key: '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n',
      'tls.crt': '-----BEGIN CERTIFICATE-----\nx\n-----BEGIN PRIVATE KEY-----\nx\n',
      'my-project.txt': '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n"}\n',
      '.idea/workspace.xml': '<project/>\n',
      kubeconfig: 'kind: Config\nusers: []\n',
    },
    says: SHOP,
    log: /Left out, as secrets or local databases are not for an image: \.npmrc, deploy_key, infra\/terraform\.tfstate, kubeconfig, my-project\.txt, tls\.crt/,
    more: async ({ id }) => {
      const found = await must('docker', [
        'exec',
        id,
        'find',
        '/app',
        '-type',
        'f',
        '-not',
        '-name',
        '*.pyc',
        '-not',
        '-path',
        '*/.gunicorn/*',
      ])
      expect(found.split('\n').sort()).toEqual(['/app/.gitignore', '/app/Procfile', '/app/app.py', '/app/requirements.txt'])
    },
  },
  { app: 'procfile-port', what: 'the line of a Procfile that expects PORT', says: SHOP },
  {
    app: 'dash',
    what: 'the server of a Dash application',
    says: /<title>Dash<\/title>/,
    log: /starts by app:server and gunicorn/,
  },
  {
    app: 'src-main',
    what: 'src/main.py that imports what lies beside it',
    followed: true,
    says: '{"greeting":"hello"}',
    log: /starts by main:app and uvicorn/,
  },
  {
    app: 'src-main',
    what: 'the same by a line that goes there',
    flags: ['--command', 'cd src && exec uvicorn main:app --host 0.0.0.0 --port $PORT'],
    says: '{"greeting":"hello"}',
    log: /✓ main can be imported/,
  },
  {
    app: 'backend-subfolder',
    what: 'a Django site with manage.py in a folder and requirements above it',
    says: SHOP,
    log: /starts by shop\.wsgi and gunicorn/,
    more: async ({ id }) => {
      expect((await tool(['manage', 'check'], { cwd: project.workspace, env })).code).toBe(0)
      expect(await must('docker', ['exec', id, 'python', '-c', 'import shop, sys; print(shop.__file__)'])).toBe(
        '/app/backend/shop/__init__.py',
      )
    },
  },
  {
    app: 'backend-subfolder',
    what: 'the same by an option of its server',
    flags: ['--command', 'gunicorn --chdir backend --bind 0.0.0.0:$PORT shop.wsgi:application'],
    says: SHOP,
    log: /✓ shop\.wsgi can be imported/,
  },
  {
    app: 'wheel-cwd-static',
    what: 'a project of folders beside its packages, whose source is taken',
    flags: ['--wheel', 'never'],
    says: '<p>hello from shop</p>',
    log: /no wheel of the project, as wheel: never says so/,
  },
  { app: 'wheel-sqlite', what: 'a wheel that keeps its database beside its packages', says: SHOP, followed: true },
  {
    app: 'secret-file',
    what: 'settings that write a key when they are imported',
    says: SHOP,
    log: /your application writes \/app\/secret\.txt/,
  },
  {
    app: 'db-by-file',
    what: 'an application that makes a database when it is imported',
    says: '"ok"',
    log: /your application writes \/app\/shop\.db/,
    more: async (container) => {
      expect(await (await container.fetch('/visit', { method: 'POST' })).text()).toBe('1')
    },
  },
  {
    app: 'media-gitkeep',
    what: 'a site that keeps uploads, with a fresh named volume over their folder',
    says: 'hello\n',
    more: async (container) => {
      expect(await (await container.fetch('/upload')).text()).toBe('a.txt')
      expect(await images().ownerInVolume(IMAGE, '/app/media')).toBe('10001:10001')
    },
  },
  {
    app: 'mounted-settings',
    what: 'a site whose settings may be mounted over',
    says: 'the default shop\n',
    more: async () => {
      const settings = path.join(FIXTURES, 'mounted-settings/shop/settings.py')
      await project.write('mounted.py', `${await readFile(settings, 'utf8')}SHOP_NAME = "the mounted shop"\n`)
      await using mounted = await startContainer(IMAGE, undefined, [`--volume=${project.at('mounted.py')}:/app/shop/settings.py:ro`])
      expect(await (await mounted.fetch('/')).text()).toBe('the mounted shop\n')
    },
  },
]

interface Refused {
  readonly app: string
  readonly what: string
  readonly flags?: readonly string[]
  readonly changed?: Readonly<Record<string, string>>
  readonly error: RegExp
  /** A tick that would deny it. */
  readonly without?: RegExp
}

const REFUSED: readonly Refused[] = [
  {
    app: 'loopback',
    what: 'a server that listens on loopback alone',
    error: /listens on 127\.0\.0\.1 only: nothing outside the container reaches it.*Bind 0\.0\.0\.0/,
  },
  {
    app: 'wheel-cwd-static',
    what: 'folders beside the packages of a wheel',
    error:
      /code 1: RuntimeError: Directory 'static' does not exist.*static is in the source and not in the wheel.*--wheel never, which takes/,
    without: /✓ templates, static files and data/,
  },
  {
    app: 'manifest-missing',
    what: 'a style sheet that names a missing file under manifest storage',
    error: /the static file catalog\/site\.css cannot be served: it names catalog\/img\/missing\.png/,
  },
  {
    app: 'procfile-port',
    what: 'a script that may not be executed, before it is run',
    flags: ['--command', './start.sh'],
    changed: { 'start.sh': '#!/bin/sh\nexec gunicorn --bind 0.0.0.0:$PORT app:app\n' },
    error: /error: release: the start command runs \.\/start\.sh, which may not be executed/,
    without: /the start command (starts|ended)/,
  },
]

let daemon: Awaited<ReturnType<typeof machineDaemon>>
let project: Project

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf({ 'README.md': 'Applications\n' })
})

afterAll(async () => {
  await endTools()
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

/** One image name and one wheelhouse for all: base and tools are made once. */
async function released({ app, flags = [], changed = {} }: Pick<Row, 'app' | 'flags' | 'changed'>): Promise<ToolResult> {
  const kept = new Set(['.git', '.gitignore', 'wheelhouse'])
  for (const name of await readdir(project.workspace)) if (!kept.has(name)) await rm(project.at(name), { recursive: true })
  await cp(path.join(FIXTURES, app), project.workspace, { recursive: true })
  for (const [name, text] of Object.entries(changed)) await project.write(name, text)
  await project.commit()
  return tool(['release', ...flags], { cwd: project.workspace, env })
}

describe.each(ROWS.map((row) => ({ ...row, row })))('$app: $what', ({ row }) => {
  let result: ToolResult
  let container: Container

  beforeAll(async () => {
    result = await released(row)
    if (result.code === 0) container = await startContainer(IMAGE)
  })

  afterAll(async () => container?.[Symbol.asyncDispose]())

  test('is packaged, and nothing is said that outside is not so', async () => {
    expect(result.stderr).not.toMatch(/^error/m)
    if (row.log) expect(`${result.stdout}${result.stderr}`).toMatch(row.log)
    expect(`${result.stdout}${result.stderr}`).toMatch(/✓ the start command starts: GET \/ on port 8000 answers 200/)
  })

  test('answers on a published port, and to a second container', async () => {
    expect(await (await container.fetch('/')).text()).toEqual(answer(row.says))
    const address = await must('docker', ['inspect', '--format', '{{.NetworkSettings.IPAddress}}', container.id])
    const ask = `import urllib.request; print(urllib.request.urlopen("http://${address}:8000/").read().decode(), end="")`
    const seen = await images().run(IMAGE, ['python', '-c', ask], ['--entrypoint='])
    expect(seen).toEqual(answer(typeof row.says === 'string' ? row.says.trim() : row.says))
    await row.more?.(container)
  })

  const name = row.followed ? 'answers by the line that says how to start it' : 'is started by the line that starts the others'
  test(name, async () => {
    const [, line = ''] = /^Start it: pypackager (.*?)(?: \(http.*\))?$/m.exec(result.stdout) ?? []
    expect(line).toBe('run -p 8000:8000')
    if (!row.followed) return
    const port = await freePort()
    const running = startTool(line.replace('8000:8000', `127.0.0.1:${port}:8000`).split(' '), { cwd: project.workspace, env })
    await until('an answer', 30, () => fetch(`http://127.0.0.1:${port}/`).then(({ ok }) => ok, () => false)) // biome-ignore format: one line
    running.kill('SIGINT')
    expect((await running.result).code).toBe(130)
  })
})

test.each(REFUSED.map((row) => ({ ...row, row })))('$app: $what is refused', async ({ row }) => {
  const result = await released(row)
  expect(result.code).toBe(1)
  expect(
    result.stderr
      .split('\n')
      .filter((line) => line.startsWith('error:'))
      .join(),
  ).toMatch(row.error)
  expect(result.stdout).not.toContain('Start it')
  if (row.without) expect(`${result.stdout}${result.stderr}`).not.toMatch(row.without)
})

function answer(says: string | RegExp) {
  return typeof says === 'string' ? says : expect.stringMatching(says)
}
