import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { command } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
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

// Compiles again, in the image, what its byte code is said to be of.
const COMPARE = `import importlib.util, marshal, os, sysconfig
for name in ("forging/__init__", "forging/answer", "forging/changed", "lib/__init__"):
    file = os.path.join(sysconfig.get_path("purelib"), name + ".py")
    with open(importlib.util.cache_from_source(file), "rb") as made, open(file) as source:
        print(name, marshal.loads(made.read()[16:]) == compile(source.read(), file, "exec"))`

describe('code that is imported while the image is made', () => {
  let forged: Project
  let made: ActionResult

  beforeAll(async () => {
    const forging = await readFile(path.join(import.meta.dirname, '../fixtures/forging/__init__.py'), 'utf8')
    const modules = {
      '__init__.py': forging,
      'answer.py': `VALUE = 'own'\n# ${randomUUID()}: the stage runs, whatever the daemon kept\n`,
      'changed.py': "VALUE = 'unchanged'\n",
    }
    const own = Object.fromEntries(Object.entries(modules).map(([name, text]) => [`forging/${name}`, text]))
    const script = '[console_scripts]\nforging = forging:main\n'
    const files = JSON.stringify({ ...own, 'forging-1.0.dist-info/entry_points.txt': script })
    forged = await projectOf({
      'pyproject.toml': system(
        'forging',
        'dependencies = ["lib"]\n[project.scripts]\nforging = "forging:main"\n[tool.uv.sources]\nlib = { path = "lib" }\n',
      ),
      'backend.py': backend('forging', files, 'pass').replace('os.environ.get("REQUIRES", "")', '"Requires-Dist: lib\\n"'),
      ...own,
      'lib/pyproject.toml': system('lib'),
      'lib/backend.py': backend('lib', JSON.stringify({ 'lib/__init__.py': "VALUE = 'of a dependency'\n" }), 'pass'),
    })
    const search = ['/app', '/appenv/bin', '/usr/local/bin', '/usr/bin', '/bin']
    made = await runAction({
      workspace: forged.workspace,
      inputs: { namespace: NAMESPACE, version: '1.0', cache: 'never', 'image-env': `PATH=${search.join(':')}` },
      env: { RUNNER_DEBUG: '1' },
    })
  })

  afterAll(async () => forged?.[Symbol.asyncDispose]())

  test('runs as the user of the image, and may write nothing that ships or is started', () => {
    expect(made.errors).toEqual([])
    expect(made.log).toContain('TRIED as 10001 10001 [] NoNewPrivs 1')
    expect(made.log).not.toContain('GOT ')
  })

  test('leaves no byte code of its own, neither of itself nor of a dependency', async () => {
    expect(await images().run(`${NAMESPACE}/forging:1.0`, ['python', '-c', COMPARE])).toBe(
      'forging/__init__ True\nforging/answer True\nforging/changed True\nlib/__init__ True',
    )
    expect(await images().run(`${NAMESPACE}/forging:1.0`, ['forging'])).toBe('own unchanged of a dependency')
  })

  test('puts no file into the image, and gives its user no folder of the system', async () => {
    const here = images()
    expect((await here.names(`${NAMESPACE}/forging:1.0`)).filter((name) => /forged|hidden\.txt|app\/find|var\/link/.test(name))).toEqual([])
    expect(await here.find(`${NAMESPACE}/forging:1.0`, ['forged-byte-code'])).toEqual([])
    const owners = ['stat', '-c', '%u', '/etc', '/usr/local/bin', '/appenv/bin', '/var', '/']
    expect(await here.run(`${NAMESPACE}/forging:1.0`, owners)).toBe('0\n0\n0\n0\n0')
  })

  test('cannot hide what it wrote, nor go on', () => {
    for (const file of ['hidden.txt', 'changed.py']) expect(made.log).toMatch(new RegExp(`writes .*/forging/${file}`))
    expect(made.log).toMatch(/may not write .*\/etc\/passwd/)
    expect(made.log).toContain('leaves running, which is ended,')
  })
})
