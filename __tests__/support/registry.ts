import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { freePort, until } from './command.ts'
import { tempFolder } from './temp.ts'

/** The one who may use the test registry. The hash is of `htpasswd -nbB -C 5`. */
export const REGISTRY_USER = { username: 'packager', password: 'wheel-and-deal' } as const
const HTPASSWD = 'packager:$2y$05$6CqIYSdbd9woHPVwsxNeSeT4a9rJt6cJTIwyAK2tJ0tfpWPEBNmBe\n'

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

export interface Manifest {
  readonly digest: string
  readonly type: string
  readonly body: {
    readonly config?: { readonly digest: string }
    readonly subject?: { readonly digest: string }
    /** Of an index. */
    readonly manifests?: readonly { readonly digest: string; readonly artifactType?: string }[]
    readonly layers?: readonly { readonly digest: string; readonly size: number }[]
  }
}

export interface Registry extends AsyncDisposable {
  /** `127.0.0.1:PORT`, as it stands before an image's name; Docker takes plain HTTP there. */
  readonly host: string
  /** Names of all tags, sorted; empty where the repository is not there. */
  tags(repository: string): Promise<readonly string[]>
  /** @param reference a tag or a digest @returns undefined where it is not there */
  manifest(repository: string, reference: string): Promise<Manifest | undefined>
  /** Any request with the login. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** What the registry logged: each request is in it. */
  log(): string
}

/** Starts Debian's docker-registry on a free port of loopback, behind a login: `await using registry = await startRegistry()`. */
export async function startRegistry(): Promise<Registry> {
  const folder = await tempFolder('registry')
  const host = `127.0.0.1:${await freePort()}`
  await writeFile(folder.at('htpasswd'), HTPASSWD)
  await writeFile(folder.at('config.yml'), config(host, folder.path))
  const child = spawn('docker-registry', ['serve', folder.at('config.yml')], { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      log += error.message
      resolve()
    })
    child.once('close', () => resolve())
  })
  let over = false
  void ended.then(() => {
    over = true
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await folder[Symbol.asyncDispose]()
  }
  const authorization = `Basic ${btoa(`${REGISTRY_USER.username}:${REGISTRY_USER.password}`)}`
  const get: Registry['get'] = (path, headers = {}) => fetch(`http://${host}${path}`, { headers: { authorization, ...headers } })
  try {
    await until('registry', 15, async () => {
      if (over) throw new Error(`docker-registry ended: ${log.slice(-1000)}`)
      return get('/v2/').then(
        (answer) => answer.ok,
        () => false,
      )
    })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    host,
    get,
    log: () => log,
    async tags(repository) {
      const answer = await get(`/v2/${repository}/tags/list`)
      const { tags } = answer.ok ? ((await answer.json()) as { tags: string[] | null }) : { tags: [] }
      return (tags ?? []).toSorted()
    },
    async manifest(repository, reference) {
      const answer = await get(`/v2/${repository}/manifests/${reference}`, { accept: MANIFESTS })
      if (!answer.ok) return undefined
      const type = answer.headers.get('content-type') ?? ''
      return { digest: answer.headers.get('docker-content-digest') ?? '', type, body: (await answer.json()) as Manifest['body'] }
    },
    [Symbol.asyncDispose]: stop,
  }
}

function config(host: string, folder: string): string {
  return [
    'version: 0.1',
    'log: { level: info, accesslog: { disabled: false } }',
    `storage: { filesystem: { rootdirectory: ${folder}/data }, delete: { enabled: true } }`,
    `http: { addr: ${host}, secret: not-one }`,
    `auth: { htpasswd: { realm: test, path: ${folder}/htpasswd } }`,
    '',
  ].join('\n')
}
