import { describe, expect, test } from '@jest/globals'
import { conflicts, type Distribution } from '../../../src/judge/sbom/consistency.ts'

const ENVIRONMENT = { python_version: '3.11', python_full_version: '3.11.2', sys_platform: 'linux', platform_machine: 'x86_64' }
const wheel = (name: string, requires: readonly string[] = [], more: Partial<Distribution> = {}): Distribution => ({
  name,
  version: '1.0',
  requires,
  requiresPython: '',
  ...more,
})

test.each<{ name: string; installed: readonly Distribution[]; found: readonly string[] }>([
  { name: 'all is well', installed: [wheel('shop', ['Six>=1.0']), wheel('six')], found: [] },
  { name: 'what is required is not there', installed: [wheel('shop', ['six'])], found: ['shop requires six, which is not installed'] },
  {
    name: 'it is there in another version',
    installed: [wheel('shop', ['six>=2,<3']), wheel('six')],
    found: ['shop requires six>=2,<3, installed is 1.0'],
  },
  { name: 'names are spelled in another way', installed: [wheel('shop', ['Typing_Extensions']), wheel('typing.extensions')], found: [] },
  { name: 'a requirement is for another system', installed: [wheel('shop', ["pywin32; sys_platform == 'win32'"])], found: [] },
  { name: 'a requirement is for an older Python', installed: [wheel('shop', ["tomli; python_version < '3.11'"])], found: [] },
  {
    name: 'a requirement is for this Python',
    installed: [wheel('shop', ["x; python_version >= '3.11'"])],
    found: ['shop requires x, which is not installed'],
  },
  { name: 'an extra was not asked for', installed: [wheel('shop', ["pytest; extra == 'test'"])], found: [] },
  { name: 'a pre-release is installed', installed: [wheel('shop', ['six>=1']), wheel('six', [], { version: '2.0rc1' })], found: [] },
  {
    name: 'a local version is installed',
    installed: [wheel('shop', ['torch==2.0']), wheel('torch', [], { version: '2.0+cpu' })],
    found: [],
  },
  {
    name: 'it is for another Python',
    installed: [wheel('shop', [], { requiresPython: '>=3.12' })],
    found: ['shop 1.0 requires Python >=3.12, this is 3.11.2'],
  },
  { name: 'nothing where old wheels bring their egg-info, too', installed: [wheel('six'), wheel('Six')], found: [] },
  { name: 'it is there twice', installed: [wheel('six'), wheel('Six', [], { version: '0.9' })], found: ['six is there as 1.0 and 0.9'] },
  { name: 'a requirement is an address', installed: [wheel('shop', ['six @ https://files.example/six.whl']), wheel('six')], found: [] },
  { name: 'a requirement cannot be read by any tool', installed: [wheel('shop', ['six >= banana'])], found: [] },
])('where $name', ({ installed, found }) => {
  expect(conflicts(installed, ENVIRONMENT)).toEqual(found)
})

test('what the project overrides is no conflict', () => {
  const installed = [wheel('shop', ['Six>=2', 'gone', 'idna>=2']), wheel('six'), wheel('idna')]
  expect(conflicts(installed, ENVIRONMENT, { overridden: ['six', 'gone'] })).toEqual(['shop requires idna>=2, installed is 1.0'])
})

describe('an extra that something asks for', () => {
  const server = wheel('uvicorn', ['click', "httptools; extra == 'standard'", "uvicorn[standard]; extra == 'All'"])

  test.each<{ name: string; installed: readonly Distribution[]; lines?: readonly string[]; found: readonly string[] }>([
    {
      name: 'by an installed package',
      installed: [wheel('shop', ['uvicorn[standard]']), server, wheel('click')],
      found: ['uvicorn requires httptools, which is not installed'],
    },
    {
      name: 'by another extra',
      installed: [wheel('shop', ['uvicorn[all]']), server, wheel('click')],
      found: ['uvicorn requires httptools, which is not installed'],
    },
    {
      name: 'by the project, whose source is the application',
      installed: [server, wheel('click')],
      lines: ['uvicorn[standard]'],
      found: ['uvicorn requires httptools, which is not installed'],
    },
    {
      name: 'by a requirement for another system',
      installed: [wheel('shop', ["uvicorn[standard]; sys_platform == 'win32'"]), server, wheel('click')],
      found: [],
    },
    { name: 'that the package does not have', installed: [wheel('shop', ['six[security]']), wheel('six')], found: [] },
    {
      name: 'whose packages are there',
      installed: [wheel('shop', ['uvicorn[standard]']), server, wheel('click'), wheel('httptools')],
      found: [],
    },
  ])('counts: $name', ({ installed, lines, found }) => {
    expect(conflicts(installed, ENVIRONMENT, lines && { required: { by: 'shop', lines } })).toEqual(found)
  })

  test('of the project itself is told once, and is no second version of it', () => {
    const required = { by: 'shop', lines: ['six'] }
    expect(conflicts([wheel('shop', ['six'])], ENVIRONMENT, { required })).toEqual(['shop requires six, which is not installed'])
  })
})
