import { describe, expect, test } from '@jest/globals'
import { errorLine } from '../../../src/errors.ts'
import { disagreement } from '../../../src/project/locks/disagreement.ts'
import { linux, NOTHING, readFixture, readText } from '../../support/locks.ts'

const HERE = linux('3.11.9')

describe('a lock and the requirements of its project', () => {
  test.each([
    { name: 'as they were locked', lines: ['beautifulsoup4[html5lib]>=4.12', "markdown-it-py<3 ; python_version < '3.12'", 'Shop_Core'] },
    { name: 'of another platform', lines: ["pywin32-ctypes ; sys_platform == 'win32'"] },
    { name: 'of an extra that is not wanted', lines: ["django ; extra == 'web'"] },
    { name: 'of the project itself', lines: ['shop[fancy]>=99'] },
    { name: 'by an address that the lock has too', lines: ['shop-core @ file:///somewhere/core'] },
  ])('agree on requirements $name', ({ lines }) => {
    expect(disagreement(readFixture('uv/uv.lock', HERE), lines, { environment: HERE, selection: NOTHING })).toBeUndefined()
  })

  test.each([
    {
      name: 'that is new',
      file: 'uv/uv.lock',
      lines: ['django>=5'],
      says: 'uv.lock is out of date: it does not hold django. Run "uv lock" and commit the lock.',
    },
    {
      name: 'whose bound was raised',
      file: 'poetry-2.1/poetry.lock',
      lines: ['click>=9'],
      says: 'poetry.lock is out of date: it holds click 8.5.1 and >=9 is required. Run "poetry lock" and commit the lock.',
    },
    {
      name: 'that now comes from an address',
      file: 'pdm/pdm.lock',
      lines: ['click @ https://x.example/click.zip'],
      says: 'pdm.lock is out of date: it takes click 8.5.1 from an index and not from the address that is required. Run "pdm lock" and commit the lock.',
    },
    {
      name: 'that is one of many',
      file: 'pipenv/Pipfile.lock',
      lines: ['a', 'b', 'c', 'd', 'e'],
      says: 'Pipfile.lock is out of date: it does not hold a; it does not hold b; it does not hold c and 2 more. Run "pipenv lock" and commit the lock.',
    },
  ])('disagree on one $name', ({ file, lines, says }) => {
    const error = disagreement(readFixture(file, HERE), lines, { environment: HERE, selection: NOTHING })
    expect(errorLine(error)).toBe(`lock: ${says}`)
    expect(error?.details).toHaveLength(lines.length)
  })

  test('agree on a member of the workspace that is no package', () => {
    const text = `version = 1
[[package]]\nname = "shop"\nsource = { virtual = "." }\ndependencies = [{ name = "core" }]
[[package]]\nname = "core"\nsource = { virtual = "core" }`
    expect(disagreement(readText('uv.lock', text), ['core'], { environment: HERE, selection: NOTHING })).toBeUndefined()
  })

  test('disagree where its tool finds its project changed', () => {
    const text = '[metadata]\nlock-version = "2.1"\ncontent-hash = "0"\n'
    const lock = readText('poetry.lock', text, NOTHING, '[tool.poetry]\n')
    expect(errorLine(disagreement(lock, [], { environment: HERE, selection: NOTHING }))).toBe(
      'lock: poetry.lock is out of date: pyproject.toml has changed since it was made (its content-hash is another). Run "poetry lock" and commit the lock.',
    )
  })

  test('agree on what an override decided', () => {
    const text = 'version = 1\n[manifest]\noverrides = [{ name = "click", specifier = "<8" }]\n'
    expect(disagreement(readText('uv.lock', text), ['click>=8'], { environment: HERE, selection: NOTHING })).toBeUndefined()
    const poetryless = readText('uv.lock', 'version = 1', NOTHING, '[tool.uv]\noverride-dependencies = ["Click<8"]')
    expect(disagreement(poetryless, ['click>=8'], { environment: HERE, selection: NOTHING })).toBeUndefined()
    const pdm = readText('uv.lock', 'version = 1', NOTHING, '[tool.pdm.resolution.overrides]\nclick = "7"')
    expect(disagreement(pdm, ['click>=8'], { environment: HERE, selection: NOTHING })).toBeUndefined()
  })
})
