import { describe, expect, test } from '@jest/globals'
import { errorLine } from '../../src/errors.ts'
import { refuseVendored, refuseVendoredPins } from '../../src/plan/vendored.ts'
import type { Pin } from '../../src/project/locks/lock-file.ts'
import { linux, readText } from '../support/locks.ts'
import { userError } from '../support/values.ts'

const HERE = linux('3.13.2')
const SUM = 'ab'.repeat(32)
const CANNOT = 'and wheels and sdists of the workspace cannot be installed'
const INSTEAD = 'Put it on an index (extra-index-urls) or name its https address; an sdist can be unpacked, and its folder named.'

describe('a wheel or sdist in the workspace', () => {
  test.each([
    { line: './vendor/x-1-py3-none-any.whl', says: 'names the file vendor/x-1-py3-none-any.whl' },
    { line: '../x-1.tar.gz[fast] ; sys_platform == "linux"', says: 'names the file ../x-1.tar.gz' },
    { line: 'vendor/x-1.zip', says: 'names the file vendor/x-1.zip' },
    { line: 'x[fast] @ file:vendor/x-1.zip', says: 'takes x from the file vendor/x-1.zip' },
    { line: 'x @ file:///srv/x-1.zip#egg=x', says: 'takes x from the file /srv/x-1.zip' },
  ])('is refused where "$line" is required', ({ line, says }) => {
    expect(errorLine(userError(() => refuseVendored(['six', line], 'requirements.txt', HERE)))).toBe(
      `lock: requirements.txt ${says}, ${CANNOT}. ${INSTEAD}`,
    )
  })

  test.each([
    { line: './libs/core' },
    { line: 'six>=1' },
    { line: 'x @ https://x.example/x-1.zip' },
    { line: 'https://x.example/x-1-py3-none-any.whl' },
    { line: 'x @ git+https://git.example/x.zip' },
    { line: "./x-1.zip ; sys_platform == 'win32'" },
  ])('is not what "$line" requires', ({ line }) => {
    expect(() => refuseVendored([line], 'requirements.txt', HERE)).not.toThrow()
  })

  test.each([
    {
      file: 'pylock.toml',
      text: `lock-version = "1.0"\n[[packages]]\nname = "x"\narchive = { path = "./vendor/x-1.zip", hashes = { sha256 = "${SUM}" } }`,
    },
    {
      file: 'poetry.lock',
      text: `[[package]]\nname = "x"\nversion = "1"\ngroups = ["main"]\nfiles = [{ file = "x-1.zip", hash = "sha256:${SUM}" }]
[package.source]\ntype = "file"\nurl = "vendor/x-1.zip"\n[metadata]\nlock-version = "2.1"\npython-versions = "*"`,
    },
    {
      file: 'pdm.lock',
      text: `[metadata]\nlock_version = "4.5"\n[[package]]\nname = "x"\nversion = "1"\ngroups = ["default"]\npath = "./vendor/x-1.zip"
files = [{ file = "x-1.zip", hash = "sha256:${SUM}" }]`,
    },
    {
      file: 'Pipfile.lock',
      text: JSON.stringify({ default: { x: { path: './vendor/x-1.zip', hashes: [`sha256:${SUM}`] } } }),
    },
  ])('is refused where $file pins it', ({ file, text }) => {
    expect(errorLine(userError(() => refuseVendoredPins(readText(file, text))))).toBe(
      `lock: ${file} takes x from the file vendor/x-1.zip, ${CANNOT}. ${INSTEAD}`,
    )
  })

  test('is not what a lock of addresses pins', () => {
    const pin: Pin = { name: 'x', version: '', source: { kind: 'archive', url: 'https://x.example/x.zip' }, files: new Map() }
    expect(() => refuseVendoredPins({ ...readText('uv.lock', 'version = 1'), pins: [pin] })).not.toThrow()
  })
})
