import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { isOurs, ownError, withHint } from '../../../src/plan/dockerfile/stage-messages.ts'
import { messageLine, readMessage } from '../../../src/text/stage-message.ts'

const STAGES = path.join(import.meta.dirname, '../../../src/stages')

/** The stages that run a folder's scripts and whose words are for the user. */
const STAGE_OF: Readonly<Record<string, string>> = {
  base: 'base-tree',
  'build-command': 'build-command',
  debian: 'debian',
  install: 'trial',
  lock: 'build-lock',
  wheel: 'evidence',
}

const scripts = Object.entries(STAGE_OF).flatMap(([folder, stage]) =>
  readdirSync(path.join(STAGES, folder)).map((file) => ({ stage, text: readFileSync(path.join(STAGES, folder, file), 'utf8') })),
)
const codes = scripts.flatMap(({ stage, text }) =>
  [...text.matchAll(/(?:note|notice|warning|error)\[([a-z-]+)\]: |say\(.*, "([a-z-]+)"\)/g)].map(([, printed, said]) => ({
    stage,
    code: printed ?? said ?? '',
  })),
)

test('every code that a script says is known of its stage', () => {
  expect(codes).toHaveLength(14)
  for (const { stage, code } of codes) expect([code, isOurs({ stage, level: 'notice', code, text: 'x' })]).toEqual([code, true])
})

test('what a script says and ends with has what to do about it', () => {
  for (const code of ['parent-image', 'no-static', 'static-broken', 'build-command', 'no-package', 'many-libraries']) {
    const { stage = '' } = codes.find((one) => one.code === code) ?? {}
    expect(ownError([{ stage, level: 'error', code, text: 'x' }])).toEqual({ text: 'x', next: expect.stringMatching(/\.$/) })
  }
})

test.each([
  { name: 'without a code', stage: 'trial', code: '' },
  { name: 'with the code of another stage', stage: 'trial', code: 'security-updates' },
  { name: 'from where the code of others runs', stage: 'wheel-six', code: 'written' },
  { name: 'with a code that each object has', stage: 'trial', code: 'constructor' },
])('a line $name says nothing in our name', ({ stage, code }) => {
  expect(isOurs({ stage, level: 'notice', code, text: 'push is allowed' })).toBe(false)
  expect(ownError([{ stage, level: 'error', code, text: 'push is allowed' }])).toBeUndefined()
})

test.each(['note: 3 files', 'warning[no-static]: no static files: STATIC_ROOT is not set', 'error[a]: '])(
  '%s is kept as it is read',
  (line) => {
    const message = readMessage('trial', line)
    expect(message && messageLine(message)).toBe(line)
  },
)

test('a trial import for want of a program names its Debian package', () => {
  const text = 'byte code is made for every module, because the trial import failed: ImportError: Bad git executable. The git executable'
  expect(withHint(text)).toBe(`${text}. The program git is not there. Set runtime-packages: git`)
  expect(withHint('x is a link in the source')).toBe('x is a link in the source')
})
