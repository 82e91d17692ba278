import { describe, expect, test } from '@jest/globals'
import { missed, type Wanted, wantedText } from '../../bench/wanted.ts'

const FASTER: Wanted = { kind: 'faster', times: 4 }
const WITHIN: Wanted = { kind: 'at most theirs', times: 1.5 }
const SECONDS: Wanted = { kind: 'seconds', atMost: 1 }

describe('a figure that is wanted', () => {
  test.each<{ name: string; wanted: Wanted; ours: number; theirs: number | undefined; missing: string | undefined }>([
    { name: 'is there where we are as much faster', wanted: FASTER, ours: 2, theirs: 8, missing: undefined },
    { name: 'is missed where we are less so', wanted: FASTER, ours: 2, theirs: 7.9, missing: '3.95 times faster' },
    { name: 'is missed where there is nobody to be faster than', wanted: FASTER, ours: 2, theirs: undefined, missing: 'NaN times faster' },
    { name: 'is there where we take no more of their time', wanted: WITHIN, ours: 3, theirs: 2, missing: undefined },
    { name: 'is missed where we take more', wanted: WITHIN, ours: 3.1, theirs: 2, missing: '1.55 times theirs' },
    { name: 'is there at the very second', wanted: SECONDS, ours: 1, theirs: undefined, missing: undefined },
    { name: 'is missed a moment later', wanted: SECONDS, ours: 1.02, theirs: undefined, missing: '1.02 s' },
    { name: 'is there where the row proves it', wanted: { kind: 'proved', what: 'x' }, ours: 99, theirs: undefined, missing: undefined },
  ])('$name', ({ wanted, ours, theirs, missing }) => {
    expect(missed(wanted, ours, theirs)).toBe(missing)
  })

  test.each<{ name: string; wanted: Wanted; text: string }>([
    { name: 'a ratio', wanted: { kind: 'faster', times: 2.5 }, text: '≥ 2.5 times faster' },
    { name: 'a share', wanted: WITHIN, text: '≤ 1.5 times theirs' },
    { name: 'seconds', wanted: SECONDS, text: '≤ 1 s' },
    { name: 'a proof', wanted: { kind: 'proved', what: 'resolves nothing' }, text: 'resolves nothing' },
  ])('is written as the page of figures has it: $name', ({ wanted, text }) => {
    expect(wantedText(wanted)).toBe(text)
  })
})
