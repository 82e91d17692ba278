import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { alive, asRoot, command, freePort, must, until } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { ROOT } from '../support/runner-step.ts'
import { inTempFolder } from '../support/temp.ts'
import { endTools, inTerminal, startTool, TOOL, type ToolResult, tool, toolEnvironment } from '../support/tool.ts'

// The command line tool as somebody uses it on a laptop, on a small project whose packages are pure Python.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-cli-tool'
const IMAGE = `${NAMESPACE}/greeter:latest`
const OFFLINE = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1,localhost' }
const FILES = {
  'setup.py': `from setuptools import setup

setup(
    name="greeter",
    version="1.0",
    packages=["greeter"],
    scripts=["manage.py"],
    install_requires=["itsdangerous>=2"],
    extras_require={"test": ["iniconfig>=2"]},
)
`,
  'pyproject.toml': `[tool.pypackager]
namespace = "${NAMESPACE}"
image-env = { GREETING = "good day" }
`,
  'greeter/__init__.py': '',
  'greeter/__main__.py': `import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Greet(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["GREETING"].encode())


HTTPServer(("", int(os.environ.get("PORT", "8000"))), Greet).serve_forever()
`,
  'manage.py': `#!/usr/bin/env python
import sys

print("manage", sys.argv[1:])
sys.exit(3 if "fail" in sys.argv else 0)
`,
  Procfile: 'web: python -m greeter\n',
}

let daemon: MachineDaemon
let project: Project
let built: ToolResult
let released: ToolResult

const pypackager = (args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string) =>
  tool(args, { cwd: project.workspace, env, ...(input === undefined ? {} : { input }) })

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf(FILES)
  built = await pypackager(['build', 'test', 'nosuch'])
  released = await pypackager(['release', '--json'], OFFLINE)
})

afterAll(async () => {
  await endTools()
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

/** Containers of our images. */
async function containers(): Promise<readonly string[]> {
  return (await daemon.docker('ps', '--all', '--quiet', `--filter=ancestor=${IMAGE}`)).split('\n').filter(Boolean)
}

async function owner(file: string): Promise<number> {
  return (await stat(project.at(file))).uid
}

describe('build', () => {
  test('fills the wheelhouse with the project and what it requires, in plain text where nobody looks', async () => {
    expect(built.code).toBe(0)
    expect(built.stdout).toMatch(/^2 wheels in wheelhouse · [\d.]+ s\nNext: pypackager release, or pypackager test test nosuch\n$/m)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
    expect(built.stdout).not.toMatch(/\u001b|\r/)
    const files = await readdir(project.at('wheelhouse'))
    expect(files.filter((file) => file.endsWith('.whl')).map((file) => file.split('-')[0])).toEqual([
      'greeter',
      'iniconfig',
      'itsdangerous',
    ])
  })

  test('with an extra has the wheels of that extra too', async () => {
    expect(built.stdout).toMatch(/^ {2}1 more for the test image: iniconfig$/m)
    const wheels = async () =>
      (await readdir(project.at('wheelhouse'))).filter((file) => file.endsWith('.whl')).map((file) => file.split('-')[0])
    expect(await wheels()).toContain('iniconfig')
    // The release, which was made since, has left it there, and has it not.
    expect(JSON.stringify((JSON.parse(released.stdout) as { wheels: object }).wheels)).not.toContain('iniconfig')
    expect((await pypackager(['run', 'python', '-c', 'import iniconfig'])).code).toBe(1)
  })

  test('cmd takes a line in quotes, too', async () => {
    expect((await pypackager(['build', 'cmd', 'pip list && echo done'])).stdout).toMatch(/^pip +\d[\s\S]*done\n$/m)
    expect((await pypackager(['run', 'echo a b'])).stdout).toBe('a b\n')
    expect((await pypackager(['manage', 'migrate --noinput'])).stdout).toBe("manage ['migrate', '--noinput']\n")
  })

  test('with an extra that is not there goes on, and says which are', () => {
    expect(built.stdout).toMatch(/^warning: .*nosuch.*\btest\b/m)
  })
})

describe('release', () => {
  test('takes no index after build, with a proxy that answers nobody', () => {
    expect(released.stderr).toMatch(/requirements are unchanged/)
    expect(released.code).toBe(0)
  })

  test('with --json gives the outcome alone on stdout', () => {
    const outcome = JSON.parse(released.stdout) as Record<string, unknown>
    expect(outcome).toMatchObject({ 'release-tag': IMAGE, version: 'latest', seconds: expect.any(Number) })
    expect(outcome.wheels).toHaveLength(2)
  })

  test('takes the old names of its settings', async () => {
    const result = await pypackager(['release'], { REPO_NS: `${NAMESPACE}/old`, IMAGE_NAME: 'named', REPO_VERSION: '1.5' })
    expect(result.stdout).toContain(`${NAMESPACE}/old/named:1.5`)
    expect(await images().exists(`${NAMESPACE}/old/named:1.5`)).toBe(true)
  })

  test('ends with 75 where an index is out of reach: another try may do', async () => {
    const gone = await pypackager(['build', '--index-url', 'http://127.0.0.1:9/simple', '--build-network', 'host', '--wheelhouse', 'gone'])
    expect(gone.stderr).toMatch(/index 127\.0\.0\.1:9 (refuses connections|dropped the connection)/)
    expect(gone.code).toBe(75)
  })

  test('fails with one line on stderr, and as JSON where that is asked for', async () => {
    const failed = await pypackager(['release', '--python-version', '3.13', '--parent-image', `${NAMESPACE}/nosuch:1`, '--json'])
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/^error: base: /m)
    expect(JSON.parse(failed.stdout)).toMatchObject({ error: { step: 'base', next: expect.any(String) } })
  })

  test('tells where a wrong value stands, and ends with 2', async () => {
    const wrong = await pypackager(['release'], { PYPACKAGER_BYTECODE: 'sum' })
    expect(wrong.stderr).toBe('error: PYPACKAGER_BYTECODE: bytecode is "sum". It must be one of used, all, none.\n')
    expect(wrong.code).toBe(2)
  })
})

describe('run', () => {
  test('hands everything over as it was typed: quotes, blanks, $, newlines, empty ones', async () => {
    const words = ['a b', '', '$HOME', 'two\nlines', '"q"', "it's", '--', '-e', '--json', '*']
    const result = await pypackager(['run', '--', 'python', '-c', 'import sys; print(sys.argv[1:])', ...words])
    expect(result.stdout).toBe(`${await must('python3', ['-c', 'import sys; print(sys.argv[1:])', ...words])}\n`)
  })

  test('ends with the code of the command', async () => {
    expect((await pypackager(['run', 'sh', '-c', 'exit 7'])).code).toBe(7)
    expect((await pypackager(['run', 'no-such-command'])).code).toBe(127)
  })

  test('gives what is piped into it to the command', async () => {
    expect((await pypackager(['run', 'cat'], {}, 'from a pipe\n')).stdout).toBe('from a pipe\n')
  })

  test('gives environment values with blanks, by flag, by the old name and by name alone', async () => {
    const show = ['run', '-e', 'A=b  c', '--env', 'D', '--', 'sh', '-c', 'echo "$A|$D|$GREETING"']
    expect((await pypackager(show, { D: 'e f' })).stdout).toBe('b  c|e f|good day\n')
    expect((await pypackager(['run', 'sh', '-c', 'echo "$A$B"'], { ENV_VARS: 'A=1 B=2' })).stdout).toBe('12\n')
  })

  test('mounts a folder that it makes, and what is written there belongs to the owner of the project', async () => {
    await must(...asRoot('chown', '-R', '1234:1234', project.workspace))
    const result = await pypackager(['run', '-v', './made here:/data', '--', 'sh', '-c', 'id -u; touch /data/file'])
    expect([result.stdout, await owner('made here/file'), await owner('made here')]).toEqual(['1234\n', 1234, 1234])
  })

  test.each(['./hidden:/data', './hidden/settings.toml:/settings.toml:ro'])(
    'refuses the volume %s where the daemon does not see what it names, as from a container',
    async (volume) => {
      await mkdir(project.at('hidden'), { recursive: true })
      const inside = 'mount -t tmpfs none hidden && touch hidden/settings.toml && exec "$@"'
      const line = ['unshare', '--mount', 'sh', '-c', inside, 'sh', process.execPath, TOOL, 'run', '-v', volume, '--', 'true'] as const
      const result = await command(...asRoot(...line), { cwd: project.workspace, env: toolEnvironment() })
      expect(result.stderr).toContain(`the Docker daemon does not see ${project.at('hidden')}`)
      expect([result.code, await readdir(project.at('hidden'))]).toEqual([2, []])
    },
  )

  test('publishes ports, and starts what the image starts by itself', async () => {
    const port = await freePort()
    const running = startTool(['run'], { cwd: project.workspace, env: { PORTS: `127.0.0.1:${port}:8000` } })
    await until('an answer', 60, () => fetch(`http://127.0.0.1:${port}/`).then(({ ok }) => ok, () => false)) // biome-ignore format: one line
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('good day')
    running.kill('SIGINT')
    expect((await running.result).code).toBe(130)
    expect(await containers()).toEqual([])
  })

  test('is interactive in a terminal: it has one, and the command reads what is typed', async () => {
    const running = inTerminal(['run', 'bash', '--norc'], { cwd: project.workspace })
    await running.seen('$ ')
    running.type('tty; read -r word; echo "read:$word"; exit 9\n')
    await running.seen('/dev/pts/')
    running.type('hello\n')
    const { code } = await running.result
    expect(running.said()).toContain('read:hello')
    expect(code).toBe(9)
    expect(await containers()).toEqual([])
  })

  test('in a terminal gives Ctrl-C to the command', async () => {
    const running = inTerminal(['run', 'sh', '-c', 'trap "echo caught; exit 5" INT; echo ready; while :; do sleep 1; done'], {
      cwd: project.workspace,
    })
    await running.seen('ready')
    running.type('\u0003')
    expect((await running.result).code).toBe(5)
    expect(running.said()).toContain('caught')
  })

  test('killed, leaves a container that the next run on this project removes, and no other', async () => {
    const running = startTool(['run', 'sleep', '600'], { cwd: project.workspace })
    await until('the container', 60, async () => (await containers()).length === 1)
    const other = await daemon.docker('run', '--detach', '--label=io.pypackager.run=tool.else.where.1.1.x', IMAGE, 'sleep', '600')
    running.kill('SIGKILL') // docker's client lives on, and its pipes
    await until('the end of the tool', 10, () => !alive(running.pid))
    expect((await pypackager(['run', 'true'])).code).toBe(0)
    const left = await containers()
    await daemon.docker('rm', '--force', other)
    expect(left).toEqual([other.slice(0, 12)])
  })

  test('without a command, in an image that has none either, says what is missing', async () => {
    await inTempFolder(async (folder) => {
      await writeFile(path.join(folder, 'Dockerfile'), `FROM ${IMAGE}\nCMD []\n`)
      await writeFile(path.join(folder, 'setup.py'), 'from setuptools import setup\nsetup(name="silent")\n')
      const here = { cwd: folder, env: { REPO_NS: NAMESPACE } }
      expect((await tool(['image'], here)).code).toBe(0)
      const result = await tool(['run'], here)
      expect(result.stderr).toContain(`the image ${NAMESPACE}/silent:latest has no start command`)
      expect(result.code).toBe(2)
    })
  })

  test('says what to do first where the image is not here', async () => {
    const result = await pypackager(['run', '--version', '9', 'true'])
    expect(result.stderr).toBe(`error: run: the image ${NAMESPACE}/greeter:9 is not on this machine. Make it first: pypackager release\n`)
    expect(result.code).toBe(1)
  })
})

describe('manage', () => {
  test('gives its words to manage.py, flags among them', async () => {
    expect((await pypackager(['manage', 'migrate', '--noinput'])).stdout).toBe("manage ['migrate', '--noinput']\n")
    expect((await pypackager(['manage', '--', '--version', 'a b'])).stdout).toBe("manage ['--version', 'a b']\n")
  })

  test('ends with its code', async () => {
    expect((await pypackager(['manage', 'fail'])).code).toBe(3)
  })
})

describe('build cmd', () => {
  test('runs in the builder, in the source, as its owner; the wheelhouse is at hand', async () => {
    await must(...asRoot('chown', '-R', '1234:1234', project.workspace))
    const script =
      'id -u; pwd; gcc --version >/dev/null && echo gcc; pip --version >/dev/null && echo pip; touch made /wheelhouse/made; exit 6'
    const result = await pypackager(['build', 'cmd', '--', 'sh', '-c', script])
    expect(result.stdout).toBe('1234\n/application\ngcc\npip\n')
    expect(result.code).toBe(6)
    expect([await owner('made'), await owner('wheelhouse/made')]).toEqual([1234, 1234])
  })
})

describe('test', () => {
  test('makes the test image from the wheels of build, without an index, and runs what must pass', async () => {
    const result = await pypackager(['test', 'test', '--test-command', 'python -c "import iniconfig"'], OFFLINE)
    expect(result.stdout).toContain(`${NAMESPACE}/greeter-test:latest`)
    expect(result.code).toBe(0)
  })

  test('fails where it does not pass', async () => {
    const result = await pypackager(['test', 'test', '--test-command', 'false'], OFFLINE)
    expect(result.stderr).toMatch(/^error: test-command: "false" ended with code 1/m)
    expect(result.code).toBe(1)
  })
})

describe('image', () => {
  test("builds Dockerfiles in the original's layout, each on the one before, and the release", async () => {
    await inTempFolder(async (folder) => {
      await cp(path.join(ROOT, 'examples/classic'), folder, { recursive: true })
      const here = { cwd: folder, env: { REPO_NS: NAMESPACE, IMAGE_NAME: 'classic' } }
      const early = await tool(['image', 'docker/builder'], here)
      expect(early.stderr).toContain(`takes BASE_IMAGE, and ${NAMESPACE}/classic-base:latest is not on this machine. Make it first`)
      expect((await tool(['image', 'docker/base'], here)).stdout).toContain(
        `${NAMESPACE}/classic-base:latest: built from docker/base/Dockerfile`,
      )
      const env = await images().run(`${NAMESPACE}/classic-base:latest`, ['env'])
      expect(env).toContain('VIRTUAL_ENV=/appenv')
      await rm(path.join(folder, '.dockerignore')) // it leaves wheels alone in the context
      await mkdir(path.join(folder, 'web'))
      await writeFile(path.join(folder, 'web/Dockerfile'), 'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nCOPY src/setup.py /\n')
      expect((await tool(['image', 'web', '.'], here)).stdout).toContain(`${NAMESPACE}/classic-web:latest: built from web/Dockerfile`)
      await writeFile(path.join(folder, 'Dockerfile'), 'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nENV MADE=here\n')
      const whole = await tool(['image', '--json'], here)
      expect(JSON.parse(whole.stdout)).toMatchObject({ image: `${NAMESPACE}/classic:latest` })
      expect((await tool(['run', 'sh', '-c', 'echo $MADE'], here)).stdout).toBe('here\n')
    })
  })
})

describe('plan', () => {
  test('shows each value with where it comes from, and what would be made', async () => {
    const { stdout } = await pypackager(['plan', '--user', '12'], { REPO_VERSION: '3' })
    for (const row of [
      `namespace +${NAMESPACE} +\\(pyproject.toml\\)`,
      'image-name +greeter +\\(setup.py\\)',
      'version +3 +\\(REPO_VERSION\\)',
      'user +12 +\\(--user\\)',
      'bytecode +used +\\(default\\)',
      'image-env +GREETING=good day +\\(pyproject.toml\\)',
      'exclude-newer +2026-01-02T00:00:00Z +\\(the wheelhouse\\)',
    ])
      expect(stdout).toMatch(new RegExp(`^  ${row}$`, 'm'))
    expect(stdout).toMatch(new RegExp(`^  release  ${NAMESPACE}/greeter:3 +runs as 12; starts by Procfile$`, 'm'))
  })

  test('as JSON has the Dockerfile too', async () => {
    const plan = JSON.parse((await pypackager(['plan', '--json'])).stdout) as { dockerfile: string; settings: object }
    expect(plan.dockerfile).toContain(' AS base\n')
    expect(plan.settings).toMatchObject({ namespace: { value: NAMESPACE, from: 'pyproject.toml' } })
  })
})

describe('clean', () => {
  test('removes the wheelhouse, and says so when there is none', async () => {
    expect((await pypackager(['clean'])).stdout).toBe('wheelhouse is removed\n')
    expect((await pypackager(['clean'])).stdout).toBe('wheelhouse is not there: nothing to remove\n')
  })

  test('removes nothing that pypackager did not fill', async () => {
    await project.write('precious/file', 'x')
    const result = await pypackager(['clean', '--wheelhouse', 'precious'])
    expect(result.stderr).toBe('error: clean: precious was not filled by pypackager. Remove it by hand if it is to go.\n')
    expect(await readdir(project.at('precious'))).toEqual(['file'])
  })
})

describe('the tool itself', () => {
  test('starts by npx from the repository', async () => {
    const { stdout } = await command('npx', ['pypackager', '--version'], { cwd: ROOT, env: toolEnvironment() })
    expect(stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('colours and progress in a terminal, unless NO_COLOR is set', async () => {
    const coloured = await inTerminal(['nosuch'], { cwd: project.workspace }).result
    expect(coloured.stdout).toContain('\u001b[31merror:\u001b[0m')
    const plain = await inTerminal(['nosuch'], { cwd: project.workspace, env: { NO_COLOR: '1' } }).result
    expect(plain.stdout).toMatch(/^error: arguments: there is no verb/)
  })
})
