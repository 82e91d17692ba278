import { describe, expect, test } from '@jest/globals'
import { holds } from '../../../src/project/requirements/marker.ts'
import { linux, NOTHING } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const HERE = linux('3.11.9')

describe('a marker', () => {
  test.each([
    { name: 'that is empty holds', marker: ' ', holds: true },
    { name: 'compares versions as versions, not as texts', marker: "python_version > '3.9'", holds: true },
    { name: 'takes 3.11 as less than 3.12', marker: "python_version < '3.12'", holds: true },
    { name: 'takes the full version with a patch', marker: "python_full_version >= '3.11.10'", holds: false },
    { name: 'knows a wildcard', marker: "python_full_version == '3.11.*'", holds: true },
    { name: 'knows an excluding wildcard', marker: "python_full_version != '3.11.*'", holds: false },
    { name: 'knows a compatible release', marker: "python_version ~= '3.8'", holds: true },
    { name: 'knows a compatible release of a patch', marker: "python_full_version ~= '3.11.10'", holds: false },
    { name: 'takes === as text', marker: "python_version === '3.11.0'", holds: false },
    { name: 'takes === whatever the case', marker: "platform_system === 'LINUX'", holds: true },
    { name: 'takes == of texts with the case', marker: "platform_system == 'linux'", holds: false },
    { name: 'compares texts that are no versions', marker: "sys_platform != 'win32'", holds: true },
    { name: 'orders texts that are no versions', marker: "platform_release >= '5-custom'", holds: true },
    { name: 'may have its sides reversed', marker: "'linux' == sys_platform", holds: true },
    { name: 'may have versions reversed', marker: "'3.12' > python_version", holds: true },
    { name: 'may have versions reversed the other way', marker: "'3.12' <= python_version", holds: false },
    { name: 'finds a text in a text', marker: "'lin' in sys_platform", holds: true },
    { name: 'finds a variable in a text', marker: "python_version in '3.10, 3.11'", holds: true },
    { name: 'finds that a text is not in one', marker: 'sys_platform not   in "win32 darwin"', holds: true },
    { name: 'binds and closer than or', marker: "os_name == 'posix' or os_name == 'nt' and python_version < '3'", holds: true },
    { name: 'binds and closer than or at its end', marker: "python_version < '3' and os_name == 'nt' or os_name == 'posix'", holds: true },
    { name: 'has brackets', marker: "(os_name == 'posix' or os_name == 'nt') and python_version < '3'", holds: false },
    { name: 'has brackets in brackets', marker: "((os_name=='posix') and (('x' in 'xy')))", holds: true },
    { name: 'has both kinds of quotes', marker: `sys_platform == "linux" and os_name == 'posix'`, holds: true },
    { name: 'keeps words that are in quotes', marker: "'a and b' == 'a and b'", holds: true },
    { name: 'has the dotted names of old metadata', marker: "sys.platform == 'linux' and os.name == 'posix'", holds: true },
    { name: 'has the implementation by its old name', marker: "python_implementation == 'CPython'", holds: true },
    { name: 'starts a variable with the letters of a word', marker: "implementation_name == 'cpython'", holds: true },
  ])('$name', ({ marker, holds: expected }) => {
    expect(holds(marker, HERE, NOTHING)).toBe(expected)
  })

  test('takes a pre-release of a Python as earlier than the release', () => {
    expect(holds("python_full_version >= '3.14'", linux('3.14.0rc1'), NOTHING)).toBe(false)
    expect(holds("python_full_version >= '3.13'", linux('3.14.0rc1'), NOTHING)).toBe(true)
    expect(holds("python_full_version >= '3.14.0b2'", linux('3.14.0rc1'), NOTHING)).toBe(true)
  })

  test.each([
    { name: 'holds for an extra that is wanted', marker: "extra == 'All_Of.it'", holds: true },
    { name: 'holds not for another', marker: "extra == 'test'", holds: false },
    { name: 'holds for the absence of another', marker: "extra != 'test'", holds: true },
    { name: 'holds not for the absence of one that is wanted', marker: "extra != 'all-of-it'", holds: false },
    { name: 'holds for two extras that are both wanted', marker: "extra == 'fancy' and extra == 'all-of-it'", holds: true },
    { name: 'may name the extra first', marker: "'fancy' == extra", holds: true },
    { name: 'knows the set of extras of PEP 751', marker: "'FANCY' in extras", holds: true },
    { name: 'knows what is not in the set', marker: "'fancy' not in extras", holds: false },
    { name: 'knows the set of groups', marker: "'dev' in dependency_groups and 'lint' not in dependency_groups", holds: true },
    { name: 'does not take a group for an extra', marker: "extra == 'dev' or 'fancy' in dependency_groups", holds: false },
    { name: 'does not take a part of a name', marker: "'fan' in extras", holds: false },
    { name: 'finds the extra in a list of old metadata', marker: "extra in 'docs, fancy'", holds: true },
  ])('$name', ({ marker, holds: expected }) => {
    expect(holds(marker, HERE, { extras: ['all-of-it', 'Fancy'], groups: ['dev'] })).toBe(expected)
  })

  test.each([
    { name: 'that names no variable of PEP 508', marker: "python == '3'", cause: '"python" is no variable' },
    { name: 'that ends early', marker: "os_name == 'posix' and", cause: '"its end" is no variable' },
    { name: 'that lacks a comparison', marker: "os_name 'posix'", cause: 'a comparison is expected' },
    { name: 'whose bracket stays open', marker: "(os_name == 'posix'", cause: 'a bracket is not closed' },
    { name: 'that goes on', marker: "os_name == 'posix' 'nt'", cause: '"nt" is one too many' },
    { name: 'whose quote stays open', marker: "os_name == 'posix", cause: 'stops making sense at "\'posix"' },
    { name: 'that asks for compatible texts', marker: "sys_platform ~= 'linux'", cause: 'compares versions' },
    { name: 'that orders extras', marker: "extra > 'a'", cause: 'extras have no order' },
  ])('$name is refused', ({ marker, cause }) => {
    const error = userError(() => holds(marker, HERE, NOTHING))
    expect(error.message).toContain(`the marker "${marker}" cannot be read`)
    expect(error.message).toContain(cause)
  })
})
