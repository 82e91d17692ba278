import path from 'node:path'
import { UserError } from '../../errors.ts'
import { inWords, LONGER } from '../../time-limits.ts'
import { childEnvironment, run } from '../process/child.ts'
import { checkOwn, remembering } from './git-place.ts'

/**
 * A checkout's own settings are the project's, and so are its files: nothing that they name runs on the runner. The
 * settings of the user and of the machine are the runner's word, credential helpers and `insteadOf` among them. What
 * is shut how, and what is left, is told in docs/decisions/0023.
 */
export const SAFE = [
  '--no-pager',
  ...[
    'core.fsmonitor=',
    'core.hooksPath=/dev/null',
    'safe.directory=*',
    'safe.bareRepository=explicit', // else tracked files alone can be a repository with settings
    'transfer.bundleURI=false',
    'column.ui=never',
  ].flatMap((setting) => ['-c', setting]),
]
/**
 * Nothing is written (not even a refreshed index), nothing is fetched: in a partial clone git would ask the
 * remote for a missing object, by a transport or an ssh command that the repository's settings name.
 */
export const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' }
/** Characters: two million names of files. */
const LONGEST_ANSWER = 128 << 20
let seconds = 300

/** How long each question to git may take from here on; what the input `timeout` says. @param most seconds */
export function limitAnswers(most: number): void {
  seconds = most
}

/**
 * Git's answer; undefined where it says no.
 * @throws UserError (passing) where it does not answer in time: that is neither yes nor no
 */
export async function ask(folder: string, args: readonly string[], trim = true): Promise<string | undefined> {
  const result = await run('git', [...SAFE, ...args], {
    cwd: folder,
    env: gitEnvironment(QUIET),
    limit: seconds * 1000,
    kept: LONGEST_ANSWER,
  })
  if (result.timedOut) {
    throw new UserError('plan', `git ${args[0]} did not answer in ${inWords(seconds)}`, { next: LONGER, kind: 'passing' })
  }
  // Half of a list of files or of filters would be taken for all of it.
  if (result.cut)
    throw new UserError('plan', `git ${args[0]} says more than ${LONGEST_ANSWER >> 20} MB`, 'Package from a smaller checkout.')
  return result.code === 0 ? (trim ? result.stdout.trim() : result.stdout) : undefined
}

/** Variables that say which repository is meant, as those of a git hook do: here the folder says it. */
const PLACES =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|GRAFT_FILE|SHALLOW_FILE)$/

export function gitEnvironment(how: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(childEnvironment(process.env)).filter(([name]) => !PLACES.test(name))
  return { ...Object.fromEntries(kept), ...how }
}

/** Whether git finds a repository from a folder on. @throws UserError where that is not the folder's own */
export const hasOwn = remembering(async (folder: string): Promise<boolean> => {
  const answer = await ask(folder, ['rev-parse', '--absolute-git-dir', '--git-common-dir'])
  const [own, common] = answer?.split('\n') ?? []
  if (own === undefined || common === undefined) return false
  const worktree = () => ask(folder, ['config', '--local', '--get', 'core.worktree'])
  await checkOwn(folder, { own, common: path.resolve(folder, common) }, worktree)
  return true
})
