import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { command } from '../support/command.ts'
import { type Authority, type IndexServer, makeAuthority, startIndex } from '../support/index-server.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'
import { type TestWheel, testWheel } from '../support/wheel.ts'

// The script that fetches sdists for an ejected build, on a private index with a login and a certificate of its own.

const STAGES = path.join(import.meta.dirname, '../../src/stages/eject')
const LOGIN = { username: 'reader', password: 'p@ss:word' }

let folder: TempFolder
let authority: Authority
let index: IndexServer
let file: TestWheel

beforeAll(async () => {
  folder = await tempFolder('sdist')
  authority = await makeAuthority(folder, 'index')
  file = testWheel('shop', '1.0')
  index = await startIndex({ wheels: [file], authority, login: LOGIN, pages: 'html' })
})

afterAll(async () => {
  await index?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

/** Fetches what a requirements file names. @param indexes the text of the secret */
async function fetched(requirements: string, indexes: string, netrc = '') {
  await writeFiles(folder.path, { 'requirements.txt': requirements, indexes, netrc })
  const places = `sdist.OUT, sdist.INDEX, sdist.NETRC, sdist.CA = (Path(p) for p in sys.argv[2:])`
  const script = `import sys; sys.dont_write_bytecode = True; sys.path.insert(0, ${JSON.stringify(STAGES)})
import sdist; from pathlib import Path; ${places}; sdist.main()`
  const args = ['-c', script, folder.at('requirements.txt'), folder.at('out'), folder.at('indexes'), folder.at('netrc'), authority.ca]
  const { code, stderr } = await command('python3', args)
  return { code, said: stderr.toString() }
}

const line = (sum: string) => `shop==1.0 \\\n    --hash=sha256:${'0'.repeat(64)} \\\n    --hash=sha256:${sum}\n`

test.each([
  ['with the login in the address of the index', () => index.withLogin(LOGIN.username, LOGIN.password), ''],
  ['with a login of netrc', () => index.url, `machine 127.0.0.1 login ${LOGIN.username} password ${LOGIN.password}\n`],
])('a file is found by its hash %s', async (_, address, netrc) => {
  expect(await fetched(line(file.sha256), `${address()}\n`, netrc)).toEqual({ code: 0, said: '' })
  expect(index.served).toContain(`/files/${file.file}`)
  const { stdout } = await command('sha256sum', [folder.at('out', file.file)])
  expect(stdout.toString()).toContain(file.sha256)
})

test('without one of the hashes nothing is taken', async () => {
  const { code, said } = await fetched(line('1'.repeat(64)), `${index.withLogin(LOGIN.username, LOGIN.password)}\n`)
  expect([code, said]).toEqual([1, expect.stringContaining('no index has a file of shop with one of the hashes')])
})

test('an index that refuses the login ends it', async () => {
  const { code, said } = await fetched(line(file.sha256), `${index.url}\n`)
  expect([code, said]).toEqual([1, expect.stringContaining('401')])
})
