import { expect, test } from '@jest/globals'
import { uvResolvingDisagreement } from '../../../../src/project/locks/freshness/uv-disagreement.ts'
import { readUvStated } from '../../../../src/project/locks/freshness/uv-stated.ts'
import { readToml } from '../../../../src/project/toml.ts'
import { linux, NOTHING } from '../../../support/locks.ts'

const GIVEN = { environment: linux('3.11.9'), selection: NOTHING }
const SAYING = { constraints: [], overrides: [], excludes: [], sourced: new Set<string>() }

// What uv 0.13.9 writes into [options] for each word.
test.each([
  { word: 'highest', key: 'resolution', writes: '', other: 'lowest' },
  { word: 'lowest', key: 'resolution', writes: 'resolution-mode = "lowest"', other: 'highest' },
  { word: 'lowest-direct', key: 'resolution', writes: 'resolution-mode = "lowest-direct"', other: 'lowest' },
  { word: 'if-necessary', key: 'prerelease', writes: '', other: 'allow' },
  { word: 'if-necessary-or-explicit', key: 'prerelease', writes: '', other: 'explicit' },
  { word: 'allow', key: 'prerelease', writes: 'prerelease-mode = "allow"', other: 'if-necessary' },
  { word: 'disallow', key: 'prerelease', writes: 'prerelease-mode = "disallow"', other: 'allow' },
])('$key = "$word" is what its lock says, and "$other" is not', ({ word, key, writes, other }) => {
  const stated = readUvStated(readToml('uv.lock', `[options]\n${writes}`))
  const faults = (said: string) =>
    uvResolvingDisagreement(stated, { ...SAYING, options: { resolution: undefined, prerelease: undefined, [key]: said } }, GIVEN)
  expect(faults(word)).toEqual([])
  expect(faults(other)).toEqual([`it was made with another ${key} of [tool.uv]`])
})
