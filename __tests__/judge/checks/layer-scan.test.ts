import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { ImageScan, isCompiler } from '../../../src/judge/checks/layer-scan.ts'

const SECRET = 'canary-7431-x'
const LAYER = 'sha256:aaaa'

/** The findings in one layer of files, read in pieces. */
function scanned(files: Readonly<Record<string, Buffer | string>>, wheels: readonly string[] = [], piece = 7) {
  const scan = new ImageScan([{ name: 'the input password', texts: [SECRET] }], wheels)
  const layer = scan.layer()
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    layer.member({ path, kind: 'file', size: bytes.length })
    for (let at = 0; at < bytes.length; at += piece) layer.data(bytes.subarray(at, at + piece))
    layer.end()
  }
  layer.done(LAYER)
  return scan
}

/** The end of a zip file whose directory names one file. */
function zipOf(name: string): Buffer {
  const entry = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.alloc(42), Buffer.from(name)])
  return Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from(name), Buffer.from('content'), entry])
}

describe('compilers are told by their path', () => {
  test.each([
    'usr/bin/gcc',
    'usr/bin/cc',
    'usr/bin/c++',
    'usr/bin/g++-12',
    'usr/bin/x86_64-linux-gnu-gcc-12',
    'usr/bin/aarch64-linux-gnu-g++',
    'usr/bin/clang-14',
    'usr/bin/clang++',
    'root/.cargo/bin/cargo',
    'usr/local/cargo/bin/rustc',
    'usr/local/go/bin/go',
    'usr/lib/gcc/x86_64-linux-gnu/12/cc1plus',
    'bin/tcc',
  ])('%s is one', (path) => {
    expect(isCompiler(path)).toBe(true)
  })

  test.each([
    'usr/bin/gcov',
    'usr/bin/clang-format',
    'usr/bin/cargo-audit',
    'usr/bin/google-chrome',
    'usr/share/doc/gcc',
    'etc/alternatives/cc',
    'appenv/lib/python3.13/site-packages/go/__init__.py',
    'appenv/bin/django-admin',
    'usr/bin/gcc.txt',
  ])('%s is none', (path) => {
    expect(isCompiler(path)).toBe(false)
  })
})

describe('a wheel is told', () => {
  test.each([
    { name: 'by its content, whatever its name', path: 'opt/cache.bin', content: zipOf('six-1.17.0.dist-info/WHEEL'), found: true },
    { name: 'by its name, whatever its content', path: 'opt/six-1.17.0-py2.py3-none-any.whl', content: 'x', found: true },
    {
      name: 'not where a zip application bundles a package',
      path: 'app/tool.pyz',
      content: zipOf('site-packages/six.dist-info/WHEEL'),
      found: false,
    },
    { name: 'not where a zip file holds something else', path: 'app/data.zip', content: zipOf('data.csv'), found: false },
    { name: 'not where a text speaks of one', path: 'app/doc.txt', content: 'x.dist-info/WHEEL', found: false },
  ])('$name', ({ path, content, found }) => {
    for (const piece of [1, 7, 64, 4096]) {
      expect(scanned({ [path]: content }, [], piece).findings.wheels).toEqual(found ? [{ layer: LAYER, path, ours: false }] : [])
    }
  })

  test('as ours by its sum', () => {
    const wheel = zipOf('shop-1.0.dist-info/WHEEL')
    const sum = createHash('sha256').update(wheel).digest('hex')
    expect(scanned({ 'opt/x': wheel }, [sum]).findings.wheels).toEqual([{ layer: LAYER, path: 'opt/x', ours: true }])
  })
})

describe('a secret', () => {
  test('is named with its file, however the bytes are cut', () => {
    for (const piece of [1, 5, 4096]) {
      expect(scanned({ 'app/a': 'nothing', 'app/.env': `TOKEN=${SECRET}\n`, 'app/b': '' }, [], piece).findings.secrets).toEqual([
        { secret: 'the input password', at: { layer: LAYER, path: 'app/.env' } },
      ])
    }
  })

  test('that lies across two files is none', () => {
    expect(scanned({ a: SECRET.slice(0, 6), b: SECRET.slice(6) }).findings.secrets).toEqual([])
  })

  test('in the name of a file is not repeated', () => {
    const { findings } = scanned({ [`srv/${SECRET}`]: '' })
    expect(findings.secrets).toHaveLength(1)
    expect(JSON.stringify(findings)).not.toContain(SECRET)
  })

  test.each([
    { name: 'the environment', config: { config: { Env: ['A=1', `TOKEN=${SECRET}`] } }, at: 'the environment variable TOKEN' },
    { name: 'a label', config: { config: { Labels: { note: SECRET } } }, at: 'the label note' },
    { name: 'the command', config: { config: { Cmd: ['run', `--key=${SECRET}`] } }, at: 'the configuration' },
    { name: 'the health check', config: { config: { Healthcheck: { Test: ['CMD', SECRET] } } }, at: 'the configuration' },
    { name: 'the history', config: { history: [{ created_by: `RUN curl ${SECRET}` }] }, at: 'the history' },
    { name: 'a document that is no configuration', config: [{ Annotations: SECRET }], at: 'the configuration' },
  ])('in $name is found', ({ config, at }) => {
    const scan = scanned({})
    scan.document(JSON.stringify(config))
    expect(scan.findings.secrets).toEqual([{ secret: 'the input password', at }])
  })

  test('that is a plain word is not looked for, and that is said', () => {
    const scan = new ImageScan([{ name: 'the input password', texts: ['password'] }], [])
    scan.document('{"config": {"Env": ["A=password"]}}')
    expect(scan.findings).toMatchObject({ secrets: [], untold: ['the input password'] })
  })
})
