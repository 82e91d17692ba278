import { mkdir, rm } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { type CheckedOut, refuseAbsent } from '../../../../src/run/prepare/checkout/refuse-absent.ts'
import { type Project, projectOf } from '../../../support/project.ts'
import { listener, worldIn } from '../../../support/world.ts'

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`

/** A project whose submodule is a commit that nobody fetched. */
async function withSubmodule(files: Readonly<Record<string, string>>, at: string): Promise<Project> {
  const project = await projectOf(files)
  await project.git('update-index', '--add', '--cacheinfo', `160000,${await project.git('rev-parse', 'HEAD')},${at}`)
  await project.git('commit', '--quiet', '-m', 'Submodule')
  await mkdir(project.at(at), { recursive: true })
  return project
}

async function look(project: Project, files: readonly string[], more: Partial<CheckedOut> = {}): Promise<readonly string[]> {
  const log = listener()
  await refuseAbsent(worldIn(project.workspace, { log }), {
    folder: project.workspace,
    shown: '',
    files,
    whole: false,
    ignore: undefined,
    ...more,
  })
  return log.lines
}

describe('a checkout without content', () => {
  test('is refused where a package holds a pointer of Git LFS', async () => {
    await using project = await projectOf({ 'shop/__init__.py': '', 'shop/model.bin': POINTER })
    const files = ['shop/__init__.py', 'shop/model.bin']
    await expect(look(project, files)).rejects.toMatchObject({
      step: 'project',
      message: 'shop/model.bin is a pointer of Git LFS: its content is not in the checkout',
      next: 'Let actions/checkout fetch it (lfs: true); .dockerignore leaves out what no image needs.',
    })
    await expect(look(project, files, { shown: 'libs/shop/' })).rejects.toMatchObject({ message: /^libs\/shop\/shop\/model\.bin is/ })
    expect(await look(project, files, { ignore: '**/*.bin\n' })).toEqual([])
  })

  test('is refused where a package holds an empty submodule, and told where that lies beside', async () => {
    await using project = await withSubmodule({ 'shop/__init__.py': '' }, 'shop/theme')
    await expect(look(project, ['shop/__init__.py'])).rejects.toMatchObject({
      message: 'shop/theme is an empty folder: the submodule is not checked out',
    })
    await rm(project.at('shop/theme'), { recursive: true })
    await expect(look(project, ['shop/__init__.py'])).rejects.toThrow('shop/theme')
    await using other = await withSubmodule({ 'shop/__init__.py': '' }, 'vendor/lib')
    expect(await look(other, ['shop/__init__.py'])).toEqual([
      expect.stringMatching(/^vendor\/lib is an empty folder: .* if a build needs it\.$/),
    ])
  })

  test('is whole where the submodule has files, and the submodule of that one is looked at', async () => {
    await using outer = await projectOf({ 'shop/__init__.py': '' })
    await outer.git('clone', '--quiet', outer.workspace, outer.at('shop/theme'))
    await outer.git('add', 'shop/theme')
    await outer.git('commit', '--quiet', '-m', 'Submodule')
    expect(await look(outer, ['shop/__init__.py'])).toEqual([])
    const inner = (...args: string[]) => outer.git('-C', outer.at('shop/theme'), ...args)
    await inner('update-index', '--add', '--cacheinfo', `160000,${await inner('rev-parse', 'HEAD')},fonts`)
    await expect(look(outer, ['shop/__init__.py'])).rejects.toThrow('shop/theme/fonts')
  })

  test.each([
    { name: 'a text about pointers', text: `${POINTER}${'more '.repeat(300)}` },
    { name: 'a text that begins like one', text: `version https://git-lfs.github.com/spec/v1\n${'no oid '.repeat(5)}\n` },
  ])('is not $name', async ({ text }) => {
    await using project = await projectOf({ 'shop/__init__.py': '', 'shop/a.txt': text })
    expect(await look(project, ['shop/__init__.py', 'shop/a.txt'])).toEqual([])
  })
})
