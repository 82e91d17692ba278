import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { must } from '../__tests__/support/command.ts'
import type { Daemon } from '../__tests__/support/daemon.ts'
import { runAction } from '../__tests__/support/runner.ts'
import type { TempFolder } from '../__tests__/support/temp.ts'
import type { Inputs } from '../src/inputs.ts'
import { readLock } from '../src/project/resolved-lock.ts'
import { PARENT, timed } from './contender.ts'
import { buildArgs, UV_IMAGE, uvArchive } from './handwritten.ts'
import type { Subject } from './subjects.ts'

export type Bytecode = Inputs['bytecode']

/** Makes images on one daemon, each once however often it is asked for. */
export interface Maker {
  /** By the action. @returns the image */
  ours(subject: Subject, bytecode: Bytecode): Promise<string>
  /** From the hand-written Dockerfile, with the versions of the action's lock. @returns the image */
  handwritten(subject: Subject): Promise<string>
  /** Of an image, with its parent, in bytes. */
  size(image: string): Promise<number>
  /** Bytes of the installed files in an image: the wheels', their byte code, those of added Debian packages. */
  installed(image: string): Promise<number>
  /** Seconds of a program in a new container, by the clock in it. */
  start(image: string, program: readonly string[]): Promise<number>
}

export async function maker(daemon: Daemon, folder: TempFolder): Promise<Maker> {
  await daemon.load(PARENT)
  await daemon.docker('import', await uvArchive(folder), UV_IMAGE)
  const made = new Map<string, Promise<string>>()
  const once = (key: string, make: () => Promise<string>) => {
    const image = made.get(key) ?? make()
    made.set(key, image)
    return image
  }

  async function build(subject: Subject, bytecode: Bytecode): Promise<string> {
    console.error(`${subject.name}: the action, byte code ${bytecode}`)
    const result = await runAction({
      workspace: subject.workspace,
      inputs: { ...subject.inputs, 'parent-image': PARENT, bytecode, 'tag-suffix': `-${bytecode}` },
      env: { DOCKER_HOST: daemon.host },
    })
    const image = result.outputs['release-tag']
    if (result.code !== 0 || !image) throw new Error(`${subject.name}: ${result.errors.join('; ')}\n${result.log.slice(-3000)}`)
    const notice = result.notices.find((text) => text.includes('byte code is made for every module'))
    if (notice) throw new Error(`${subject.name}: ${notice}`)
    return image
  }

  async function write({ name, workspace, wheelhouse, handwritten: how }: Subject, image: string): Promise<string> {
    console.error(`${name}: the hand-written Dockerfile`)
    const context = folder.at('context')
    await rm(context, { recursive: true, force: true })
    await mkdir(context)
    await must('git', ['clone', '--quiet', `file://${workspace}`, path.join(context, how.source)])
    const lock = readLock('pylock.toml', await readFile(path.join(wheelhouse, 'pylock.toml'), 'utf8'))
    await writeFile(path.join(context, how.pins), lock.map((locked) => `${locked.name}==${locked.version}\n`).join(''))
    const args = [...buildArgs(), ...how.args.map((arg) => `--build-arg=${arg}`), `--file=${how.dockerfile}`, `--tag=${image}`]
    await timed('docker', ['build', ...args, context], { DOCKER_HOST: daemon.host })
    return image
  }

  const run = (image: string, options: readonly string[], ...program: readonly string[]) =>
    daemon.docker('run', '--rm', '--network=none', `--volume=${import.meta.dirname}:/bench:ro`, ...options, image, ...program)
  const packages = async (image: string) =>
    (await run(image, [], 'dpkg-query', '--show')).split('\n').map((line) => line.split('\t')[0] ?? '')
  const ours = (subject: Subject, bytecode: Bytecode) => once(`${subject.name} ${bytecode}`, () => build(subject, bytecode))

  return {
    ours,

    async handwritten(subject) {
      await ours(subject, 'used') // its lock tells the versions
      const image = `bench/${path.basename(subject.workspace).toLowerCase()}:handwritten`
      return once(image, () => write(subject, image))
    },

    size: async (image) => Number(await daemon.docker('image', 'inspect', '--format', '{{.Size}}', image)),

    async installed(image) {
      const parents = await packages(PARENT)
      const added = (await packages(image)).filter((name) => !parents.includes(name))
      return Number(await run(image, ['--user=0'], 'python', '-B', '/bench/installed.py', ...added))
    },

    // Without site: what measures is not to read the environment that it measures.
    start: async (image, program) => Number(await run(image, [], 'python', '-S', '/bench/start.py', ...program)),
  }
}
