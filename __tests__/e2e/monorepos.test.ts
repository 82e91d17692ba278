import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// Shapes that whole public monorepos have and that small projects seldom do: what is shared lies above, and who says so is
// a plugin, a hook, or a requirements file that does not count.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-monorepos'
const HATCHLING = '[build-system]\nrequires = ["hatchling<1.32"]\nbuild-backend = "hatchling.build"\n'

let daemon: MachineDaemon

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

const onDaemon = () => images(daemon.host)

function packaged(project: Project, inputs: Record<string, string>): Promise<ActionResult> {
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, ...inputs }, env: { DOCKER_HOST: daemon.host } })
}

function metadata(name: string, requires: readonly string[]): string {
  return `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ${JSON.stringify(requires)}\n`
}

/** `six` is a package of the index too. */
const SIX = { 'libs/six/pyproject.toml': `${metadata('six', [])}${HATCHLING}`, 'libs/six/six/__init__.py': 'WHO = "ours"\n' }
const WHO = ['python', '-c', 'import six; print(getattr(six, "WHO", "of an index"))']

test('a hook that takes its package from above the project has it, and the application in it starts', async () => {
  const hook =
    'from pathlib import Path\nfrom hatchling.builders.hooks.plugin.interface import BuildHookInterface\nclass Bricks(BuildHookInterface):\n    def initialize(self, version, data):\n        bricks = Path(self.root).parent.parent / "bases" / "acme"\n        if bricks.is_dir():\n            data["force_include"][str(bricks)] = "acme"\n'
  await using project = await projectOf({
    'bases/acme/api/core.py': 'from flask import Flask\napp = Flask(__name__)\n\n@app.get("/")\ndef home():\n    return "from above"\n',
    'version.py': '__version__ = "4.2"\n',
    'projects/web/hatch_build.py': hook,
    'projects/web/pyproject.toml': `${metadata('web', ['flask', 'gunicorn']).replace('version = "1"', 'dynamic = ["version"]')}[tool.hatch.version]\npath = "../../version.py"\n[tool.hatch.build.targets.wheel]\nbypass-selection = true\n[tool.hatch.build.hooks.custom]\n${HATCHLING}`,
  })
  const result = await packaged(project, { path: 'projects/web' })
  expect(result.errors).toEqual([])
  expect(result.log).toContain('what git tracks above projects/web is there for its wheel')
  expect(result.log).toContain('web-4.2-py3-none-any.whl')
  await using site = await onDaemon().serve(`${NAMESPACE}/web:main`)
  expect(await (await site.fetch('/')).text()).toBe('from above')
})

test('a wheel that holds none of its packages is no image', async () => {
  await using project = await projectOf({
    'pyproject.toml': `${metadata('shop', [])}[tool.hatch.build.targets.wheel]\npackages = ["acme"]\n${HATCHLING}`,
    'README.md': '# Shop\n',
  })
  const result = await packaged(project, {})
  expect(result.errors).toEqual([
    "checks: the project's wheel holds nothing but its metadata: none of its modules is in the image. Check which packages its build backend is told, and that their folders are there; or take the source as it is: wheel: never.",
  ])
  expect((await packaged(project, { target: 'wheels' })).warnings.join('\n')).toContain(
    "shop-1-py3-none-any.whl: the project's wheel holds nothing but its metadata",
  )
})

test('a folder that requirements.txt names beside the metadata is the package that these require', async () => {
  await using project = await projectOf({
    'libs/fancy/pyproject.toml': `${metadata('fancy', ['six'])}${HATCHLING}`,
    'libs/fancy/fancy/__init__.py': 'import six\n',
    'libs/fancy/requirements.txt': '# for developers\n-e ../six\n',
    ...SIX,
  })
  const result = await packaged(project, { path: 'libs/fancy' })
  expect(result.errors).toEqual([])
  expect(result.log).toContain('six comes from libs/six')
  expect(await onDaemon().run(`${NAMESPACE}/fancy:main`, WHO)).toBe('ours')
})

test('overrides of PDM and uv are folders for what only others require, and what PDM excludes is not there', async () => {
  const pdm =
    '[tool.pdm.resolution]\nexcludes = ["webencodings"]\n[tool.pdm.resolution.overrides]\nsix = "file:///${PROJECT_ROOT}/libs/six"\n'
  const uv = '[tool.uv]\noverride-dependencies = ["six"]\n[tool.uv.sources]\nsix = { path = "libs/six" }\n'
  await using project = await projectOf({ 'app/__init__.py': '', ...SIX })
  for (const [name, settings] of Object.entries({ pdm, uv })) {
    await project.write('pyproject.toml', `${metadata('app', ['html5lib==1.1'])}${settings}${HATCHLING}`)
    await project.commit(name)
    const result = await packaged(project, { 'image-name': name, checks: 'warn' })
    expect(result.errors).toEqual([])
    expect(await onDaemon().run(`${NAMESPACE}/${name}:main`, WHO)).toBe('ours')
    const wheels = JSON.parse(result.outputs.wheels ?? '[]') as { name: string }[]
    expect(wheels.map((wheel) => wheel.name).includes('webencodings')).toBe(name === 'uv')
  }
})
