import { access, constants, readFile, statfs } from 'node:fs/promises'
import path from 'node:path'
import { HttpClient } from '@actions/http-client'
import { readDockerConfig } from '../docker/docker-config.ts'
import { childEnvironment, run } from '../process/child.ts'

// What a machine answers when it is asked for one thing: nothing is kept, and nothing of ours is needed for it.

/** What an address answered, or why it did not. */
export type Answer =
  | {
      readonly status: number /** Seconds that our clock is ahead of that of the server; undefined where it does not tell. */
      readonly ahead: number | undefined
    }
  | { readonly code: string; readonly message: string }

const ANSWER_MS = 10_000

/** Asks for a page, through the proxies of the environment. @param login for a server that wants one */
export async function askAddress(url: string, login?: { readonly username: string; readonly password: string }): Promise<Answer> {
  try {
    const client = new HttpClient('pypackager-action', [], { keepAlive: false, socketTimeout: ANSWER_MS, allowRetries: false })
    const authorization = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
    const { message } = await client.get(url, { ...(authorization && { authorization }) })
    message.destroy() // an index may be long
    const date = Date.parse(message.headers.date ?? '')
    return { status: message.statusCode ?? 0, ahead: Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000) }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    return { code, message }
  }
}

/** Bytes that are free where a folder is, or would be made; undefined where that cannot be told. */
export async function roomAt(folder: string): Promise<number | undefined> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = await statfs(at).catch(() => undefined)
    if (found) return found.bavail * found.bsize
    if (path.dirname(at) === at) return undefined
  }
}

/** Whether a folder, or the one that it would be made in, may be written to. */
export async function isWritable(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      await access(at, constants.W_OK)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path.dirname(at) === at) return false
    }
  }
}

/** The first line that a program says of its version; undefined where there is no such program, or it fails. */
export async function versionOf(program: string, args: readonly string[] = ['--version']): Promise<string | undefined> {
  const { code, stdout } = await run(program, args, { limit: ANSWER_MS })
  return code === 0 ? (stdout.split('\n')[0] ?? '') : undefined
}

/** Programs that docker asks for logins and that are not on PATH, by what they are called in its settings. */
export async function missingHelpers(): Promise<readonly string[]> {
  const { config } = await readDockerConfig()
  const named = [config.credsStore, ...Object.values(config.credHelpers)].filter((name): name is string => Boolean(name))
  const missing = await Promise.all(
    [...new Set(named)].map(async (name) =>
      (await run(`docker-credential-${name}`, ['version'], { limit: ANSWER_MS })).code === 127 ? [name] : [],
    ),
  )
  return missing.flat()
}

/** The folder of the daemon's images where it is on this machine. */
export async function daemonFolder(): Promise<string | undefined> {
  const { code, stdout } = await run('docker', ['info', '--format', '{{.DockerRootDir}}'], { limit: ANSWER_MS })
  const folder = code === 0 ? stdout.trim() : ''
  if (!folder.startsWith('/') || /^(tcp|ssh|https?):/.test(process.env.DOCKER_HOST ?? '')) return undefined
  return folder
}

/** Builds an image of nothing, which is not kept. @returns what docker said last, where it failed */
export async function tryBuild(): Promise<string | undefined> {
  const env = childEnvironment(process.env, { DOCKER_BUILDKIT: '1' })
  const args = ['build', '--progress=plain', '--output=type=tar,dest=/dev/null', '-']
  const { code, stderr, timedOut } = await run('docker', args, {
    env,
    input: 'FROM scratch\nLABEL io.pypackager.doctor=yes\n',
    limit: 60_000,
  })
  if (timedOut) return 'it took longer than 60 s'
  return code === 0 ? undefined : (stderr.trim().split('\n').at(-1) ?? `code ${code}`)
}

/** The text of a file; undefined where it cannot be read. */
export async function textOfFile(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
