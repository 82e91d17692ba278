import { deflateSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { type BuildEvent, hearing, messageIn, progressReader } from '../../../src/effects/docker/progress.ts'

function eventsOf(lines: readonly string[]): readonly BuildEvent[] {
  const read = progressReader()
  return lines.map(read).filter((event) => event !== undefined)
}

/** As Docker Engine 20.10 prints it: digests below each step, steps by turns with `...` between them. */
const OLD = [
  '#1 [internal] load build definition from Dockerfile.lock',
  '#1 sha256:0f3c1a2b',
  '#1 transferring dockerfile: 2.3kB done',
  '#1 DONE 0.0s',
  '',
  '#5 [base 1/2] FROM docker.io/library/python:3.13-slim',
  '#5 sha256:aaaa',
  '#5 CACHED',
  '',
  '#6 [lock 1/1] RUN python /mnt/resolve.py',
  '#6 sha256:bbbb',
  '#6 0.412 Resolved 4 packages',
  '#6 ...',
  '',
  '#7 [wheel-uwsgi 1/1] RUN python /mnt/build.py',
  '#7 sha256:cccc',
  '#7 1.500 gcc -c core.c',
  '#7 1.600 fatal error: pcre.h: No such file or directory',
  '#7 ERROR: executor failed running [/bin/sh -c python /mnt/build.py]: exit code: 1',
  '',
  '#6 [lock 1/1] RUN python /mnt/resolve.py',
  '#6 sha256:bbbb',
  '#6 DONE 1.0s',
  '------',
  ' > [wheel-uwsgi 1/1] RUN python /mnt/build.py:',
  '#7 1.600 fatal error: pcre.h: No such file or directory',
  '------',
  'executor failed running [/bin/sh -c python /mnt/build.py]: exit code: 1',
]

/** As a newer Buildx prints it: a builder line first, platforms before stages, no digests. */
const NEW = [
  '#0 building with "default" instance using docker driver',
  '',
  '#1 [internal] load build definition from Dockerfile.lock',
  '#1 transferring dockerfile: 2.30kB 0.0s done',
  '#1 DONE 0.0s',
  '',
  '#5 [linux/amd64 base 1/2] FROM docker.io/library/python:3.13-slim@sha256:aaaa',
  '#5 CACHED',
  '',
  '#6 [lock  1/10] RUN python /mnt/resolve.py',
  '#6 0.412 Resolved 4 packages',
  '#6 ...',
  '',
  '#7 [linux/arm/v7 wheel-uwsgi 1/1] RUN python /mnt/build.py',
  '#7 1.500 gcc -c core.c',
  '#7 1.600 fatal error: pcre.h: No such file or directory',
  '#7 ERROR: process "/bin/sh -c python /mnt/build.py" did not complete successfully: exit code: 1',
  '',
  '#6 [lock  1/10] RUN python /mnt/resolve.py',
  '#6 DONE 1.0s',
  '------',
  ' > [wheel-uwsgi 1/1] RUN python /mnt/build.py:',
  '1.600 fatal error: pcre.h: No such file or directory',
  '------',
  'Dockerfile.lock:31',
  '--------------------',
  '  31 | >>> RUN python /mnt/build.py',
]

describe('the plain progress of a build', () => {
  test.each([
    {
      name: 'of Engine 20.10',
      lines: OLD,
      base: 'FROM docker.io/library/python:3.13-slim',
      cause: 'executor failed running [/bin/sh -c python /mnt/build.py]: exit code: 1',
      // 20.10 prints the failing step's last lines once more with its number.
      again: [{ kind: 'text' as const, stage: 'wheel-uwsgi', text: 'fatal error: pcre.h: No such file or directory' }],
    },
    {
      name: 'of a newer Buildx',
      lines: NEW,
      base: 'FROM docker.io/library/python:3.13-slim@sha256:aaaa',
      cause: 'process "/bin/sh -c python /mnt/build.py" did not complete successfully: exit code: 1',
      again: [],
    },
  ])('$name gives the same events', ({ lines, base, cause, again }) => {
    const lock = { stage: 'lock', step: 'RUN python /mnt/resolve.py' }
    expect(eventsOf(lines)).toEqual([
      { kind: 'started', stage: 'base', step: base },
      { kind: 'cached', stage: 'base', step: base },
      { kind: 'started', ...lock },
      { kind: 'text', stage: 'lock', text: 'Resolved 4 packages' },
      { kind: 'started', stage: 'wheel-uwsgi', step: 'RUN python /mnt/build.py' },
      { kind: 'text', stage: 'wheel-uwsgi', text: 'gcc -c core.c' },
      { kind: 'text', stage: 'wheel-uwsgi', text: 'fatal error: pcre.h: No such file or directory' },
      { kind: 'failed', stage: 'wheel-uwsgi', step: 'RUN python /mnt/build.py', text: cause },
      { kind: 'done', ...lock, seconds: 1 },
      ...again,
    ])
  })

  test.each([
    { name: 'a line that looks like the end of a step', said: 'DONE 3.0s' },
    { name: 'a line that looks like a failure', said: 'ERROR: executor failed' },
    { name: 'a line that looks like another step', said: '#6 [release 1/1] RUN evil' },
    { name: 'an empty line', said: '' },
  ])('takes $name of a program for its text', ({ said }) => {
    expect(eventsOf(['#6 [lock 1/1] RUN x', `#6 0.412 ${said}`]).slice(1)).toEqual([{ kind: 'text', stage: 'lock', text: said }])
  })

  test.each([
    { name: 'Engine 20.10', head: '#5 [2/3] RUN false' },
    { name: 'a newer Buildx', head: '#5 [linux/amd64 2/3] RUN false' },
    { name: 'a newer Buildx with several stages', head: '#5 [stage-1 2/3] RUN false' },
  ])('names the step of a stage that has no name, as $name prints it', ({ head }) => {
    const failed = eventsOf([head, '#5 ERROR: exit code: 1']).at(-1)
    expect(failed).toMatchObject({ kind: 'failed', step: 'RUN false' })
  })

  test('of two builds is not mixed up', () => {
    eventsOf(['#6 [lock 1/1] RUN x'])
    expect(eventsOf(['#6 0.1 text of a step that this build never began'])).toEqual([])
  })
})

describe('a line of our scripts', () => {
  test.each([
    { name: 'may be a note', line: 'pypackager: note: 3 files', message: { level: 'note', code: '', text: '3 files' } },
    { name: 'may be a notice', line: 'pypackager: notice: all byte code', message: { level: 'notice', code: '', text: 'all byte code' } },
    {
      name: 'may be a warning',
      line: 'pypackager: warning[no-static]: a: b',
      message: { level: 'warning', code: 'no-static', text: 'a: b' },
    },
    { name: 'may be an error', line: 'pypackager: error: no', message: { level: 'error', code: '', text: 'no' } },
    { name: 'is none with another code', line: 'pypackager: error[A b]: no', message: undefined },
    { name: 'is none at another level', line: 'pypackager: debug: x', message: undefined },
    { name: 'is none where it is quoted', line: '> pypackager: error: no', message: undefined },
  ])('$name', ({ line, message }) => {
    expect(messageIn('trial', line)).toEqual(message && { stage: 'trial', ...message })
  })
})

describe('what a script says to us alone', () => {
  const packed = deflateSync('appenv/a.py\nappenv/b.py').toString('base64')
  const pieces = [packed.slice(0, 10), packed.slice(10)].map((piece) => `pypackager: imported: ${piece}`)
  const end = 'pypackager: imported: .'

  test.each([
    { name: 'is put together from its pieces', lines: [...pieces, end], heard: ['appenv/a.py\nappenv/b.py'] },
    { name: 'is heard once for each end', lines: [...pieces, end, ...pieces, end], heard: Array(2).fill('appenv/a.py\nappenv/b.py') },
    { name: 'is left out where a piece is lost', lines: [pieces[1] ?? '', end], heard: [] },
    { name: 'is left out where it has no end', lines: pieces, heard: [] },
    { name: 'is none of another kind', lines: ['pypackager: metadata: ', 'pypackager: else: eJw='], heard: [] },
  ])('$name', ({ lines, heard }) => {
    const told: string[] = []
    const hear = hearing({ imported: (text) => void told.push(text) })
    for (const line of lines) hear('trial', line)
    expect(told).toEqual(heard)
  })

  test('is that of its own stage alone: what others print by its name is left out', () => {
    const told: string[] = []
    const hear = hearing({ imported: (text) => void told.push(text) })
    for (const stage of ['wheel-evil', 'app-wheel', 'build-environment', 'release']) for (const line of [...pieces, end]) hear(stage, line)
    expect(told).toEqual([])
  })

  test('is told from all that is for the user', () => {
    const hear = hearing({})
    expect([...pieces, end, 'pypackager: note: x', 'imported: x'].map((line) => hear('trial', line))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})
