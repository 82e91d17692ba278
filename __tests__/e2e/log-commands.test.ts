import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { HOSTILE } from '../support/hostile-text.ts'
import { projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// Projects and dependencies that want to command the runner, by what they print and by what they are called.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-log'

/** Commands that would be noticed, in each form. */
const SHOUTS = [
  ...Object.values(HOSTILE),
  '::set-output name=imageid::evil',
  '::save-state name=run::evil',
  '::add-mask::wheels',
  '::error::evil',
  'pypackager: warning: ::warning::evil',
  'pypackager: notice: evil',
  'pypackager: notice[written]: evil',
  'a\rpypackager: error[no-static]: evil',
  'warning: evil',
]

/** A backend in the project's own tree that shouts at every hook, and asks for what `requires` says. */
function backend(name: string, requires: readonly string[] = [], dependency = ''): Readonly<Record<string, string>> {
  return {
    'pyproject.toml': `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "${name}"\nversion = "1.0"\n`,
    'backend.py': `import json, sys, zipfile
SHOUTS = json.loads(${JSON.stringify(JSON.stringify(SHOUTS.map((text) => text.toWellFormed())))})
def shout():
    for stream in (sys.stdout, sys.stderr):
        for text in SHOUTS:
            stream.buffer.write(("${name} " + text + "\\n" + text + "\\n").encode())
        stream.flush()
def get_requires_for_build_wheel(config_settings=None):
    shout()
    return json.loads(${JSON.stringify(JSON.stringify(requires))})
MODULE = "import sys\\nfor text in " + repr(SHOUTS) + ":\\n    sys.stdout.buffer.write((text + '\\\\n').encode('utf-8', 'replace'))\\n"
def build_wheel(folder, config_settings=None, metadata_directory=None):
    shout()
    file = "${name}-1.0-py3-none-any.whl"
    info = "${name}-1.0.dist-info/"
    with zipfile.ZipFile(folder + "/" + file, "w") as wheel:
        wheel.writestr("${name}/__init__.py", MODULE)
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n${dependency && `Requires-Dist: ${dependency}\\n`}")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "${name}/__init__.py,,\\n" + info + "METADATA,,\\n" + info + "WHEEL,,\\n" + info + "RECORD,,\\n")
    return file
`,
  }
}

const inFolder = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]))

/** A project that requires a folder of its own, both with such a backend. */
function projectFiles(own: readonly string[] = [], dependency: readonly string[] = []): Readonly<Record<string, string>> {
  const files = backend('own', own, 'shouting')
  return {
    ...files,
    'pyproject.toml': `${files['pyproject.toml']}dependencies = ["shouting"]\n[tool.uv.sources]\nshouting = { path = "libs/shouting" }\n`,
    ...inFolder('libs/shouting', backend('shouting', dependency)),
  }
}

const OURS = ['add-mask', 'debug', 'endgroup', 'error', 'group', 'notice', 'warning']
const TITLES = /^(plan|base|builder|wheels|release|[a-z -]+)$/

/** Every command is one of ours, with a text of ours; whatever is shown is one line. */
function expectOnlyOurs(result: ActionResult): void {
  expect(result.commands.filter(({ name }) => !OURS.includes(name))).toEqual([])
  for (const { name, text, properties } of result.commands) {
    expect(text).not.toMatch(/[\r\n]/)
    if (name === 'group') expect(text).toMatch(TITLES)
    // One notice of ours quotes the project's name, in its own words.
    if (name === 'notice' || name === 'warning') expect(text.replace(/^The image-name is .*/, '')).not.toMatch(/evil/)
    expect(Object.keys(properties).filter((key) => !['file', 'line', 'col'].includes(key))).toEqual([])
  }
  expect(result.errors.length).toBeLessThanOrEqual(1)
  for (const error of result.errors) expect(error.length).toBeLessThanOrEqual(300)
  expect(result.commands.filter(({ name, text }) => name === 'add-mask' && /^(a|wheels|evil)$/.test(text))).toEqual([])
  expect(result.outputs.imageid ?? '').not.toContain('evil')
  expect(result.postCode).toBe(0)
  expect(result.left).toEqual([])
}

describe('what code of the project and of its dependencies prints', () => {
  let daemon: MachineDaemon
  beforeAll(async () => {
    daemon = await machineDaemon(NAMESPACE)
  }, 120_000)
  afterAll(async () => daemon[Symbol.asyncDispose](), 60_000)

  const env = () => ({ DOCKER_HOST: daemon.host, RUNNER_DEBUG: '1' })

  test('while wheels are built is shown, and commands nothing', async () => {
    await using project = await projectOf({
      ...projectFiles(),
    })
    const result = await runAction({
      workspace: project.workspace,
      inputs: { namespace: NAMESPACE, target: 'wheels', cache: 'never' },
      env: env(),
    })
    expect(result.errors).toEqual([])
    expect(await readdir(project.at('wheelhouse'))).toEqual(
      expect.arrayContaining(['own-1.0-py3-none-any.whl', 'shouting-1.0-py3-none-any.whl']),
    )
    expectOnlyOurs(result)
  })

  test('before they fail is shown above the error, and commands nothing', async () => {
    await using project = await projectOf({
      ...projectFiles(),
      'backend.py': `${backend('own')['backend.py']}    raise SystemExit("::error::evil")\n`.replace('    return file\n', ''),
    })
    const result = await runAction({
      workspace: project.workspace,
      inputs: { namespace: NAMESPACE, target: 'wheels', cache: 'never' },
      env: env(),
    })
    expect(result.errors).toHaveLength(1)
    expect(result.log).toContain('  | own ::set-output name=imageid::evil')
    expectOnlyOurs(result)
  })

  test('when it is imported is shown, and commands nothing', async () => {
    await using project = await projectOf(projectFiles())
    const result = await runAction({
      workspace: project.workspace,
      inputs: { namespace: NAMESPACE, cache: 'never', 'no-cache': 'true', command: 'gunicorn own:app', checks: 'warn' },
      env: env(),
    })
    expect(result.errors).toEqual([])
    expect(result.log).toContain('> pypackager: notice[written]: evil')
    expectOnlyOurs(result)
  })

  test.each([
    { name: 'the project asks for', own: ['a\n::set-output name=imageid::evil', '##[add-mask]wheels'], dependency: [] },
    { name: 'a dependency asks for', own: [], dependency: ['a\r::save-state name=run::evil', ' ::stop-commands::x'] },
  ])('is a line of the log where it fails: what $name', async ({ own, dependency }) => {
    await using project = await projectOf({
      ...projectFiles(own, dependency),
    })
    const result = await runAction({
      workspace: project.workspace,
      inputs: { namespace: NAMESPACE, target: 'wheels', cache: 'never' },
      env: env(),
    })
    expect(result.code).toBe(1)
    expect(result.errors).toHaveLength(1)
    expectOnlyOurs(result)
  })
})

describe('names that are commands', () => {
  const TOML = (text: string) => JSON.stringify(text.toWellFormed())
  const SHOP = '[project]\nname = "shop"\nversion = "1.0"\n'
  const texts = Object.values(HOSTILE).map((text) => text.toWellFormed().replaceAll('\u0000', ''))

  const rows: Readonly<
    Record<string, (text: string) => { files?: Readonly<Record<string, string>>; inputs?: Readonly<Record<string, string>> }>
  > = {
    'of the project': (text) => ({ files: { 'pyproject.toml': `[project]\nname = ${TOML(text)}\nversion = "1.0"\n` } }),
    'of its version': (text) => ({ files: { 'pyproject.toml': `[project]\nname = "shop"\nversion = ${TOML(text)}\n` } }),
    'of its start command': (text) => ({ files: { 'pyproject.toml': `${SHOP}[tool.pypackager]\ncommand = ${TOML(text)}\n` } }),
    'of a process in a Procfile': (text) => ({ files: { 'pyproject.toml': SHOP, Procfile: `web: ${text}\n` } }),
    'of a requirement': (text) => ({ files: { 'pyproject.toml': SHOP, 'requirements.txt': `${text}\n` } }),
    'of what it requires': (text) => ({ files: { 'pyproject.toml': `${SHOP}dependencies = [${TOML(text)}]\n` } }),
    'of a file of requirements': (text) => ({
      files: { 'pyproject.toml': SHOP, [`requirements-${text.replaceAll('/', '_').slice(0, 60)}.txt`]: 'idna\n' },
      inputs: { requirements: `requirements-${text.replaceAll('/', '_').slice(0, 60)}.txt` },
    }),
    'of a wheel that is there': (text) => ({
      files: { 'pyproject.toml': SHOP, [`wheelhouse/${text.replaceAll('/', '_').slice(0, 60)}-1.0-py3-none-any.whl`]: '' },
    }),
    'of the line of a lock': (text) => ({
      files: { 'pyproject.toml': SHOP, 'pylock.toml': `lock-version = "1.0"\n[[packages]]\nname = ${TOML(text)}\n` },
    }),
  }
  // Values of inputs have their turn in hostile-inputs.
  test.each(Object.entries(rows))('%s', async (_name, of) => {
    for (const text of [texts.join(''), 'a\n::save-state name=run::evil##[add-mask]wheels']) {
      const { files = {}, inputs = {} } = of(text)
      await using project = await projectOf(files)
      const result = await runAction({ workspace: project.workspace, inputs: { target: 'plan', ...inputs }, env: { RUNNER_DEBUG: '1' } })
      // A secret is hidden as it is given.
      expectOnlyOurs({ ...result, commands: result.commands.filter(({ name }) => name !== 'add-mask') })
    }
  })
})
