import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// What users expect of a tool that builds images: a server without touching the project, everything anew, arguments of their
// Dockerfile, warnings as errors; and wrong inputs, all at once.

jest.setTimeout(400_000)

const NAMESPACE = 'pt-added'
const FILES = {
  'requirements.txt': 'flask\n',
  'app.py': "from flask import Flask\napp = Flask(__name__)\n@app.get('/')\ndef home():\n    return 'hello'\n",
}

let daemon: MachineDaemon
let project: Project
let first: ActionResult

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf(FILES)
  first = await packaged(project, { packages: 'gunicorn>=22' })
})

afterAll(async () => {
  for (const disposable of [project, daemon]) await disposable?.[Symbol.asyncDispose]()
})

const packaged = ({ workspace }: Project, inputs: Readonly<Record<string, string>> = {}) =>
  runAction({ workspace, inputs: { namespace: NAMESPACE, 'image-name': 'web', cache: 'never', ...inputs } })

test('packages adds a server that the project does not name: it starts the image, and is in the lock and the SBOM', async () => {
  expect(first.errors).toEqual([])
  expect(JSON.parse(first.outputs.command ?? '[]').join(' ')).toContain('gunicorn')
  expect(await readFile(project.at(first.outputs.lock ?? ''), 'utf8')).toMatch(/name = "gunicorn"/)
  expect(await readFile(project.at(first.outputs.sbom ?? ''), 'utf8')).toContain('pkg:pypi/gunicorn@')
})

test('beside a lock of the user packages alone are resolved, and what the lock pins stays', async () => {
  const pinned = await readFile(project.at(first.outputs.lock ?? ''), 'utf8')
  const [, version] = /name = "flask"\nversion = "([^"]+)"/.exec(pinned) ?? []
  const own = pinned.replace(/\[\[packages\]\]\nname = "gunicorn"[\s\S]*?(?=\n\[\[packages\]\]|$)/, '')
  await using locked = await projectOf({
    'pyproject.toml': '[project]\nname = "web"\nversion = "1"\ndependencies = ["flask"]\n[tool.uv]\npackage = false\n',
    'app.py': FILES['app.py'],
    'pylock.toml': own,
  })
  const result = await packaged(locked, { packages: 'gunicorn' })
  expect(result.errors).toEqual([])
  expect(result.log).toContain('beside them gunicorn is resolved')
  expect(await readFile(locked.at(result.outputs.lock ?? ''), 'utf8')).toContain(`name = "flask"\nversion = "${version}"`)
  expect(JSON.parse(result.outputs.command ?? '[]').join(' ')).toContain('gunicorn')
})

test('no-cache uses nothing of the run before, and what it makes takes its place', async () => {
  const again = await packaged(project, { packages: 'gunicorn>=22' })
  expect(again.log).toContain('nothing changed: the image was here already')
  const anew = await packaged(project, { packages: 'gunicorn>=22', 'no-cache': 'true' })
  expect(anew.errors).toEqual([])
  expect(anew.log).toContain('no-cache: wheelhouse is emptied')
  expect(anew.log).toMatch(/base:fingerprint-\w+: built in [\d.]+ s \(no-cache\)/)
  expect(anew.log).toMatch(/web: built/)
  expect(anew.log).toMatch(/\d wheels: 0 reused/)
  expect(anew.log).not.toContain('is unchanged')
  const after = await packaged(project, { packages: 'gunicorn>=22' })
  expect(after.log).toContain('nothing changed: the image was here already')
  expect(after.outputs.imageid).toBe(anew.outputs.imageid)
})

test('build-args reach the Dockerfile that names them, and one that none names is told', async () => {
  const parent = process.env.PARENT_IMAGE ?? ''
  await using own = await projectOf({
    ...FILES,
    'docker/web/Dockerfile': `ARG BASE_IMAGE=${parent}\nFROM \${BASE_IMAGE}\nARG GREETING\nENV GREETING=\${GREETING}\nCMD ["python"]\n`,
  })
  const inputs = { dockerfile: 'docker/web/Dockerfile', 'build-args': 'GREETING=good day\nUNUSED=x', checks: 'off', sbom: 'false' }
  const result = await packaged(own, inputs)
  expect(result.errors).toEqual([])
  expect(result.notices).toContainEqual('build-args: no Dockerfile names UNUSED.')
  const said = ['python', '-c', 'import os; print(os.environ["GREETING"])']
  expect(await images().run(result.outputs['release-tag'] ?? '', said)).toBe('good day')
})

test('checks: strict makes an error of a warning', async () => {
  await using plain = await projectOf({ 'requirements.txt': '', 'app.py': 'import sys\nsys.exit(0)\n' })
  const inputs = { 'image-name': 'ends', command: 'python -c "import sys; sys.exit(3)"' }
  const lenient = await packaged(plain, inputs)
  expect([lenient.errors, lenient.warnings.length > 0]).toEqual([[], true])
  const strict = await packaged(plain, { ...inputs, checks: 'strict' })
  expect(strict.errors).toEqual([expect.stringMatching(/^checks: /)])
  expect(strict.outputs).toEqual({})
})

test('unknown and wrong inputs are told in one run, before anything is built', async () => {
  const result = await packaged(project, { namspace: 'x', file: 'Dockerfile', push: 'yes', ports: '0:80', target: 'plan' })
  expect(result.errors).toEqual([
    'inputs: there is no input file, which this step sets (INPUT_FILE). Write dockerfile, a file relative to path. Without one the image is made from the project.',
    'inputs: there is no input namspace, which this step sets (INPUT_NAMSPACE). Did you mean namespace?',
    'inputs: push is "yes". It must be one of true, false.',
    'inputs: ports is "0:80". It must be lines of host:container, such as 8000:8000.',
  ])
})
