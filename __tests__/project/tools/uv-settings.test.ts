import { expect, test } from '@jest/globals'
import { NO_SETTINGS, readUvSettings } from '../../../src/project/tools/uv-settings.ts'

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
    settings: { ...NO_SETTINGS, ignored: ['exclude-newer'], links: ['x'] },
  },
  {
    name: 'a page of files and no index',
    uv: { 'find-links': ['x', 'https://files.example/'], 'no-index': true },
    settings: { ...NO_SETTINGS, ignored: ['find-links', 'no-index'] },
  },
  {
    name: 'folders of files alone',
    uv: { 'find-links': ['./x'], 'no-index': true },
    settings: { ...NO_SETTINGS, links: ['./x'], withoutIndex: true },
  },
  {
    name: 'packages that are never built, or always',
    uv: { 'no-build-package': ['Wrapt'], 'no-binary-package': ['Markup_Safe'] },
    settings: { ...NO_SETTINGS, formats: { noBinary: ['markup-safe'], onlyBinary: ['wrapt'] } },
  },
  {
    name: 'nothing that is built',
    uv: { 'no-build': true, 'no-binary': false },
    settings: { ...NO_SETTINGS, formats: { noBinary: [], onlyBinary: [':all:'] } },
  },
  {
    name: 'everything built',
    uv: { 'no-binary': true },
    settings: { ...NO_SETTINGS, formats: { noBinary: [':all:'], onlyBinary: [] } },
  },
  {
    name: 'what says how sdists are built',
    uv: { 'config-settings': { a: 'b' }, 'extra-build-dependencies': { x: ['torch'] }, 'no-build-isolation': false },
    settings: { ...NO_SETTINGS, ignoredInBuilds: ['config-settings', 'extra-build-dependencies'] },
  },
  {
    name: 'what nobody knows here, and what changes no image',
    uv: {
      'no-sources': true,
      'some-setting-of-tomorrow': 1,
      managed: true,
      environments: [],
      'cache-dir': 'x',
      pip: { prerelease: 'allow' },
    },
    settings: { ...NO_SETTINGS, ignored: ['no-sources', 'some-setting-of-tomorrow'] },
  },
  {
    name: 'what bounds builds',
    uv: { 'build-constraint-dependencies': ['setuptools<82'] },
    settings: { ...NO_SETTINGS, buildConstraints: ['setuptools<82'] },
  },
])('[tool.uv] with $name', ({ uv, settings }) => {
  expect(readUvSettings(uv)).toEqual(settings)
})
