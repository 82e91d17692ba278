import { expect, test } from '@jest/globals'
import { uvResolvingDisagreement } from '../../../../src/project/locks/freshness/uv-disagreement.ts'
import { readMetadata, readUvStated } from '../../../../src/project/locks/freshness/uv-stated.ts'
import { readToml } from '../../../../src/project/toml.ts'
import { linux, NOTHING } from '../../../support/locks.ts'

const GIVEN = { environment: linux('3.11.9'), selection: NOTHING }
const SAYING = { constraints: [], overrides: [], excludes: [], metadata: [], sourced: new Set<string>() }

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

// What uv 0.13.9 writes of `Six`, 1.17.0, with markers of its own spelling.
const WRITTEN = `[[manifest.dependency-metadata]]
name = "six"
version = "1.17.0"
requires-dist = ["idna>=3,<4 ; python_full_version >= '3.8'", "attrs[x] ; extra == 'net'"]
`

test.each([
  {
    name: 'the same in other words',
    says: `name = "Six"\nversion = "1.17.0"\nrequires-dist = ["attrs[X]; extra == 'net'", "Idna <4, >=3"]`,
    differs: false,
  },
  { name: 'another requirement', says: 'name = "six"\nversion = "1.17.0"\nrequires-dist = ["idna>=3"]', differs: true },
  { name: 'another version', says: 'name = "six"\nversion = "1.16.0"\nrequires-dist = ["idna>=3,<4", "attrs[x]"]', differs: true },
  { name: 'nothing', says: '', differs: true },
])('dependency-metadata that says $name, differs: $differs', ({ says, differs }) => {
  const stated = readUvStated(readToml('uv.lock', WRITTEN))
  const metadata = readMetadata(readToml('pyproject.toml', says && `[[dependency-metadata]]\n${says}\n`))
  const options = { resolution: undefined, prerelease: undefined }
  const found = uvResolvingDisagreement(stated, { ...SAYING, metadata, options }, GIVEN)
  expect(found).toEqual(differs ? ['it was made with another dependency-metadata of [tool.uv]'] : [])
})
