import path from 'node:path'
import type { Git } from '../ports.ts'
import { run } from '../process/child.ts'
import { ask, gitEnvironment, hasOwn, SAFE } from './git-command.ts'

/** What the origin of a checkout is asked, without a word of the checkout's settings but its address and its login. */
export const ORIGIN: Pick<Git, 'originTags' | 'originCommit'> = {
  async originTags(folder) {
    const lines = await askOrigin(folder, ['--tags', '--refs'])
    return lines?.flatMap((line) => /^[0-9a-f]{40,64}\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? [])
  },

  async originCommit(folder, tag) {
    const name = `refs/tags/${tag}`
    const found = new Map(
      (await askOrigin(folder, [], [name, `${name}^{}`]))?.map((line) => line.split('\t').reverse() as [string, string]),
    )
    return found.get(`${name}^{}`) ?? found.get(name)
  },
}

/** What `git ls-remote` tells of the origin, else of the first remote. @returns undefined where there is none, or none that answers */
async function askOrigin(
  folder: string,
  options: readonly string[],
  names: readonly string[] = [],
): Promise<readonly string[] | undefined> {
  if (!(await hasOwn(folder))) return undefined
  const remotes = (await ask(folder, ['remote']))?.split('\n') ?? []
  const remote = remotes.includes('origin') ? 'origin' : remotes[0]
  const url = remote && (await ask(folder, ['remote', 'get-url', '--', remote]))
  if (!url || url.startsWith('-')) return undefined
  // Asked from outside the checkout, whose settings may name programs even by this address; the login of actions/checkout goes along.
  const env = { ...gitEnvironment(ASKING), ...(await checkoutLogins(folder)) }
  const command = [...SAFE, '-c', 'credential.helper=', 'ls-remote', ...options, '--quiet', '--', url, ...names]
  const result = await run('git', command, { cwd: path.parse(folder).root, env, limit: 20_000 })
  return result.code === 0 ? result.stdout.split('\n').filter(Boolean) : undefined
}

/** The same, by an ssh that asks nothing and is not the repository's choice. */
const ASKING = {
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'true',
  GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes',
}

/** The header that actions/checkout keeps in the settings of a checkout, as variables: no list of processes shows it. */
async function checkoutLogins(folder: string): Promise<NodeJS.ProcessEnv> {
  const answer = await ask(folder, ['config', '--local', '--null', '--get-regexp', '^http\\.https?://.*\\.extraheader$'], false)
  const entries = (answer ?? '').split('\0').flatMap((entry) => {
    const [key = '', ...value] = entry.split('\n')
    return key ? [[key, value.join('\n')] as const] : []
  })
  const first = Number(process.env.GIT_CONFIG_COUNT) || 0
  const settings = entries.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${first + i}`, key],
    [`GIT_CONFIG_VALUE_${first + i}`, value],
  ])
  return entries.length > 0 ? { ...Object.fromEntries(settings), GIT_CONFIG_COUNT: String(first + entries.length) } : {}
}
