import { execFileSync } from 'node:child_process'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { UserError } from '../../../src/errors.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'

const LIMIT = 1000
const CANARY = 'canary-7c1f'

/** A checkout beside a file that is none of its business. */
function inCheckout(work: (root: string, outside: string) => Promise<void>): Promise<void> {
  return inTempFolder(async (folder) => {
    await writeFiles(folder, { 'secret/token': CANARY, 'root/real.txt': 'inside', 'root/sub/deep.txt': 'deep' })
    await work(path.join(folder, 'root'), path.join(folder, 'secret'))
  })
}

async function refusal(root: string, name: string): Promise<string> {
  const error: unknown = await files.readInside(root, path.join(root, name), LIMIT).then(
    (text) => `read: ${text}`,
    (thrown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  const { message, next, details } = error as UserError
  expect([message, next, ...details].join('\n')).not.toContain(CANARY)
  return message
}

describe('a text of the project is read', () => {
  test.each([
    { name: 'where it is a file', make: async () => {}, at: 'real.txt', text: 'inside' },
    { name: 'through a link to a file inside', make: (root: string) => symlink('real.txt', `${root}/l`), at: 'l', text: 'inside' },
    { name: 'through a link to a folder inside', make: (root: string) => symlink('sub', `${root}/l`), at: 'l/deep.txt', text: 'deep' },
    { name: 'as none where there is none', make: async () => {}, at: 'none/none.txt', text: undefined },
    { name: 'as none below a file', make: async () => {}, at: 'real.txt/x', text: undefined },
    { name: 'as none in a linked folder without it', make: (root: string) => symlink('sub', `${root}/l`), at: 'l/none', text: undefined },
    { name: 'where its name begins with dots', make: (root: string) => writeFile(`${root}/..x`, 'dots'), at: '..x', text: 'dots' },
    { name: 'up to its limit', make: (root: string) => writeFile(`${root}/x`, 'x'.repeat(LIMIT)), at: 'x', text: 'x'.repeat(LIMIT) },
    { name: 'where it is empty', make: (root: string) => writeFile(`${root}/x`, ''), at: 'x', text: '' },
    {
      name: 'by its mark where it is a requirements file',
      make: (root: string) => writeFile(`${root}/requirements.txt`, Buffer.from('\uFEFFa==1', 'utf16le')),
      at: 'requirements.txt',
      text: 'a==1',
    },
    { name: 'with its BOM', make: (root: string) => writeFile(`${root}/x`, '\uFEFFa'), at: 'x', text: '\uFEFFa' },
  ])('$name', ({ make, at, text }) =>
    inCheckout(async (root) => {
      await make(root)
      expect(await files.readInside(root, path.join(root, at), LIMIT)).toBe(text)
    }),
  )

  test('where the root itself is named through a link', () =>
    inCheckout(async (root) => {
      await symlink(root, `${root}-link`)
      expect(await files.readInside(`${root}-link`, `${root}-link/real.txt`, LIMIT)).toBe('inside')
    }))
})

describe('a text of the project is refused', () => {
  const pipe = (root: string) => void execFileSync('mkfifo', [`${root}/x`])
  test.each([
    {
      name: 'that is a link out',
      make: (root: string) => symlink('../secret/token', `${root}/x`),
      at: 'x',
      says: /^x is a link out of the checkout, to \/.*\/secret\/token$/,
    },
    {
      name: 'that is a link to a link out',
      make: async (root: string) => {
        await symlink('../secret/token', `${root}/y`)
        await symlink('y', `${root}/x`)
      },
      at: 'x',
      says: /^x is a link out of the checkout, to \/.*\/secret\/token$/,
    },
    {
      name: 'in a folder that is a link out',
      make: (root: string) => symlink('../../secret', `${root}/sub/l`),
      at: 'sub/l/token',
      says: /^sub\/l\/token lies behind sub\/l, a link out of the checkout, to \/.*\/secret\/token$/,
    },
    {
      name: 'that is a link to what a process is told',
      make: (root: string) => symlink('/proc/self/environ', `${root}/x`),
      at: 'x',
      says: /^x is a link out of the checkout, to \/proc\/(self|\d+)\/environ$/,
    },
    {
      name: 'that is a link to a pipe of this process',
      make: (root: string) => symlink('/dev/stdin', `${root}/x`),
      at: 'x',
      says: /^x is a link (out of the checkout, )?to /,
    },
    { name: 'that lies outside', make: async () => {}, at: '../secret/token', says: /^\.\.\/secret\/token lies outside the checkout$/ },
    {
      name: 'that is a link to nothing',
      make: (root: string) => symlink('../secret/none', `${root}/x`),
      at: 'x',
      says: 'x is a link to ../secret/none, which is not there',
    },
    {
      name: 'behind a link to nothing',
      make: (root: string) => symlink('none', `${root}/l`),
      at: 'l/x',
      says: 'l/x lies behind l, a link to none, which is not there',
    },
    {
      name: 'that is a link to itself',
      make: (root: string) => symlink('x', `${root}/x`),
      at: 'x',
      says: 'x is a link that leads to itself',
    },
    { name: 'that is a folder', make: (root: string) => mkdir(`${root}/x`), at: 'x', says: 'x is no regular file' },
    { name: 'that is a pipe', make: async (root: string) => pipe(root), at: 'x', says: 'x is no regular file' },
    {
      name: 'that is too long',
      make: (root: string) => writeFile(`${root}/x`, CANARY.repeat(200)),
      at: 'x',
      says: /^x is larger than 0 MiB, which no such file needs$/,
    },
    {
      name: 'that is UTF-16',
      make: (root: string) => writeFile(`${root}/x`, Buffer.from(`\uFEFF${CANARY}`, 'utf16le')),
      at: 'x',
      says: 'x is UTF-16 text',
    },
    {
      name: 'that is big-endian UTF-16',
      make: (root: string) => writeFile(`${root}/x`, Buffer.from('\uFEFF[a]', 'utf16le').swap16()),
      at: 'x',
      says: 'x is UTF-16 text',
    },
    {
      name: 'that is UTF-16 without a mark',
      make: (root: string) => writeFile(`${root}/x`, Buffer.from('[project]', 'utf16le')),
      at: 'x',
      says: 'x is UTF-16 text',
    },
    { name: 'that holds NUL', make: (root: string) => writeFile(`${root}/x`, 'abc\0'), at: 'x', says: 'x is no text: it holds NUL bytes' },
  ])('$name', ({ make, at, says }) =>
    inCheckout(async (root) => {
      await make(root)
      expect(await refusal(root, at)).toMatch(says)
    }),
  )

  test('whatever it is exchanged for while it is read', () =>
    inCheckout(async (root, outside) => {
      await symlink(`${outside}/token`, `${root}/evil`)
      let swapping = true
      const swap = async () => {
        for (let i = 0; swapping; i++) {
          await (i % 2 === 0 ? symlink(`${outside}/token`, `${root}/next`) : writeFile(`${root}/next`, 'inside'))
          await rename(`${root}/next`, `${root}/real.txt`)
        }
      }
      const swapper = swap()
      const seen = new Set<string>()
      for (let i = 0; i < 400; i++) {
        const said = await files.readInside(root, `${root}/real.txt`, LIMIT).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UserError)
          return 'refused'
        })
        seen.add(said ?? 'none')
      }
      swapping = false
      await swapper
      await rm(`${root}/real.txt`)
      expect([...seen].filter((said) => said !== 'inside' && said !== 'refused')).toEqual([])
    }))
})

test.each([
  { name: 'a folder inside', to: 'sub', refused: false },
  { name: 'a link to a folder outside', to: '../secret', refused: true },
])('whether $name stays inside is told without reading it', ({ to, refused }) =>
  inCheckout(async (root) => {
    await symlink(to, `${root}/l`)
    const check = files.checkInside(root, `${root}/l`)
    await (refused ? expect(check).rejects.toThrow('l is a link out of the checkout') : expect(check).resolves.toBeUndefined())
  }),
)
