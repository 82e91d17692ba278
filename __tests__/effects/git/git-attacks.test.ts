import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import http from 'node:http'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { gitClient } from '../../../src/effects/git/git.ts'
import type { DescribeRequest } from '../../../src/effects/ports.ts'
import { UserError } from '../../../src/errors.ts'
import { freePort, must, until } from '../../support/command.ts'
import { type Project, projectOf } from '../../support/project.ts'
import { type TempFolder, tempFolder } from '../../support/temp.ts'

const git = gitClient()
const REQUEST: DescribeRequest = { match: ['*[0-9]*'], exclude: [], firstParent: false, annotated: false, tag: '' }
const CANARY = 'canary-7c1f'

/** A program beside a project that leaves a mark when it runs. */
async function trapBeside(project: Project, name = 'trap') {
  const program = project.at('..', name)
  await writeFile(program, `#!/bin/sh\ntouch "${project.at('../ran')}"\ncat\n`)
  await chmod(program, 0o755)
  const sprung = () =>
    stat(project.at('../ran')).then(
      () => true,
      () => false,
    )
  return { program, sprung }
}

/** All that we ask of a checkout. */
async function askEverything(folder: string) {
  return {
    described: await git.describe(folder, { ...REQUEST, tag: 'v1.2.3' }),
    commit: await git.commit(folder),
    tags: await git.tags(folder),
    tracked: await git.tracked(folder),
    origin: await git.origin(folder),
  }
}

/** With variables of the environment, as a user or a runner sets them. */
async function withEnvironment<T>(env: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env }
  Object.assign(process.env, env)
  try {
    return await work()
  } finally {
    process.env = before
  }
}

describe('the settings of a checkout run nothing', () => {
  test.each([
    { name: 'ssh', set: ['core.sshCommand'] },
    { name: 'a proxy of git', set: ['core.gitProxy'] },
    { name: 'who asks for passwords', set: ['core.askPass', 'credential.helper'] },
    { name: 'an editor', set: ['core.editor', 'sequence.editor'] },
    { name: 'a shell alias of a command', set: ['alias.describe', 'alias.status', 'alias.log'] },
    { name: 'a hook of uploads', set: ['uploadpack.packObjectsHook', 'remote.origin.uploadpack', 'core.alternateRefsCommand'] },
    { name: 'a signature program', set: ['gpg.program', 'gpg.ssh.program', 'gpg.x509.program', 'gpg.ssh.defaultKeyCommand'] },
    { name: 'a diff, a merge and a trailer', set: ['diff.external', 'diff.evil.textconv', 'merge.evil.driver', 'trailer.x.command'] },
    { name: 'an interactive filter', set: ['interactive.diffFilter', 'man.x.cmd', 'browser.x.cmd', 'web.browser'] },
  ])('$name', async ({ set }) => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=evil diff=evil merge=evil\n' })
    await project.tag('v1.2.3')
    const { program, sprung } = await trapBeside(project)
    for (const key of set) await project.git('config', key, key.startsWith('alias.') ? `!${program}` : program)
    await project.git('config', 'remote.origin.url', 'ssh://git@git.example/acme/shop.git')
    await project.write('shop.py', 'x = 1\n')
    expect((await askEverything(project.workspace)).described?.nearest?.tag).toBe('v1.2.3')
    expect(await sprung()).toBe(false)
  })

  test('a file that they include', async () => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=evil\n' })
    await project.tag('v1.2.3')
    const { program, sprung } = await trapBeside(project)
    await project.write('.git/more', `[filter "evil"]\n\tclean = ${program}\n[core]\n\tfsmonitor = ${program}\n`)
    await project.git('config', 'include.path', 'more')
    await project.git('config', `includeIf.gitdir:${project.at('.git')}.path`, 'more')
    await project.write('shop.py', 'x = 1\n')
    await askEverything(project.workspace)
    expect(await sprung()).toBe(false)
  })

  test('a filter by a name that options cannot say, which is an error', async () => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=a=b\n' })
    const { program, sprung } = await trapBeside(project)
    await project.write('.git/config', `${await readFile(project.at('.git/config'), 'utf8')}[filter "a=b"]\n\tclean = ${program}\n`)
    await project.write('shop.py', 'x = 1\n')
    await expect(git.describe(project.workspace, REQUEST)).rejects.toThrow('git has the setting filter.a=b.clean')
    expect(await sprung()).toBe(false)
  })

  test('an extension of git-lfs, and so git-lfs itself where there is one', async () => {
    await using project = await projectOf({ 'shop.py': 'x = 1\n', '.gitattributes': '*.py filter=lfs\n' })
    const { sprung } = await trapBeside(project, 'git-lfs')
    await project.git('config', 'filter.lfs.clean', 'git-lfs clean -- %f')
    await project.write('shop.py', 'x = 1\n')
    const path = { PATH: `${project.at('..')}:${process.env.PATH}` }
    await project.git('config', 'lfs.extension.evil.clean', 'evil')
    await withEnvironment(path, () => git.describe(project.workspace, REQUEST))
    expect(await sprung()).toBe(false)
    await project.git('config', '--unset', 'lfs.extension.evil.clean')
    await withEnvironment(path, () => git.describe(project.workspace, REQUEST))
    expect(await sprung()).toBe(true)
  })

  test('a repository among the tracked files', async () => {
    await using project = await projectOf({ 'shop.py': '' })
    const { program, sprung } = await trapBeside(project)
    const bare = project.at('sub')
    await project.git('clone', '--quiet', '--bare', project.workspace, bare)
    await project.git('-C', bare, 'config', 'core.bare', 'false')
    await project.git('-C', bare, 'config', 'core.worktree', '.')
    await project.git('-C', bare, 'config', 'core.fsmonitor', program)
    await project.git('-C', bare, 'tag', 'evil-9')
    await project.tag('v1.2.3')
    expect((await askEverything(bare)).described).toBeUndefined()
    expect(await sprung()).toBe(false)
  })
})

describe('the tags of the origin are asked for', () => {
  test('by no program that the checkout names for its address', async () => {
    await using theirs = await projectOf({ a: '' })
    await theirs.tag('v1.2.3')
    await using project = await projectOf({ a: '' })
    const { program, sprung } = await trapBeside(project)
    const url = `file://${theirs.workspace}`
    await project.git('remote', 'add', 'origin', url)
    for (const key of [`remote.${url}.uploadpack`, 'core.sshCommand', 'core.askPass', `credential.${url}.helper`]) {
      await project.git('config', key, program)
    }
    expect(await git.originTags(project.workspace)).toEqual(['v1.2.3'])
    expect((await git.originRefs(project.workspace, ['refs/tags/v1.2.3']))?.get('refs/tags/v1.2.3')).toBe(
      await theirs.git('rev-parse', 'HEAD'),
    )
    expect(await sprung()).toBe(false)
  })

  /** The login that a server hears, where the settings of a checkout are made by `configure`. */
  async function loginOf(
    configure: (project: Project, key: string) => Promise<unknown>,
    client: (host: string) => typeof git = () => git,
  ): Promise<string | undefined> {
    await using project = await projectOf({ a: '' })
    const heard: (string | undefined)[] = []
    const server = http.createServer((request, response) => {
      heard.push(request.headers.authorization)
      response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const host = `http://127.0.0.1:${(server.address() as { port: number }).port}/`
    await project.git('remote', 'add', 'origin', `${host}acme/shop`)
    await configure(project, `http.${host}.extraheader`)
    expect(await client(host).originTags(project.workspace)).toBeUndefined()
    await new Promise((resolve) => server.close(resolve))
    return heard[0]
  }
  const included = (name: string) => async (project: Project, key: string) => {
    const file = path.join(path.dirname(project.workspace), name)
    await project.git('config', '--file', file, key, 'AUTHORIZATION: basic bG9naW4=')
    await project.git('config', `includeIf.gitdir:${project.at('.git')}.path`, file)
  }

  test.each([
    {
      name: 'in it',
      configure: (project: Project, key: string) => project.git('config', key, 'AUTHORIZATION: basic bG9naW4='),
      heard: 'basic bG9naW4=',
    },
    {
      name: 'in a file that it includes, as of its sixth version',
      configure: included('git-credentials-0a1b2c3d-4e5f.config'),
      heard: 'basic bG9naW4=',
    },
    { name: 'in another file, with which it has nothing to do', configure: included('other.cfg'), heard: undefined },
  ])('with the login that actions/checkout keeps $name', async ({ configure, heard }) => {
    expect(await loginOf(configure)).toBe(heard)
  })

  const withToken = (server: string) => gitClient(10, { server, username: 'x-access-token', token: 'gh-token' })
  test.each([
    {
      name: 'goes to the server of the forge where the checkout keeps none',
      configure: async () => {},
      client: withToken,
      heard: `basic ${Buffer.from('x-access-token:gh-token').toString('base64')}`,
    },
    {
      name: 'stays where the checkout keeps its own',
      configure: (project: Project, key: string) => project.git('config', key, 'AUTHORIZATION: basic bG9naW4='),
      client: withToken,
      heard: 'basic bG9naW4=',
    },
    {
      name: 'stays where the address holds a login',
      configure: async (project: Project) => {
        const url = await project.git('remote', 'get-url', 'origin')
        await project.git('remote', 'set-url', 'origin', url.replace('http://', 'http://gitlab-ci-token:x@'))
      },
      client: withToken,
      heard: undefined,
    },
    { name: 'goes to no other server', configure: async () => {}, client: () => withToken('https://github.com'), heard: undefined },
  ])("the run's token $name", async ({ configure, client, heard }) => {
    expect(await loginOf(configure, client)).toBe(heard)
  })
})

describe('a .git that leads elsewhere', () => {
  async function beside(): Promise<{ folder: TempFolder; secret: Project; clone: string }> {
    const folder = await tempFolder('git')
    const secret = await projectOf({ 'secret.py': CANARY })
    await secret.tag(`v9-${CANARY}`)
    await mkdir(folder.at('clone'))
    return { folder, secret, clone: folder.at('clone') }
  }

  test.each([
    { name: 'as a file', make: (clone: string, to: string) => writeFile(`${clone}/.git`, `gitdir: ${to}\n`) },
    { name: 'as a link', make: (clone: string, to: string) => symlink(to, `${clone}/.git`) },
    {
      name: 'by what its worktrees share',
      make: async (clone: string, to: string) => {
        await mkdir(`${clone}/.git`)
        for (const [name, text] of [
          ['HEAD', 'ref: refs/heads/main\n'],
          ['commondir', `${to}\n`],
          ['gitdir', `${clone}/.git\n`],
        ] as const)
          await writeFile(`${clone}/.git/${name}`, text)
      },
    },
    {
      name: 'by a file to a folder that says it is a worktree',
      make: async (clone: string, to: string) => {
        await mkdir(`${clone}/x/worktrees/y`, { recursive: true })
        await writeFile(`${clone}/.git`, 'gitdir: x/worktrees/y\n')
        for (const [name, text] of [
          ['HEAD', 'ref: refs/heads/main\n'],
          ['commondir', `${to}\n`],
          ['gitdir', `${clone}/.git\n`],
        ] as const)
          await writeFile(`${clone}/x/worktrees/y/${name}`, text)
      },
    },
  ])('$name is named, and nothing is told of what is there', async ({ make }) => {
    const { folder, secret, clone } = await beside()
    await using _folder = folder
    await using _secret = secret
    await make(clone, secret.at('.git'))
    for (const ask of [
      () => git.describe(clone, REQUEST),
      () => git.commit(clone),
      () => git.tags(clone),
      () => git.head(clone),
      () => git.originTags(clone),
      () => git.originRefs(clone, ['refs/tags/v1.0.0']),
      () => git.tracked(clone),
      () => git.origin(clone),
    ]) {
      const error = await ask().catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect((error as UserError).message).toMatch(/^\/.*\/clone\/\.git leads to \/.*, a repository that does not name this folder$/)
      expect(JSON.stringify(error)).not.toContain(CANARY)
    }
  })

  test('counts for a worktree and for a submodule, as the repository points back', async () => {
    const { folder, secret, clone } = await beside()
    await using _folder = folder
    await using _secret = secret
    await secret.git('worktree', 'add', '--quiet', '--detach', folder.at('tree'))
    expect((await askEverything(folder.at('tree'))).described?.nearest?.tag).toBe(`v9-${CANARY}`)
    await secret.git('init', '--quiet', clone)
    await secret.git('-C', clone, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', secret.workspace, 'sub')
    expect((await readFile(`${clone}/sub/.git`, 'utf8')).trim()).toBe('gitdir: ../.git/modules/sub')
    expect((await askEverything(`${clone}/sub`)).described?.nearest?.tag).toBe(`v9-${CANARY}`)
  })

  test('by variables of a hook that called us is not followed', async () => {
    await using one = await projectOf({ a: '' })
    await using other = await projectOf({ a: '' })
    await one.tag('v1')
    await other.tag('v2')
    const there = { GIT_DIR: other.at('.git'), GIT_WORK_TREE: other.workspace, GIT_INDEX_FILE: other.at('.git/index') }
    const answer = await withEnvironment(there, () => git.describe(one.workspace, REQUEST))
    expect(answer?.nearest?.tag).toBe('v1')
  })
})

describe('what a repository that is fetched brings along', () => {
  let folder: TempFolder
  let secret: Project
  let port = 0
  let daemon: ReturnType<typeof spawn> | undefined

  /** Repositories below `served` are at git://, which is no file of this machine. */
  beforeAll(async () => {
    folder = await tempFolder('served')
    secret = await projectOf({ 'secret.py': CANARY })
    port = await freePort()
    const listens = ['--listen=127.0.0.1', `--port=${port}`]
    daemon = spawn('git', ['daemon', '--export-all', `--base-path=${folder.path}`, ...listens, folder.path], {
      stdio: 'ignore',
      detached: true,
    })
    await until('an answer of git daemon', 20, () => answers(port))
  })
  afterAll(async () => {
    if (daemon?.pid) process.kill(-daemon.pid)
    await secret?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  /** A repository at git:// with the given files, and what else `change` does to it. */
  async function served(
    name: string,
    files: Readonly<Record<string, string>>,
    change: (project: Project) => Promise<unknown> = async () => {},
  ) {
    await using project = await projectOf({ 'lib.py': 'x = 1\n', ...files })
    await change(project)
    await rm(folder.at(name), { recursive: true, force: true })
    await rename(project.workspace, folder.at(name))
    return `git://127.0.0.1:${port}/${name}`
  }

  const submodule = (url: string, more = '', at = 'sub', name = 'sub') => ({
    '.gitmodules': `[submodule "${name}"]\n\tpath = ${at}\n\turl = ${url}\n${more}`,
  })
  const gitlink =
    (project: Project, at = 'sub') =>
    async () => {
      const commit = await secret.git('rev-parse', 'HEAD')
      await project.git('update-index', '--add', '--cacheinfo', `160000,${commit},${at}`)
      await project.git('commit', '--quiet', '--message', 'Link')
    }

  async function fetchedFrom(url: string) {
    await using to = await tempFolder('fetched')
    const error = await git.fetch(url, '', to.at('copy')).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    const held = await readdir(to.at('copy'), { recursive: true }).catch(() => [])
    return { error, held, ran: await readdir(folder.path).then((names) => names.includes('ran')) }
  }

  test('is its submodules, from where everybody can have them', async () => {
    const inner = await served('inner', { 'inner.py': '' })
    const outer = await served('outer', {}, async (project) => {
      await project.git('submodule', '--quiet', 'add', inner, 'sub')
      await project.commit()
    })
    const { error, held } = await fetchedFrom(outer)
    expect(error).toBeUndefined()
    expect(held).toContain('sub/inner.py')
  })

  const trap = () => `sh -c "touch ${folder.at('ran')}"`
  test.each([
    { name: 'a repository of this machine', url: () => `file://${secret.workspace}`, says: /transport 'file' not allowed/ },
    { name: 'a folder of this machine', url: () => secret.workspace, says: /transport 'file' not allowed/ },
    { name: 'a program as a transport', url: () => `ext::${trap()}`, says: /transport 'ext' not allowed/ },
    { name: 'open files as a transport', url: () => 'fd::0,1', says: /transport 'fd' not allowed/ },
    { name: 'a program as a way of ssh', url: () => `ssh://-oProxyCommand=touch%20${folder.at('ran')}/x`, says: /.+/ },
    { name: 'an option as an address', url: () => `--upload-pack=touch ${folder.at('ran')}`, says: /.+/ },
    { name: 'a folder above as an address', url: () => './../../../../../../../../../../etc', says: /.+/ },
  ])('is not $name by a submodule', async ({ url, says }) => {
    const address = await served('evil', submodule(url()), async (project) => gitlink(project)())
    const { error, held, ran } = await withEnvironment({ GIT_CONFIG_COUNT: '2', ...always('ext', 0), ...always('file', 1) }, () =>
      fetchedFrom(address),
    )
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toMatch(says)
    expect(held.filter((name) => name.endsWith('secret.py'))).toEqual([])
    expect(ran).toBe(false)
  })

  /** Settings of the user that would allow more, by the environment. */
  function always(protocol: string, i: number) {
    return { [`GIT_CONFIG_KEY_${i}`]: `protocol.${protocol}.allow`, [`GIT_CONFIG_VALUE_${i}`]: 'always' }
  }

  test('is no program that updates a submodule', async () => {
    const inner = await served('inner', { 'inner.py': '' })
    const evil = await served('evil', submodule(inner, `\tupdate = !touch ${folder.at('ran')}\n`), async (project) => gitlink(project)())
    expect((await fetchedFrom(evil)).ran).toBe(false)
  })

  test('is no submodule by a name that climbs', async () => {
    const inner = await served('inner', { 'inner.py': '' })
    const evil = await served('evil', submodule(inner, '', 'sub', '../../hooks/x'), async (project) => gitlink(project)())
    const { held } = await fetchedFrom(evil)
    expect(held.filter((name) => name.includes('inner.py') || name.includes('hooks'))).toEqual([])
  })

  test('is no .gitmodules through a link', async () => {
    await writeFile(folder.at('modules'), submodule(`file://${secret.workspace}`)['.gitmodules'])
    const evil = await served('evil', {}, async (project) => {
      // Git itself would not add it.
      await writeFile(project.at('../text'), folder.at('modules'))
      const blob = await project.git('hash-object', '-w', project.at('../text'))
      const entries = `120000 blob ${blob}\t.gitmodules\n160000 commit ${await secret.git('rev-parse', 'HEAD')}\tsub\n`
      const tree = await must('git', ['mktree', '--missing'], { cwd: project.workspace, input: entries })
      await project.git('reset', '--quiet', '--soft', await project.git('commit-tree', '-m', 'Evil', tree))
    })
    expect((await fetchedFrom(evil)).held.filter((name) => name.endsWith('secret.py'))).toEqual([])
  })

  test('is nothing that a filter makes, git-lfs among them, and files of Git LFS are told', async () => {
    await mkdir(folder.at('bin'), { recursive: true })
    await writeFile(folder.at('bin/git-lfs'), `#!/bin/sh\ntouch "${folder.at('ran')}"\ncat\n`)
    await chmod(folder.at('bin/git-lfs'), 0o755)
    await writeFile(
      folder.at('bin/config'),
      '[filter "lfs"]\n\tsmudge = git-lfs smudge -- %f\n\tprocess = git-lfs filter-process\n\trequired = true\n[filter "evil"]\n\tsmudge = git-lfs x\n',
    )
    const address = await served('lfs', { '.gitattributes': '*.bin filter=lfs\n*.py filter=evil\n', 'a.bin': 'pointer\n', 'b.bin': '' })
    await using to = await tempFolder('fetched')
    const env = { PATH: `${folder.at('bin')}:${process.env.PATH}`, GIT_CONFIG_GLOBAL: folder.at('bin/config') }
    await withEnvironment(env, () => git.fetch(address, '', to.at('copy')))
    expect(await readFile(to.at('copy/a.bin'), 'utf8')).toBe('pointer\n')
    expect(await git.keptByLfs(to.at('copy'))).toEqual(['a.bin', 'b.bin'])
    expect(await readdir(folder.path)).not.toContain('ran')
    await must('git', ['clone', '--quiet', address, to.at('plain')], { env: { ...process.env, ...env } }).catch(() => '')
    expect(await readdir(folder.path)).toContain('ran') // the trap is real
    await rm(folder.at('ran'))
  })

  test("is no hook of the user's template", async () => {
    await mkdir(folder.at('template/hooks'), { recursive: true })
    await writeFile(folder.at('template/hooks/post-checkout'), `#!/bin/sh\ntouch "${folder.at('ran')}"\n`)
    await chmod(folder.at('template/hooks/post-checkout'), 0o755)
    const address = await served('plain', {})
    await using to = await tempFolder('fetched')
    await withEnvironment({ GIT_TEMPLATE_DIR: folder.at('template') }, () => git.fetch(address, '', to.at('copy')))
    expect(await readdir(folder.path)).not.toContain('ran')
  })

  test.each([
    { name: 'a program as an address', url: () => `ext::${trap()}`, revision: '' },
    { name: 'an option as an address', url: () => `--upload-pack=${trap()}`, revision: '' },
    { name: 'an option as a revision', url: () => `git://127.0.0.1:${port}/plain`, revision: '--upload-pack=x' },
    { name: 'a refspec as a revision', url: () => `git://127.0.0.1:${port}/plain`, revision: '+refs/heads/*:refs/heads/*' },
    { name: 'a refspec of one branch as a revision', url: () => `git://127.0.0.1:${port}/plain`, revision: 'main:refs/heads/x' },
    { name: 'a line end in a revision', url: () => `git://127.0.0.1:${port}/plain`, revision: 'main\nx' },
  ])('is nothing of $name', async ({ url, revision }) => {
    await using to = await tempFolder('fetched')
    await expect(git.fetch(url(), revision, to.at('copy'))).rejects.toBeInstanceOf(UserError)
    expect(await readdir(folder.path)).not.toContain('ran')
  })
})

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).on('error', () => resolve(false))
  })
}
