import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { command, must } from './command.ts'
import { tempFolder, writeFiles } from './temp.ts'

/** Helpers on one daemon. @param host for DOCKER_HOST; without it the machine's daemon */
export function images(host?: string) {
  const env = { ...process.env, ...(host && { DOCKER_HOST: host }) }
  const docker = (...args: string[]) => must('docker', args, { env })
  return {
    docker,

    async exists(image: string): Promise<boolean> {
      return (await command('docker', ['image', 'inspect', image], { env })).code === 0
    },

    async inspect(image: string): Promise<ImageFacts> {
      return (JSON.parse(await docker('image', 'inspect', image)) as [ImageFacts])[0]
    },

    /** What each layer says it was made by, newest first. */
    async history(image: string): Promise<readonly string[]> {
      return (await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image)).split('\n')
    },

    /** Runs a command in a container that goes away. @returns its stdout @throws Error with its stderr */
    run(image: string, args: readonly string[], options: readonly string[] = []): Promise<string> {
      return docker('run', '--rm', '--init', ...options, image, ...args)
    },

    /** Writes to a fresh named volume over a folder, as the image's user. @returns the owner of the file, as another container sees it */
    async ownerInVolume(image: string, folder: string, options: readonly string[] = []): Promise<string> {
      const volume = `pt-volume-${randomUUID()}`
      try {
        await docker('run', '--rm', ...options, `--volume=${volume}:${folder}`, image, 'touch', `${folder}/x`)
        return await docker('run', '--rm', ...options, '--user=0', `--volume=${volume}:/seen`, image, 'stat', '-c', '%u:%g', '/seen/x')
      } finally {
        await docker('volume', 'rm', '--force', volume)
      }
    },

    /** Starts a container whose port 8000 is published: `await using site = await images().serve(image)`. */
    async serve(image: string, options: readonly string[] = []): Promise<Site> {
      const container = await docker('run', '--detach', '--init', '--label=pypackager-test', '--publish=127.0.0.1::8000', ...options, image)
      const remove = async () => void (await docker('rm', '--force', '--volumes', container))
      try {
        const address = `http://${(await docker('port', container, '8000/tcp')).split('\n')[0]}`
        return {
          container,
          exec: (...args) => docker('exec', container, ...args),
          fetch: (where, init) => fetchUntilUp(new URL(where, address), init),
          [Symbol.asyncDispose]: remove,
        }
      } catch (error) {
        await remove()
        throw error
      }
    },

    /** Names of all files in all layers, removed ones too (`.wh.` marks a removal). */
    async names(image: string): Promise<readonly string[]> {
      await using folder = await saved(image)
      const listed = await Promise.all((await blobs(folder.path)).map((blob) => command('tar', ['-tf', blob])))
      return listed
        .filter(({ code }) => code === 0)
        .flatMap(({ stdout }) => stdout.toString().replace(/^\.\//gm, '').split('\n').filter(Boolean))
    },

    /** The needles that are in any layer (names and content, removed files too), the configuration or the history. */
    async find(image: string, needles: readonly string[]): Promise<readonly string[]> {
      await using folder = await saved(image)
      const found = new Set<string>()
      for (const blob of await blobs(folder.path)) for (const needle of await needlesIn(blob, needles)) found.add(needle)
      return needles.filter((needle) => found.has(needle))
    },
  }

  async function saved(image: string) {
    const folder = await tempFolder('image')
    const pipe = 'set -o pipefail; docker save "$1" | tar -x -C "$2"'
    try {
      await must('bash', ['-c', pipe, 'save', image, folder.path], { env })
      return folder
    } catch (error) {
      await folder[Symbol.asyncDispose]()
      throw error
    }
  }
}

export interface ImageFacts {
  readonly Id: string
  readonly RepoTags: readonly string[]
  readonly Size: number
  readonly Architecture: string
  readonly Created: string
  readonly RootFS: { readonly Layers: readonly string[] }
  readonly Config: {
    readonly Env: readonly string[] | null
    readonly Cmd: readonly string[] | null
    readonly User: string
    readonly Labels: Readonly<Record<string, string>> | null
  }
}

export interface Site extends AsyncDisposable {
  readonly container: string
  exec(...args: string[]): Promise<string>
  /** Waits up to 30 s for the server to listen; any status is an answer. */
  fetch(where: string, init?: RequestInit): Promise<Response>
}

/** An image by a small Dockerfile and files beside it, on the daemon at `host`. @returns the reference */
export async function builtImage(
  host: string,
  reference: string,
  lines: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  await using folder = await tempFolder('image')
  await writeFiles(folder.path, { Dockerfile: `${lines.join('\n')}\n`, ...files })
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: '1' }
  await must('docker', ['build', '--quiet', '--tag', reference, folder.path], { env })
  return reference
}

async function blobs(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

/** Reads a file as a stream, unpacked where it is gzip; a needle may lie across two pieces. */
async function needlesIn(file: string, needles: readonly string[]): Promise<readonly string[]> {
  const wanted = needles.map((needle) => Buffer.from(needle))
  const overlap = Math.max(0, ...wanted.map((needle) => needle.length - 1))
  const found = new Set<number>()
  const stream = createReadStream(file, { highWaterMark: 1 << 20 })
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of (await isGzip(file)) ? stream.pipe(createGunzip()) : stream) {
    const piece = Buffer.concat([rest, chunk as Buffer])
    wanted.forEach((needle, i) => {
      if (!found.has(i) && piece.includes(needle)) found.add(i)
    })
    rest = piece.subarray(Math.max(0, piece.length - overlap))
  }
  return needles.filter((_, i) => found.has(i))
}

async function isGzip(file: string): Promise<boolean> {
  await using handle = await open(file)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
}

async function fetchUntilUp(url: URL, init?: RequestInit): Promise<Response> {
  for (let tries = 120; ; tries--) {
    try {
      return await fetch(url, init)
    } catch (error) {
      if (tries === 0) throw error
      await sleep(250)
    }
  }
}
