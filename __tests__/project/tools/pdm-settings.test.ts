import { describe, expect, test } from '@jest/globals'
import { readToml } from '../../../src/project/toml.ts'
import { readResolverSettings } from '../../../src/project/tools/pdm-settings.ts'

const read = (toml: string) =>
  readResolverSettings({ pyproject: readToml('pyproject.toml', toml), uvToml: undefined, folder: '/w', root: undefined })
const overrides = (toml: string) => read(`[tool.pdm.resolution.overrides]\n${toml}\n`).overrides

describe('overrides of PDM count where there is no lock', () => {
  test.each([
    { toml: 'six = "1.15.0"', lines: ['six==1.15.0'] },
    { toml: 'six = ">=1.15,<2"', lines: ['six>=1.15,<2'] },
    { toml: 'six = "*"', lines: ['six'] },
    { toml: '"six[fast]" = "~=1.15"', lines: ['six[fast]~=1.15'] },
    { toml: 'six = "file:///${PROJECT_ROOT}/libs/six"', lines: ['six @ file:///srv/source/libs/six'] },
    { toml: 'six = "git+https://git.example/six.git@v1"', lines: ['six @ git+https://git.example/six.git@v1'] },
  ])('$toml', ({ toml, lines }) => {
    expect(overrides(toml)).toEqual(lines)
  })

  test('what is left out is required by nobody, and versions before a release are taken where it says so', () => {
    expect(read('[tool.pdm.resolution]\nexcludes = ["Blinker"]\nallow-prereleases = true\n')).toMatchObject({
      overrides: ["blinker ; python_version < '3'"],
      options: ['--prerelease', 'allow'],
    })
  })

  test.each(['six = 1', 'six = "1.0\\n--index-url=https://index.example"', 'six = "; os_name"', '"six --pre" = "1"'])(
    'what is not understood is an error: %s',
    (toml) => {
      expect(() => overrides(toml)).toThrow(/\[tool\.pdm\.resolution\.overrides\] says of six/)
    },
  )

  test('those of uv stay as they are', () => {
    expect(read('[tool.uv]\noverride-dependencies = ["idna==3.6"]\nprerelease = "allow"\n')).toMatchObject({
      overrides: ['idna==3.6'],
      options: ['--prerelease', 'allow'],
    })
  })
})
