import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors.ts'
import { failed, passed } from '../../src/judge/checks/check.ts'
import type { StartCommand } from '../../src/plan/start/start-command.ts'
import type { StepTime } from '../../src/report/outcome.ts'
import { failureSummary, lastLine, megabytes, summary, withProgress } from '../../src/report/summary.ts'
import { pushed, wheel } from '../support/outcome.ts'

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
    { name: 'says its size, and the digest that it was pushed as', holds: '**48.2 MB** · pushed as `sha256:dddd`' },
    { name: 'names the other tags', holds: 'Also tagged `ghcr.io/acme/shop:latest`' },
    {
      name: 'counts the wheels by where they come from',
      holds: '3 wheels, 8.8 MB: 1 project (20 kB), 1 compiled (500 kB), 1 reused (8.3 MB)',
    },
    { name: 'escapes what comes from outside', holds: '| base | reused &lt;x&gt; \\| y | ████████████ | 0.4\u00a0s |' },
    { name: 'says how to run it, in a line that can be copied', holds: '\ndocker run --rm ghcr.io/acme/shop:1.2.3\n' },
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

  test('names the digest once', () => {
    expect(summary(pushed).split('sha256:dddd')).toHaveLength(2)
  })

  test.each([
    { name: 'the port that the image was seen to listen on', argv: ['gunicorn'], port: 5000, line: 'docker run --rm -p 5000:5000' },
    { name: 'the port of PORT', argv: ['sh', '-c', 'exec gunicorn --bind :${PORT:-8000}'], line: 'docker run --rm -p 8000:8000' },
  ])('runs it with $name', ({ argv, port, line }) => {
    const release = pushed.release && { ...pushed.release, command: { ...(pushed.release.command as StartCommand), argv } }
    const seen = port
      ? { ...passed('start', 'answers'), port }
      : failed('start', 'it ended with code 1', { next: 'Look.', level: 'warning' })
    expect(summary({ ...pushed, release, checks: { mode: 'error', list: [seen] } })).toContain(line)
  })

  test('runs it with a key of its own, and with the settings that the checks were given', () => {
    const release = pushed.release && { ...pushed.release, command: { ...(pushed.release.command as StartCommand), argv: ['gunicorn'] } }
    const seen = { ...passed('start', 'answers'), port: 8000, needs: ['SECRET_KEY'] }
    expect(summary({ ...pushed, release, checks: { mode: 'error', list: [seen], env: ['MAIL'] } })).toContain(
      '\ndocker run --rm -p 8000:8000 -e SECRET_KEY=$(openssl rand -hex 32) -e MAIL=… ghcr.io/acme/shop:1.2.3\n',
    )
  })

  test('tells what packages changed since the image before, and nothing where there was none', () => {
    const fact = (name: string, version: string, size?: number) => ({ name, version, size })
    const changes = {
      added: [fact('whitenoise', '6.9.0', 20_000)],
      removed: [fact('six', '1.0')],
      changed: [{ from: fact('django', '5.1', 8_000_000), to: fact('django', '5.2', 8_300_000) }],
    }
    expect(summary({ ...pushed, changes })).toContain(
      '**Packages since the image before**\n\n- added `whitenoise` `6.9.0` (20 kB)\n- `django` `5.1` → `5.2` (+300 kB)\n- removed `six` `1.0`\n',
    )
    expect(summary({ ...pushed, changes: { added: [], removed: [], changed: [] } })).toContain('Packages: the same as in the image before.')
    expect(summary(pushed)).not.toContain('image before')
  })

  test('shows what the image weighs as bars, by part', () => {
    const parts = { parent: 160_000_000, debian: 0, dependencies: 40_000_000, bytecode: 5_000_000, project: 20_000 }
    const lines = summary({ ...pushed, parts }).split('\n')
    expect(lines).toContain('| parent | ████████████ | 160.0\u00a0MB |')
    expect(lines).toContain('| dependencies | ███ | 40.0\u00a0MB |')
    expect(lines).toContain('| project | ▏ | 20\u00a0kB |')
    expect(lines.filter((line) => line.startsWith('| Debian'))).toEqual([])
  })

  test('has the warnings of the run, each once', () => {
    const made = summary({ ...pushed, warnings: ['a <b>', 'c', 'c'] })
    expect(made).toContain('**3 warnings**\n\n- a &lt;b&gt;\n- c\n')
  })

  test('folds the checks to a line unless one failed', () => {
    const list = [passed('user', 'runs as uid 10001'), passed('secrets', 'no secrets')]
    const folded = summary({ ...pushed, checks: { mode: 'error', list } })
    expect(folded).toContain('<summary>Checks of the image: 2 passed</summary>')
    const open = summary({ ...pushed, checks: { mode: 'warn', list: [...list, failed('start', 'does not start', 'Look at it')] } })
    expect(open).toContain('- ! does not start\n')
    expect(open).not.toContain('<summary>Checks')
  })

  test('says beside a check what to do where that stops the image; the warnings have the rest', () => {
    const list = [failed('libraries', 'libpq.so.5 is not there', 'Add it'), failed('start', 'does not start', 'Look at it')]
    const made = summary({ ...pushed, checks: { mode: 'error', list } })
    expect(made).toContain('- ✗ libpq.so.5 is not there. Add it\n- ! does not start\n')
  })

  test('of a failure has the error, what to do, and the steps that were done', () => {
    const error = new UserError('wheels', 'uwsgi did not build: <x>', 'Set build-packages: libpcre3-dev')
    const told = withProgress(error, {
      steps: [stepOf('base', 'built in 3 s'), stepOf('wheels', 'failed')],
      seconds: 4,
      warnings: ['w'],
    })
    const made = failureSummary(told)
    expect(made).toContain('### Not packaged: wheels\n\n- wheels: uwsgi did not build: &lt;x&gt;')
    expect(made).toContain('Set build-packages: libpcre3-dev')
    expect(made).toContain('| base | built in 3 s | ████████████ | 1.0\u00a0s |')
    expect(made).toContain('| wheels | failed | ████████████ | 1.0\u00a0s |')
    expect(made).not.toContain('| builder |') // nobody knows whether it would have been needed
    expect(made).toContain('**1 warning**')
    expect(failureSummary(new Error('odd'))).toContain('### Not packaged: pypackager')
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
    expect(summary({ ...pushed, wheels })).toContain('| &lt;img src=x&gt;\\|&amp; | 1.0 | reused | 1.0\u00a0MB |')
  })

  test('of an image without a start command runs Python', () => {
    const made = summary({ ...pushed, release: pushed.release && { ...pushed.release, command: undefined } })
    expect(made).toContain('has no start command')
    expect(made).toContain('docker run --rm -it ghcr.io/acme/shop:1.2.3 python')
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
