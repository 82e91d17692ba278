import { describe, expect, test } from '@jest/globals'
import { BuildError, type BuildRequest, type Docker } from '../../../src/effects/docker-port.ts'
import { errorLine } from '../../../src/errors.ts'
import { type BuildSettings, buildTarget, commonFault } from '../../../src/run/build/build-target.ts'
import type { Message } from '../../../src/text/stage-message.ts'
import { stageWords } from '../../../src/text/stage-words.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'
import { listener, worldIn } from '../../support/world.ts'

// The words are those of the programs named; docker's differ between BuildKit 0.8 and later.

const NEXT = 'Use a runner with more memory.'
const killed = (by: string) => `wheels: a program was killed (building lxml), most likely for want of memory (${by}). ${NEXT}`
const GONE = 'wheels: Docker went away: building lxml. Check the daemon, then run again.'
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
      name: 'a build backend, as uv 0.13 tells it of a control group without memory',
      output: ['error: Failed to build `/srv/source`', 'cause: Call to `setuptools.build_meta.build_wheel` failed (signal: 9 (SIGKILL))'],
      line: killed('cause: Call to `setuptools.build_meta.build_wheel` failed (signal: 9 (SIGKILL))'),
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
    const error = new BuildError(message, { stage: 'wheel-lxml', step: 'RUN x', output, messages: [] })
    const fault = commonFault(error, 'wheels')
    expect(fault && errorLine(fault)).toBe(line)
  })
})

describe('what a stage says', () => {
  const DATES = 'the index tells no upload times, so exclude-newer is off'
  const LEFT = 'security updates left files of older packages: /usr/share/a'
  test.each<Message & { name: string; said: string }>([
    {
      name: 'is a notice by the code of its script',
      stage: 'build-lock',
      level: 'notice',
      code: 'no-upload-times',
      text: DATES,
      said: `notice ${DATES}`,
    },
    {
      name: 'is a warning by the code of its script',
      stage: 'base-tree',
      level: 'warning',
      code: 'security-updates',
      text: LEFT,
      said: `warning ${LEFT}`,
    },
    { name: 'is a line where it is a note', stage: 'trial', level: 'note', code: '', text: '3 files', said: '  3 files' },
    {
      name: 'is a line without a code',
      stage: 'wheel-a',
      level: 'warning',
      code: '',
      text: 'log in at a',
      said: '  building a says: warning: log in at a',
    },
    {
      name: 'is a line where another stage would say it',
      stage: 'trial',
      level: 'notice',
      code: 'no-upload-times',
      text: DATES,
      said: `  importing the application says: notice: ${DATES}`,
    },
    {
      name: 'is a line where more is said than any script of ours says',
      stage: 'build-lock',
      level: 'notice',
      code: 'no-upload-times',
      text: 'a'.repeat(5001),
      said: `  ${stageWords('build-lock')} says: notice: ${'a'.repeat(5001)}`,
    },
  ])('$name', async ({ stage, level, code, text, said }) => {
    const heard: string[] = []
    const log = {
      ...listener(),
      notice: (line: string) => void heard.push(`notice ${line}`),
      warning: (line: string) => void heard.push(`warning ${line}`),
      foreign: (lines: readonly string[]) => void heard.push(...lines),
    }
    const docker = {
      async build({ onMessage }: BuildRequest) {
        onMessage?.({ stage, level, code, text })
        expect(heard).toEqual([said]) // as soon as it is said, not at the end
        return { seconds: 0 }
      },
    } as Docker
    await inTempFolder(async (folder) => {
      await buildTarget(worldIn(folder, { log, docker }), {} as BuildSettings, { dockerfile: '', target: stage, offline: true })
    })
    expect(heard).toEqual([said])
  })
})
