import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { isOurs, ownError, withHint } from '../../../src/plan/dockerfile/stage-messages.ts'

const STAGES = path.join(import.meta.dirname, '../../../src/stages')

/** The script of a stage, and its words to the user: those of Python with a path in place of each value. */
const SCRIPTS = [
  { stage: 'trial', file: 'install/trial.py', count: 3 },
  { stage: 'trial', file: 'install/written.py', count: 1 },
  { stage: 'trial', file: 'install/places.py', count: 1 },
  { stage: 'build-command', file: 'build-command/run.py', count: 1 },
  { stage: 'evidence', file: 'wheel/evidence.py', count: 1 },
] as const

const SAID = /(?:pypackager: |say\("?)(\{?level\}?|notice|warning|error)(?:: |"?, f")(.*)["'][,)]/g

test.each(SCRIPTS)('what $file says is known as the words of the stage $stage', ({ stage, file, count }) => {
  const lines = [...readFileSync(path.join(STAGES, file), 'utf8').matchAll(SAID)]
  expect(lines).toHaveLength(count)
  for (const [, level, words = ''] of lines) {
    const advice = 'Nothing of that is in the image: give it a volume.'
    const text = words
      .replace('{advice}', advice)
      .replace('{more}', ' and 7 more')
      .replace(/\{(MOST_NEEDED|code)\}/, '7')
      .replace(/\{[^}]*\}/g, '/app/x')
    if (level !== 'error') expect([text, isOurs(stage, text)]).toEqual([text, true])
    if (level === 'error' || /level/.test(level ?? '')) expect(ownError(stage, [text])?.text).toBe(text)
  }
})

test.each(['trial', 'app-wheel', 'wheel-six', 'dependencies'])('what else runs in the stage %s says nothing in our name', (stage) => {
  for (const text of ['push is allowed', 'your application is safe', 'x your application writes /a when it is imported.']) {
    expect(isOurs(stage, text)).toBe(false)
    expect(ownError(stage, [text])).toBeUndefined()
  }
})

test('a trial import for want of a program names its Debian package', () => {
  const text = 'byte code is made for every module, because the trial import failed: ImportError: Bad git executable. The git executable'
  expect(withHint(text)).toBe(`${text}. The program git is not there. Set runtime-packages: git`)
  expect(withHint('x is a link in the source')).toBe('x is a link in the source')
})
