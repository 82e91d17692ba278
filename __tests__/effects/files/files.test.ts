import { chmod, link, readFile, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'

describe('a folder', () => {
  test('is listed by name; one that is not there, and a file, are empty', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { b: '', a: '', 'c/d': '' })
      expect(await files.list(folder)).toEqual(['a', 'b', 'c'])
      expect(await files.list(path.join(folder, 'none'))).toEqual([])
      expect(await files.list(path.join(folder, 'a'))).toEqual([])
    }))

  test('is walked for regular files alone: links are not followed and not listed', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'b/z': '', 'b/a/x': '', a: '' })
      await symlink('a', path.join(folder, 'link'))
      await symlink('/', path.join(folder, 'root'))
      expect(await files.walk(folder)).toEqual(['a', 'b/a/x', 'b/z'])
      expect(await files.walk(path.join(folder, 'none'))).toEqual([])
    }))

  test('is removed with all it holds; one that is not there is no fault', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'a/b/c': '' })
      await files.remove(path.join(folder, 'a'))
      await files.remove(path.join(folder, 'a'))
      expect(await files.exists(path.join(folder, 'a'))).toBe(false)
    }))

  test('is made with its parents, twice without a fault', () =>
    inTempFolder(async (folder) => {
      await files.makeFolder(path.join(folder, 'a/b'))
      await files.makeFolder(path.join(folder, 'a/b'))
      expect((await stat(path.join(folder, 'a/b'))).isDirectory()).toBe(true)
    }))
})

describe('a file', () => {
  test('is written with its parents and read again', () =>
    inTempFolder(async (folder) => {
      const file = path.join(folder, 'a/b/c.txt')
      await files.write(file, 'grün')
      expect([await files.read(file), await files.size(file), await files.exists(file)]).toEqual(['grün', 5, true])
    }))

  test('that is not there is undefined, also below another file', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { a: '' })
      expect([await files.read(path.join(folder, 'b')), await files.read(path.join(folder, 'a/b'))]).toEqual([undefined, undefined])
    }))

  test('that is a folder is a fault, not an absence', () =>
    inTempFolder(async (folder) => {
      await expect(files.read(folder)).rejects.toThrow('EISDIR')
    }))

  test('exists as a link that leads nowhere', () =>
    inTempFolder(async (folder) => {
      await symlink('nowhere', path.join(folder, 'link'))
      expect(await files.exists(path.join(folder, 'link'))).toBe(true)
    }))

  test('has the sha256 of its bytes', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { a: 'abc' })
      expect(await files.sha256(path.join(folder, 'a'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    }))
})

describe('a file in a second place', () => {
  test('is the same file, in folders that are made for it', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { a: 'x' })
      await files.link(path.join(folder, 'a'), path.join(folder, 'deep/down/b'))
      expect((await stat(path.join(folder, 'deep/down/b'))).ino).toBe((await stat(path.join(folder, 'a'))).ino)
    }))

  test('takes the place of another without writing into it', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { new: 'new', old: 'old' })
      await link(path.join(folder, 'old'), path.join(folder, 'target'))
      await files.link(path.join(folder, 'new'), path.join(folder, 'target'))
      expect(await readFile(path.join(folder, 'target'), 'utf8')).toBe('new')
      expect(await readFile(path.join(folder, 'old'), 'utf8')).toBe('old')
    }))

  test('keeps its mode', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { new: 'new', target: 'old' })
      await chmod(path.join(folder, 'new'), 0o755)
      await files.link(path.join(folder, 'new'), path.join(folder, 'target'))
      expect((await stat(path.join(folder, 'target'))).mode & 0o777).toBe(0o755)
    }))

  test('of one that is not there is a fault', () =>
    inTempFolder(async (folder) => {
      await expect(files.link(path.join(folder, 'none'), path.join(folder, 'b'))).rejects.toThrow('ENOENT')
    }))
})
