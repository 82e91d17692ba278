import { spawn } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { canariesBelow, canariesIn, canary, childrenOf } from './canaries.ts'
import { inTempFolder, writeFiles } from './temp.ts'

// The search for canaries finds what is planted: else a clean result would say nothing.

const SECRET = canary('planted')
const KNOWN = { planted: SECRET, absent: canary('absent') }

test.each([
  { name: 'as it is', text: SECRET },
  { name: 'in an address', text: `https://ada:${encodeURIComponent(SECRET)}@index.example/` },
  { name: 'in JSON', text: JSON.stringify({ a: SECRET }) },
  { name: 'in base64', text: Buffer.from(SECRET).toString('base64') },
  { name: 'in base64 behind a user name', text: Buffer.from(`ada:${SECRET}`).toString('base64') },
  { name: 'in base64 between others', text: Buffer.from(`{"a":"${SECRET}","b":1}`).toString('base64') },
  { name: 'in base64 for addresses', text: Buffer.from(`xx${SECRET}x`).toString('base64url') },
  { name: 'in hex', text: Buffer.from(SECRET).toString('hex') },
  { name: 'in hex of capitals', text: Buffer.from(`a${SECRET}`).toString('hex').toUpperCase() },
])('a canary is found $name', ({ text }) => {
  expect(canariesIn(`before ${text} after`, KNOWN)).toEqual(['planted'])
})

test('a canary is found in files, in their names, and among other bytes', async () => {
  await inTempFolder(async (folder) => {
    const hex = Buffer.from(SECRET).toString('hex')
    await writeFiles(folder, { 'a/b': Buffer.concat([Buffer.from([0, 255]), Buffer.from(SECRET)]), [hex]: '', 'c/d': 'nothing' })
    expect(await canariesBelow(folder, KNOWN)).toEqual([`${hex}: planted`, 'a/b: planted'].sort())
  })
})

test('a canary is found in the words and the environment of a child', async () => {
  const child = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, A: SECRET }, argv0: SECRET })
  try {
    const [seen] = (await childrenOf(process.pid)).filter(({ line }) => line.includes('60'))
    expect([canariesIn(seen?.line ?? '', KNOWN), canariesIn(seen?.environment ?? '', KNOWN)]).toEqual([['planted'], ['planted']])
  } finally {
    child.kill('SIGKILL')
  }
})
