import { neededFlags, startWith } from '../../plan/start/how-to-run.ts'
import type { StartCommand } from '../../plan/start/start-command.ts'
import { startPlace } from '../../plan/start/start-place.ts'
import type { ReleaseResult } from '../../report/outcome.ts'

/** How an image is started, and what the checks saw of that. */
interface Started extends Pick<ReleaseResult, 'references'> {
  readonly command: Pick<StartCommand, 'argv'>
  readonly checks: Parameters<typeof neededFlags>[0]
  /** It did not start well. */
  readonly failed: boolean
  /** Its ports were named, so that each run publishes them. */
  readonly published: boolean
}

/**
 * The lines that start an image of which no port is known: a worker, a job, or a script that takes arguments.
 * @param run the line that starts it, with the flags that it takes again
 */
export function startLines(run: string, { command, references, checks = [], failed, published }: Started): readonly string[] {
  const needed = neededFlags(checks)
  const port = published ? '' : ' (with -p HOST:CONTAINER if it listens on a port)'
  if (failed) return [`The checks did not see it start well (above). With what it lacks: ${run}${needed}${port}`]
  const takes = startWith(command.argv, ['--help']) !== undefined
  const own = takes ? `; with arguments of its own: ${run}${needed} -- --help` : ''
  const program = checks.some(({ ended }) => ended) && needed === '' ? anywhere(command.argv) : undefined
  const files = program === undefined ? [] : references.slice(0, 1).map((image) => onFiles(image, program))
  return [`Start it: ${run}${needed}${own}${port}`, ...files]
}

/** A start command without arguments, as it is called from any folder; undefined for one that needs its own. */
function anywhere(argv: readonly string[]): string | undefined {
  const { steps } = startPlace(argv)
  const [step] = steps
  if (steps.length !== 1 || step?.folder === undefined) return undefined
  const line = step.words.join(' ')
  if (![line, `sh -c ${line}`, `sh -c exec ${line}`].includes(argv.join(' '))) return undefined
  if (/^[\w-][\w.-]*$/.test(line)) return line
  const [, python, script = ''] = /^(python[\d.]*) ([\w/-][\w./-]*\.py)$/.exec(line) ?? []
  return python === undefined ? undefined : `${python} ${script.startsWith('/') ? '' : `${step.folder}/`}${script}`
}

/**
 * The line for a tool's daily use, which is in the folder of one's files and not in the project's: they belong to whoever
 * calls it, who has no home in the image.
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 */
export function onFiles(image: string, program: string): string {
  return `On files of any folder: docker run --rm -u "$(id -u):$(id -g)" -e HOME=/tmp -v "$PWD:/work" -w /work ${image} ${program} …`
}
