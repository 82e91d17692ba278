import { expect, test } from '@jest/globals'
import { NO_SETTINGS, readUvSettings } from '../../src/project/uv-settings.ts'

test.each([
  { name: 'nothing', uv: {}, settings: NO_SETTINGS },
  {
    name: 'constraints and overrides',
    uv: { 'constraint-dependencies': ['a<2'], 'override-dependencies': ["b==1 ; sys_platform == 'linux'"] },
    settings: { ...NO_SETTINGS, constraints: ['a<2'], overrides: ["b==1 ; sys_platform == 'linux'"] },
  },
  {
    name: 'what the resolver prefers',
    uv: { prerelease: 'allow', resolution: 'lowest-direct' },
    settings: { ...NO_SETTINGS, options: ['--prerelease', 'allow', '--resolution', 'lowest-direct'] },
  },
  {
    name: 'what is no requirement and no word of uv',
    uv: { 'constraint-dependencies': ['a<2', '-r /run/index'], 'override-dependencies': [{ package: 'x' }], prerelease: '--index x' },
    settings: { ...NO_SETTINGS, constraints: ['a<2'], ignored: ['constraint-dependencies', 'override-dependencies', 'prerelease'] },
  },
  {
    name: 'settings that are not followed',
    uv: { 'find-links': ['x'], 'exclude-newer': '2026-01-01', package: true },
    settings: { ...NO_SETTINGS, ignored: ['exclude-newer', 'find-links'] },
  },
])('[tool.uv] with $name', ({ uv, settings }) => {
  expect(readUvSettings(uv)).toEqual(settings)
})
