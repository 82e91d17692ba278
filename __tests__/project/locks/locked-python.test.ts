import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { lockedPython } from '../../../src/project/locks/lock-formats.ts'

const fixture = (file: string) => readFileSync(path.join(import.meta.dirname, '../../fixtures/locks', file), 'utf8')
const pipenv = (requires: object) =>
  JSON.stringify({ _meta: { requires }, default: { six: { version: '==1.17.0', markers: "python_version >= '2.7'" } } })
const poetry = (versions: string) =>
  `[[package]]\nname = "six"\nversion = "1.17.0"\npython-versions = ">=2.7"\n\n[metadata]\nlock-version = "2.1"\npython-versions = "${versions}"\n`
const pdm = (...targets: readonly string[]) =>
  `[metadata]\nlock_version = "4.5.0"\n\n${targets.map((target) => `[[metadata.targets]]\nrequires_python = "${target}"\n`).join('\n')}\n[[package]]\nname = "six"\nrequires_python = ">=2.7"\n`

describe('the Python that a lock is for', () => {
  test.each([
    { name: 'is at the top of uv’s', file: 'uv.lock', text: fixture('uv/uv.lock'), is: '>=3.11, <4' },
    { name: 'is that of the workspace above', file: '../../uv.lock', text: fixture('uv/uv.lock'), is: '>=3.11, <4' },
    { name: 'is at the top of the standard one', file: 'pylock.toml', text: fixture('pylock/pylock.toml'), is: '>=3.11, <4' },
    {
      name: 'is at the top of a named standard one',
      file: 'pylock.prod.toml',
      text: 'lock-version = "1.0"\nrequires-python = "==3.12.*"\n',
      is: '==3.12.*',
    },
    {
      name: 'is in the metadata of Poetry’s, after all packages',
      file: 'poetry.lock',
      text: fixture('poetry-2.1/poetry.lock'),
      is: '>=3.11,<4',
    },
    { name: 'is in the metadata of Poetry’s older ones', file: 'poetry.lock', text: fixture('poetry-1.1/poetry.lock'), is: '>=3.11,<4' },
    { name: 'is none of the packages of Poetry’s', file: 'poetry.lock', text: poetry('~3.12'), is: '>=3.12,<3.13' },
    { name: 'is unsaid where Poetry’s allows every one', file: 'poetry.lock', text: poetry('*'), is: undefined },
    { name: 'is any of Poetry’s alternatives', file: 'poetry.lock', text: poetry('^2.7 || ^3.9'), is: '>=2.7,<3 || >=3.9,<4' },
    { name: 'is the target of PDM’s', file: 'pdm.lock', text: fixture('pdm/pdm.lock'), is: '~=3.11' },
    { name: 'is that of all targets of PDM’s', file: 'pdm.lock', text: pdm('>=3.12', '>=3.12'), is: '>=3.12' },
    { name: 'is any of several of PDM’s', file: 'pdm.lock', text: fixture('pdm-targets/pdm.lock'), is: '==3.11.* || ==3.13.*' },
    { name: 'is none of the packages of PDM’s', file: 'pdm.lock', text: pdm(), is: undefined },
    { name: 'is what Pipenv’s names', file: 'Pipfile.lock', text: pipenv({ python_version: '3.11' }), is: '==3.11.*' },
    {
      name: 'is the series of the full version that Pipenv’s names',
      file: 'Pipfile.lock',
      text: pipenv({ python_full_version: '3.12.4', python_version: '3.12' }),
      is: '==3.12.*',
    },
    { name: 'is unsaid where Pipenv’s names none', file: 'Pipfile.lock', text: fixture('pipenv/Pipfile.lock'), is: undefined },
    {
      name: 'is unsaid where Pipenv’s names the language alone',
      file: 'Pipfile.lock',
      text: pipenv({ python_version: '3' }),
      is: undefined,
    },
    { name: 'is unsaid in JSON that is none', file: 'Pipfile.lock', text: '<<<<<<< HEAD', is: undefined },
    { name: 'is unsaid in TOML that is none', file: 'uv.lock', text: '<<<<<<< HEAD\nrequires-python = ">=3.12"\n', is: undefined },
  ])('$name', ({ file, text, is }) => {
    expect(lockedPython(file, text)).toBe(is)
  })
})
