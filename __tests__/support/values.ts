import { type RunContext, runContext } from '../../src/context.ts'
import { UserError } from '../../src/errors.ts'
import { type Inputs, readInputs } from '../../src/inputs.ts'

/** A run of the repository Acme/Shop on a push to main, with the cache service at hand; `changes` say what is different. */
export function contextWith(changes: Partial<RunContext> = {}): RunContext {
  return {
    inActions: true,
    event: 'push',
    ref: 'refs/heads/main',
    refName: 'main',
    sha: '',
    repository: 'Acme/Shop',
    owner: 'Acme',
    actor: 'ada',
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    pullRequest: undefined,
    prerelease: false,
    foreignHead: false,
    defaultBranch: 'main',
    baseRef: '',
    metadata: { prHeadSha: false, shortSha: '' },
    workspace: '/work',
    temp: '/temp',
    cacheService: true,
    attempt: 1,
    runUrl: 'https://github.com/acme/shop/actions/runs/1/attempts/1',
    ...changes,
  }
}

/** A run for a tag of the repository. */
export function onTag(tag: string): RunContext {
  return contextWith({ ref: `refs/tags/${tag}`, refName: tag })
}

/** A run on somebody's laptop: no variable of a runner is set. */
export function outsideGitHub(): RunContext {
  return runContext({}, {}, { cwd: '/work', tmp: '/tmp' })
}

/** Inputs as a workflow gives them: by the names of action.yml, all others empty. */
export function inputsWith(given: Readonly<Record<string, string>> = {}): Inputs {
  return readInputs((name) => given[name] ?? '')
}

/** The UserError that `work` throws. */
export function userError(work: () => unknown): UserError {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
