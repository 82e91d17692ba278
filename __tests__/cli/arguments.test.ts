import { describe, expect, test } from '@jest/globals'
import { readArguments } from '../../src/cli/arguments.ts'
import { flagsAgain, startAdvice } from '../../src/cli/verbs/package-verb.ts'
import { FLAGS, whyNoFlag } from '../../src/inputs/flags.ts'
import { INPUT_NAMES } from '../../src/inputs.ts'
import { userError } from '../support/values.ts'

const read = (...argv: string[]) => {
  const { verb, words, command, flags } = readArguments(argv, { GREETING: 'good day' })
  return { verb: verb?.name, words, command, flags: Object.fromEntries(flags) }
}

describe('what belongs to whom', () => {
  const rows: Readonly<Record<string, { argv: readonly string[]; is: Partial<ReturnType<typeof read>> }>> = {
    'a verb alone': { argv: ['release'], is: { verb: 'release', words: [], command: [], flags: {} } },
    'words and flags of build, in any order': {
      argv: ['build', 'test', '--index-url', 'https://index.example/simple', 'docs'],
      is: { verb: 'build', words: ['test', 'docs'], flags: { 'index-url': 'https://index.example/simple' } },
    },
    'flags before the verb': { argv: ['--namespace=acme', 'release'], is: { verb: 'release', flags: { namespace: 'acme' } } },
    'a command begins with its first word': {
      argv: ['run', '-p', '8000:8000', 'gunicorn', '--bind', ':8000', '-p', 'x'],
      is: { command: ['gunicorn', '--bind', ':8000', '-p', 'x'], flags: { ports: '8000:8000' } },
    },
    'a command after the dashes, untouched': {
      argv: ['run', '--', 'python', '-c', 'print("a b")', '', '$HOME', 'two\nlines', '--', '--json'],
      is: { command: ['python', '-c', 'print("a b")', '', '$HOME', 'two\nlines', '--', '--json'], flags: {} },
    },
    'dashes inside a command belong to it': { argv: ['run', 'env', '--', 'A=b'], is: { command: ['env', '--', 'A=b'] } },
    'a command that begins with a dash': { argv: ['manage', '--', '--version'], is: { verb: 'manage', command: ['--version'] } },
    'no command at all': { argv: ['run', '-e', 'A=b'], is: { command: [], flags: { env: 'A=b' } } },
    'build cmd is a verb of two words': {
      argv: ['build', 'cmd', 'pip', 'wheel', '--wheel-dir', '/wheelhouse', '.'],
      is: { verb: 'build cmd', command: ['pip', 'wheel', '--wheel-dir', '/wheelhouse', '.'] },
    },
    'build cmd with dashes and a flag of its own': {
      argv: ['build', 'cmd', '-e', 'A=b c', '--', 'sh'],
      is: { verb: 'build cmd', command: ['sh'], flags: { env: 'A=b c' } },
    },
    'folders of image': { argv: ['image', 'docker/base', '.'], is: { verb: 'image', words: ['docker/base', '.'] } },
  }
  test.each(Object.entries(rows))('%s', (_name, { argv, is }) => {
    expect(read(...argv)).toMatchObject(is)
  })
})

describe('values of flags', () => {
  const rows: Readonly<Record<string, { argv: readonly string[]; flags: Readonly<Record<string, string>> }>> = {
    'one value each, as often as one likes': {
      argv: ['--port', '1:1', '-p', '2:2', '--volume', './a b:/a', '-v', 'x:/x', '--env', 'A=b c', '-e', 'C=d'],
      flags: { ports: '1:1\n2:2', volumes: './a b:/a\nx:/x', env: 'A=b c\nC=d' },
    },
    'the names of action.yml too': { argv: ['--ports=1:1', '--volumes=x:/x'], flags: { ports: '1:1', volumes: 'x:/x' } },
    'an environment value by its name': { argv: ['-e', 'GREETING'], flags: { env: 'GREETING=good day' } },
    'lists in one flag or several': { argv: ['--extras', 'a,b', '--extras', 'c'], flags: { extras: 'a,b\nc' } },
    switches: { argv: ['--set-version', '--no-sbom'], flags: { 'set-version': 'true', sbom: 'false' } },
    'a switch whose name begins with no-': { argv: ['--no-cache'], flags: { 'no-cache': 'true' } },
    'packages and build arguments, one value each': {
      argv: ['--package', 'gunicorn>=22,<24', '--package', 'x', '--build-arg', 'A=b,c'],
      flags: { packages: 'gunicorn>=22,<24\nx', 'build-args': 'A=b,c' },
    },
    'a switch with a value': { argv: ['--sbom=false'], flags: { sbom: 'false' } },
    'a value that begins with a dash': { argv: ['--tag-suffix=-arm64'], flags: { 'tag-suffix': '-arm64' } },
    'an empty value': { argv: ['--extras', ''], flags: { extras: '' } },
    'the version of the image': { argv: ['--version', '1.2.3'], flags: { version: '1.2.3' } },
  }
  test.each(Object.entries(rows))('%s', (_name, { argv, flags }) => {
    expect(read('release', ...argv).flags).toEqual(flags)
  })
})

describe('what the tool is asked about itself', () => {
  test('its version, where --version stands alone', () => {
    expect(readArguments(['--version']).version).toBe(true)
    expect(readArguments(['-V']).version).toBe(true)
  })

  test('its help: without a verb, with one, before and after it', () => {
    expect(readArguments([])).toMatchObject({ help: true, verb: undefined })
    expect(readArguments(['--help'])).toMatchObject({ help: true, verb: undefined })
    for (const argv of [
      ['run', '--help'],
      ['run', '-h'],
      ['--help', 'run'],
      ['help', 'run'],
    ])
      expect(readArguments(argv)).toMatchObject({ help: true, verb: { name: 'run' } })
  })

  test('not about a command: its flags are its own', () => {
    expect(readArguments(['run', 'python', '--help'])).toMatchObject({ help: false, command: ['python', '--help'] })
  })
})

describe('what cannot be followed', () => {
  const rows: Readonly<Record<string, { argv: readonly string[]; cause: string; next: string }>> = {
    'a slip in a verb': { argv: ['relase'], cause: 'there is no verb "relase"', next: 'Did you mean release? See pypackager --help.' },
    'another word': { argv: ['frobnicate'], cause: 'there is no verb "frobnicate"', next: 'The verbs are init, plan, doctor, build' },
    'a slip in a flag': { argv: ['release', '--namspace', 'x'], cause: 'there is no flag --namspace', next: 'Did you mean --namespace?' },
    'a flag of docker': { argv: ['run', '-it', 'bash'], cause: 'there is no flag -i', next: 'flags of a command come after the command' },
    'no value': { argv: ['release', '--namespace'], cause: '--namespace needs a value', next: 'Write --namespace NAME' },
    'a flag in the place of a value': { argv: ['run', '--env', '--json'], cause: '--env needs a value', next: 'Write --env NAME=VALUE' },
    'an environment value that is not set': {
      argv: ['run', '-e', 'NOBODY'],
      cause: 'names NOBODY, which is not set here',
      next: 'NOBODY=value',
    },
    'several lines in one value': { argv: ['run', '-e', 'A=b\nC=d'], cause: 'has several lines', next: 'once for each value' },
    'a secret': { argv: ['push', '--password', 'x'], cause: '--password is no flag', next: 'Set PYPACKAGER_PASSWORD' },
    'a flag of docker build': { argv: ['release', '--file', 'x'], cause: 'there is no flag --file', next: 'Write dockerfile, a file' },
    'what the verb says': { argv: ['release', '--push'], cause: '--push is no flag', next: 'The verb push does it.' },
    'a word too many': {
      argv: ['release', 'now'],
      cause: 'release takes no argument, and "now" is one',
      next: 'pypackager release --help',
    },
    'flags without a verb': { argv: ['--json'], cause: 'no verb is named', next: 'See pypackager --help.' },
  }
  test.each(Object.entries(rows))('%s', (_name, { argv, cause, next }) => {
    const error = userError(() => readArguments(argv))
    expect(error.step).toBe('arguments')
    expect(error.message).toContain(cause)
    expect(error.next).toContain(next)
  })
})

test('every input of action.yml is a flag, or it is said why not', () => {
  const flags = FLAGS.map(({ input }) => input)
  const inputs: readonly string[] = INPUT_NAMES
  expect(inputs.filter((input) => flags.includes(input) === (whyNoFlag(input) !== undefined))).toEqual([])
  expect(flags.filter((input) => !inputs.includes(input))).toEqual([])
})

test.each([
  { argv: ['release', '--command', 'gunicorn app:app', '--wheel', 'never'], line: '' },
  { argv: ['release', '--path', 'backend', '-e', 'KEY=se=cret', '-e', 'MODE=x'], line: ' --path backend -e KEY=… -e MODE=…' },
  { argv: ['release', '-v', 'data:/app/data', '-v', 'a b:/c', '--network', 'db'], line: " -v data:/app/data -v 'a b:/c' --network db" },
  {
    argv: ['release', '--version=1.2', '--namespace', 'acme', '--path', 'my app'],
    line: " --path 'my app' --namespace acme --version 1.2",
  },
])('the line that starts an image has the flags that it takes again: $argv', ({ argv, line }) => {
  expect(flagsAgain(readArguments(argv))).toBe(line)
})

test('the line that gives an image its start has all that the release was given, but for values of variables', () => {
  const call = readArguments(['release', '--exclude-newer', '2026-11-30', '-e', 'TOKEN=secret', '--package', 'flask>3'])
  const packages = { module: 'shop.web', gift: { input: 'packages', value: 'gunicorn', server: 'gunicorn' } } as const
  expect(startAdvice(call, packages)).toMatch(/^To start shop\.web: pypackager release .*--package gunicorn$/)
  expect(startAdvice(call, packages)).toContain('--exclude-newer 2026-11-30')
  expect(startAdvice(call, packages)).toContain("--package 'flask>3'")
  expect(startAdvice(call, packages)).not.toContain('secret')
  expect(startAdvice(call, { module: 'shop', gift: { ...packages.gift, input: 'extras', value: 'serve' } })).toMatch(/ --extras serve$/)
  expect(startAdvice(call, undefined)).toMatch(/^To give it a start: pypackager release .* --command "…"$/)
  expect(startAdvice(call, undefined, ['csvcut', 'csvlook'])).toMatch(
    /^Run one of its scripts: pypackager run.* -- csvcut --help \(csvcut, csvlook\)$/,
  )
})
