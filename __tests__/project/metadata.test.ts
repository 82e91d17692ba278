import { describe, expect, test } from '@jest/globals'
import { parseMetadata, requirementsFor } from '../../src/project/metadata.ts'

const METADATA = `Metadata-Version: 2.4
Name: Polls.Site
Version: 1.0.0
Summary: A small Django site: questions,
        choices, votes.
License-Expression: MIT
License: ignored
Requires-Python: >=3.11
Requires-Dist: Django<5.3,>=5.2
Requires-Dist: uWSGI<2.1,>=2.0.28; sys_platform != "win32"
Provides-Extra: Test_Tools
Requires-Dist: coverage>=7.6; extra == "Test_Tools"
Provides-Extra: test-tools
Description-Content-Type: text/markdown

Name: a line of the description
Requires-Dist: not-a-requirement
`

describe('the metadata of a wheel', () => {
  test('are the fields of the header block, nothing of the description', () => {
    expect(parseMetadata(METADATA)).toEqual({
      name: 'Polls.Site',
      version: '1.0.0',
      summary: 'A small Django site: questions, choices, votes.',
      license: 'MIT',
      requiresPython: '>=3.11',
      requires: ['Django<5.3,>=5.2', 'uWSGI<2.1,>=2.0.28; sys_platform != "win32"', 'coverage>=7.6; extra == "Test_Tools"'],
      extras: ['test-tools'],
    })
  })

  test('read alike with the line ends of Windows', () => {
    expect(parseMetadata(METADATA.replaceAll('\n', '\r\n'))).toEqual(parseMetadata(METADATA))
  })

  test('take the old license field where there is no expression, and are empty where nothing is said', () => {
    const { license, summary, requires, extras } = parseMetadata('Name: a\nVersion: 1\nLicense: BSD\n')
    expect({ license, summary, requires, extras }).toEqual({ license: 'BSD', summary: '', requires: [], extras: [] })
  })

  test('have field names in any case', () => {
    expect(parseMetadata('NAME: a\nversion: 1\n')).toMatchObject({ name: 'a', version: '1' })
  })
})

describe('the requirements with extras', () => {
  test.each([
    { name: 'leave out what an extra asks for when it was not chosen', line: 'coverage>=7.6; extra == "test"', extras: [], lines: [] },
    {
      name: 'hold what a chosen extra asks for, without its marker',
      line: 'coverage>=7.6; extra == "test"',
      extras: ['test'],
      lines: ['coverage>=7.6'],
    },
    { name: 'keep a line without a marker', line: 'Django>=5.2', extras: ['test'], lines: ['Django>=5.2'] },
    {
      name: 'leave other markers to the resolver',
      line: 'tomli; python_version < "3.11"',
      extras: [],
      lines: ['tomli; python_version < "3.11"'],
    },
    {
      name: 'keep the other half of a marker that names an extra',
      line: "tomli; python_version < '3.11' and extra == 'test'",
      extras: ['test'],
      lines: ["tomli ; python_version < '3.11'"],
    },
    {
      name: 'decide each extra of a marker that names two',
      line: "x; extra == 'a' or extra == 'b'",
      extras: ['b'],
      lines: ['x'],
    },
    {
      name: 'hold what one half of a marker asks for without an extra',
      line: "six; sys_platform == 'linux' or extra == 'fast'",
      extras: [],
      lines: ["six ; sys_platform == 'linux'"],
    },
    {
      name: 'hold it always where the extra is chosen',
      line: "six; sys_platform == 'linux' or extra == 'fast'",
      extras: ['fast'],
      lines: ['six'],
    },
    {
      name: 'keep the brackets of a marker',
      line: "six; (sys_platform == 'linux' or os_name == 'nt') and extra == 'fast' and python_version >= \"3\"",
      extras: ['fast'],
      lines: ["six ; (sys_platform == 'linux' or os_name == 'nt') and python_version >= '3'"],
    },
    { name: 'read an extra that stands behind its name', line: "six; 'x' == extra", extras: ['x'], lines: ['six'] },
    { name: 'leave out one behind its name that was not chosen', line: "six; 'x' == extra", extras: [], lines: [] },
    { name: 'hold what is for whoever has not an extra', line: "six; extra != 'x'", extras: [], lines: ['six'] },
    { name: 'leave out what is for whoever has not a chosen one', line: "six; extra != 'x'", extras: ['x'], lines: [] },
    { name: 'read several extras in one text', line: "six; extra in 'x y'", extras: ['y'], lines: ['six'] },
    {
      name: 'find the marker behind an address that holds a semicolon',
      line: 'six @ https://index.example/six.zip?a=1;b=2 ; extra == "x"',
      extras: ['x'],
      lines: ['six @ https://index.example/six.zip?a=1;b=2'],
    },
    { name: 'leave alone what is no marker', line: 'six; extra = x', extras: [], lines: ['six; extra = x'] },
    { name: 'compare extras as normalised names', line: "x; extra == 'Test_Tools'", extras: ['test-tools'], lines: ['x'] },
    { name: 'do not take an extra for another that begins alike', line: "x; extra == 'test'", extras: ['test-tools'], lines: [] },
    {
      name: 'do not mistake the extras of a requirement for a marker',
      line: 'uvicorn[standard]>=0.30',
      extras: [],
      lines: ['uvicorn[standard]>=0.30'],
    },
  ])('$name', ({ line, extras, lines }) => {
    expect(requirementsFor({ ...parseMetadata('Name: a\nVersion: 1\n'), requires: [line] }, extras)).toEqual(lines)
  })
})

describe('an extra that names the project itself', () => {
  const metadata = {
    ...parseMetadata('Name: My_Shop\nVersion: 1\n'),
    requires: [
      'django',
      "my-shop[test,docs]; extra == 'all'",
      "pytest; extra == 'test'",
      "sphinx; extra == 'docs'",
      "ruff; extra == 'lint'",
    ],
  }
  test.each([
    { name: 'stands for the extras that it lists', extras: ['all'], lines: ['django', 'pytest', 'sphinx'] },
    { name: 'is left out where it was not chosen', extras: ['lint'], lines: ['django', 'ruff'] },
    { name: 'adds to those that were chosen beside it', extras: ['all', 'lint'], lines: ['django', 'pytest', 'sphinx', 'ruff'] },
  ])('$name', ({ extras, lines }) => {
    expect(requirementsFor(metadata, extras)).toEqual(lines)
  })

  test('may name itself without an end', () => {
    expect(requirementsFor({ ...metadata, requires: ["my-shop[all]; extra == 'all'", 'django'] }, ['all'])).toEqual(['django'])
  })

  test('is not one that only begins like the project', () => {
    expect(requirementsFor({ ...metadata, requires: ['my-shop-plugins[all]'] }, [])).toEqual(['my-shop-plugins[all]'])
  })
})
