import path from 'node:path'
import type { Git } from '../ports.ts'
import { run } from '../process/child.ts'
import { ask, gitEnvironment, hasOwn, QUIET, SAFE } from './git-command.ts'

/** What the origin of a checkout is asked, without a word of the checkout's settings but its address and its login. */
export const ORIGIN: Pick<Git, 'originTags' | 'originRefs' | 'leadsTo'> = {
  async originTags(folder) {
    const lines = await askOrigin(folder, ['--tags', '--refs'])
    return lines?.flatMap((line) => /^[0-9a-f]{40,64}\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? [])
  },

  async originRefs(folder, names) {
    const lines = await askOrigin(folder, [], names)
    return lines && new Map(lines.map((line) => line.split('\t').reverse() as [string, string]))
  },

  async leadsTo(folder, older, newer, to) {
    if (![older, newer].every((revision) => REVISION.test(revision))) return undefined
    const origin = await originOf(folder)
    if (!origin) return undefined
    const git = async (...args: string[]) =>
      run('git', [...SAFE, '--git-dir', to, ...args], { cwd: path.dirname(to), env: origin.env, limit: 60_000 })
    if ((await run('git', [...SAFE, 'init', '--quiet', '--bare', '--template=', to], { env: gitEnvironment(QUIET) })).code !== 0)
      return undefined
    // Commits alone, where the server can leave files out.
    const fetched = await git(...NO_HELPER, 'fetch', '--quiet', '--no-tags', `--depth=${DEPTH}`, '--filter=tree:0', '--', origin.url, newer)
    if (fetched.code !== 0) return undefined
    return (await git('merge-base', '--is-ancestor', older, newer)).code === 0
  },
}

const REVISION = /^[0-9a-f]{40,64}$/
/** Commits of a history that are looked through. */
const DEPTH = 1000
const NO_HELPER = ['-c', 'credential.helper=']

/** What `git ls-remote` tells of the origin, else of the first remote. @returns undefined where there is none, or none that answers */
async function askOrigin(
  folder: string,
  options: readonly string[],
  names: readonly string[] = [],
): Promise<readonly string[] | undefined> {
  const origin = await originOf(folder)
  if (!origin) return undefined
  const command = [...SAFE, ...NO_HELPER, 'ls-remote', ...options, '--quiet', '--', origin.url, ...names]
  const result = await run('git', command, { cwd: path.parse(folder).root, env: origin.env, limit: 20_000 })
  return result.code === 0 ? result.stdout.split('\n').filter(Boolean) : undefined
}

/** Its address, and how it is asked. */
async function originOf(folder: string) {
  if (!(await hasOwn(folder))) return undefined
  const remotes = (await ask(folder, ['remote']))?.split('\n') ?? []
  const remote = remotes.includes('origin') ? 'origin' : remotes[0]
  const url = remote && (await ask(folder, ['remote', 'get-url', '--', remote]))
  if (!url || url.startsWith('-')) return undefined
  // Asked from outside the checkout, whose settings may name programs even by this address; the login of actions/checkout goes along.
  return { url, env: { ...gitEnvironment(ASKING), ...(await checkoutLogins(folder)) } }
}

/** No question on a terminal, and an ssh that is not the repository's choice. */
const ASKING = {
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:file',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'true',
  GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes',
}

/**
 * The header that actions/checkout keeps in the settings of a checkout, from its sixth version on in a file that they
 * include; as variables, so that no list of processes shows it.
 */
async function checkoutLogins(folder: string): Promise<NodeJS.ProcessEnv> {
  const asked = ['config', '--local', '--includes', '--show-origin', '--null', '--get-regexp', '^http\\.https?://.*\\.extraheader$']
  const parts = ((await ask(folder, asked, false)) ?? '').split('\0')
  const entries = parts.flatMap((place, i) => {
    const [key = '', ...value] = parts[i + 1]?.split('\n') ?? []
    return i % 2 === 0 && key && OF_CHECKOUT.test(place) ? [[key, value.join('\n')] as const] : []
  })
  const first = Number(process.env.GIT_CONFIG_COUNT) || 0
  const settings = entries.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${first + i}`, key],
    [`GIT_CONFIG_VALUE_${first + i}`, value],
  ])
  return entries.length > 0 ? { ...Object.fromEntries(settings), GIT_CONFIG_COUNT: String(first + entries.length) } : {}
}

/** Where it stands: no other file that the settings of a project name is read for logins. */
const OF_CHECKOUT = /^file:(?:.*\/)?(?:config|git-credentials-[0-9a-f-]+\.config)$/
