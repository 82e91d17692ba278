import { describe, expect, test } from '@jest/globals'
import { startLines } from '../../src/cli/verbs/start-lines.ts'

const STARTED = { references: ['acme/tool:1.0', 'acme/tool:latest'], checks: [], failed: false, published: false }
const ENDED = [{ name: 'start', state: 'passed', ended: true }]
const line = (text: string) => ({ argv: ['sh', '-c', text] })
const PORT = ' (with -p HOST:CONTAINER if it listens on a port)'

describe('an image of which no port is known', () => {
  test('is started with arguments of its own, too', () => {
    expect(startLines('pypackager run', { ...STARTED, command: line('exec celery -A shop worker') })).toEqual([
      `Start it: pypackager run; with arguments of its own: pypackager run -- --help${PORT}`,
    ])
  })

  test('takes no arguments where a list of commands starts it', () => {
    const command = line('python first.py; python second.py')
    expect(startLines('pypackager run', { ...STARTED, command, published: true })).toEqual(['Start it: pypackager run'])
  })

  test('gets what it lacks before anything else', () => {
    const checks = [{ name: 'start', state: 'failed', lacks: ['MAIL'] }]
    expect(startLines('pypackager run', { ...STARTED, command: line('exec python x.py'), checks, failed: true })).toEqual([
      `The checks did not see it start well (above). With what it lacks: pypackager run -e MAIL=…${PORT}`,
    ])
  })

  test.each([
    { name: 'a script of the source', command: line('exec python sqlmap.py'), program: 'python /app/sqlmap.py' },
    { name: 'a script by its whole path', command: { argv: ['python3', '/opt/x.py'] }, program: 'python3 /opt/x.py' },
    { name: 'a console script', command: line('exec sqlmap'), program: 'sqlmap' },
  ])('that ended well is of use on files of any folder: $name', ({ command, program }) => {
    const [, files] = startLines('pypackager run', { ...STARTED, command, checks: ENDED })
    expect(files).toMatch(/^On files of any folder: docker run .* -w \/work acme\/tool:1\.0 /)
    expect(files?.endsWith(` acme/tool:1.0 ${program} …`)).toBe(true)
  })

  test.each([
    { name: 'goes on', command: line('exec python bot.py'), checks: [{ name: 'start', state: 'passed' }] },
    {
      name: 'needs a variable',
      command: line('exec python job.py'),
      checks: [{ ...ENDED[0], name: 'start', state: 'passed', lacks: ['MAIL'] }],
    },
    { name: 'has arguments that may name files', command: line('exec python job.py jobs/all.toml'), checks: ENDED },
    { name: 'is given variables', command: line('MODE=x exec python job.py'), checks: ENDED },
    { name: 'changes its folder', command: line('cd src && python job.py'), checks: ENDED },
  ])('is not said to be of use on other files where it $name', ({ command, checks }) => {
    expect(startLines('pypackager run', { ...STARTED, command, checks })).toHaveLength(1)
  })
})
