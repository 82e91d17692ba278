import { mkdir, rm } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import { childEnvironment, run } from './child.ts'
import type { Git } from './ports.ts'

/** Hooks and monitors of the repository are code of the project: they do not run on the runner. */
const SAFE = ['-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null', '-c', 'safe.directory=*']

export const git: Git = {
  async commit(folder) {
    const answer = await ask(folder, ['log', '-1', '--format=%H %ct', '--no-show-signature'])
    const [revision, seconds] = answer?.split(' ') ?? []
    return revision && seconds ? { revision, epoch: Number(seconds) } : undefined
  },

  async tags(folder) {
    const [shallow, tags] = await Promise.all([ask(folder, ['rev-parse', '--is-shallow-repository']), ask(folder, ['tag', '--list'])])
    return shallow === 'false' && tags !== undefined ? tags.split('\n').filter(Boolean) : undefined
  },

  async tracked(folder) {
    return (await ask(folder, ['ls-files', '--cached']))?.split('\n').filter(Boolean) ?? []
  },

  fetch,

  async origin(folder) {
    const url = await ask(folder, ['remote', 'get-url', 'origin'])
    return /[:/]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1]
  },
}

/** No transport that runs a program, no question on a terminal. */
const FETCHING = { GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file', GIT_TERMINAL_PROMPT: '0' }
const FETCH_LIMIT_MS = 300_000

async function fetch(url: string, revision: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const git = async (...args: string[]) => {
    const result = await run('git', [...SAFE, ...args], { cwd: to, env: childEnvironment(process.env, FETCHING), limit: FETCH_LIMIT_MS })
    if (result.code === 0) return result.stdout.trim()
    throw new UserError(
      'wheels',
      `git could not fetch ${revision || 'the default branch'} of ${withoutLogin(url)}: ${lastLine(result.stderr) || `code ${result.code}`}`,
      'Check the address and the revision; a private repository needs credentials in the settings of git.',
    )
  }
  await git('init', '--quiet')
  await git('remote', 'add', '--', 'origin', url)
  // One commit where the server gives it by name; a short commit is found only among all.
  const wanted = revision || 'HEAD'
  if (!/^[0-9a-f]{7,39}$/.test(wanted)) await git('fetch', '--quiet', '--depth=1', '--', 'origin', wanted)
  else await git('fetch', '--quiet', '--tags', '--', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  await git('checkout', '--quiet', '--detach', /^[0-9a-f]{7,39}$/.test(wanted) ? wanted : 'FETCH_HEAD')
  await git('submodule', '--quiet', 'update', '--init', '--recursive', '--depth=1')
  return git('rev-parse', 'HEAD')
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//')
}

async function ask(folder: string, args: readonly string[]): Promise<string | undefined> {
  const result = await run('git', [...SAFE, ...args], {
    cwd: folder,
    env: childEnvironment(process.env, { GIT_TERMINAL_PROMPT: '0' }),
    limit: 10_000,
  })
  return result.code === 0 ? result.stdout.trim() : undefined
}
