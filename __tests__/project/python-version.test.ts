import { describe, expect, test } from '@jest/globals'
import { readOwnDockerfile } from '../../src/project/dockerfile/own-dockerfile.ts'
import { allowsSeries, readPythonFiles } from '../../src/project/python-version.ts'
import { poetryPython } from '../../src/project/tools/poetry-project.ts'

const SERIES = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14']

function read(text: string, file = '.python-version') {
  return readPythonFiles(new Map([[file, text]]))
}

describe('a file names Python', () => {
  // Forms of pyenv's, uv's, asdf's and Heroku's manuals.
  test.each([
    { text: '3.12', version: '3.12' },
    { text: '3.12.4\n', version: '3.12' },
    { text: '\uFEFF3.12\r\n', version: '3.12' },
    { text: '# ours\n3.12 # for now\n', version: '3.12' },
    { text: 'cpython@3.12', version: '3.12' },
    { text: 'cpython-3.12.4-linux-x86_64-gnu', version: '3.12' },
    { text: 'cpython3.12', version: '3.12' },
    { text: 'python3.12', version: '3.12' },
    { text: 'cp3.12', version: '3.12' },
    { text: '3.15-dev', version: '3.15' },
    { text: '3.14.0rc2', version: '3.14' },
    { text: 'pypy3.10\n3.11\n', version: '3.11' },
    { text: '3.11 3.12', version: '3.11' },
    { text: 'python 3.12-dev 3.11', file: '.tool-versions', version: '3.12' },
    { text: '# all\nnodejs 24\npython   3.12.1   # ours\n', file: '../.tool-versions', version: '3.12' },
    { text: 'python-3.11.9\n', file: 'runtime.txt', version: '3.11' },
    { text: 'python-3.11', file: 'runtime.txt', version: '3.11' },
    { text: '[tools]\nnode = "24"\npython = "3.12.4"', file: 'mise.toml', version: '3.12' },
    { text: '[tools]\npython = ["3.13", "3.12"]', file: '.mise.toml', version: '3.13' },
    { text: '[tools]\npython = { version = "3.11", virtualenv = ".venv" }', file: '../mise.toml', version: '3.11' },
    { text: '[tools]\npython = "prefix:3.10"', file: 'mise.toml', version: '3.10' },
  ])('$text', ({ text, file = '.python-version', version }) => {
    expect(read(text, file)).toEqual({ named: { version, from: file }, unread: [] })
  })

  test.each([
    { text: '>=3.11,<3.12', range: '>=3.11,<3.12', series: ['3.11'] },
    { text: '>= 3.11, < 3.13 # two', range: '>=3.11,<3.13', series: ['3.11', '3.12'] },
    { text: 'cpython@>=3.13', range: '>=3.13', series: ['3.13', '3.14'] },
    { text: '~=3.12.0', range: '~=3.12.0', series: ['3.12'] },
    { text: '==3.12.*', range: '==3.12.*', series: ['3.12'] },
    { text: '3', range: '==3.*', series: SERIES },
  ])('by the range $text', ({ text, range, series }) => {
    expect(read(text)).toEqual({ named: { version: '', range, from: '.python-version' }, unread: [] })
    expect(SERIES.filter((one) => allowsSeries(one, range))).toEqual(series)
  })

  test.each(['pypy3.10', 'pypy@3.10', 'graalpy-24.0', '3.12.1+freethreaded', '3.13t', 'miniconda3-4.7.12', 'my-env', '2.7.18', '>=3.11,'])(
    'in a way that is not read: %s',
    (text) => {
      expect(read(text)).toEqual({
        named: undefined,
        unread: [`"${text}" in .python-version is not read: it names no CPython by its version. The input python-version does.`],
      })
    },
  )

  test.each(['[tools]\nnode = "24"', '[tools]\npython = "latest"', '[tools]\npython = 3', '[tools', 'x = 1'])(
    'not by mise, as %j',
    (text) => {
      expect(read(text, 'mise.toml')).toEqual({ named: undefined, unread: [] })
    },
  )

  test.each(['', 'system\n', '# none\n'])('not by %j', (text) => {
    expect(read(text)).toEqual({ named: undefined, unread: [] })
  })
})

// What poetry-core 2.5.0 says: parse_constraint(text).allows(Version.parse("3.N.0")) for each series, N from 9 to 14.
test.each([
  { written: '~3.11 || ~3.12', series: ['3.11', '3.12'] },
  { written: '^3.9', series: SERIES },
  { written: '~3', series: SERIES },
  { written: '3.*', series: SERIES },
  { written: '3.11.*', series: ['3.11'] },
  { written: '==3.11.*', series: ['3.11'] },
  { written: '>=3.8,<4.0', series: SERIES },
  { written: '^3.9 || 3.12.1', series: SERIES },
  { written: '!=3.11.*,>=3.9', series: ['3.9', '3.10', '3.12', '3.13', '3.14'] },
  { written: '3.11', series: ['3.11'] },
  { written: '*', series: SERIES },
  { written: '~=3.11', series: ['3.11', '3.12', '3.13', '3.14'] },
  { written: '<3.9 || >=3.11 <3.13', series: ['3.11', '3.12'] },
  { written: '^3', series: SERIES },
  { written: '^3.11,!=3.11.5', series: ['3.11', '3.12', '3.13', '3.14'] },
  { written: '^3.9 | ^3.12', series: SERIES },
  { written: '~3.11 || *', series: SERIES },
])('Poetry says $written, which allows $series', ({ written, series }) => {
  const range = poetryPython({ dependencies: { python: written } })
  expect(range).toBeDefined()
  expect(SERIES.filter((one) => allowsSeries(one, range))).toEqual(series)
})

test.each([
  { text: 'FROM python:3.11-slim\n', is: '3.11' },
  { text: 'FROM --platform=linux/amd64 docker.io/library/python:3.10.4-bullseye AS builder\nFROM python:3.10-slim\n', is: '3.10' },
  { text: 'ARG VERSION="3.12"\nFROM node:22 AS web\nFROM python:${VERSION}-slim\n', is: '3.12' },
  { text: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\n', is: '3.13' },
  { text: 'FROM python:3.11\nFROM python:3.12\n', is: undefined },
  { text: 'FROM python:3\n# FROM python:3.9\n', is: undefined },
  { text: 'FROM acme/mypython:3.11\n', is: undefined },
])('the Python of a Dockerfile: $text', ({ text, is }) => {
  expect(readOwnDockerfile(text).python).toBe(is)
})
