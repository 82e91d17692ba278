import { expect, test } from '@jest/globals'
import { endedCheck } from '../../../src/judge/checks/start-ends.ts'

const WELL = { kind: 'ended', code: 0, lastLine: 'done' } as const
const JOB = { command: ['sh', '-c', 'exec python job.py'], besideWheel: [] }

test('a job that did what it does is told from a start that goes on, and from one that ended with a fault', () => {
  expect(endedCheck(WELL, JOB)).toMatchObject({ state: 'passed', ended: true })
  expect(endedCheck({ ...WELL, code: 3 }, JOB)).not.toHaveProperty('ended')
})
