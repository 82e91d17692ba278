import { chmod, cp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { cacheService } from '../__tests__/support/cache-service.ts'
import { must } from '../__tests__/support/command.ts'
import { startDaemon } from '../__tests__/support/daemon.ts'
import { pollsProject } from '../__tests__/support/project.ts'
import { runAction } from '../__tests__/support/runner.ts'
import { ROOT } from '../__tests__/support/runner-step.ts'
import { tempFolder, writeFiles } from '../__tests__/support/temp.ts'
import { type Build, type Contender, PARENT } from './contender.ts'

/** The action, run from dist/ as the runner does; between machines, its cache goes through a cache service as that of Actions. */
export async function ours(): Promise<Contender> {
  await using begun = new AsyncDisposableStack()
  const daemon = begun.use(await startDaemon())
  const project = begun.use(await pollsProject())
  const store = begun.use(await tempFolder('bench'))
  const service = begun.use(await cacheService())
  await cp(path.join(ROOT, 'dist'), store.at('dist'), { recursive: true }) // it may be made anew meanwhile
  const real = await must('sh', ['-c', 'command -v docker'])
  await writeFiles(store.path, { 'bin/docker': wrapper(real, store.at('builds')) })
  await chmod(store.at('bin/docker'), 0o755)
  const wheelhouse = project.at('wheelhouse')
  await daemon.load(PARENT)

  const all = begun.move()
  return {
    name: 'pypackager',
    daemon,
    project,

    build: (kept) => run(kept === 'cache'),

    async keep() {
      await run(true)
      if (service.entries().length === 0) throw new Error('the action saved nothing to the cache service')
    },

    async empty() {
      await daemon.empty(PARENT)
      await rm(wheelhouse, { recursive: true, force: true })
    },

    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }

  async function run(withService: boolean): Promise<Build> {
    await rm(store.at('builds'), { force: true })
    const result = await runAction({
      workspace: project.workspace,
      dist: store.at('dist'),
      inputs: { 'parent-image': PARENT },
      env: {
        ...(withService && service.env),
        DOCKER_HOST: daemon.host,
        PATH: `${store.at('bin')}:${process.env.PATH}`,
        RUNNER_DEBUG: '1',
      },
    })
    const image = result.outputs['release-tag']
    const outside = /outside docker: ([\d.]+) s/.exec(result.log)?.[1]
    if (result.code !== 0 || !image) throw new Error(`the action failed: ${result.errors.join('; ')}\n${result.log.slice(-3000)}`)
    if (!outside) throw new Error('the log does not tell the time outside docker')
    const building = covered(await readFile(store.at('builds'), 'utf8').catch(() => ''))
    const times = [...result.summary.matchAll(/^\| (?:checks|sbom) \| .* \| ([\d.]+)(?:\s|&nbsp;)s \|$/gm)].map(([, time]) => Number(time))
    if (times.length === 0) throw new Error('the summary does not tell the time of the checks')
    const looking = times.reduce((sum, time) => sum + time, 0)
    return { seconds: result.seconds, image, building, outside: Number(outside), looking }
  }
}

/** A `docker` that notes when each build began and ended: all that the action does beside these is its own. */
function wrapper(real: string, file: string): string {
  return `#!/bin/bash
case "$1 $2" in
  build\\ *|'buildx build') ;;
  *) exec '${real}' "$@" ;;
esac
started=$EPOCHREALTIME
'${real}' "$@"
code=$?
echo "$started $EPOCHREALTIME" >>'${file}'
exit $code
`
}

/** Seconds in which at least one of the builds (lines of `start end`) was at work: side by side counts once. */
function covered(lines: string): number {
  const spans = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replaceAll(',', '.').split(' ').map(Number) as [number, number])
    .sort(([a], [b]) => a - b)
  let sum = 0
  let until = 0
  for (const [start, end] of spans) {
    sum += Math.max(0, end - Math.max(start, until))
    until = Math.max(until, end)
  }
  return sum
}
