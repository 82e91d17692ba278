import { mkdir, rm } from 'node:fs/promises'
import { UserError } from '../../errors.ts'
import { withoutLogin } from '../../text/addresses.ts'
import { inWords, LONGER, limitOf } from '../../time-limits.ts'
import type { Git } from '../ports.ts'
import { run } from '../process/child.ts'
import { describeCommand } from './describe-command.ts'
import { ask, gitEnvironment, hasOwn, SAFE } from './git-command.ts'
import { type OriginLogin, originAsked } from './origin.ts'

/** Filters that may run where no extension is set: a program of the runner, put there by actions/checkout or `git lfs install`. */
const LFS = /^git-lfs (clean -- %f|smudge (--skip )?-- %f|filter-process( --skip)?)$/

const ANSWERS: Omit<Git, 'fetch' | 'fetchHistory' | keyof ReturnType<typeof originAsked>> = {
  async describe(folder, request) {
    if (!(await hasOwn(folder))) return undefined
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
    if (!(await hasOwn(folder))) return undefined
    const answer = await ask(folder, ['log', '-1', '--format=%H %ct', '--no-show-signature'])
    const [revision, seconds] = answer?.split(' ') ?? []
    return revision && seconds ? { revision, epoch: Number(seconds) } : undefined
  },

  async head(folder) {
    if (!(await hasOwn(folder))) return undefined
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
    if (!(await hasOwn(folder))) return undefined
    const [tags, remotes, shallow] = await Promise.all([
      ask(folder, ['tag', '--list']),
      ask(folder, ['remote']),
      ask(folder, ['rev-parse', '--is-shallow-repository']),
    ])
    return tags === undefined ? undefined : { names: tags.split('\n').filter(Boolean), whole: remotes === '' && shallow === 'false' }
  },

  async tracked(folder) {
    if (!(await hasOwn(folder))) return []
    return (await ask(folder, ['ls-files', '-z', '--cached'], false))?.split('\0').filter(Boolean) ?? []
  },

  async keptByLfs(folder) {
    return (await ask(folder, ['ls-files', '-z', '--', ':(attr:filter=lfs)'], false))?.split('\0').filter(Boolean) ?? []
  },

  async submodules(folder) {
    if (!(await hasOwn(folder))) return []
    const entries = (await ask(folder, ['ls-files', '-z', '--stage'], false))?.split('\0') ?? []
    return entries.flatMap((entry) => /^160000 \w+ \d\t(.+)$/s.exec(entry)?.[1] ?? [])
  },

  async origin(folder) {
    if (!(await hasOwn(folder))) return undefined
    const url = await ask(folder, ['remote', 'get-url', 'origin'])
    return /[:/]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1]
  },
}

/** @param limit seconds for each command that goes over the network @param login of the origin, where the checkout keeps none */
export function gitClient(limit = limitOf('transfer'), login?: OriginLogin): Git {
  return {
    ...ANSWERS,
    ...originAsked(login),
    fetch: (url, revision, to) => fetch(limit, url, { revision, to }),
    fetchHistory: (folder) => fetchHistory(limit, folder),
  }
}

/**
 * No transport that runs a program, no question on a terminal. Repositories of this machine are for the project's own
 * requirements to name, never for what was fetched: a submodule of it would bring a private one along.
 */
const FETCHING = { GIT_ALLOW_PROTOCOL: 'https:http:ssh:git', GIT_TERMINAL_PROMPT: '0' }
const FROM_HERE = { ...FETCHING, GIT_ALLOW_PROTOCOL: `${FETCHING.GIT_ALLOW_PROTOCOL}:file` }
/** Neither a refspec nor an option. @see https://git-scm.com/docs/git-check-ref-format */
const REVISION = /^[^-+\s:^~?*[\\][^\s:^~?*[\\]*$/
async function fetch(limit: number, url: string, { revision, to }: { readonly revision: string; readonly to: string }): Promise<string> {
  const what = `${revision || 'the default branch'} of ${withoutLogin(url)}`
  if (revision && !REVISION.test(revision)) {
    throw new UserError('wheels', `git could not fetch ${what}: that is no revision`, 'Name a commit, a tag or a branch.')
  }
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const fetched = { limit, folder: to, what, how: environmentFor(url) }
  await fetching(fetched)('init', '--quiet', '--template=')
  const git = fetching({ ...fetched, more: await noFilters(to, false) })
  await git('remote', 'add', '--', 'origin', url)
  // One commit where the server gives it by name; a short commit is found only among all.
  const wanted = revision || 'HEAD'
  if (!/^[0-9a-f]{7,39}$/.test(wanted)) await git('fetch', '--quiet', '--depth=1', '--', 'origin', wanted)
  else await git('fetch', '--quiet', '--tags', '--', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  await git('checkout', '--quiet', '--detach', /^[0-9a-f]{7,39}$/.test(wanted) ? wanted : 'FETCH_HEAD')
  const submodule = { limit, folder: to, what: `a submodule in ${what}`, how: FETCHING, more: await noFilters(to, false) }
  await fetching(submodule)(...SUBMODULES)
  return git('rev-parse', 'HEAD')
}

const SUBMODULES = ['submodule', '--quiet', 'update', '--init', '--recursive', '--depth=1']

/** By how a repository may be reached that was named by its address. */
function environmentFor(url: string): NodeJS.ProcessEnv {
  return /^file:/i.test(url) ? FROM_HERE : FETCHING
}

async function fetchHistory(limit: number, folder: string): Promise<void> {
  const url = (await ask(folder, ['remote', 'get-url', 'origin'])) ?? ''
  const shallow = (await ask(folder, ['rev-parse', '--is-shallow-repository'])) === 'true'
  const git = fetching({ limit, folder, what: `the history of ${withoutLogin(url)}`, how: environmentFor(url) })
  await git('fetch', '--quiet', ...(shallow ? ['--unshallow'] : []), '--tags', 'origin')
}

interface Fetching {
  /** Seconds for each command. */
  readonly limit: number
  readonly folder: string
  /** Is fetched, for the error. */
  readonly what: string
  readonly how: NodeJS.ProcessEnv
  /** Options. */
  readonly more?: readonly string[]
}

/** Git in a folder, with a transport. */
function fetching({ limit, folder, what, how, more = [] }: Fetching): (...args: string[]) => Promise<string> {
  return async (...args) => {
    const result = await run('git', [...SAFE, ...more, ...args], { cwd: folder, env: gitEnvironment(how), limit: limit * 1000 })
    if (result.code === 0) return result.stdout.trim()
    const why = result.timedOut ? `it took longer than ${inWords(limit)}` : said(result.stderr) || `code ${result.code}`
    const check = 'Check the address and the revision; a private repository needs credentials in the settings of git.'
    const kind = result.timedOut || SILENT.test(result.stderr) ? 'passing' : 'failed'
    throw new UserError('wheels', `git could not fetch ${what}: ${why}`, { next: result.timedOut ? LONGER : check, kind })
  }
}

/** What git says of a connection that another try may find otherwise. */
const SILENT = /connection (?:refused|reset|timed out)|early EOF|RPC failed|unexpected disconnect|HTTP (?:429|5\d\d)|error: (?:429|5\d\d)/i

/** What was fatal first is the cause; what git says last is what follows from it. */
function said(text: string): string {
  const lines = text.trim().split('\n')
  return lines.find((line) => line.startsWith('fatal: '))?.slice('fatal: '.length) ?? lines.at(-1) ?? ''
}

/** What `git describe --dirty` calls dirty: tracked files, staged or not; inside submodules nobody looks. */
async function changedFiles(folder: string): Promise<readonly string[]> {
  const filters = await noFilters(folder, true)
  const status = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no', '--ignore-submodules=dirty']
  const answer = await ask(folder, [...filters, ...status], false)
  return (answer ?? '')
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice(3))
}

/**
 * Options that switch off every filter, but git-lfs's where that may run: to compare a file whose times changed, and to
 * check one out, git runs the command that settings name for it.
 * @throws UserError for a name that git's options cannot say
 * @see https://git-scm.com/docs/gitattributes#_filter
 */
async function noFilters(folder: string, withLfs: boolean): Promise<readonly string[]> {
  const pattern = '^(filter\\..*\\.(clean|smudge|process)|lfs\\.extension\\..*)$'
  const answer = (await ask(folder, ['config', '--null', '--get-regexp', pattern], false)) ?? ''
  const entries = answer.split('\0').map((entry) => entry.split('\n'))
  // Extensions of git-lfs are programs too.
  const trusted = withLfs && !entries.some(([key]) => key?.startsWith('lfs.'))
  return entries.flatMap(([key = '', ...value]) => {
    if (!key.startsWith('filter.') || (trusted && LFS.test(value.join('\n')))) return []
    if (key.includes('=')) throw new UserError('project', `git has the setting ${key}, which cannot be switched off`, 'Take it out.')
    const driver = key.slice(0, key.lastIndexOf('.'))
    return ['-c', `${key}=`, '-c', `${driver}.required=false`]
  })
}
