import { describe, expect, test } from '@jest/globals'
import { Needles } from '../../../src/judge/checks/needles.ts'

const TEXTS = ['password-one', 'sword-on', 'aaaaaaaa', 'ünïcödé-key', 'password-one-and-more']

function found(pieces: readonly Buffer[]): readonly string[] {
  const seen = new Set<number>()
  const search = new Needles(TEXTS).search((index) => seen.add(index))
  for (const piece of pieces) search(piece)
  return [...seen].map((index) => TEXTS[index] ?? '').sort()
}

describe('texts are found in bytes', () => {
  test.each([
    { name: 'one inside another', text: 'x password-one y', names: ['password-one', 'sword-on'] },
    {
      name: 'the longest with all that begin like it',
      text: 'password-one-and-more',
      names: ['password-one', 'password-one-and-more', 'sword-on'],
    },
    { name: 'at the very beginning', text: 'aaaaaaaa', names: ['aaaaaaaa'] },
    { name: 'at the very end', text: `${'a'.repeat(7)}b${'a'.repeat(8)}`, names: ['aaaaaaaa'] },
    { name: 'of other alphabets', text: 'key=ünïcödé-key', names: ['ünïcödé-key'] },
    { name: 'none where all are nearly there', text: 'passwort-one aaaaaaa sword-o password-On', names: [] },
  ])('$name', ({ text, names }) => {
    expect(found([Buffer.from(text)])).toEqual(names)
  })

  test('wherever the bytes are cut, in two or in single ones', () => {
    const bytes = Buffer.from('--ünïcödé-key--password-one-and-more--aaaaaaaa')
    const all = [...TEXTS].sort()
    for (let at = 0; at <= bytes.length; at++) expect(found([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(all)
    expect(found([...bytes].map((byte) => Buffer.from([byte])))).toEqual(all)
  })

  test('as plainly as by looking for each alone, in bytes of few kinds', () => {
    let seed = 7
    const next = (most: number) => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff
      return (seed >> 8) % most
    }
    const word = (length: number) => Array.from({ length }, () => 'ab'[next(2)]).join('')
    for (let round = 0; round < 60; round++) {
      const texts = [...new Set(Array.from({ length: 5 }, () => word(4 + next(5))))]
      const bytes = Buffer.from(word(200))
      const seen = new Set<number>()
      const search = new Needles(texts).search((index) => seen.add(index))
      for (let at = 0; at < bytes.length; ) {
        const length = 1 + next(40)
        search(bytes.subarray(at, at + length))
        at += length
      }
      expect(texts.filter((_, i) => seen.has(i))).toEqual(texts.filter((text) => bytes.includes(text)))
    }
  })
})

test('without texts nothing is found', () => {
  expect(new Needles([]).in('anything')).toEqual([])
})
