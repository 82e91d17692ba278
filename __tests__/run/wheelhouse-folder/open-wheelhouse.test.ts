import { execFile } from 'node:child_process'
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { errorLine, UserError } from '../../../src/errors.ts'
import { checkShelves, openWheelhouse } from '../../../src/run/wheelhouse-folder/open-wheelhouse.ts'
import { type TempFolder, tempFolder } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

test('makes the folder, which git does not see', async () => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  await openWheelhouse(world)
  await openWheelhouse(world)
  expect((await readdir(folder.at('wheelhouse'))).sort()).toEqual(['.build', '.gitignore'])
})

const NAMES = Array.from({ length: 20_001 }, (_, i) => `a${i}`).join(' ')

interface Case {
  readonly name: string
  readonly make: (folder: TempFolder) => Promise<unknown>
  readonly says: RegExp
}

const link = (at: string, to: string) => async (folder: TempFolder) => {
  await mkdir(folder.at('wheelhouse/.build/test/.build'), { recursive: true })
  await symlink(to, folder.at('wheelhouse', at))
}

test.each<Case>([
  {
    name: 'is a dangling link',
    make: async (folder) => {
      await mkdir(folder.at('wheelhouse'))
      await symlink('/nowhere', folder.at('wheelhouse/.build'))
    },
    says: /^wheelhouse: wheelhouse\/\.build is a symbolic link\. Remove it: rm wheelhouse\/\.build$/,
  },
  { name: 'holds a dangling link', make: link('.build/locks', '/nowhere'), says: /wheelhouse\/\.build\/locks is a symbolic link/ },
  { name: 'holds a link to a folder of the machine', make: link('.build/debian', '/etc'), says: /\.build\/debian is a symbolic link/ },
  { name: 'holds a link to itself', make: link('.build/manifests', 'manifests'), says: /\.build\/manifests is a symbolic link/ },
  {
    name: 'holds a link on the test image’s shelf',
    make: link('.build/test/.build/uv', '/etc'),
    says: /\.build\/test\/\.build\/uv is a symb/,
  },
  {
    name: 'holds a file in a folder’s place',
    make: async (folder) => {
      await mkdir(folder.at('wheelhouse/.build'), { recursive: true })
      await writeFile(folder.at('wheelhouse/.build/requires'), '')
    },
    says: /wheelhouse\/\.build\/requires is not a folder\. Remove it/,
  },
  {
    name: 'is below a file',
    make: (folder) => writeFile(folder.at('wheelhouse'), ''),
    says: /^wheelhouse: wheelhouse cannot be written: a part of its path is a file .*name another folder\.$/,
  },
  {
    name: 'has too many files',
    make: async (folder) => {
      await mkdir(folder.at('wheelhouse/x'), { recursive: true })
      await promisify(execFile)('sh', ['-c', `cd x; echo ${NAMES} | xargs touch`], { cwd: folder.at('wheelhouse') })
    },
    says: /^wheelhouse: wheelhouse holds more than 20000 files, as no wheelhouse does\. Remove the folder, or name another one\.$/,
  },
])('a wheelhouse that $name is one error line that says what to do', async ({ make, says }) => {
  await using folder = await tempFolder()
  await make(folder)
  const world = worldIn(folder.path)
  const error = await checkShelves(world)
    .then(() => openWheelhouse(world))
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(errorLine(error)).toMatch(says)
})

test.each(['EROFS', 'EACCES', 'ENAMETOOLONG'])('a workspace where a file cannot be made (%s) is one error line', async (code) => {
  await using folder = await tempFolder()
  const world = worldIn(folder.path)
  const write = async () => {
    throw Object.assign(new Error(`${code}: no, mkdir '/x'`), { code })
  }
  const error = await openWheelhouse({ ...world, files: { ...world.files, write } }).catch((thrown: unknown) => thrown)
  expect(errorLine(error)).toMatch(
    /^wheelhouse: wheelhouse cannot be written: .*\. Let the workspace be writable, or name another folder\.$/,
  )
})
