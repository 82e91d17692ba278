import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { asRoot, must } from '../__tests__/support/command.ts'
import { startDaemon } from '../__tests__/support/daemon.ts'
import { pollsProject } from '../__tests__/support/project.ts'
import { tempFolder } from '../__tests__/support/temp.ts'
import { CA, type Contender, PARENT, timed } from './contender.ts'

/** The plain Makefile; its cache is the folder `wheelhouse`, in which pip finds what it compiled before. */
export async function makefile(): Promise<Contender> {
  await using begun = new AsyncDisposableStack()
  const daemon = begun.use(await startDaemon())
  const project = begun.use(await pollsProject())
  const store = begun.use(await tempFolder('bench'))
  const wheelhouse = project.at('wheelhouse')
  const given = [`PARENT=${PARENT}`, `PROJECT=${project.workspace}`, 'REPO_VERSION=makefile', ...(CA ? [`CA=${CA}`] : [])]
  await daemon.load(PARENT)
  await mkdir(wheelhouse)

  const all = begun.move()
  return {
    name: 'plain Makefile',
    daemon,
    project,

    async build() {
      const seconds = await timed('make', ['--directory', path.join(import.meta.dirname, 'makefile'), ...given], {
        DOCKER_HOST: daemon.host,
      })
      // The container works as root in the mounted folders; here they have to be cleaned afterwards.
      await root('chown', '-R', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`, project.workspace)
      return { seconds, image: 'bench/polls:makefile' }
    },

    async keep() {
      await root('rm', '-rf', store.at('kept'))
      await root('cp', '-a', wheelhouse, store.at('kept'))
    },

    async empty(kept) {
      await daemon.empty(PARENT)
      await root('rm', '-rf', wheelhouse)
      if (kept) await root('cp', '-a', store.at('kept'), wheelhouse)
      else await mkdir(wheelhouse)
    },

    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

function root(program: string, ...args: string[]): Promise<string> {
  return must(...asRoot(program, ...args))
}
