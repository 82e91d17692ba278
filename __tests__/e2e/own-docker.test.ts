import { cp, symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { builtImage, images } from '../support/image.ts'
import { dockerConfig, login } from '../support/login.ts'
import { helloFiles, type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import type { TempFolder } from '../support/temp.ts'

// What the user brings in the place of what is generated: parents of every shape, ready images, own Dockerfiles and
// commands in the builder. One base and one builder, those of examples/classic, serve all of it.

jest.setTimeout(900_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const CLASSIC = path.join(import.meta.dirname, '../../examples/classic')
const NAMESPACE = 'pt-own'
const SECRET = 'canary-of-own-dockerfiles'

let daemon: MachineDaemon
let registry: Registry
let config: TempFolder
let classic: Project
let hello: Project
let made: ActionResult

const own = { 'base-dockerfile': 'docker/base/Dockerfile', 'builder-dockerfile': 'docker/builder/Dockerfile', dockerfile: 'Dockerfile' }

function packaged(project: Project, inputs: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({
    workspace: project.workspace,
    inputs: { namespace: NAMESPACE, ...inputs },
    env: { DOCKER_HOST: daemon.host, DOCKER_CONFIG: config.path },
  })
}

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  registry = await startRegistry()
  config = await dockerConfig()
  await login(config, registry)
  hello = await projectOf(helloFiles())
  classic = await projectOf({})
  await cp(CLASSIC, classic.workspace, { recursive: true, filter: (file) => !/\/(wheelhouse|__pycache__)$/.test(file) })
  await classic.commit('Notes')
  made = await packaged(classic, own)
})

afterAll(async () => {
  for (const disposable of [hello, classic, config, daemon, registry]) await disposable?.[Symbol.asyncDispose]()
})

const here = () => images(daemon.host)
const imageOf = (name: string, lines: readonly string[], files = {}) => builtImage(daemon.host, `${NAMESPACE}/${name}:1`, lines, files)

describe('examples/classic, with an own Dockerfile for each image', () => {
  test('is made by them, and each image has the name of its folder', () => {
    expect(made.errors).toEqual([])
    expect(made.log).toMatch(/notes-base:fingerprint-\w+: built from docker\/base\/Dockerfile/)
    expect(made.log).toMatch(/notes-builder:fingerprint-\w+: built from docker\/builder\/Dockerfile/)
    expect(made.log).toMatch(/ {2}built from Dockerfile in/)
    expect(made.outputs['release-tag']).toBe(`${NAMESPACE}/notes:main`)
    expect(JSON.parse(made.outputs.command ?? '')[2]).toContain('gunicorn')
  })

  test('serves its page and its static file, as a user without rights', async () => {
    await using site = await here().serve(`${NAMESPACE}/notes:main`)
    expect(await (await site.fetch('/')).text()).toContain('<h1>Notes</h1>')
    expect(await site.exec('sh', '-c', 'id -u; ls /var/www/notes/notes')).toBe('10001\nstyle.css')
    expect(await site.exec('manage.py', 'check')).toContain('no issues')
  })

  test('has neither wheels nor tools in any layer, and our labels', async () => {
    const names = await here().names(`${NAMESPACE}/notes:main`)
    expect(names.some((name) => name.endsWith('site-packages/django/__init__.py'))).toBe(true)
    expect(names.filter((name) => /\.whl$|^wheelhouse|appenv\/.*\/pip\/|bin\/gcc/.test(name) && !name.includes('python-wheels'))).toEqual(
      [],
    )
    const labels = (await here().inspect(`${NAMESPACE}/notes:main`)).Config.Labels
    expect(labels).toMatchObject({ 'org.opencontainers.image.title': 'notes', 'org.opencontainers.image.base.name': PARENT })
    expect(labels?.['io.pypackager.fingerprint']).toMatch(/^[0-9a-f]{16}$/)
  })

  test('is found again where nothing changed: nothing is built', async () => {
    const again = await packaged(classic, own)
    expect(again.errors).toEqual([])
    expect(again.outputs.imageid).toBe(made.outputs.imageid)
    expect(again.log).toMatch(/notes-base:fingerprint-\w+: reused/)
    expect(again.log).toContain('pylock.toml: the requirements are unchanged')
    expect(again.log).not.toMatch(/built from|app-wheel/)
  })

  test('is made anew from a changed Dockerfile, and the log says so', async () => {
    await must('sh', ['-c', 'printf "LABEL org.opencontainers.image.title=Mine\\n" >>Dockerfile'], { cwd: classic.workspace })
    const changed = await packaged(classic, own)
    expect(changed.errors).toEqual([])
    expect(changed.log).toMatch(/built from Dockerfile in [\d.]+ s \(changed: context, dockerfile\)/)
    expect((await here().inspect(`${NAMESPACE}/notes:main`)).Config.Labels?.['org.opencontainers.image.title']).toBe('Mine')
  })
})

/** Takes every tag of a repository away from the daemon; its digests go with the last one. */
async function forget(repository: string): Promise<void> {
  const lines = await daemon.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${repository}`)
  await daemon.docker('image', 'rm', ...lines.split('\n').filter((line) => line && !line.includes('<none>')))
}

describe('a ready pair of images', () => {
  let base: string
  let builder: string

  beforeAll(async () => {
    const push = { ...own, push: 'true', registry: registry.host, ...REGISTRY_USER }
    const results = [await packaged(classic, { ...push, target: 'base' }), await packaged(classic, { ...push, target: 'builder' })]
    expect(results.flatMap((result) => result.errors)).toEqual([])
    ;[base = '', builder = ''] = results.map((result) => result.outputs.image ?? '')
    // Under no name here: it must be pulled.
    for (const name of ['notes-base', 'notes-builder']) await forget(`${registry.host}/${NAMESPACE}/${name}`)
  })

  afterAll(async () => {
    for (const image of [base, builder]) await daemon.docker('image', 'rm', image)
  })

  test('serves two projects, named by digest', async () => {
    expect(base).toMatch(/\/pt-own\/notes-base@sha256:/)
    const logs: string[] = []
    for (const name of ['one', 'two']) {
      await using project = await projectOf(helloFiles(name))
      const result = await packaged(project, { 'base-image': base, 'parent-image': '' })
      expect(result.errors).toEqual([])
      expect(result.outputs['base-image']).toBe(base)
      logs.push(result.log)
      expect(await here().run(`${NAMESPACE}/${name}:main`, ['hello'])).toBe(name)
      const labels = (await here().inspect(`${NAMESPACE}/${name}:main`)).Config.Labels
      expect(labels?.['org.opencontainers.image.base.digest']).toBe(base.split('@')[1])
    }
    expect(logs.map((log) => log.includes(`Pulling base-image ${base}`))).toEqual([true, false])
  })

  test('has commands run in its builder: what they write is in the wheel, the user’s files stay as they are', async () => {
    await using project = await projectOf({
      ...helloFiles('hooked'),
      'setup.py': helloFiles('hooked')['setup.py']?.replace('packages=', 'install_requires=["six"], packages=') ?? '',
      '.dockerignore': '*.secret\nhello/made.txt\n',
      'hello/gone.txt': 'x',
    })
    const before = await project.hash()
    const commands = [
      `python -c 'import six, pathlib; pathlib.Path("hello/word.txt").write_text("six " + six.__version__[0])'`,
      'test "$(cat /run/secrets/token)" = "$(printf %s "canary-of-own-""dockerfiles")" && ls /wheelhouse | grep -c "^six.*whl" >hello/made.txt',
      'rm hello/gone.txt && pip --version >/dev/null && pwd | grep -qx /application',
    ]
    const inputs = {
      'base-image': base,
      'builder-image': builder,
      'parent-image': '',
      'build-command': commands.join('\n'),
      secrets: `token=${SECRET}`,
    }
    const result = await packaged(project, inputs)
    expect(result.errors).toEqual([])
    expect(result.warnings).toEqual([])
    expect(result.log).toMatch(/changed: hello\/made.txt, hello\/word.txt, hello\/gone.txt \(removed\)/)
    const listed = 'cd /appenv/lib/python3*/site-packages/hello; ls *.txt; cat made.txt; hello'
    expect(await here().run(`${NAMESPACE}/hooked:main`, ['sh', '-c', listed])).toBe('made.txt\nword.txt\n1\nsix 1')
    expect(await project.hash()).toBe(before)
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(SECRET)
    expect(await here().find(`${NAMESPACE}/hooked:main`, [SECRET])).toEqual([])
    const again = await packaged(project, inputs)
    expect(again.outputs.imageid).toBe(result.outputs.imageid)
    expect(again.log).toContain('hooked-1.0-py3-none-any.whl: the source is unchanged')
  })

  test.each([
    {
      name: 'a command that fails',
      commands: 'true\necho made of glass; false\ntrue',
      says: /build-command "echo made of glass; false" ended with code 1/,
      shows: /\| made of glass/,
    },
    {
      name: 'a command that wants a network',
      commands: 'python -c "import socket; socket.create_connection((\'10.0.0.1\', 80), 3)"',
      says: /build-command "python -c .* ended with code 1/,
      shows: /unreachable/,
    },
  ])('$name is named, and what it said is shown', async ({ commands, says, shows }) => {
    const result = await packaged(hello, {
      'base-image': base,
      'builder-image': builder,
      'parent-image': '',
      target: 'wheels',
      'build-command': commands,
    })
    expect(result.errors).toEqual([expect.stringMatching(says)])
    expect(result.log).toMatch(shows)
  })

  test('of another Python than asked for is refused', async () => {
    const result = await packaged(hello, { 'base-image': base, 'parent-image': '', 'python-version': '3.9', target: 'wheels' })
    expect(result.errors).toEqual([expect.stringMatching(/^base: base-image .* has Python 3\.\d+\.\d+, and python-version says 3\.9/)])
  })
})

describe('an image that cannot be a base', () => {
  test.each([
    { name: 'without /appenv', lines: [], says: /does not run python: / },
    {
      name: 'whose Python is elsewhere',
      lines: ['ENV PATH=/venv/bin:$PATH', 'RUN python3 -m venv --without-pip /venv'],
      says: /has its Python in \/venv/,
    },
    {
      name: 'whose entrypoint takes arguments apart',
      lines: ['RUN python3 -m venv --without-pip /appenv', 'ENV PATH=/appenv/bin:$PATH', 'COPY e.sh /', 'ENTRYPOINT ["sh", "/e.sh"]'],
      says: /has an entrypoint that takes its arguments apart. End that script with: exec "\$@"/,
    },
    {
      name: 'that only its entrypoint activates',
      lines: ['RUN python3 -m venv --without-pip /appenv', 'COPY a.sh /', 'ENTRYPOINT ["sh", "/a.sh"]'],
      says: /\/appenv\/bin not first on PATH without its entrypoint. Add to its Dockerfile: ENV/,
    },
    {
      name: 'of a user without rights',
      lines: ['RUN python3 -m venv --without-pip /appenv', 'ENV PATH=/appenv/bin:$PATH', 'USER 1000'],
      says: /runs as uid 1000. End its Dockerfile with USER 0/,
    },
  ])('$name is refused as base-image', async ({ name, lines, says }) => {
    const scripts = { 'e.sh': 'exec $@\n', 'a.sh': '. /appenv/bin/activate\nexec "$@"\n' }
    const image = await imageOf(`bad-${name.replace(/\W+/g, '-').toLowerCase()}`, [`FROM ${PARENT}`, ...lines], scripts)
    const result = await packaged(hello, { 'base-image': image, 'parent-image': '', target: 'wheels' })
    expect(result.errors).toEqual([expect.stringMatching(says)])
    expect(result.errors[0]).toContain(`base: base-image ${image}`)
  })

  test('and is not there is named by its input', async () => {
    const result = await packaged(hello, { 'base-image': `${registry.host}/${NAMESPACE}/none:1`, 'parent-image': '' })
    expect(result.errors).toEqual([
      expect.stringMatching(
        /^base: base-image .*none:1 is not here and cannot be pulled: the registry has no such image. Check base-image/,
      ),
    ])
  })
})

describe('an own Dockerfile', () => {
  let project: Project

  beforeAll(async () => {
    project = await projectOf({
      ...helloFiles('styled'),
      '.env': SECRET,
      'docker/base/Dockerfile': `ARG PARENT_IMAGE\nFROM \${PARENT_IMAGE}\nRUN --mount=type=secret,id=token test -s /run/secrets/token && python3 -m venv /appenv\nENV PATH=/appenv/bin:$PATH\nWORKDIR /app\n`,
      // The original's way: pip of base, wheels of the wheelhouse, no builder.
      Dockerfile:
        'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nARG PACKAGE\nCOPY . /seen\nRUN pip install --no-index -f /seen/wheelhouse "$PACKAGE"\nCMD ["hello"]\n',
      'broken/step/Dockerfile': `FROM ${PARENT}\nRUN echo before\nRUN echo "fatal error: gone.h: No such file" && exit 3\n`,
      'broken/word/Dockerfile': `FROM ${PARENT}\n\nRUNN x\n`,
      'broken/from/Dockerfile': 'ARG VERSION=1\nFROM registry.invalid/acme/none:${VERSION}\n',
    })
    await symlink('/etc/hostname', project.at('outside'))
    await symlink('docker', project.at('inside'))
  })

  afterAll(async () => project[Symbol.asyncDispose]())

  test('may install by pip without a builder, and sees the project without what is nobody’s business', async () => {
    const result = await packaged(project, {
      'base-dockerfile': 'inside/base/Dockerfile',
      dockerfile: 'Dockerfile',
      checks: 'warn', // it runs as root, as the original did, and keeps the wheelhouse to be looked at
      secrets: `token=${SECRET}`,
    })
    expect(result.errors).toEqual([])
    expect(result.log).not.toContain('styled-builder')
    expect(await here().run(`${NAMESPACE}/styled:main`, [])).toBe('styled')
    const seen = (await here().run(`${NAMESPACE}/styled:main`, ['ls', '-A', '/seen', '/seen/wheelhouse'])).split('\n')
    expect(seen).toEqual(expect.arrayContaining(['hello', 'setup.py', 'wheelhouse', 'styled-1.0-py3-none-any.whl', 'pylock.toml']))
    for (const name of ['.env', '.git', '.build']) expect(seen).not.toContain(name)
    expect(await here().find(`${NAMESPACE}/styled:main`, [SECRET])).toEqual([])
    expect(result.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(SECRET)
  })

  test.each([
    {
      name: 'a step that fails',
      file: 'broken/step/Dockerfile',
      says: /^base: broken\/step\/Dockerfile failed at "RUN echo "fatal error: gone.h: No such file" && exit 3": fatal error: gone.h: No such file. The lines above/,
    },
    {
      name: 'a word that is no instruction',
      file: 'broken/word/Dockerfile',
      says: /^base: broken\/word\/Dockerfile line 3: unknown instruction: RUNN( \(did you mean RUN\?\))?. Fix that line/,
    },
    {
      name: 'an image that is not there',
      file: 'broken/from/Dockerfile',
      says: /^base: image registry.invalid\/acme\/none:1 of broken\/from\/Dockerfile is not here and cannot be pulled/,
    },
    {
      name: 'no such file',
      file: 'docker/none/Dockerfile',
      says: /^inputs: base-dockerfile names docker\/none\/Dockerfile, which is not there/,
    },
    {
      name: 'a folder',
      file: 'docker/base',
      says: /^inputs: base-dockerfile names the folder docker\/base. Name the file in it, such as docker\/base\/Dockerfile/,
    },
    {
      name: 'a link out of the workspace',
      file: 'outside',
      says: /^inputs: base-dockerfile: outside is a link out of the checkout, to \//,
    },
  ])('with $name is one error that names it', async ({ file, says }) => {
    const result = await packaged(project, { 'base-dockerfile': file, target: 'base' })
    expect(result.errors).toEqual([expect.stringMatching(says)])
    expect(result.code).toBe(1)
  })
})
