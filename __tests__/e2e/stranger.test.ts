import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { command, freePort, must, until } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Project, projectOf } from '../support/project.ts'
import { endTools, inTerminal, startTool, TOOL, type ToolResult, tool, toolEnvironment } from '../support/tool.ts'

// The first commands of somebody who does not know the tool, on what somebody has: an application of FastAPI, one of Flask
// with a requirements.txt, and a command line tool.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-stranger'
const KINDS = {
  api: {
    'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef hello():\n    return "one"\n',
    'pyproject.toml': '[project]\nname = "api"\nversion = "0.1"\nrequires-python = ">=3.11"\ndependencies = ["fastapi", "uvicorn"]\n',
  },
  site: {
    'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef home():\n    return "hello"\n',
    'requirements.txt': 'flask\n',
  },
  wordcount: {
    'pyproject.toml': `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "wordcount"
version = "0.3.0"
dependencies = ["click"]
[project.scripts]
wordcount = "wordcount.cli:main"
`,
    'src/wordcount/__init__.py': '',
    'src/wordcount/cli.py':
      'import click\n\n\n@click.command()\n@click.version_option("0.3.0")\n@click.argument("file", type=click.File())\ndef main(file):\n    print(len(file.read().split()))\n',
  },
}
type Kind = keyof typeof KINDS

let daemon: MachineDaemon
const projects = {} as Record<Kind, Project>
const plans = {} as Record<Kind, ToolResult>
const releases = {} as Record<Kind, ToolResult>

const ENV = { PYPACKAGER_NAMESPACE: NAMESPACE }
const pypackager = (kind: Kind, ...args: readonly string[]) => tool(args, { cwd: projects[kind].workspace, env: ENV })

const TODAY = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  for (const kind of Object.keys(KINDS) as Kind[]) {
    // Of today: their packages are those of today, too.
    projects[kind] = await projectOf(KINDS[kind])
    plans[kind] = await pypackager(kind, 'plan', '--exclude-newer', TODAY)
    releases[kind] = await pypackager(kind, 'release', '--exclude-newer', TODAY)
  }
})

afterAll(async () => {
  await endTools()
  for (const project of Object.values(projects)) await project[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

async function page(port: number): Promise<string> {
  return fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), () => '') // biome-ignore format: one line
}

async function containers(): Promise<readonly string[]> {
  const images = ['api', 'api-dev', 'wordcount'].map((name) => `--filter=ancestor=${NAMESPACE}/${name}:latest`)
  return (await daemon.docker('ps', '--all', '--quiet', ...images)).split('\n').filter(Boolean)
}

describe('plan says how the release then starts', () => {
  test.each<{ kind: Kind; planned: RegExp; released: RegExp }>([
    {
      kind: 'api',
      planned: /^ {2}command +uvicorn --host 0\.0\.0\.0 --port \$\{PORT:-8000\} main:app +\(most likely, by main:app and uvicorn;/m,
      released: /^ {2}starts by main:app and uvicorn: /m,
    },
    {
      kind: 'site',
      planned: /most likely without a start command: nothing that serves app:app is among the dependencies\. Set --package gunicorn; /,
      released:
        /^warning: The image has no start command: nothing that serves app:app is among the dependencies\. Set --package gunicorn; /m,
    },
    {
      kind: 'wordcount',
      planned: /^ {2}command +wordcount +\(most likely, by the console script wordcount;/m,
      released: /^ {2}starts by the console script wordcount: wordcount$/m,
    },
  ])('$kind', ({ kind, planned, released }) => {
    expect(plans[kind].stdout).toMatch(planned)
    expect([releases[kind].code, releases[kind].stdout]).toEqual([0, expect.stringMatching(released)])
  })
})

test('plan names what an image starts by in the line of that image too', () => {
  expect(plans.api.stdout).toMatch(/; most likely starts by main:app and uvicorn$/m)
})

test('plan warns of an extra that the project does not have', async () => {
  const { code, stdout } = await pypackager('wordcount', 'plan', '--extras', 'tset')
  expect([code, stdout]).toEqual([0, expect.stringContaining('warning: wordcount has no extra "tset"')])
})

describe('the last line of release', () => {
  test.each<{ kind: Kind; says: string }>([
    { kind: 'api', says: 'Start it: pypackager run -p 8000:8000 (http://127.0.0.1:8000)\n' },
    {
      kind: 'site',
      says: `Look inside: pypackager run bash. To start app: pypackager release --exclude-newer ${TODAY} --package gunicorn\n`,
    },
    { kind: 'wordcount', says: `-v "$PWD:/work" -w /work ${NAMESPACE}/wordcount:latest wordcount …\n` },
  ])('fits $kind', ({ kind, says }) => {
    expect(releases[kind].stdout.endsWith(says)).toBe(true)
  })

  test('of a command line tool works as it stands, in the folder of its files', async () => {
    const { stdout } = releases.wordcount
    expect(stdout).toContain('Start it: pypackager run -- wordcount --help\n')
    const [, line = ''] = /^On files of any folder: (docker .*) …$/m.exec(stdout) ?? []
    await using files = await projectOf({ 'words.txt': 'one two three\n' })
    expect(await must('sh', ['-c', `${line} words.txt`], { cwd: files.workspace })).toBe('3')
  })

  test('of a command line tool comes after no warning that it starts nothing', () => {
    expect(releases.wordcount.stdout).not.toContain('warning:')
    expect(releases.wordcount.stdout).toContain('– start command: not checked: without arguments wordcount prints a help text')
  })
})

describe('run', () => {
  test('gives words that begin with a flag to what the image starts', async () => {
    expect(await pypackager('wordcount', 'run', '--', '--version')).toMatchObject({ code: 0, stdout: 'wordcount, version 0.3.0\n' })
    expect((await pypackager('api', 'run', '--', '--version')).stdout).toMatch(/^Running uvicorn /)
    expect((await pypackager('wordcount', 'run', 'wordcount', '--help')).stdout).toContain('Usage: wordcount')
  })

  test('says what is missing where there is no start command', async () => {
    const none = await pypackager('site', 'run')
    expect(none.stderr).toContain('has no start command: nothing that serves app:app is among the dependencies. Set --package gunicorn')
    expect(none.code).toBe(2)
    expect((await pypackager('site', 'run', '--', '--reload')).stderr).toContain('"--reload" is an argument, and the image')
  })

  test('waits for services that env names', async () => {
    const port = await freePort()
    const service = createServer((socket) => socket.on('error', () => {}).end('ready'))
    const later = setTimeout(() => service.listen(port, '127.0.0.1'), 3000)
    try {
      const ask = `import socket; print(socket.create_connection(("127.0.0.1", ${port})).recv(5))`
      const set = ['--network', 'host', '-e', `CACHE_URL=redis://127.0.0.1:${port}/0`]
      const asked = await pypackager('wordcount', 'run', ...set, '--', 'python', '-c', ask)
      expect(asked).toEqual({ code: 0, stdout: "b'ready'\n", stderr: '' })
    } finally {
      clearTimeout(later)
      service.close()
    }
  })
})

describe('test', () => {
  test('says that nothing ran where there is no command', async () => {
    const made = await pypackager('wordcount', 'test')
    expect(made.stdout).toMatch(/^note: Nothing ran in the test image: /m)
    expect(made.code).toBe(0)
  })
})

describe('dev', () => {
  test('makes the dev image and serves the source as it is, with its changes', async () => {
    const port = await freePort()
    const running = startTool(['dev', '-p', `127.0.0.1:${port}:8000`], { cwd: projects.api.workspace, env: ENV })
    await until('a page', 120, async () => (await page(port)) === '"one"')
    await writeFile(projects.api.at('main.py'), KINDS.api['main.py'].replace('one', 'two'))
    await until('the change', 60, async () => (await page(port)) === '"two"')
    running.kill('SIGINT')
    expect((await running.result).code).toBe(130)
    expect(await containers()).toEqual([])
  })

  test('runs a command instead, in the source', async () => {
    const asked = await pypackager('wordcount', 'dev', '--', 'python', '-c', 'import os, wordcount; print(os.getcwd(), wordcount.__file__)')
    expect([asked.code, asked.stdout]).toEqual([0, '/app /app/src/wordcount/__init__.py\n'])
  })
})

describe('init', () => {
  test('shows what it would write and why, and writes it by the word of its user alone', async () => {
    const { site } = projects
    const before = await site.hash()
    const shown = await pypackager('site', 'init')
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/^\+\+\+ b\/\.github\/workflows\/package\.yml\n@@ -0,0 \+1,26 @@\n\+name: package$/m)
    expect(shown.stdout).toMatch(/^\+\[tool\.pypackager\]\n\+packages = \["gunicorn"\]$/m)
    expect(shown.stdout.endsWith('Nothing is written. To write it: pypackager init --write\n')).toBe(true)
    expect(await site.hash()).toBe(before)
    const written = await pypackager('site', 'init', '--write')
    expect(written.stdout).toMatch(/^\.github\/workflows\/package\.yml and pyproject\.toml written\. Next: pypackager release/m)
    expect(await site.git('status', '--porcelain', '--untracked-files=all')).toBe('?? .github/workflows/package.yml\n?? pyproject.toml')
    expect((await pypackager('site', 'init')).stdout).toContain('Nothing has to be written.')
    expect((await pypackager('site', 'release', '--write')).code).toBe(2)
    const released = await pypackager('site', 'release')
    expect([released.code, released.stdout]).toEqual([
      0,
      expect.stringMatching(/starts by app:app and gunicorn[\s\S]*Start it: pypackager run -p 8000:8000/),
    ])
  })

  test('asks in a terminal', async () => {
    const running = inTerminal(['init'], { cwd: projects.wordcount.workspace, env: ENV })
    await running.seen('Write this? [y/N]')
    running.type('n\n')
    expect((await running.result).code).toBe(0)
    expect(running.said()).toContain('Nothing is written.')
  })
})

describe('a pipe that nobody reads', () => {
  test.each(['--help', 'plan', 'plan --json', 'build', 'release', 'test', 'run env', 'clean'])('ends %s without a trace', async (verb) => {
    const line = '"$1" "$2" ${@:3} 2>&1 >/dev/null | cat >&2; "$1" "$2" ${@:3} | true; exit ${PIPESTATUS[0]}'
    const piped = await command('bash', ['-c', line, 'bash', process.execPath, TOOL, ...verb.split(' ')], {
      cwd: projects.wordcount.workspace,
      env: toolEnvironment(ENV),
    })
    // What runs in the container writes itself, and docker ends as it likes.
    if (!verb.startsWith('run')) expect([0, 141]).toContain(piped.code)
    expect(piped.stderr).not.toMatch(/^ +at |EPIPE|unexpectedly/m)
    expect(await containers()).toEqual([])
  })
})
