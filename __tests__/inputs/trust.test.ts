import { spawn } from 'node:child_process'
import { mkdir, readFile, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { tool } from '../../src/cli/verbs/tool.ts'
import { VERBS } from '../../src/cli/verbs.ts'
import { FILE_SETTINGS } from '../../src/inputs/flags.ts'
import { HARMLESS, NEED_WORD, needingWord, wordPrint } from '../../src/inputs/trust.ts'
import { inTempFolder, writeFiles } from '../support/temp.ts'
import { toolEnvironment } from '../support/tool.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const NODE = path.join(ROOT, 'node_modules/.bin/node')

describe('every key that the table takes', () => {
  test('is judged, once', () => {
    expect([...HARMLESS, ...NEED_WORD].sort()).toEqual([...FILE_SETTINGS].sort())
  })

  test('stands in the manual with its judgement', async () => {
    const page = await readFile(path.join(ROOT, 'docs/tests-and-commands.md'), 'utf8')
    const [, section = ''] = page.split('## A project of somebody else')
    const [need = '', harmless = ''] = section.split('These take no word')
    for (const key of NEED_WORD) expect(need).toContain(`\`${key}\``)
    for (const key of HARMLESS) expect(harmless).toContain(`\`${key}\``)
  })
})

describe('what needs a word', () => {
  const settings = new Map([
    ['run', { value: 'x', from: 'pyproject.toml' }],
    ['volumes', { value: './a:/a', from: '--volume' }],
    ['namespace', { value: 'acme', from: 'pyproject.toml' }],
    ['new', { value: 'x', from: 'pyproject.toml' }],
  ])

  test('is what the file sets and nothing before it, keys that nobody judged among it', () => {
    expect([...needingWord(settings, 'pyproject.toml').keys()]).toEqual(['new', 'run'])
  })

  test('is another word for another value', () => {
    const prints = ['x', 'y', 'x\ny'].map((value) => wordPrint(new Map([['run', value]])))
    expect(new Set(prints).size).toBe(3)
  })
})

interface Said {
  readonly code: number
  readonly text: string
}

const TOOL = `import { tool } from '${ROOT}/src/cli/verbs/tool.ts'
const { argv, env, stdin, stdout, stderr } = process
process.exitCode = await tool({ argv: argv.slice(2), env, cwd: process.cwd(), dist: '${ROOT}/src', stdin, stdout, stderr })
process.stdout.write('', () => process.stderr.write('', () => process.exit()))
`

/** The tool in a project, with Docker out of reach: whatever comes that far was let through. */
async function said(folder: string, args: readonly string[], answer?: string, env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const words = [NODE, path.join(folder, 'tool.mjs'), ...args]
  await writeFiles(folder, { 'tool.mjs': TOOL })
  const options = {
    cwd: path.join(folder, 'work'),
    env: toolEnvironment({
      DOCKER_HOST: 'unix:///nonexistent.sock',
      XDG_CONFIG_HOME: path.join(folder, 'config'),
      PYPACKAGER_PARENT_IMAGE: '',
      ...env,
    }),
  }
  const line = words.map((word) => `'${word}'`).join(' ')
  const child =
    answer === undefined
      ? spawn(words[0] ?? '', words.slice(1), options)
      : spawn('script', ['--quiet', '--return', '--flush', '--command', `exec ${line}`, '/dev/null'], options)
  let text = ''
  let answered = answer === undefined
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    if (answered || !text.includes('[y/N] ')) return
    answered = true
    child.stdin.write(answer ?? '')
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  if (answer === undefined) child.stdin.end()
  const timer = setTimeout(() => child.kill('SIGKILL'), 100_000)
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 128)))
  clearTimeout(timer)
  return { code, text }
}

/** The same in this process, for calls that end before anything is begun. */
async function refusal(folder: string, args: readonly string[]): Promise<Said> {
  let text = ''
  const stream = { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream
  const env = toolEnvironment({ XDG_CONFIG_HOME: path.join(folder, 'config'), PYPACKAGER_PARENT_IMAGE: '' })
  const around = { argv: args, env, cwd: path.join(folder, 'work'), dist: path.join(ROOT, 'src') }
  const code = await tool({ ...around, stdin: {} as NodeJS.ReadStream, stdout: stream, stderr: stream })
  return { code, text }
}

const PROJECT = '[project]\nname = "shop"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\n'
const files = (table: string) => ({ 'work/pyproject.toml': `${PROJECT}[tool.pypackager]\n${table}\n`, 'work/.git/HEAD': '' })
const LET_THROUGH = /[Dd]ocker/

describe('a cloned project', () => {
  test.each([
    { name: 'commands', table: 'run = "rm -rf /"', keys: 'run' },
    { name: 'commands of manage.py and volumes', table: 'manage = ["flush"]\nvolumes = ["./data:/data"]', keys: 'manage, volumes' },
    {
      name: 'ports, the environment and a network',
      table: 'ports = ["80:80"]\nenv = { A = "b" }\nnetwork = "host"',
      keys: 'env, network, ports',
    },
    { name: 'an image to begin with', table: 'parent-image = "evil.example/python"', keys: 'parent-image' },
    { name: 'who answers for indexes', table: 'ca-bundle = "ca.pem"', keys: 'ca-bundle' },
    { name: 'where passwords go', table: 'registry = "evil.example"\nusername = "you"', keys: 'registry, username' },
  ])('sets $name only by the word of its user', ({ table, keys }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files(table))
      const { code, text } = await refusal(folder, ['release'])
      expect(text).toBe(
        `error: inputs: pyproject.toml [tool.pypackager] sets ${keys}, which nobody has allowed. Read what it says, then add --trust-project; or answer once in a terminal.\n`,
      )
      expect(code).toBe(2)
    }),
  )

  const acting = VERBS.map(({ name }) => name).filter((verb) => !['plan', 'clean', 'init', 'doctor'].includes(verb))
  test.each(acting)('takes the word for the verb %s', (verb) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('run = "x"'))
      expect((await refusal(folder, verb.split(' '))).text).toContain('nobody has allowed')
    }),
  )

  test('is followed as far as it is harmless, and where the user says the same', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('namespace = "acme"\nimage-env = { A = "b" }\nports = ["80:80"]'))
      expect((await said(folder, ['run', '-p', '81:81', 'x'])).text).toMatch(LET_THROUGH)
      expect((await said(folder, ['run', 'x'], undefined, { PYPACKAGER_PORTS: '81:81' })).text).toMatch(LET_THROUGH)
    }))

  test('is followed with --trust-project, which is not remembered', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('run = "x"'))
      expect((await said(folder, ['release', '--trust-project'])).text).toMatch(LET_THROUGH)
      expect((await refusal(folder, ['release'])).text).toContain('which nobody has allowed')
    }))

  test('is asked about once in a terminal, and again where it sets something else', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('run = "one\\u202e"'))
      const asked = await said(folder, ['release'], 'y\n')
      expect(asked.text).toContain('pyproject.toml [tool.pypackager] reaches out of the image:\r\n  run = one\r\n')
      expect(asked.text).toMatch(LET_THROUGH)
      const kept = path.join(folder, 'config/pypackager/trusted.json')
      expect(Object.keys(JSON.parse(await readFile(kept, 'utf8')))).toEqual([path.join(folder, 'work/pyproject.toml')])
      expect((await stat(kept)).mode & 0o777).toBe(0o600)
      expect((await said(folder, ['release'])).text).toMatch(LET_THROUGH)
      await writeFiles(folder, files('run = "two"'))
      expect((await refusal(folder, ['release'])).text).toContain('sets run, which nobody has allowed')
    }))

  test.each(['n\n', '\n', '\u0004'])('is not followed where the answer is %j', (answer) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('run = "one"'))
      const { code, text } = await said(folder, ['release'], answer)
      expect(text).toContain('sets run, which you did not allow')
      expect(code).toBe(2)
      expect((await refusal(folder, ['release'])).text).toContain('nobody has allowed')
    }),
  )

  test('that stands where an allowed one stood through a link is asked about by where it really is', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('run = "one"'))
      await said(folder, ['release'], 'y\n')
      await writeFiles(folder, { 'other/pyproject.toml': `${PROJECT}[tool.pypackager]\nrun = "one"\n`, 'other/.git/HEAD': '' })
      expect((await refusal(folder, ['release', '--path', '../other'])).text).toContain('nobody has allowed')
    }))

  test('is shown by plan without a word', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files('run = "one"\nca-bundle = "ca.pem"'))
      const { code, text } = await said(folder, ['plan'])
      expect(text).toMatch(/^ {2}run +one +\(pyproject.toml\)$/m)
      expect(text).toContain('ca-bundle, run of pyproject.toml take your word')
      expect(code).toBe(0)
    }))

  test.each([
    { name: 'a folder of the machine', table: 'volumes = ["/etc:/etc"]', says: 'volumes to /etc,' },
    { name: "Docker's socket", table: 'volumes = ["./a:/a", "/var/run/docker.sock:/s"]', says: 'volumes to /var/run/docker.sock,' },
    { name: 'a folder above', table: 'volumes = ["..:/up:ro"]', says: 'volumes to ' },
    { name: 'a folder that a link leads to', table: 'volumes = ["./out/x:/up"]', says: 'volumes to ' },
    { name: 'a certificate of the machine', table: 'ca-bundle = "/etc/ssl/certs/x.pem"', says: 'ca-bundle to /etc/ssl/certs/x.pem,' },
    { name: 'a certificate above', table: 'ca-bundle = "../x.pem"', says: 'ca-bundle to ' },
  ])('never mounts or reads $name, by whatever word', ({ table, says }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, files(table))
      await mkdir(path.join(folder, 'elsewhere'))
      await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'work/out'))
      const { code, text } = await refusal(folder, ['release', '--trust-project'])
      expect(text).toContain(`pyproject.toml [tool.pypackager] sets ${says}`)
      expect(text).toContain('which is outside the project')
      expect(code).toBe(2)
    }),
  )
})
