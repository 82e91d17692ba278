import { expect, test } from '@jest/globals'
import { BaseWords } from '../../../src/run/build/base-words.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'
import { listener, worldIn } from '../../support/world.ts'

const PRINT = '0123456789abcdef'
const UPDATES = 'security updates: openssl=3.0.16'

test('what making base said is said again by a run that finds it made, and of another base nothing', () =>
  inTempFolder(async (folder) => {
    const first = new BaseWords()
    first.onMessage({ stage: 'base-tree', level: 'notice', code: 'security-updates', text: UPDATES })
    first.onMessage({ stage: 'wheel-a', level: 'notice', code: '', text: 'no word of base' })
    const world = worldIn(folder)
    await first.settle(world, PRINT)
    await world.records.save()

    const later = { ...worldIn(folder), log: listener() }
    await new BaseWords().settle(later, PRINT)
    expect(later.log.lines).toEqual([UPDATES])
    const other = { ...worldIn(folder), log: listener() }
    await new BaseWords().settle(other, 'fedcba9876543210')
    expect(other.log.lines).toEqual([])
  }))
