import { expect, test } from '@jest/globals'
import { newerSdists } from '../../../src/run/lock/resolve.ts'

test('what was left aside for want of a wheel is told with what has it', () => {
  const lock = 'lock-version = "1.0"\n\n# newer without a wheel: flasgger 0.9.7.1 (0.9.5)\n# newer without a wheel: a b c (1)\n'
  expect(newerSdists(lock)).toEqual([
    'flasgger 0.9.5 is taken, the newest version that has a wheel; 0.9.7.1 is a source distribution alone, and pip would take that. To have it, require flasgger>=0.9.7.1.',
  ])
  expect(newerSdists('lock-version = "1.0"\n')).toEqual([])
})
