import { expect, test } from '@jest/globals'
import { ensureBuildRequires } from '../../src/run/requires.ts'
import { tempFolder } from '../support/temp.ts'
import { worldIn } from '../support/world.ts'

const RESOLVER = {
  dockerfile: '',
  settings: { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: '', builder: '' },
  base: 'base',
  parts: {},
}
const TARGET = { python: '3.13.1', machine: 'x86_64', glibc: '2.41', soabi: '', distribution: 'debian 13', markers: {} }

test.each([
  { name: 'an option after a line break', line: 'wheel\n--extra-index-url https://index.example/evil' },
  { name: 'an option', line: '--index-url https://index.example/evil' },
  { name: 'an option after a blank', line: 'wheel --index-url=https://index.example/evil' },
  { name: 'another file', line: '-r /run/index' },
  { name: 'a comment', line: 'wheel # files: x' },
])('a build requirement that is $name never reaches the resolver', async ({ line }) => {
  await using folder = await tempFolder()
  await expect(ensureBuildRequires(worldIn(folder.path), RESOLVER, { layout: 2 }, TARGET, [line])).rejects.toThrow(
    'is not a build requirement',
  )
})
