import path from 'node:path'
import type { Git } from '../ports.ts'
import { run } from '../process/child.ts'
import { ask, gitEnvironment, hasOwn, QUIET, SAFE } from './git-command.ts'

/** The login for repositories of one server: what actions/checkout leaves behind where `persist-credentials` is false. */
export interface OriginLogin {
  /** `https://github.com` */
  readonly server: string
  /** As whom a token is given there. */
  readonly username: string
  readonly token: string
}

/**
 * What the origin of a checkout is asked, without a word of the checkout's settings but its address and its login.
 * @param login taken where the checkout keeps none
 */
export function originAsked(login?: OriginLogin): Pick<Git, 'originTags' | 'originRefs' | 'leadsTo'> {
  return {
    async originTags(folder) {
      const lines = await askOrigin(await originOf(folder, login), ['--tags', '--refs'])
      return lines?.flatMap((line) => /^[0-9a-f]{40,64}\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? [])
    },

    async originRefs(folder, names) {
      const lines = await askOrigin(await originOf(folder, login), [], names)
      return lines && new Map(lines.map((line) => line.split('\t').reverse() as [string, string]))
    },

    async leadsTo(folder, { older, newer }, to) {
      if (![older, newer].every((revision) => REVISION.test(revision))) return undefined
      const origin = await originOf(folder, login)
      if (!origin) return undefined
      const git = async (...args: string[]) =>
        run('git', [...SAFE, '--git-dir', to, ...args], { cwd: path.dirname(to), env: origin.env, limit: 60_000 })
      if ((await run('git', [...SAFE, 'init', '--quiet', '--bare', '--template=', to], { env: gitEnvironment(QUIET) })).code !== 0)
        return undefined
      // Commits alone, where the server can leave files out.
      const fetched = await git(
        ...NO_HELPER,
        'fetch',
        '--quiet',
        '--no-tags',
        `--depth=${DEPTH}`,
        '--filter=tree:0',
        '--',
        origin.url,
        newer,
      )
      if (fetched.code !== 0) return undefined
      return (await git('merge-base', '--is-ancestor', older, newer)).code === 0
    },
  }
}

const REVISION = /^[0-9a-f]{40,64}$/
/** Commits of a history that are looked through. */
const DEPTH = 1000
const NO_HELPER = ['-c', 'credential.helper=']

/** What `git ls-remote` tells of the origin, else of the first remote. @returns undefined where there is none, or none that answers */
async function askOrigin(
  origin: Origin | undefined,
  options: readonly string[],
  names: readonly string[] = [],
): Promise<readonly string[] | undefined> {
  if (!origin) return undefined
  const command = [...SAFE, ...NO_HELPER, 'ls-remote', ...options, '--quiet', '--', origin.url, ...names]
  const result = await run('git', command, { cwd: path.parse(process.cwd()).root, env: origin.env, limit: 20_000 })
  return result.code === 0 ? result.stdout.split('\n').filter(Boolean) : undefined
}

/** Its address, and how it is asked. */
interface Origin {
  readonly url: string
  readonly env: NodeJS.ProcessEnv
}

async function originOf(folder: string, login: OriginLogin | undefined): Promise<Origin | undefined> {
  if (!(await hasOwn(folder))) return undefined
  const remotes = (await ask(folder, ['remote']))?.split('\n') ?? []
  const remote = remotes.includes('origin') ? 'origin' : remotes[0]
  const url = remote && (await ask(folder, ['remote', 'get-url', '--', remote]))
  if (!url || url.startsWith('-')) return undefined
  // Asked from outside the checkout, whose settings may name programs even by this address; the login of actions/checkout goes along.
  const kept = await checkoutLogins(folder)
  const headers = kept.length > 0 || !login ? kept : headerFor(url, login)
  return { url, env: { ...gitEnvironment(ASKING), ...asVariables(headers) } }
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
async function checkoutLogins(folder: string): Promise<readonly Setting[]> {
  const asked = ['config', '--local', '--includes', '--show-origin', '--null', '--get-regexp', '^http\\.https?://.*\\.extraheader$']
  const parts = ((await ask(folder, asked, false)) ?? '').split('\0')
  return parts.flatMap((place, i) => {
    const [key = '', ...value] = parts[i + 1]?.split('\n') ?? []
    return i % 2 === 0 && key && OF_CHECKOUT.test(place) ? [[key, value.join('\n')] as const] : []
  })
}

type Setting = readonly [key: string, value: string]

/** As actions/checkout would write it; a token goes to its own server alone, and not beside a login in the address. */
function headerFor(url: string, { server, username, token }: OriginLogin): readonly Setting[] {
  const ofServer = URL.canParse(url) && URL.canParse(server) && new URL(url).origin === new URL(server).origin && !new URL(url).username
  if (!token || !ofServer) return []
  return [[`http.${new URL(server).origin}/.extraheader`, `AUTHORIZATION: basic ${Buffer.from(`${username}:${token}`).toString('base64')}`]]
}

/** Settings as variables of git. @see https://git-scm.com/docs/git-config#ENVIRONMENT */
function asVariables(entries: readonly Setting[]): NodeJS.ProcessEnv {
  if (entries.length === 0) return {}
  const first = Number(process.env.GIT_CONFIG_COUNT) || 0
  const settings = entries.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${first + i}`, key],
    [`GIT_CONFIG_VALUE_${first + i}`, value],
  ])
  return { ...Object.fromEntries(settings), GIT_CONFIG_COUNT: String(first + entries.length) }
}

/** Where it stands: no other file that the settings of a project name is read for logins. */
const OF_CHECKOUT = /^file:(?:.*\/)?(?:config|git-credentials-[0-9a-f-]+\.config)$/
