import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { UserError } from '../../../src/errors.ts'
import {
  renderAppWheel,
  renderBuildCommand,
  renderDebianFiles,
  renderEvidence,
  renderImages,
  renderResolution,
  renderWheelStages,
} from '../../../src/plan/dockerfile/dockerfile.ts'
import { renderRelease } from '../../../src/plan/dockerfile/dockerfile-release.ts'
import { renderTest } from '../../../src/plan/dockerfile/dockerfile-test.ts'
import {
  assignments,
  bare,
  bind,
  debian,
  execForm,
  pairs,
  quoted,
  secret,
  shellWord,
  whole,
} from '../../../src/plan/dockerfile/dockerfile-words.ts'

const STEAL = 'libc6\nRUN --mount=type=secret,id=netrc cat /run/secrets/netrc'

describe('a word of a Dockerfile', () => {
  test.each([
    { kind: 'plain word', write: () => bare(STEAL) },
    { kind: 'plain word, that is a variable', write: () => bare('$BASE') },
    { kind: 'plain word, that is an option', write: () => bare('--mount=type=secret') },
    { kind: 'plain word, with a blank', write: () => bare('a b') },
    { kind: 'plain word, that is empty', write: () => bare('') },
    { kind: 'Debian package', write: () => debian(STEAL) },
    { kind: 'Debian package, that is an option of apt', write: () => debian('-oAPT::Hook=id') },
    { kind: 'Debian package, that is a file', write: () => debian('./evil.deb') },
    { kind: 'Debian package, with another command', write: () => debian('libpq5;id') },
    { kind: 'shell word', write: () => shellWord('a\nRUN id') },
    { kind: 'shell word, with a NUL', write: () => shellWord('a\0b') },
    { kind: 'quoted word', write: () => quoted('a\r\nRUN id') },
    { kind: 'quoted word, with a NUL', write: () => quoted('a\0b') },
    { kind: 'argument', write: () => execForm(['sh', 'a\0b']) },
    { kind: 'number', write: () => whole(Number.NaN) },
    { kind: 'number, that is none', write: () => whole('1\nRUN id' as unknown as number) },
    { kind: 'source of a mount, with another field', write: () => bind('a,rw', '/b') },
    { kind: 'target of a mount, with a blank', write: () => bind('a', '/b --network=host') },
    { kind: 'secret, with another field', write: () => secret('a,required') },
    { kind: 'name of a variable', write: () => assignments({ 'A=1 B': '' }) },
    { kind: 'name of a variable of the image', write: () => pairs('ENV', { 'A B': '' }) },
    { kind: 'name of a label', write: () => pairs('LABEL', { 'a=b c': '' }) },
  ])('of the kind $kind is refused where it is another thing', ({ write }) => {
    expect(write).toThrow(UserError)
    expect(write).toThrow(/^".*" cannot be written into the Dockerfile: [^\n]+$/)
  })
})

/** The first word of each instruction and its options, continued lines joined and comments left out. */
function shape(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\[ \t]*\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [first = '', ...words] = line.split(/ +/)
      const end = words.findIndex((each) => !each.startsWith('--'))
      return [first, ...words.slice(0, end < 0 ? words.length : end).map((option) => option.replace(/=.*$/, ''))].join(' ')
    })
}

const HOSTILE = [
  STEAL,
  'a\r\nUSER 0',
  "'; id; '",
  '"\nRUN id\n"',
  '\\',
  'a \\',
  '\\\n',
  '<<EOF',
  '$(id)',
  '`id`',
  '${BASE}',
  '--mount=type=secret,id=netrc',
  '# escape=`',
  ',source=/',
  '\u2028RUN id',
  '\0',
]

const word = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE).map((text) => `ab${text}`) },
  { weight: 8, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{1,8}$/) },
)
/** Fills what a renderer takes with one value after the other. */
type Fill = () => string

const environment = (next: Fill) => ({ [next()]: next() })

const RENDERERS: Readonly<Record<string, (next: Fill) => string>> = {
  images: (next) =>
    renderImages({ parent: next(), python: next(), uid: 1, gid: 1, buildPackages: [next(), next()], week: next(), updates: 'security' }),
  'images of a user': (next) =>
    renderImages({ parent: next(), python: undefined, uid: 1, gid: 1, buildPackages: [next()], week: 'w', updates: 'none' }),
  resolution: (next) => renderResolution({ ca: true, index: next() || 'abc', netrc: true, pins: true }, { day: next(), moment: next() }),
  'app wheel': (next) => renderAppWheel(1, { A: next(), B: next() }),
  'app wheel by a name': (next) => renderAppWheel(1, environment(next)),
  'build command': (next) => renderBuildCommand([next(), next()], 1),
  'wheel stages of sdists': (next) =>
    renderWheelStages([{ name: next(), at: `sdists/x/${next()}`, folder: false, needsCompiler: true, env: { A: next() } }]),
  'wheel stages of folders': (next) => renderWheelStages([{ name: 'x', at: `local/${next()}`, folder: true, needsCompiler: false }]),
  evidence: (next) => renderEvidence({ stage: next(), image: 'BUILDER', file: next() }),
  'Debian files': (next) => renderDebianFiles([next(), next()]),
  release: (next) =>
    renderRelease({
      sourceOnly: false,
      packages: ['libpq5'],
      epoch: 1,
      uid: 1,
      gid: 1,
      folder: `/app/${next()}`,
      modules: [next(), next()],
      late: [next()],
      keys: [next()],
      writable: [next()],
      bytecode: 'all',
      settings: next(),
      collectstatic: 'auto',
      trialEnv: next() || 'abc',
      healthcheck: `/${next()}`,
      env: { A: next() },
      labels: { a: next(), b: next() },
      command: [next(), next()],
    }),
  test: (next) =>
    renderTest({
      wheels: true,
      debian: true,
      uid: 1,
      env: { test: { A: next() }, dev: { B: next() } },
      labels: { a: next() },
      devCommand: [next()],
    }),
}

describe.each(Object.entries(RENDERERS))('the renderer of %s', (_name, render) => {
  test('gives the same instructions whatever values go in, or refuses them with one line', () => {
    const harmless = shape(render(() => 'ab'))
    let written = 0
    fc.assert(
      fc.property(fc.array(word, { minLength: 12, maxLength: 12 }), (values) => {
        let at = 0
        let text: string
        try {
          text = render(() => values[at++ % values.length] ?? '')
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
          expect((error as Error).message).not.toMatch(/\n/)
          return
        }
        written += 1
        expect(shape(text)).toEqual(harmless)
      }),
      { numRuns: 500 },
    )
    expect(written).toBeGreaterThan(20)
  })
})
