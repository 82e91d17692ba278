import { cp, glob, mkdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { must } from '../support/command.ts'
import { ROOT } from '../support/runner-step.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// dist/ as the build script makes it, in a copy of its own; the judge of what is in a bundle is its source map.

jest.setTimeout(240_000)

const NODE = path.join(ROOT, 'node_modules/.bin/node')
const BUNDLES = { action: { entry: 'index', out: '.' }, 'command line': { entry: 'cli', out: 'cli' } } as const

let folder: TempFolder
beforeAll(async () => {
  folder = await tempFolder('licences')
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'src', 'scripts']) {
    await cp(path.join(ROOT, file), folder.at(file), { recursive: true })
  }
  await symlink(path.join(ROOT, 'node_modules'), folder.at('node_modules'))
  await mkdir(folder.at('maps'))
  await must(NODE, [folder.at('scripts/build.ts')], { cwd: folder.path })
  for (const { entry } of Object.values(BUNDLES)) {
    const ncc = path.join(ROOT, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
    await must(NODE, [ncc, 'build', `lib/${entry}.js`, '-o', folder.at('maps', entry), '--source-map', '--quiet'], { cwd: folder.path })
  }
}, 240_000)
afterAll(async () => folder[Symbol.asyncDispose]())

/** Names of the packages that the maps of a bundle's files name. */
async function packagesIn(maps: string): Promise<readonly string[]> {
  const names = new Set<string>()
  for await (const file of glob('*.map', { cwd: maps })) {
    const { sources } = JSON.parse(await readFile(path.join(maps, file), 'utf8')) as { sources: readonly string[] }
    for (const source of sources) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]
      if (name) names.add(name)
    }
  }
  return [...names].sort()
}

describe.each(Object.entries(BUNDLES))('the bundle of the %s', (_name, { entry, out }) => {
  test('comes with the licence of every package that is in it, and of no other', async () => {
    const entries = (await readFile(folder.at('dist', out, 'licenses.txt'), 'utf8')).split(`\n${'-'.repeat(80)}\n\n`)
    const listed = entries.map((text) => /^(\S+) \d\S*\nLicence: \S/.exec(text)?.[1])
    const bundled = await packagesIn(folder.at('maps', entry))
    expect(bundled.length).toBeGreaterThan(3)
    expect([...new Set(listed)].sort()).toEqual(bundled)
    for (const text of entries) expect(text).toMatch(/copyright|permission|spdx\.org/i)
  })
})
