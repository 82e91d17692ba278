import { describe, expect, test } from '@jest/globals'
import { readInputs } from '../../../src/inputs.ts'
import { checkLeg, legOf } from '../../../src/plan/tags/matrix-legs.ts'
import { inputsWith, userError } from '../../support/values.ts'

const leg = (given: Readonly<Record<string, string>>, matrix: unknown) =>
  legOf(inputsWith({ ...given, matrix: typeof matrix === 'string' ? matrix : JSON.stringify(matrix) }))

describe('the suffix of a leg of a matrix', () => {
  test.each([
    { name: 'is none for the leg without extras', given: {}, matrix: { extras: '' }, suffix: '' },
    { name: 'is the extra of the leg that has one', given: { extras: 'test' }, matrix: { extras: 'test' }, suffix: '-test' },
    { name: 'is found under any name', given: { extras: 'test' }, matrix: { flavour: 'test' }, suffix: '-test' },
    { name: 'is found below a name', given: { extras: 'test' }, matrix: { leg: { with: ['test'] } }, suffix: '-test' },
    { name: 'is all extras of the leg', given: { extras: 'test,docs' }, matrix: { extras: 'test,docs' }, suffix: '-test-docs' },
    { name: 'is read from lines as well', given: { extras: 'test\ndocs' }, matrix: { extras: 'test\ndocs\n' }, suffix: '-test-docs' },
    { name: 'leaves out that an extra is a group', given: { extras: 'group:dev' }, matrix: { extras: 'group:dev' }, suffix: '-dev' },
    { name: 'reads numbers of the matrix as texts', given: { extras: '2' }, matrix: { extras: 2 }, suffix: '-2' },
    { name: 'is none where every leg has the same extras', given: { extras: 'test' }, matrix: { shard: '1' }, suffix: '' },
    { name: 'is none outside a matrix', given: { extras: 'test' }, matrix: 'null', suffix: '' },
    { name: 'is none where no matrix is handed over', given: { extras: 'test' }, matrix: '', suffix: '' },
    { name: 'is none where the matrix is not JSON', given: { extras: 'test' }, matrix: '{', suffix: '' },
    { name: 'does not take a part of a value', given: { extras: 'test' }, matrix: { name: 'test-all' }, suffix: '' },
    { name: 'is the version of Python', given: { 'python-version': '3.12' }, matrix: { py: 3.12 }, suffix: '-py3.12' },
    {
      name: 'is what several inputs differ by',
      given: { extras: 'test', 'python-version': '3.12' },
      matrix: { extras: 'test', python: '3.12' },
      suffix: '-test-py3.12',
    },
    {
      name: 'is the parent image',
      given: { 'parent-image': 'python:3.13-slim-bookworm' },
      matrix: { parent: 'python:3.13-slim-bookworm' },
      suffix: '-python-3.13-slim-bookworm',
    },
    { name: 'is the platform', given: { platform: 'linux/arm64' }, matrix: { platform: 'linux/arm64' }, suffix: '-linux-arm64' },
    { name: 'is a requirements file', given: { requirements: 'req/dj5.txt' }, matrix: { req: 'req/dj5.txt' }, suffix: '-req-dj5.txt' },
    {
      name: 'is an own Dockerfile',
      given: { dockerfile: 'docker/gpu/Dockerfile' },
      matrix: { d: 'docker/gpu/Dockerfile' },
      suffix: /^-Dockerfile-[0-9a-f]{8}$/,
    },
    { name: 'gives way to tag-suffix', given: { 'python-version': '3.12', 'tag-suffix': '-x' }, matrix: { py: '3.12' }, suffix: '-x' },
  ])('$name', ({ given, matrix, suffix }) => {
    const found = leg(given, matrix).suffix
    if (typeof suffix === 'string') expect(found).toBe(suffix)
    else expect(found).toMatch(suffix)
  })

  test('tells parents of the same last name apart', () => {
    const parents = [
      'ghcr.io/a/python:3.13',
      'ghcr.io/b/python:3.13',
      `python:3.13@sha256:${'a'.repeat(64)}`,
      `python:3.13@sha256:${'b'.repeat(64)}`,
    ]
    const suffixes = parents.map((parent) => leg({ 'parent-image': parent }, { parent }).suffix)
    expect(new Set(suffixes).size).toBe(4)
    for (const suffix of suffixes) expect(suffix).toMatch(/^-python-3\.13-[0-9a-f]{8}$/)
  })
})

describe('legs that would push the same tags', () => {
  const told = (given: Readonly<Record<string, string>>, matrix: unknown, push = true) => {
    const inputs = inputsWith({ ...given, matrix: JSON.stringify(matrix) })
    return checkLeg(legOf(inputs), inputs, push)
  }

  test.each([
    { name: 'by the runner', given: {}, matrix: { os: 'ubuntu-24.04-arm' } },
    { name: 'by two names', given: {}, matrix: { os: 'ubuntu-latest', database: 'postgres' } },
    { name: 'beside a switch', given: {}, matrix: { os: 'ubuntu-latest', experimental: false } },
    {
      name: 'by the folder, where all have one name',
      given: { path: 'services/web', 'image-name': 'app' },
      matrix: { os: 'services/web' },
    },
    { name: 'by a word in the folder', given: { path: 'services/web', 'image-name': 'app' }, matrix: { os: 'web' } },
    { name: 'beside an extra that all have', given: { extras: 'test' }, matrix: { os: 'ubuntu-latest', node: 20 } },
  ])('are refused before anything is built: $name', ({ given, matrix }) => {
    const error = userError(() => told(given, matrix))
    expect(error.message).toMatch(/^the legs of this matrix differ by os.*, and all would push the same tags$/)
    expect(error.next).toMatch(/^Set tag-suffix: -\$\{\{ matrix\.os \}\}, or, where one leg alone pushes, matrix: ''\.$/)
  })

  test.each([
    { name: 'which push nothing', given: {}, matrix: { os: 'ubuntu-24.04-arm' }, push: false },
    { name: 'with a suffix', given: { 'tag-suffix': '-arm' }, matrix: { os: 'ubuntu-24.04-arm' } },
    { name: 'with an image each', given: { 'image-name': 'web' }, matrix: { service: 'web' } },
    { name: 'with a folder each', given: { path: 'services/web' }, matrix: { service: 'web' } },
    {
      name: 'with a folder each, and its name',
      given: { path: 'services/web', 'image-name': 'shop-web' },
      matrix: { service: 'services/web' },
    },
    { name: 'with a folder each, and tags', given: { path: 'a/web', 'image-name': 'app', tags: 'web' }, matrix: { service: 'web' } },
    {
      name: 'with a folder each, and a suffix',
      given: { path: 'a/web', 'image-name': 'app', 'tag-suffix': '-web' },
      matrix: { service: 'web' },
    },
    { name: 'with a registry each', given: { registry: 'ghcr.io' }, matrix: { registry: 'ghcr.io' } },
    { name: 'with tags of their own', given: { tags: 'type=raw,value=main-arm' }, matrix: { arch: 'arm' } },
    { name: 'with a folder each, below others', given: { path: 'services/web/api' }, matrix: { service: 'web' } },
    { name: 'by the switch that is off', given: {}, matrix: { experimental: false } },
    { name: 'by a switch that the suffix says', given: { 'tag-suffix': '-debug' }, matrix: { debug: true } },
    {
      name: 'with a suffix that says a part of the parent',
      given: { 'parent-image': 'python:3.13-alpine', 'tag-suffix': '-alpine' },
      matrix: { parent: 'python:3.13-alpine' },
    },
    { name: 'with a suffix that says the Python', given: { 'python-version': '3.12', 'tag-suffix': '-py312' }, matrix: { py: '3.12' } },
    {
      name: 'with a suffix of their own in the matrix',
      given: { 'python-version': '3.12', 'tag-suffix': '-old' },
      matrix: { py: '3.12', suffix: '-old' },
    },
    { name: 'outside a matrix', given: {}, matrix: null },
  ])('are not told of: $name', ({ given, matrix, push = true }) => {
    expect(told(given, matrix, push)).toEqual([])
  })

  test('are not told of where each folder names its image in its own table', () => {
    const given: Record<string, string> = { path: 'services/web', 'image-name': 'storefront', matrix: '{"service":"services/web"}' }
    const inputs = readInputs((name) => given[name] ?? '', [], ['image-name'])
    expect(checkLeg(legOf(inputs), inputs, true)).toEqual([])
  })

  test('are refused with what is the same in all of them', () => {
    const { message } = userError(() => told({ path: 'services/web', 'image-name': 'app' }, { service: 'services/web' }))
    expect(message).toBe('the legs of this matrix differ by service, which image-name "app" does not say, and all would push the same tags')
  })

  test.each([
    { name: 'one suffix for all Pythons', given: { 'python-version': '3.12', 'tag-suffix': '-slim' }, matrix: { py: '3.12' } },
    { name: 'one suffix for all extras', given: { extras: 'test', 'tag-suffix': '-x' }, matrix: { extras: 'test' } },
    { name: 'one suffix for all runners', given: { 'tag-suffix': '-arm' }, matrix: { os: 'ubuntu-latest' } },
    { name: 'a switch', given: {}, matrix: { debug: true } },
    { name: 'a number that is a part of the version', given: { version: '1.2.3' }, matrix: { shard: 2 } },
    { name: "a word that is a part of the registry's name", given: { registry: 'ghcr.io' }, matrix: { zone: 'io' } },
  ])('are refused with what does not tell them apart: $name', ({ given, matrix }) => {
    const { message } = userError(() => told(given, matrix))
    expect(message).toMatch(/^the legs of this matrix differ by \w+.*, and all would push the same tags$/)
    if ('tag-suffix' in given) expect(message).toContain(`, which tag-suffix "${given['tag-suffix']}" does not say, `)
  })

  test('are told of too where the suffix says one name of several', () => {
    const given = { 'python-version': '3.12', extras: 'test', 'tag-suffix': '-3.12' }
    expect(told(given, { python: '3.12', extras: 'test' })).toEqual([
      expect.stringMatching(/^The tags of this leg do not say extras of its matrix\./),
    ])
  })

  test('are told of too where a leg is the one without a suffix', () => {
    expect(told({}, { extras: '', os: 'ubuntu-latest' })).toEqual([
      expect.stringMatching(/^The tags of this leg do not say os of its matrix\./),
    ])
  })

  test('that are told apart by something else are told what their tags do not say', () => {
    expect(told({ extras: 'test' }, { extras: 'test', os: 'ubuntu-latest' })).toEqual([
      'The tags of this leg end in -test, from extras in the matrix (tag-suffix overrides).',
      expect.stringMatching(/^The tags of this leg do not say os of its matrix\./),
    ])
  })
})
