import { describe, expect, test } from '@jest/globals'
import { BuildError } from '../../src/effects/docker-port.ts'
import { errorLine } from '../../src/errors.ts'
import { commonFault } from '../../src/run/build.ts'

// The words are those of the programs named; docker's differ between BuildKit 0.8 and later.

const NEXT = 'Use a runner with more memory.'
const killed = (by: string) => `wheels: a program was killed in wheel-lxml, most likely for want of memory (${by}). ${NEXT}`
const GONE = 'wheels: Docker went away during wheel-lxml. Check the daemon, then run again.'
const FULL = "wheels: the Docker daemon's disk is full. Make room there (docker system df shows what takes it)."
const STEP = '/bin/sh -c python3 /srv/stages/wheel'

describe('a fault of the machine is not the package’s', () => {
  test.each<{ name: string; output?: readonly string[]; message?: string; line: string | undefined }>([
    {
      name: 'docker’s client killed',
      message: 'docker build was killed (137), most likely for memory',
      line: `wheels: docker build was killed (137), most likely for memory. ${NEXT}`,
    },
    {
      name: 'a step killed, BuildKit 0.8',
      output: ['Killed'],
      message: `executor failed running [${STEP}]: exit code: 137`,
      line: killed('exit code 137'),
    },
    {
      name: 'a step killed, BuildKit 0.10 and later',
      message: `failed to solve: process "${STEP}" did not complete successfully: exit code: 137`,
      line: killed('exit code 137'),
    },
    {
      name: 'a step killed by its control group',
      message: `failed to solve: process "${STEP}" did not complete successfully: exit code: 137: cannot allocate memory`,
      line: killed('exit code 137'),
    },
    {
      name: 'gcc’s compiler',
      output: [
        'gcc -O3 -c src/lxml/etree.c',
        'x86_64-linux-gnu-gcc: fatal error: Killed signal terminated program cc1',
        'compilation terminated.',
        "error: command '/usr/bin/x86_64-linux-gnu-gcc' failed with exit code 1",
      ],
      line: killed('x86_64-linux-gnu-gcc: fatal error: Killed signal terminated program cc1'),
    },
    {
      name: 'an older gcc’s',
      output: ['c++: internal compiler error: Killed (program cc1plus)'],
      line: killed('c++: internal compiler error: Killed (program cc1plus)'),
    },
    {
      name: 'the linker',
      output: ['collect2: fatal error: ld terminated with signal 9 [Killed]'],
      line: killed('collect2: fatal error: ld terminated with signal 9 [Killed]'),
    },
    {
      name: 'clang',
      output: ['clang: error: unable to execute command: Killed'],
      line: killed('clang: error: unable to execute command: Killed'),
    },
    {
      name: 'rustc',
      output: ['Caused by:', "  process didn't exit successfully: `rustc --crate-name x` (signal: 9, SIGKILL: kill)"],
      line: killed("process didn't exit successfully: `rustc --crate-name x` (signal: 9, SIGKILL: kill)"),
    },
    {
      name: 'memory that is not there',
      output: ['virtual memory exhausted: Cannot allocate memory'],
      line: killed('virtual memory exhausted: Cannot allocate memory'),
    },
    {
      name: 'a compiler’s own end',
      output: ['error: command gcc failed with exit code 1'],
      message: `executor failed running [${STEP}]: exit code: 1`,
      line: undefined,
    },
    { name: 'another code that begins so', message: `executor failed running [${STEP}]: exit code: 1370`, line: undefined },
    { name: 'a full disk of a step', output: ['OSError: [Errno 28] No space left on device'], line: FULL },
    {
      name: 'a full disk of BuildKit',
      message: 'failed to solve: failed to copy files: write /var/lib/docker/tmp/x: no space left on device',
      line: FULL,
    },
    { name: 'a daemon that ended', message: 'error reading from server: EOF', line: GONE },
    {
      name: 'a daemon that is gone',
      message: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      line: GONE,
    },
  ])('$name', ({ output = [], message = '', line }) => {
    const error = new BuildError({ stage: 'wheel-lxml', step: 'RUN x' }, output, [], message)
    const fault = commonFault(error, 'wheels')
    expect(fault && errorLine(fault)).toBe(line)
  })
})
