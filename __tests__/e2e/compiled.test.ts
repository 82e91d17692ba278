import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Daemon, startDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { ROOT } from '../support/runner-step.ts'

// Dependencies that have no wheel for Linux, really compiled, on two releases of Debian and of Python.

jest.setTimeout(900_000)

const PARENTS = {
  bookworm: process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm',
  trixie: process.env.NEWER_PARENT_IMAGE ?? 'pypackager/debian-python:trixie',
}

let daemon: Daemon

beforeAll(async () => {
  daemon = await startDaemon()
  for (const parent of Object.values(PARENTS)) await daemon.load(parent)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

interface Wheel {
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly origin: string
}

function wheels(result: ActionResult): readonly Wheel[] {
  return JSON.parse(result.outputs.wheels ?? '[]') as Wheel[]
}

function requiring(...requires: readonly string[]) {
  return projectOf({
    'setup.py': `from setuptools import setup\nsetup(name="ward", version="1", py_modules=["ward"], install_requires=${JSON.stringify(requires)})\n`,
    'ward.py': '',
  })
}

// uWSGI is compiled by polls.test.ts, with no package named either.
describe('mysqlclient, psycopg2 and python-ldap', () => {
  let result: ActionResult

  beforeAll(async () => {
    await using project = await requiring('mysqlclient==2.2.7', 'psycopg2==2.9.10', 'python-ldap==3.4.4')
    result = await runAction({
      workspace: project.workspace,
      inputs: { 'parent-image': PARENTS.bookworm, 'image-name': 'ward' },
      env: { DOCKER_HOST: daemon.host, RUNNER_DEBUG: '1' },
    })
  })

  test('are compiled with no package named by the user', () => {
    expect(result.errors).toEqual([])
    const compiled = wheels(result).filter(({ origin }) => origin === 'compiled')
    expect(compiled.map(({ name }) => name)).toEqual(['mysqlclient', 'psycopg2', 'python-ldap'])
  })

  test('take one installation of compilers, and ask once what Debian offers', () => {
    const lines = (sign: RegExp) => result.log.split('\n').filter((line) => sign.test(line))
    expect(lines(/^::debug::#\d+ [\d.]+ Setting up gcc \(/)).toHaveLength(1)
    // Every other build that asks for the lists finds them there, or waits for them.
    expect(lines(/^::debug::#\d+ [\d.]+ fetching what Debian offers/)).toHaveLength(1)
    expect(lines(/\[debian-lists \d\/\d\] RUN/).length).toBeGreaterThan(1)
  })

  test('find their libraries in the release, which has no compiler', async () => {
    const release = images(daemon.host)
    await release.run('acme/ward:main', ['python', '-c', 'import MySQLdb, ldap, psycopg2'])
    expect(await release.run('acme/ward:main', ['sh', '-c', 'command -v gcc || echo none'])).toBe('none')
  })
})

describe('lists of Debian that have aged', () => {
  test('are fetched once more where a file that they name has given way to a newer one', async () => {
    const aged = `
      echo 'Acquire::GzipIndexes "false";' >/etc/apt/apt.conf.d/zz-plain
      sh /mnt/lists.sh
      cd /var/lib/apt/lists
      sed -i 's/^Filename: .*\\/libpq5_.*/Filename: pool\\/gone.deb/' *_Packages
      sed -i 's/^ [0-9a-f]\\{4\\}/ 0000/' *Release # of a day before: other files
      touch -d 2020-01-01 *_Packages *Release
      apt-get install -qq --download-only libpq5 2>&1 | grep -o 'gone.deb *404' | head -n 1
      sh /mnt/fetch.sh libpq5
      ls /srv/out`
    const mount = `${path.join(ROOT, 'src/stages/debian')}:/mnt:ro`
    const said = await daemon.docker('run', '--rm', '--volume', mount, PARENTS.bookworm, 'sh', '-ec', aged)
    expect(said).toMatch(/^gone\.deb *404$/m)
    expect(said).toMatch(/^libpq5_.*\.deb$/m)
  })
})

describe('another release of Debian with another Python', () => {
  test('has wheels of its own', async () => {
    await using project = await requiring('psycopg2==2.9.10', 'markupsafe')
    const inputs = { 'parent-image': PARENTS.trixie, 'image-name': 'newer' }
    const first = await runAction({ workspace: project.workspace, inputs, env: { DOCKER_HOST: daemon.host } })
    expect(first.errors).toEqual([])
    expect(first.outputs['python-version']).toMatch(/^3\.13\./)
    expect(wheels(first).map(({ file }) => file)).toEqual([
      expect.stringMatching(/^markupsafe-.*-cp313-cp313-manylinux/),
      expect.stringMatching(/^psycopg2-2\.9\.10-cp313-cp313-linux_/),
      'ward-1-py3-none-any.whl',
    ])
    expect(
      await images(daemon.host).run('acme/newer:main', ['python', '-c', 'import psycopg2, markupsafe, sys; print(sys.version_info[:2])']),
    ).toBe('(3, 13)')
  })

  test('is refused before anything is built where the project wants another Python', async () => {
    await using project = await projectOf({
      'pyproject.toml':
        '[project]\nname = "old"\nversion = "1"\nrequires-python = "<3.13"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
      'old/__init__.py': '',
    })
    const result = await runAction({
      workspace: project.workspace,
      inputs: { 'parent-image': PARENTS.trixie, 'image-name': 'old' },
      env: { DOCKER_HOST: daemon.host },
    })
    expect(result.errors).toEqual([
      expect.stringMatching(/^wheels: old requires Python <3\.13, the image has 3\.13\.\d+\. Set python-version or parent-image\.$/),
    ])
    expect(result.log).not.toContain('app-wheel')
  })
})
