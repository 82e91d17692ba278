import { chmod, rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { dockerClient } from '../../../src/effects/docker/docker.ts'
import { until } from '../../support/command.ts'
import { type TempFolder, tempFolder, writeFiles } from '../../support/temp.ts'
import { listener } from '../../support/world.ts'

// What is told while docker is at work, with a `docker` of our own first on PATH. It ends
// when the test has seen enough and says so by a file.

const BUILD = ['#1 [wheel-uwsgi 2/3] RUN compile', '#1 0.100 [gcc] core/utils.o', '#2 [base 1/1] FROM parent', '#2 DONE 0.1s']
const DIGEST = `sha256:${'d'.repeat(64)}`
const PATH = process.env.PATH

let bin: TempFolder
/** For a shell. */
let wait: string

beforeAll(async () => {
  bin = await tempFolder('docker')
  wait = `for i in $(seq 1000); do [ -e "${bin.at('enough')}" ] && break; sleep 0.05; done`
  const said = BUILD.map((line) => `echo '${line}'`).join('\n')
  const script = `#!/bin/sh\n[ "$1" != build ] || { ${said}\n}\n${wait}\necho 'digest: ${DIGEST}'\n`
  await writeFiles(bin.path, { docker: script })
  await chmod(bin.at('docker'), 0o755)
  process.env.PATH = `${bin.path}:${PATH}`
})

beforeEach(() => rm(bin.at('enough'), { force: true }))

afterAll(async () => {
  process.env.PATH = PATH
  await bin[Symbol.asyncDispose]()
})

const request = { dockerfile: 'FROM x', context: '/nowhere', target: 'release', tags: [], args: {}, secrets: [], network: undefined }

test.each([
  {
    name: 'a build names the stage that is at work, how long, and what it said last',
    work: (docker: ReturnType<typeof dockerClient>) => docker.build(request),
    line: /^ {2}… building uwsgi: still at work \(\d+ s, time limit in 60 minutes\): \[gcc\] core\/utils\.o$/,
  },
  {
    name: 'a pull names what is pulled',
    work: (docker: ReturnType<typeof dockerClient>) => docker.pull('python:3.13-slim'),
    line: /^ {2}… pulling python:3\.13-slim \(\d+ s, time limit in 30 minutes\)$/,
  },
  {
    name: 'a push names what is pushed',
    work: (docker: ReturnType<typeof dockerClient>) => docker.push('acme/shop:1.2', async () => false),
    line: /^ {2}… pushing acme\/shop:1\.2 \(\d+ s, time limit in 30 minutes\)$/,
  },
])('$name, again and again until it ends', async ({ work, line }) => {
  const log = listener()
  const told = () => log.lines.filter((heard) => line.test(heard)).length
  const working = work(dockerClient({ temp: bin.path, runId: 'progress-test', log }, { heartbeat: 20 }))
  await until('two lines of progress', 20, () => told() > 1)
  await writeFiles(bin.path, { enough: '' })
  await working
  const atEnd = told()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(told()).toBe(atEnd)
})

test('what a stage tells the user is no progress', async () => {
  const script = `#!/bin/sh\necho '#1 [trial 1/1] RUN x'\necho '#1 0.1 pypackager: notice: said'\n${wait}\n`
  await using own = await tempFolder('docker')
  await writeFiles(own.path, { docker: script })
  await chmod(own.at('docker'), 0o755)
  process.env.PATH = `${own.path}:${PATH}`
  let before = Number.POSITIVE_INFINITY
  const { lines, ...rest } = listener()
  const debug = (line: string) => {
    if (line.endsWith('said')) before = lines.length
  }
  const working = dockerClient({ temp: own.path, runId: 'progress-test', log: { ...rest, debug } }, { heartbeat: 20 }).build(request)
  await until('a line of progress after what was said', 20, () => lines.length > before)
  await writeFiles(bin.path, { enough: '' })
  await working
  process.env.PATH = `${bin.path}:${PATH}`
  expect(lines.join()).toContain('still at work')
  expect(lines.join()).not.toContain('said')
})

test('work that ends soon says nothing of it', async () => {
  await writeFiles(bin.path, { enough: '' })
  const log = listener()
  await dockerClient({ temp: bin.path, runId: 'progress-test', log }).build(request)
  expect(log.lines.filter((line) => line.includes('…'))).toEqual([])
})
