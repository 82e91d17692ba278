import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type LockedPackage, type RemoteFile, readLock } from '../../src/project/resolved-lock.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// One project that requires six, locked by each tool in turn: the lock is followed, and a changed sum is found.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-locks'
const PYPROJECT = `[project]
name = "shop"
version = "1.0"
dependencies = ["six"]
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
`

let daemon: MachineDaemon
let project: Project
let six: LockedPackage
let wheel: RemoteFile

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf({ 'pyproject.toml': PYPROJECT, 'shop/__init__.py': '' })
  const result = await packaged(project)
  expect(result.errors).toEqual([])
  expect(result.log).toContain('resolving 1 requirement')
  const found = readLock('pylock.toml', await readFile(project.at('wheelhouse/pylock.toml'), 'utf8')).find(({ name }) => name === 'six')
  const [first] = found?.wheels ?? []
  if (!found || !first) throw new Error('the index gave no wheel of six')
  six = found
  wheel = first
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

function packaged({ workspace }: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({ workspace, inputs: { namespace: NAMESPACE, target: 'wheels', ...inputs }, env: { DOCKER_HOST: daemon.host } })
}

/** The project as somebody else clones it, with a lock. */
async function locked(file: string, text: string): Promise<Project> {
  const clone = await project.shallow()
  await clone.write(file, text)
  return clone
}

interface Row {
  readonly file: string
  /** As the tool writes it. */
  readonly text: (version: string, file: string, sha256: string) => string
  readonly refresh: string
}

const ROWS: readonly Row[] = [
  {
    file: 'pylock.toml',
    text: (version, file, sha256) => `lock-version = "1.0"
created-by = "pip"
[[packages]]
name = "six"
version = "${version}"
[[packages.wheels]]
name = "${file}"
url = "https://files.index.example/${file}"
[packages.wheels.hashes]
sha256 = "${sha256}"
`,
    refresh: 'pip lock -o pylock.toml .',
  },
  {
    file: 'poetry.lock',
    text: (version, file, sha256) => `[[package]]
name = "six"
version = "${version}"
description = ""
optional = false
python-versions = "*"
groups = ["main"]
files = [
    {file = "${file}", hash = "sha256:${sha256}"},
]
[metadata]
lock-version = "2.1"
python-versions = ">=3.9"
`,
    refresh: 'poetry lock',
  },
  {
    file: 'pdm.lock',
    text: (version, file, sha256) => `[metadata]
groups = ["default"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"
[[metadata.targets]]
requires_python = ">=3.9"
[[package]]
name = "six"
version = "${version}"
groups = ["default"]
files = [
    {file = "${file}", hash = "sha256:${sha256}"},
]
`,
    refresh: 'pdm lock',
  },
  {
    file: 'Pipfile.lock',
    text: (version, _, sha256) =>
      JSON.stringify({
        _meta: { hash: { sha256: '0' }, 'pipfile-spec': 6, requires: {}, sources: [] },
        default: { six: { hashes: [`sha256:${sha256}`], index: 'pypi', version: `==${version}` } },
        develop: {},
      }),
    refresh: 'pipenv lock',
  },
  {
    file: 'requirements.txt',
    text: (version, _, sha256) => `#    pip-compile --generate-hashes pyproject.toml
six==${version} \\
    --hash=sha256:${sha256}
    # via shop (pyproject.toml)
`,
    refresh: 'pip-compile --generate-hashes pyproject.toml',
  },
]

test.each(ROWS)('$file is followed, and one changed sum in it is the error', async ({ file, text, refresh }) => {
  const { sha256, file: name } = wheel
  await using right = await locked(file, text(six.version, path.basename(name), sha256))
  const followed = await packaged(right)
  expect(followed.errors).toEqual([])
  expect(followed.log).toContain(`${file} names 1 package; nothing is resolved again`)
  expect(followed.log).not.toMatch(/resolving \d+ requirements/)
  const wheels = JSON.parse(followed.outputs.wheels ?? '[]') as { name: string; version: string; origin: string }[]
  expect(wheels).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'six', version: six.version, origin: 'downloaded' })]))

  const other = `${sha256.startsWith('0') ? '1' : '0'}${sha256.slice(1)}`
  await using changed = await locked(file, text(six.version, path.basename(name), other))
  const refused = await packaged(changed)
  expect(refused.errors).toHaveLength(1)
  expect(refused.errors[0]).toContain(`lock: ${name} has sha256 ${sha256.slice(0, 16)}… on the index; the lock `)
  expect(refused.errors[0]).toContain(`run "${refresh}" and commit ${file}`)
})

test('requirements.txt with hashes that lacks what the metadata requires is no lock, and a notice says so', async () => {
  await using clone = await locked('requirements.txt', ROWS.at(-1)?.text(six.version, wheel.file, wheel.sha256) ?? '')
  await clone.write('pyproject.toml', PYPROJECT.replace('"six"', '"six", "idna"'))
  const result = await packaged(clone)
  expect(result.errors).toEqual([])
  expect(result.log).toContain('resolving 2 requirements')
  expect(result.notices).toEqual([
    expect.stringMatching(
      /^requirements\.txt has hashes and is not followed, as pyproject\.toml.*\(the input requirements .*it does not hold idna\.$/,
    ),
  ])
})

test('lines with hashes may stand beside a folder, and be an address alone', async () => {
  await using clone = await locked('requirements.txt', `./libs/core\n${wheel.url} --hash=sha256:${wheel.sha256}\n`)
  await clone.write('libs/core/pyproject.toml', PYPROJECT.replace('"shop"', '"core"'))
  await clone.write('libs/core/core.py', '')
  await clone.write('pyproject.toml', `${PYPROJECT}[tool.setuptools]\npackages = ["shop"]\n`)
  const result = await packaged(clone, { requirements: 'requirements.txt' })
  expect(result.errors).toEqual([])
  expect(result.log).toContain('requirements.txt names 2 packages; nothing is resolved again')
  const wheels = JSON.parse(result.outputs.wheels ?? '[]') as { name: string; origin: string }[]
  expect(wheels.map(({ name, origin }) => `${name} ${origin}`)).toEqual(['core compiled', 'six downloaded', 'shop project'])
})

test('a line without a hash among lines with hashes is an error where it stands', async () => {
  await using clone = await locked('requirements.txt', `six==${six.version} --hash=sha256:${wheel.sha256}\nidna==3.10\n`)
  const result = await packaged(clone, { requirements: 'requirements.txt' })
  expect(result.errors).toEqual([
    'lock: requirements.txt:2: idna has no --hash, which every line must have where one has it. Make the file again with "pip-compile --generate-hashes" or "uv pip compile --generate-hashes".',
  ])
})
