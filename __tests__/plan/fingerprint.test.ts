import { describe, expect, test } from '@jest/globals'
import { changedParts, fingerprint, fingerprintTag, type Parts, sha256 } from '../../src/plan/fingerprint.ts'
import { isoWeek } from '../../src/plan/iso-week.ts'
import { checkTag } from '../../src/plan/reference.ts'

const base: Parts = { parent: 'sha256:1111', python: '3.13', recipe: 'RUN make', packages: '' }

describe('a fingerprint', () => {
  test.each([
    { name: 'changes with the digest of the parent', now: { ...base, parent: 'sha256:2222' }, changed: ['parent'] },
    { name: 'changes with one letter of the recipe', now: { ...base, recipe: 'RUN mak' }, changed: ['recipe'] },
    { name: 'changes with a blank at the end', now: { ...base, recipe: 'RUN make ' }, changed: ['recipe'] },
    { name: 'changes with two parts at once', now: { ...base, python: '3.12', packages: 'libpq5' }, changed: ['packages', 'python'] },
    { name: 'changes where values change places', now: { ...base, python: '', packages: '3.13' }, changed: ['packages', 'python'] },
    { name: 'changes with a new part', now: { ...base, week: '2026-W47' }, changed: ['week'] },
    { name: 'changes with a new part that is empty', now: { ...base, week: '' }, changed: ['week'] },
    { name: 'changes where a part is gone', now: { parent: 'sha256:1111', python: '3.13', recipe: 'RUN make' }, changed: ['packages'] },
    {
      name: 'changes where two parts become one',
      now: { parent: 'sha256:1111', python: '3.13', recipe: 'RUN make","packages' },
      changed: ['packages', 'recipe'],
    },
    {
      name: 'does not change with the order of the parts',
      now: { packages: '', recipe: 'RUN make', python: '3.13', parent: 'sha256:1111' },
      changed: [],
    },
    { name: 'does not change for a copy', now: { ...base }, changed: [] },
  ])('$name', ({ now, changed }: { now: Parts; changed: string[] }) => {
    expect(changedParts(base, now)).toEqual(changed)
    expect(fingerprint(now) === fingerprint(base)).toBe(changed.length === 0)
  })

  test('is 16 hex digits that stay the same from release to release', () => {
    expect(fingerprint({ a: '1', b: 'ü' })).toBe(sha256('[["a","1"],["b","ü"]]').slice(0, 16))
    expect(fingerprint({ a: '1', b: 'ü' })).toMatch(/^[0-9a-f]{16}$/)
  })

  test('makes a legal tag', () => {
    const tag = fingerprintTag(fingerprint(base))
    expect(checkTag('version', tag)).toBe(tag)
    expect(tag).toMatch(/^fingerprint-[0-9a-f]{16}$/)
  })
})

test('the sha256 of a text is that of its UTF-8 bytes', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

describe('the ISO week', () => {
  test.each([
    { name: 'of a day in November', day: '2026-11-22T11:00:00Z', week: '2026-W47' },
    { name: 'begins on Monday', day: '2026-11-23T00:00:00Z', week: '2026-W48' },
    { name: 'ends on Sunday night, UTC', day: '2026-11-22T23:59:59Z', week: '2026-W47' },
    { name: 'of the first days of January may belong to the year before', day: '2027-01-01T00:00:00Z', week: '2026-W53' },
    { name: 'of the last days of December may belong to the year after', day: '2024-12-30T00:00:00Z', week: '2025-W01' },
    { name: 'has a leading zero', day: '2026-01-01T12:00:00Z', week: '2026-W01' },
  ])('$name', ({ day, week }) => {
    expect(isoWeek(new Date(day))).toBe(week)
  })
})
