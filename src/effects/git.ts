import { mkdir, rm } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import { childEnvironment, run } from './child.ts'
import type { DescribeRequest, Git } from './ports.ts'

/** Hooks and monitors of the repository are code of the project: they do not run on the runner. */
const SAFE = ['--no-pager', '-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null', '-c', 'safe.directory=*']
/**
 * Nothing is written (not even a refreshed index), nothing is fetched: in a partial clone git would ask the
 * remote for a missing object, by a transport or an ssh command that the repository's settings name.
 */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' }
/** Filters that may run: a program of the runner, put there by actions/checkout or `git lfs install`. */
const LFS = /^git-lfs (clean -- %f|smudge (--skip )?-- %f|filter-process( --skip)?)$/

export const git: Git = {
  async describe(folder, request) {
    const revision = await ask(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'])
    if (!revision) return undefined
    const [nearest, tag, count, changed, shallow, branch] = await Promise.all([
      ask(folder, describeCommand(request)),
      request.tag ? ask(folder, ['rev-parse', '--verify', '--quiet', `refs/tags/${request.tag}^{commit}`]) : undefined,
      ask(folder, ['rev-list', '--count', 'HEAD']),
      changedFiles(folder),
      ask(folder, ['rev-parse', '--is-shallow-repository']),
      ask(folder, ['rev-parse', '--abbrev-ref', 'HEAD']),
    ])
    const [, name, distance, node] = /^(.+)-(\d+)-g([0-9a-f]+)$/.exec(nearest ?? '') ?? []
    return {
      revision,
      nearest: name && node ? { tag: name, distance: Number(distance), node } : undefined,
      tag: tag ? (tag === revision ? 'here' : 'elsewhere') : 'absent',
      count: Number(count ?? '1'),
      changed,
      shallow: shallow === 'true',
      branch: branch ?? 'HEAD',
    }
  },

  async commit(folder) {
    const answer = await ask(folder, ['log', '-1', '--format=%H %ct', '--no-show-signature'])
    const [revision, seconds] = answer?.split(' ') ?? []
    return revision && seconds ? { revision, epoch: Number(seconds) } : undefined
  },

  async head(folder) {
    const revision = await ask(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
    if (!revision) return undefined
    const [branch = '', refs = ''] = await Promise.all([
      ask(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
      ask(folder, ['for-each-ref', '--points-at=HEAD', '--format=%(refname)']),
    ])
    const follows = branch && (await ask(folder, ['config', '--get', `branch.${branch}.merge`]))
    return { revision, branch, follows: follows || '', refs: refs.split('\n').filter(Boolean) }
  },

  async tags(folder) {
    const [tags, origin, shallow] = await Promise.all([
      ask(folder, ['tag', '--list']),
      ask(folder, ['remote', 'get-url', 'origin']),
      ask(folder, ['rev-parse', '--is-shallow-repository']),
    ])
    return tags === undefined ? undefined : { names: tags.split('\n').filter(Boolean), whole: !origin && shallow === 'false' }
  },

  async originTags(folder) {
    const url = await ask(folder, ['remote', 'get-url', 'origin'])
    // By its address: settings of a remote may name programs. The repository's own ssh command and helpers do not run either.
    if (!url || url.startsWith('-')) return undefined
    const result = await run('git', [...SAFE, '-c', 'credential.helper=', 'ls-remote', '--tags', '--refs', '--quiet', '--', url], {
      cwd: folder,
      env: childEnvironment(process.env, ASKING),
      limit: 30_000,
    })
    if (result.code !== 0) return undefined
    return result.stdout.split('\n').flatMap((line) => /^[0-9a-f]{40,64}\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? [])
  },

  async tracked(folder) {
    return (await ask(folder, ['ls-files', '--cached']))?.split('\n').filter(Boolean) ?? []
  },

  fetch,
  fetchHistory,

  async origin(folder) {
    const url = await ask(folder, ['remote', 'get-url', 'origin'])
    return /[:/]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1]
  },
}

/** No transport that runs a program, no question on a terminal. */
const FETCHING = { GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file', GIT_TERMINAL_PROMPT: '0' }
/** The same, by an ssh that asks nothing and is not the repository's choice. */
const ASKING = {
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'true',
  GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes',
}
const FETCH_LIMIT_MS = 300_000

async function fetch(url: string, revision: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const git = fetching(to, `${revision || 'the default branch'} of ${withoutLogin(url)}`)
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

async function fetchHistory(folder: string): Promise<void> {
  const url = (await ask(folder, ['remote', 'get-url', 'origin'])) ?? ''
  const shallow = (await ask(folder, ['rev-parse', '--is-shallow-repository'])) === 'true'
  await fetching(folder, `the history of ${withoutLogin(url)}`)('fetch', '--quiet', ...(shallow ? ['--unshallow'] : []), '--tags', 'origin')
}

/** Git in a folder, with a transport. @param what is fetched, for the error */
function fetching(folder: string, what: string): (...args: string[]) => Promise<string> {
  return async (...args) => {
    const result = await run('git', [...SAFE, ...args], {
      cwd: folder,
      env: childEnvironment(process.env, FETCHING),
      limit: FETCH_LIMIT_MS,
    })
    if (result.code === 0) return result.stdout.trim()
    throw new UserError(
      'wheels',
      `git could not fetch ${what}: ${lastLine(result.stderr) || `code ${result.code}`}`,
      'Check the address and the revision; a private repository needs credentials in the settings of git.',
    )
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//')
}

/** @see https://git-scm.com/docs/git-describe */
function describeCommand(request: DescribeRequest): readonly string[] {
  return [
    'describe',
    '--long',
    ...(request.annotated ? [] : ['--tags']),
    ...(request.firstParent ? ['--first-parent'] : []),
    ...request.match.map((glob) => `--match=${glob}`),
    ...request.exclude.map((glob) => `--exclude=${glob}`),
  ]
}

/** What `git describe --dirty` calls dirty: tracked files, staged or not; inside submodules nobody looks. */
async function changedFiles(folder: string): Promise<readonly string[]> {
  const filters = await noFilters(folder)
  const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no', '--ignore-submodules=dirty']
  const answer = await ask(folder, [...filters, ...status], false)
  return (answer ?? '')
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice(3))
}

/**
 * Options that switch off every clean filter but git-lfs's: to compare a file whose times changed, git runs
 * the command that its settings name for it.
 * @see https://git-scm.com/docs/gitattributes#_filter
 */
async function noFilters(folder: string): Promise<readonly string[]> {
  const answer = (await ask(folder, ['config', '--null', '--get-regexp', '^filter\\..*\\.(clean|smudge|process)$'])) ?? ''
  return answer.split('\0').flatMap((entry) => {
    const [key = '', ...value] = entry.split('\n')
    if (!key || LFS.test(value.join('\n'))) return []
    const driver = key.slice(0, key.lastIndexOf('.'))
    return ['-c', `${key}=`, '-c', `${driver}.required=false`]
  })
}

async function ask(folder: string, args: readonly string[], trim = true): Promise<string | undefined> {
  const result = await run('git', [...SAFE, ...args], {
    cwd: folder,
    env: childEnvironment(process.env, QUIET),
    limit: 10_000,
  })
  return result.code === 0 ? (trim ? result.stdout.trim() : result.stdout) : undefined
}
