import { chmod, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { gitClient } from '../../../src/effects/git/git.ts'
import { limitAnswers } from '../../../src/effects/git/git-command.ts'
import type { DescribeRequest } from '../../../src/effects/ports.ts'
import { COMMITTED, type Project, projectOf } from '../../support/project.ts'
import { tempFolder } from '../../support/temp.ts'

const git = gitClient()
const request: DescribeRequest = { match: ['*[0-9]*'], exclude: [], firstParent: false, annotated: false, tag: '' }

/** A repository with the tag v1.2.3 on its first commit, and so many commits since. */
async function tagged(since: number): Promise<Project> {
  const project = await projectOf({ 'shop.py': 'x = 1\n' })
  await project.tag('v1.2.3')
  for (let i = 0; i < since; i++) await project.commit(`Change ${i}`)
  return project
}

describe('a repository that was fetched', () => {
  test.each([
    { name: 'a tag', revision: async () => 'v1.2.3', nearest: { tag: 'v1.2.3', distance: 0 }, tag: 'here' },
    { name: 'a branch', revision: async () => 'main', nearest: { tag: 'v1.2.3', distance: 2 }, tag: 'absent' },
    {
      name: 'a short commit',
      revision: (from: Project) => from.git('rev-parse', '--short', 'HEAD~1'),
      nearest: { tag: 'v1.2.3', distance: 1 },
      tag: 'absent',
    },
  ])('for $name knows its tags once its history was fetched too', async ({ revision, nearest, tag }) => {
    await using project = await tagged(2)
    await using folder = await tempFolder()
    const wanted = await revision(project)
    await git.fetch(`file://${project.workspace}`, wanted, folder.at('copy'))
    await git.fetchHistory(folder.at('copy'))
    expect(await git.describe(folder.at('copy'), { ...request, tag: wanted })).toMatchObject({ nearest, tag, shallow: false, changed: [] })
  })
})

test('a server that never answers has the time that timeout gives, and the error says so', async () => {
  await using folder = await tempFolder()
  const server = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const fetched = gitClient(4).fetch(`http://127.0.0.1:${port}/shop.git`, 'main', folder.at('git'))
  await expect(fetched).rejects.toMatchObject({
    message: `git could not fetch main of http://127.0.0.1:${port}/shop.git: it took longer than 4 s`,
    next: 'If it needs longer, set timeout (minutes for each step).',
  })
  server.close()
})

describe('what git says of a checkout', () => {
  test('is the tag, the commits since and the short name of the commit', async () => {
    await using project = await tagged(2)
    const revision = await project.git('rev-parse', 'HEAD')
    const node = await project.git('rev-parse', '--short', 'HEAD')
    expect(await git.describe(project.workspace, request)).toEqual({
      revision,
      nearest: { tag: 'v1.2.3', distance: 2, node },
      tag: 'absent',
      count: 3,
      changed: [],
      shallow: false,
      branch: 'main',
    })
  })

  test('is the same below the top of the repository', async () => {
    await using project = await tagged(1)
    await project.write('docs/index.md', '')
    const top = await git.describe(project.workspace, request)
    expect(top?.nearest?.distance).toBe(1)
    expect(await git.describe(project.at('docs'), request)).toEqual(top)
  })

  test('is nothing of a tag where there is none', async () => {
    await using project = await projectOf({ a: '' })
    await project.commit()
    expect(await git.describe(project.workspace, request)).toMatchObject({ nearest: undefined, count: 2, shallow: false })
  })

  test('is that the clone is shallow and knows no tag', async () => {
    await using project = await tagged(2)
    await using clone = await project.shallow()
    expect(await git.describe(clone.workspace, { ...request, tag: 'v1.2.3' })).toMatchObject({
      nearest: undefined,
      tag: 'absent',
      count: 1,
      shallow: true,
    })
  })

  test('is undefined outside a repository', async () => {
    await using folder = await tempFolder()
    expect(await git.describe(folder.path, request)).toBeUndefined()
  })

  test('is undefined before the first commit', async () => {
    await using folder = await tempFolder()
    await using project = await projectOf({ a: '' })
    await project.git('init', '--quiet', folder.path)
    expect(await git.describe(folder.path, request)).toBeUndefined()
  })

  test.each([
    { name: 'a pattern', options: { match: ['shop-*[0-9]*'] }, tag: 'shop-v1.0', distance: 2 },
    { name: 'a pattern that is left out', options: { exclude: ['other-*'] }, tag: 'shop-v1.0', distance: 2 },
    { name: 'nothing', options: {}, tag: 'other-v2.0', distance: 1 },
    { name: 'annotated tags alone', options: { annotated: true }, tag: 'noted-3', distance: 3 },
  ])('names the nearest tag that $name lets in', async ({ options, tag, distance }) => {
    await using project = await projectOf({ a: '' })
    await project.git('tag', '--annotate', '--message', 'Noted', 'noted-3')
    await project.commit()
    await project.tag('shop-v1.0')
    await project.commit()
    await project.tag('other-v2.0')
    await project.commit()
    expect((await git.describe(project.workspace, { ...request, ...options }))?.nearest).toMatchObject({ tag, distance })
  })

  test.each([
    { name: 'here', tag: 'v2-0-gabc', where: 'here' },
    { name: 'elsewhere', tag: 'v1.2.3', where: 'elsewhere' },
    { name: 'absent', tag: 'v3', where: 'absent' },
  ])('says that the tag of the run is $name', async ({ tag, where }) => {
    await using project = await tagged(1)
    await project.git('tag', '--annotate', '--message', 'Two', 'v2-0-gabc')
    const answer = await git.describe(project.workspace, { ...request, tag })
    expect(answer?.tag).toBe(where)
    expect(answer?.nearest).toMatchObject({ tag: 'v2-0-gabc', distance: 0 })
  })
})

describe('a checkout has changed', () => {
  test.each([
    { name: 'by a changed file', change: (project: Project) => project.write('shop.py', 'x = 2\n'), changed: ['shop.py'] },
    {
      name: 'by a staged file',
      change: async (project: Project) => {
        await project.write('a b.py', '')
        await project.git('add', 'a b.py')
      },
      changed: ['a b.py'],
    },
    { name: 'not by an untracked file', change: (project: Project) => project.write('new.py', ''), changed: [] },
    { name: 'not by a wheelhouse', change: (project: Project) => project.write('wheelhouse/a-1-py3-none-any.whl', ''), changed: [] },
    { name: 'not by a touched file', change: (project: Project) => project.write('shop.py', 'x = 1\n'), changed: [] },
  ])('$name', async ({ change, changed }) => {
    await using project = await tagged(0)
    await change(project)
    expect((await git.describe(project.workspace, request))?.changed).toEqual(changed)
  })
})

describe('nothing that the settings of the repository name is run', () => {
  /** A program that leaves a mark, then does what its place asks for. */
  async function trap(project: Project) {
    await project.write('../trap', `#!/bin/sh\ntouch "${project.at('../ran')}"\ncat\n`)
    await chmod(project.at('../trap'), 0o755)
    return {
      program: project.at('../trap'),
      sprung: () =>
        stat(project.at('../ran')).then(
          () => true,
          () => false,
        ),
    }
  }

  test.each([
    { name: 'a monitor', set: ['core.fsmonitor'] },
    { name: 'a clean filter', set: ['filter.evil.clean'] },
    { name: 'a filter process', set: ['filter.evil.process'] },
    { name: 'a pager', set: ['core.pager', 'pager.describe', 'pager.status'] },
    { name: 'a diff program', set: ['diff.external', 'diff.evil.command', 'diff.evil.textconv'] },
  ])('$name', async ({ set }) => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=evil diff=evil\n' })
    await project.tag('v1.2.3')
    const { program, sprung } = await trap(project)
    for (const key of set) await project.git('config', key, program)
    await project.write('shop.py', 'x = 1\n') // its time alone has changed: git must compare
    expect((await git.describe(project.workspace, request))?.nearest?.tag).toBe('v1.2.3')
    expect(await sprung()).toBe(false)
  })

  test('a hook', async () => {
    await using project = await tagged(0)
    const { program, sprung } = await trap(project)
    await project.write('.git/hooks/post-index-change', await readFile(program, 'utf8'))
    await chmod(project.at('.git/hooks/post-index-change'), 0o755)
    await project.write('shop.py', 'x = 1\n')
    await git.describe(project.workspace, request)
    expect(await sprung()).toBe(false)
  })

  test('a required filter, and a change is seen without it', async () => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=evil\n' })
    const { program, sprung } = await trap(project)
    await project.git('config', 'filter.evil.clean', program)
    await project.git('config', 'filter.evil.required', 'true')
    await project.write('shop.py', 'x = 2\n')
    expect((await git.describe(project.workspace, request))?.changed).toEqual(['shop.py'])
    expect(await sprung()).toBe(false)
  })

  test('a check of signatures', async () => {
    await using project = await tagged(0)
    const { program, sprung } = await trap(project)
    const body = await project.git('cat-file', 'commit', 'HEAD')
    await project.write(
      '../commit',
      `${body.replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n')}\n`,
    )
    await project.git('reset', '--quiet', '--soft', await project.git('hash-object', '-w', '-t', 'commit', project.at('../commit')))
    await project.git('config', 'gpg.program', program)
    await project.git('config', 'log.showSignature', 'true')
    expect(await git.commit(project.workspace)).toMatchObject({ epoch: COMMITTED })
    await git.describe(project.workspace, request)
    expect(await sprung()).toBe(false)
  })

  test('a transport, for an object that a partial clone lacks', async () => {
    await using project = await tagged(0)
    const { program, sprung } = await trap(project)
    await project.git('config', 'remote.origin.url', `ext::${program}`)
    await project.git('config', 'remote.origin.promisor', 'true')
    await project.git('config', 'protocol.ext.allow', 'always')
    await project.git('config', 'extensions.partialClone', 'origin')
    const tree = await project.git('rev-parse', 'HEAD^{tree}')
    await rm(project.at('.git/objects', tree.slice(0, 2), tree.slice(2)))
    await rm(project.at('.git/index')) // it holds a copy of the tree's name and would do
    await git.describe(project.workspace, request)
    expect(await sprung()).toBe(false)
  })

  test('the traps are real: git without our settings springs them', async () => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=evil\n' })
    await project.tag('v1.2.3')
    const { program, sprung } = await trap(project)
    await project.git('config', 'filter.evil.clean', program)
    await project.write('shop.py', 'x = 1\n')
    await project.git('describe', '--dirty', '--tags')
    expect(await sprung()).toBe(true)
  })

  test('and the index is left as it is', async () => {
    await using project = await tagged(0)
    await utimes(project.at('shop.py'), 1, 1)
    const before = await readFile(project.at('.git/index'))
    await git.describe(project.workspace, request)
    expect(await readFile(project.at('.git/index'))).toEqual(before)
  })
})

test('a git that does not answer in time is an error that another try may mend, and no no', async () => {
  await using project = await tagged(0)
  await using folder = await tempFolder()
  await writeFile(folder.at('git'), '#!/bin/sh\ncase "$*" in *describe*) sleep 9 ;; esac\nexec /usr/bin/git "$@"\n')
  await chmod(folder.at('git'), 0o755)
  const { PATH } = process.env
  limitAnswers(2)
  process.env.PATH = `${folder.path}:${PATH}`
  try {
    await expect(git.describe(project.workspace, request)).rejects.toMatchObject({
      message: 'git describe did not answer in 2 s',
      next: 'If it needs longer, set timeout (minutes for each step).',
      kind: 'passing',
    })
  } finally {
    process.env.PATH = PATH
    limitAnswers(300)
  }
})
