import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readUserLock } from '../../src/project/locks/lock-formats.ts'
import type { Selection, UserLock } from '../../src/project/locks/pins.ts'
import type { MarkerEnvironment } from '../../src/project/requirements/marker.ts'

const FOLDER = path.join(import.meta.dirname, '../fixtures/locks')

/** CPython on Linux, as its markers see it. */
export function linux(full: string): MarkerEnvironment {
  return {
    python_version: full.split('.').slice(0, 2).join('.'),
    python_full_version: full,
    os_name: 'posix',
    sys_platform: 'linux',
    platform_machine: 'x86_64',
    platform_system: 'Linux',
    platform_release: '6.1.0-18-amd64',
    platform_version: '#1 SMP Debian',
    implementation_name: 'cpython',
    implementation_version: full,
    platform_python_implementation: 'CPython',
  }
}

export function windows(full: string): MarkerEnvironment {
  return { ...linux(full), os_name: 'nt', sys_platform: 'win32', platform_system: 'Windows', platform_machine: 'AMD64' }
}

export const NOTHING: Selection = { extras: [], groups: [] }

export function fixtureText(file: string): string {
  return readFileSync(path.join(FOLDER, file), 'utf8')
}

/** A lock that a real tool has made for the project shop, with the pyproject.toml beside it. */
export function readFixture(file: string, environment: MarkerEnvironment, selection: Selection = NOTHING): UserLock {
  const pipfile = file.startsWith('pipenv/') ? fixtureText('pipenv/Pipfile') : undefined
  const pyproject =
    file.startsWith('pipenv/') || file.startsWith('pylock/') ? undefined : fixtureText(`${path.dirname(file)}/pyproject.toml`)
  return readUserLock({
    file: path.basename(file),
    text: fixtureText(file),
    project: { name: 'shop', pyproject, pipfile },
    selection,
    environment,
  })
}

/** `name==version`, or `name @ kind` for what is not from an index. */
export function shown(lock: UserLock): readonly string[] {
  return lock.pins.map(({ name, version, source }) => (source ? `${name} @ ${source.kind}` : `${name}==${version}`))
}

/** A lock of the project shop, read from a text. */
export function readText(file: string, text: string, selection: Selection = NOTHING, pyproject?: string): UserLock {
  return readUserLock({ file, text, project: { name: 'shop', pyproject }, selection, environment: linux('3.13.2') })
}
