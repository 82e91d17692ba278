import { describe, expect, test } from '@jest/globals'
import type { StepTime } from '../src/outcome.ts'
import { lastLine, megabytes, summary } from '../src/summary.ts'
import { pushed, wheel } from './support/outcome.ts'

const bare = { version: '1', steps: [], seconds: 0.04 }

describe('the last line of the log', () => {
  test.each([
    {
      name: 'of a push has the tag, the size, the digest and the time',
      outcome: pushed,
      line: 'ghcr.io/acme/shop:1.2.3 · 48.2 MB · pushed as sha256:dddd · 5.5 s',
    },
    {
      name: 'of a local release says where it is',
      outcome: { ...pushed, published: undefined },
      line: 'ghcr.io/acme/shop:1.2.3 · 48.2 MB · on this machine · 5.5 s',
    },
    {
      name: 'of wheels counts them',
      outcome: { ...pushed, release: undefined, published: undefined },
      line: '3 wheels in wheelhouse · 5.5 s',
    },
    {
      name: 'of a builder names it',
      outcome: { ...bare, base: { reference: 'a', how: '' }, builder: { reference: 'b', how: '' } },
      line: 'b · 0.0 s',
    },
    { name: 'of a base names it', outcome: { ...bare, base: { reference: 'a', how: '' } }, line: 'a · 0.0 s' },
    { name: 'of a plan says so', outcome: bare, line: 'planned · 0.0 s' },
  ])('$name', ({ outcome, line }) => {
    expect(lastLine(outcome)).toBe(line)
  })
})

describe('the job summary', () => {
  test.each([
    { name: 'has the primary tag as its head', holds: '### `ghcr.io/acme/shop:1.2.3`' },
    { name: 'names the image by digest', holds: 'Pushed as `ghcr.io/acme/shop@sha256:dddd`' },
    { name: 'names the other tags', holds: 'Also tagged `ghcr.io/acme/shop:latest`' },
    {
      name: 'counts the wheels by where they come from',
      holds: '3 wheels, 8.8 MB: 1 project (20 kB), 1 compiled (500 kB), 1 reused (8.3 MB)',
    },
    { name: 'escapes what comes from outside', holds: '| base | reused &lt;x&gt; \\| y | 0.4 s |' },
    { name: 'says how to run it, by digest', holds: 'docker run --rm -p 8000:8000 ghcr.io/acme/shop@sha256:dddd' },
  ])('$name', ({ holds }) => {
    expect(summary(pushed)).toContain(holds)
  })

  test.each([
    { name: 'of a known age', parent: { digest: 'sha256:aa', days: 12 }, line: 'Parent `python:3.13-slim` · `sha256:aa` · 12 days old' },
    {
      name: 'of which there is a newer one',
      parent: { digest: 'sha256:aa', days: 1, newer: 'sha256:bb' },
      line: 'Parent `python:3.13-slim` · `sha256:aa` · 1 day old · its tag names a newer one by now: `sha256:bb`',
    },
    {
      name: 'that no registry knows',
      parent: { digest: '', days: undefined },
      line: 'Parent `python:3.13-slim` · no digest, as no registry gave it · of unknown age',
    },
  ])('tells of a parent $name', ({ parent, line }) => {
    expect(summary({ ...pushed, parent: { name: 'python:3.13-slim', newer: undefined, ...parent } }).split('\n')).toContain(line)
    expect(summary(pushed)).not.toContain('Parent')
  })

  const stepOf = (step: StepTime['step'], how = 'done'): StepTime => ({ step, how, seconds: 1 })
  const rowsOf = (steps: readonly StepTime[]) =>
    summary({ ...bare, steps }).match(/(?<=^\| )(base|builder|wheels|release) \| [^|]+(?= \|)/gm)

  test.each([
    {
      name: 'with the builder that compiled',
      steps: [stepOf('base'), stepOf('builder', 'built'), stepOf('wheels'), stepOf('release')],
      rows: ['base | done', 'builder | built', 'wheels | done', 'release | done'],
    },
    {
      name: 'with a builder that nothing needed',
      steps: [stepOf('base'), stepOf('wheels'), stepOf('release')],
      rows: ['base | done', 'builder | not needed', 'wheels | done', 'release | done'],
    },
    { name: 'without the builder where no wheels were asked for', steps: [stepOf('base')], rows: ['base | done'] },
  ])('lists the steps $name', ({ steps, rows }) => {
    expect(rowsOf(steps)).toEqual(rows)
  })

  test('escapes the names of wheels', () => {
    const wheels = pushed.wheels && { ...pushed.wheels, wheels: [wheel('<img src=x>|&', 'reused')] }
    expect(summary({ ...pushed, wheels })).toContain('| &lt;img src=x&gt;\\|&amp; | 1.0 | reused | 1.0 MB |')
  })

  test('of an image without a start command runs Python', () => {
    const made = summary({ ...pushed, release: pushed.release && { ...pushed.release, command: undefined } })
    expect(made).toContain('has no start command')
    expect(made).toContain('docker run --rm -it ghcr.io/acme/shop@sha256:dddd python')
  })

  test('stays below the size at which the runner drops it whole, and says what is missing', () => {
    const wheels = pushed.wheels && {
      ...pushed.wheels,
      wheels: Array.from({ length: 20_000 }, (_, i) => wheel(`package-with-a-very-long-name-${i}-ä`, 'reused')),
    }
    const made = summary({ ...pushed, wheels })
    expect(Buffer.byteLength(made)).toBeLessThan(1_048_576)
    expect(made).toContain('too long for a summary')
    expect(made).toContain('docker run')
  })

  test('of a plan is its version', () => {
    expect(summary(bare)).toBe('### Packaged up to here: `1`\n')
  })
})

describe('a size', () => {
  test.each([
    { name: 'of nothing is at least 1 kB', bytes: 0, text: '1 kB' },
    { name: 'below a megabyte is in kilobytes', bytes: 20_400, text: '20 kB' },
    { name: 'of a megabyte is in megabytes of a million', bytes: 1_000_000, text: '1.0 MB' },
    { name: 'of many has one digit after the point', bytes: 48_249_999, text: '48.2 MB' },
  ])('$name', ({ bytes, text }) => {
    expect(megabytes(bytes)).toBe(text)
  })
})
