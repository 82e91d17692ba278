import { describe, expect, test } from '@jest/globals'
import { list } from '../src/inputs/readers.ts'
import { INPUT_NAMES, readInputs } from '../src/inputs.ts'
import { inputsWith, userError } from './support/values.ts'

test('inputs that are not given have the defaults of the contract', () => {
  expect(inputsWith()).toMatchObject({
    path: '.',
    wheelhouse: 'wheelhouse',
    target: 'release',
    cache: 'auto',
    push: false,
    extras: [],
    imageEnv: {},
    buildPackages: [],
  })
})

test('every input is asked for once or more, by its name in action.yml', () => {
  const asked = new Set<string>()
  readInputs((name) => {
    asked.add(name)
    return ''
  })
  expect([...asked]).toEqual(INPUT_NAMES)
})

describe('an input', () => {
  test.each([
    { name: 'path is cleaned', given: { path: './services//shop/' }, read: { path: 'services/shop' } },
    { name: 'path may be the workspace', given: { path: './' }, read: { path: '.' } },
    {
      name: 'extras are lines or words with commas, normalised, once each',
      given: { extras: 'Test_Tools, docs\ntest-tools\n' },
      read: { extras: ['test-tools', 'docs'], extrasText: 'Test_Tools, docs\ntest-tools\n' },
    },
    ...['true', 'True', 'TRUE'].map((push) => ({ name: `push may be ${push}, as YAML has it`, given: { push }, read: { push: true } })),
    { name: 'sbom may be False', given: { sbom: 'False' }, read: { sbom: false } },
    { name: 'run may begin with a test of the shell', given: { run: '[ "$A" = "b" ]' }, read: { run: ['[ "$A" = "b" ]'] } },
    {
      name: 'parent-image may be a digest',
      given: { 'parent-image': 'ghcr.io:443/a/b:1@sha256:aa' },
      read: { parentImage: 'ghcr.io:443/a/b:1@sha256:aa' },
    },
    {
      name: 'image-env is lines of NAME=value',
      given: { 'image-env': 'A=1\n\n  B = no\n'.replace('B = no', 'B=x=y z') },
      read: { imageEnv: { A: '1', B: 'x=y z' } },
    },
    { name: 'image-env may set an empty value', given: { 'image-env': 'A=' }, read: { imageEnv: { A: '' } } },
    {
      name: 'image-env is read with the line ends of Windows',
      given: { 'image-env': 'A=1\r\nB=2' },
      read: { imageEnv: { A: '1', B: '2' } },
    },
    {
      name: 'build-packages are words, sorted, once each',
      given: { 'build-packages': 'libxml2-dev, g++\nlibxml2-dev' },
      read: { buildPackages: ['g++', 'libxml2-dev'] },
    },
    {
      name: 'exclude-newer may be a moment',
      given: { 'exclude-newer': '2026-01-31T12:00:00+01:00' },
      read: { excludeNewer: '2026-01-31T12:00:00+01:00' },
    },
    {
      name: 'packages are requirements, one a line, with their commas',
      given: { packages: 'gunicorn>=22,<24\n uvicorn[standard] ; python_version > "3.9"' },
      read: { packages: ['gunicorn>=22,<24', 'uvicorn[standard] ; python_version > "3.9"'] },
    },
    { name: 'build-args are lines of NAME=value', given: { 'build-args': 'A=1\nB=x y' }, read: { buildArgs: { A: '1', B: 'x y' } } },
    { name: 'password is taken as it is', given: { password: 'a\u0001b\r\nc' }, read: { password: 'a\u0001b\r\nc' } },
  ])('$name', ({ given, read }) => {
    expect(inputsWith(given)).toMatchObject(read)
  })
})

describe('a wrong value', () => {
  test.each([
    {
      name: 'of target',
      given: { target: 'relese' },
      cause: 'target is "relese"',
      next: 'It must be one of plan, base, builder, wheels, test, dev, release (did you mean release?).',
    },
    {
      name: 'of target that is like none',
      given: { target: 'production' },
      cause: 'target is "production"',
      next: 'It must be one of plan, base, builder, wheels, test, dev, release.',
    },
    { name: 'of push', given: { push: 'yes' }, cause: 'push is "yes"', next: 'It must be one of true, false.' },
    { name: 'of cache', given: { cache: 'off' }, cause: 'cache is "off"', next: 'one of auto, always, never' },
    {
      name: 'of path that leads out of the workspace',
      given: { path: 'a/../../b' },
      cause: 'path is "a/../../b"',
      next: 'below the workspace',
    },
    { name: 'of path that is absolute', given: { path: '/etc' }, cause: 'path is "/etc"', next: 'relative path' },
    { name: 'of wheelhouse that leads out of the project', given: { wheelhouse: '..' }, cause: 'wheelhouse is ".."', next: 'below' },
    {
      name: 'of python-version that YAML cut short',
      given: { 'python-version': '3.1' },
      cause: 'python-version is "3.1", which is what YAML makes of 3.10',
      next: "Write it in quotes: python-version: '3.10'",
    },
    {
      name: 'of python-version',
      given: { 'python-version': '3.13.1' },
      cause: 'python-version is "3.13.1"',
      next: 'a version such as 3.13',
    },
    {
      name: 'of parent-image that would be an option',
      given: { 'parent-image': '--platform=x' },
      cause: 'parent-image is',
      next: 'image reference',
    },
    {
      name: 'of parent-image with a second line',
      given: { 'parent-image': 'x\nRUN evil' },
      cause: 'parent-image is',
      next: 'image reference',
    },
    { name: 'of extras with a shell command', given: { extras: 'test,$(id)' }, cause: 'extras is "$(id)"', next: 'names of extras' },
    {
      name: 'of build-packages that would be an option',
      given: { 'build-packages': 'gcc -o=x' },
      cause: 'build-packages is "-o=x"',
      next: 'Debian packages',
    },
    {
      name: 'of writable with a folder of the system',
      given: { writable: 'cache\n/usr/lib' },
      cause: 'writable is "/usr/lib"',
      next: 'no folder of the system',
    },
    {
      name: 'of writable with the virtual environment',
      given: { writable: '../appenv/bin' },
      cause: 'writable is "../appenv/bin"',
      next: 'no folder of the system',
    },
    {
      name: 'of runtime-packages with a shell command',
      given: { 'runtime-packages': 'a;id' },
      cause: 'runtime-packages is "a;id"',
      next: 'Debian packages',
    },
    { name: 'of image-env without a name', given: { 'image-env': '=x' }, cause: 'image-env is "=x"', next: 'NAME=value' },
    { name: 'of image-env with a blank in the name', given: { 'image-env': 'A B=x' }, cause: 'image-env is "A B=x"', next: 'NAME=value' },
    { name: 'of build-network', given: { 'build-network': 'none' }, cause: 'build-network is "none"', next: 'host or default' },
    { name: 'of exclude-newer', given: { 'exclude-newer': 'yesterday' }, cause: 'exclude-newer is "yesterday"', next: 'a date such as' },
    {
      name: 'of cache-signing-key that is soon found, without showing it',
      given: { 'cache-signing-key': 'x'.repeat(31) },
      cause: 'cache-signing-key is "…"',
      next: '32 characters at least',
    },
    {
      name: 'of packages with an address',
      given: { packages: 'x @ https://a.example/x.whl' },
      cause: 'packages is "x @',
      next: 'lines of package names',
    },
    {
      name: 'of packages with an option',
      given: { packages: '-r more.txt' },
      cause: 'packages is "-r more.txt"',
      next: 'lines of package names',
    },
    { name: 'of packages with two names', given: { packages: 'a b' }, cause: 'packages is "a b"', next: 'lines of package names' },
    {
      name: 'of build-args with a name of ours',
      given: { 'build-args': 'PACKAGE=x' },
      cause: 'build-args is "PACKAGE"',
      next: 'a name of your own',
    },
    { name: 'of cache-suffix', given: { 'cache-suffix': 'a,b' }, cause: 'cache-suffix is "a,b"', next: 'letters, digits' },
    { name: 'of tag-suffix', given: { 'tag-suffix': '+x' }, cause: 'tag-suffix is "+x"', next: 'letters, digits' },
    { name: 'of any input with a NUL', given: { username: 'a\u0000b' }, cause: 'username is "a?b"', next: 'without control characters' },
    {
      name: 'of any input with an escape',
      given: { namespace: '\u001b[31mx' },
      cause: 'namespace is "?[31mx"',
      next: 'without control characters',
    },
    {
      name: 'of any input with a lone carriage return',
      given: { username: 'a\rb' },
      cause: 'username is "a?b"',
      next: 'without control characters',
    },
    { name: 'of any input with a delete', given: { username: 'a\u007fb' }, cause: 'username is "a?b"', next: 'without control characters' },
    { name: 'that is very long', given: { push: 'x'.repeat(1000) }, cause: `push is "${'x'.repeat(60)}…"`, next: 'true, false' },
  ])('$name is refused by name, value and what is legal', ({ given, cause, next }) => {
    const error = userError(() => inputsWith(given))
    expect(error.step).toBe('inputs')
    expect(error.message).toContain(cause)
    expect(error.next).toContain(next)
  })

  test('of index-url, which may hold a password, is not repeated', () => {
    expect(userError(() => inputsWith({ 'index-url': 'ada:s3cret@own.example' })).message).toBe('index-url is "…"')
  })

  test.each([
    {
      name: 'of extra-index-urls',
      given: { 'extra-index-urls': 'https://own.example/simple\nftp://ada:s3cret@own.example' },
      cause: 'extra-index-urls is "…"',
    },
    { name: 'of index-credentials', given: { 'index-credentials': 'ada:s3cret' }, cause: 'index-credentials: it is not netrc text' },
    {
      name: 'of index-credentials with a control character',
      given: { 'index-credentials': 's3cret\u0007' },
      cause: 'index-credentials is "…"',
    },
  ])('$name, which may hold a password, is not repeated', ({ given, cause }) => {
    const error = userError(() => inputsWith(given))
    expect(error.message).toBe(cause)
    expect(error.next).not.toContain('s3cret')
  })
})

test('all wrong values are told at once, in the order of the table', () => {
  const error = userError(() => inputsWith({ ports: 'http', push: 'yes', bytecode: 'some' }))
  expect([error, ...error.others].map(({ kind, input }) => [kind, input])).toEqual([
    ['setting', 'push'],
    ['setting', 'bytecode'],
    ['setting', 'ports'],
  ])
})

test.each(['run', 'tags', 'requirements', 'extras', 'manage'])('a list in quotes is refused as the one value of %s', (input) => {
  for (const value of ['["a", "b"]', "['a']"]) {
    const error = userError(() => inputsWith({ [input]: value }))
    expect([error.input, error.next]).toEqual([input, 'It must be written without brackets and quotes, one value a line.'])
  }
})

test('a list is split at line ends and commas, and empty items are left out', () => {
  expect(list(' a, b\n\n,c ')).toEqual(['a', 'b', 'c'])
})
