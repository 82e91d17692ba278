import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { must } from '../__tests__/support/command.ts'
import { startDaemon } from '../__tests__/support/daemon.ts'
import { dockerConfig, login } from '../__tests__/support/login.ts'
import { pollsProject } from '../__tests__/support/project.ts'
import { startRegistry } from '../__tests__/support/registry.ts'
import { type TempFolder, tempFolder } from '../__tests__/support/temp.ts'
import { CA, type Contender, type Kept, PARENT, timed } from './contender.ts'

const HERE = path.join(import.meta.dirname, 'handwritten')
const PIN = path.join(import.meta.dirname, '../src/stages/uv/requirements.txt')
const IMAGE = 'bench/polls:handwritten'
export const UV_IMAGE = 'bench/uv:pinned'

/**
 * The multi-stage Dockerfile. Its cache is one in a registry with the layers of every stage, where the daemon can
 * export such a one: with containerd's image store. Elsewhere it is BuildKit's inline cache; the stage that
 * compiles is kept as well as the image then, or a changed line would compile everything again.
 */
export async function handwritten(): Promise<Contender> {
  await using begun = new AsyncDisposableStack()
  const daemon = begun.use(await startDaemon())
  const project = begun.use(await pollsProject())
  const store = begun.use(await tempFolder('bench'))
  const registry = begun.use(await startRegistry())
  const caches = { stage: `${registry.host}/bench/polls-build:cache`, image: `${registry.host}/bench/polls:cache` }
  const everyStage = `type=registry,ref=${registry.host}/bench/polls-cache:main`
  const exports = (await daemon.docker('info', '--format', '{{json .DriverStatus}}')).includes('io.containerd.snapshotter')
  const config = begun.use(await dockerConfig())
  const env = { DOCKER_HOST: daemon.host, DOCKER_CONFIG: config.path }
  const docker = (...args: string[]) => timed('docker', args, env)
  const uv = await uvArchive(store)
  await project.write('requirements.txt', await readFile(path.join(HERE, 'requirements.txt'), 'utf8'))
  await project.commit('Requirements')
  await login(config, registry)
  await daemon.load(PARENT)
  await ready()

  /** uv's image is there as the parent is: who writes such a Dockerfile does not make it, but pulls it. */
  async function ready(): Promise<void> {
    await daemon.docker('import', uv, UV_IMAGE)
  }

  function build(kept: Kept, ...more: readonly string[]): Promise<number> {
    const known = exports ? [everyStage] : Object.values(caches)
    const sources = kept === 'cache' ? known.map((cache) => `--cache-from=${cache}`) : []
    return docker('build', ...buildArgs(), `--file=${path.join(HERE, 'Dockerfile')}`, ...sources, ...more, project.workspace)
  }

  const all = begun.move()
  return {
    name: 'hand-written Dockerfile',
    daemon,
    project,

    async build(kept) {
      return { seconds: await build(kept, `--tag=${IMAGE}`), image: IMAGE }
    },

    async keep() {
      if (exports) return void (await build('daemon', `--cache-to=${everyStage},mode=max`, `--tag=${IMAGE}`))
      const inline = '--build-arg=BUILDKIT_INLINE_CACHE=1'
      await build('daemon', inline, '--target=build', `--tag=${caches.stage}`)
      await build('daemon', inline, `--tag=${caches.image}`)
      for (const cache of Object.values(caches)) await docker('push', '--quiet', cache)
    },

    async empty() {
      await daemon.empty(PARENT)
      await ready()
    },

    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

/** What each build from a hand-written Dockerfile is given: its parent, uv, and how to reach the index. */
export function buildArgs(): readonly string[] {
  const index = process.env.PIP_INDEX_URL ? [`--build-arg=UV_DEFAULT_INDEX=${process.env.PIP_INDEX_URL}`] : []
  const secret = CA ? [`--secret=id=ca,src=${CA}`] : []
  return ['--progress=plain', `--build-arg=PARENT=${PARENT}`, `--build-arg=UV_IMAGE=${UV_IMAGE}`, ...index, ...secret]
}

/** An archive with uv alone, of the version that the action pins, out of its wheel. */
export async function uvArchive(store: TempFolder): Promise<string> {
  const pin = /uv==[\d.]+/.exec(await readFile(PIN, 'utf8'))?.[0]
  if (!pin) throw new Error(`no pin of uv in ${PIN}`)
  await must('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', `--dest=${store.at('uv')}`, pin])
  // The wheel holds a folder `uv` too: the binary gets one of its own.
  const script = 'cd "$1"; python3 -m zipfile -e *.whl .; mkdir bin; mv *.data/scripts/uv bin/; chmod 755 bin/uv; tar -C bin -cf "$2" uv'
  await must('bash', ['-ec', script, 'uv', store.at('uv'), store.at('uv.tar')])
  return store.at('uv.tar')
}
