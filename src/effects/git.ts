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

  async origin(folder) {
    const url = await ask(folder, ['remote', 'get-url', 'origin'])
    return /[:/]([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1]
  },
}

async function ask(folder: string, args: readonly string[]): Promise<string | undefined> {
  const result = await run('git', [...SAFE, ...args], {
    cwd: folder,
    env: childEnvironment(process.env, { GIT_TERMINAL_PROMPT: '0' }),
    limit: 10_000,
  })
  return result.code === 0 ? result.stdout.trim() : undefined
}
