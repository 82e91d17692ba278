import { jsonText } from '../../effects/log/log-line.ts'
import { FLAGS } from '../../inputs/flags.ts'
import { isOfPackages, volumeAdvice } from '../../judge/causes/own-database.ts'
import { seeLines } from '../../judge/checks/allowed-hosts.ts'
import { dataLines } from '../../judge/written-data.ts'
import { main } from '../../main.ts'
import { shellLine } from '../../plan/command-lines.ts'
import { failedToStart, howToRun, neededFlags } from '../../plan/start/how-to-run.ts'
import type { Unserved } from '../../plan/start/start-command.ts'
import type { Outcome, ReleaseResult } from '../../report/outcome.ts'
import { outputs } from '../../report/outputs.ts'
import { lastLine } from '../../report/summary.ts'
import { listed } from '../../text/words.ts'
import type { Call } from '../arguments.ts'
import { EXIT } from '../usage.ts'
import type { Job } from './job.ts'
import { onFiles, startLines } from './start-lines.ts'

/** The verbs that are the action's own story: build, release, test, push. */
export async function makeOutcome(job: Job): Promise<number> {
  const { inputs, world, runner, call, around, log } = job
  const sweeping = job.sweep()
  const outcome = await main(inputs, world, runner)
  await sweeping
  log.end()
  if (call.json) around.stdout.write(`${outcomeJson(outcome)}\n`)
  log.info(lastLine(outcome))
  for (const line of nextLines(job, outcome)) log.info(line)
  return EXIT.done
}

/** The action's output `metadata`, and how long it took in seconds. */
export function outcomeJson(outcome: Outcome): string {
  const metadata = JSON.parse(outputs(outcome).metadata ?? '{}') as object
  return jsonText({ ...metadata, seconds: Math.round(outcome.seconds * 100) / 100 }, 2)
}

/** Settings that say which image is meant and how the project is read, and those that every container of it is given. */
const AGAIN = [
  'path',
  'python-version',
  'requirements',
  'namespace',
  'image-name',
  'version',
  'tags',
  'flavor',
  'tag-suffix',
  'registry',
  'ports',
  'volumes',
  'network',
]

/** Of the flags of a release those that starting its image takes, too; values of the environment may be secrets. */
export function flagsAgain({ flags }: Pick<Call, 'flags'>, of: (input: string) => boolean = (input) => AGAIN.includes(input)): string {
  const given = FLAGS.flatMap(({ input, names, short, repeatable }) => {
    const value = input !== 'env' && of(input) ? flags.get(input) : undefined
    const values = value === undefined ? [] : repeatable ? value.split('\n') : [value]
    return values.flatMap((one) => [short ? `-${short}` : `--${names[0]}`, one])
  })
  const env = (flags.get('env') ?? '').split('\n').filter(Boolean)
  const named = env.map((line) => ` -e ${line.replace(/=.*$/, '')}=…`)
  return `${given.length > 0 ? ` ${shellLine(given)}` : ''}${named.join('')}`
}

/**
 * The line that gives an image its start, with all that this run was given.
 * @param scripts console scripts that can start: of several, each user runs the one that they want
 */
export function startAdvice(call: Pick<Call, 'flags'>, unserved: Unserved | undefined, scripts: readonly string[] = []): string {
  const [script] = scripts
  if (!unserved && script !== undefined)
    return `Run one of its scripts: pypackager run${flagsAgain(call)} -- ${script} --help (${listed(scripts, SHOWN_SCRIPTS)})`
  if (!unserved) return `To give it a start: pypackager release${flagsAgain(call, () => true)} --command "…"`
  const { input, value } = unserved.gift
  const flag = FLAGS.find((one) => one.input === input)?.names[0]
  return `To start ${unserved.module}: pypackager release${flagsAgain(call, () => true)} --${flag} ${shellLine([value])}`
}

function nextLines({ verb, call, inputs }: Job, { release, wheels, checks }: Outcome): readonly string[] {
  if (call.json) return []
  if (verb.name === 'build' && wheels) {
    const extras = call.words.length > 0 ? `, or pypackager test ${call.words.join(' ')}` : ''
    return [`Next: pypackager release${extras}`]
  }
  if (verb.name !== 'release' || !release) return []
  const run = `pypackager run${flagsAgain(call)}`
  if (!release.command && release.advice)
    return [
      `If it starts so: pypackager release${flagsAgain(call)} ${shellLine(['--command', release.advice])} (pypackager init keeps that)`,
    ]
  if (!release.command)
    return withoutStart(
      call,
      release,
      checks?.list.find(({ name, state }) => name === 'scripts' && state === 'passed'),
    )
  const how = howToRun(release.command, checks?.list)
  const failed = failedToStart(checks?.list)
  const start = failed ? 'The checks did not see it start well (above). With what it lacks' : 'Start it'
  const needed = neededFlags(checks?.list)
  switch (how.kind) {
    case 'serves': {
      const given = inputs.ports.length > 0
      const line = (options: string) =>
        `${start}: ${run}${given ? '' : ` -p ${how.port}:${how.port}`}${options}${given ? '' : ` (http://127.0.0.1:${how.port}${how.page ?? ''})`}`
      const seen = checks?.list.find(({ name }) => name === 'start')
      const keeps = seen?.keeps
      const alone = seen ? seeLines(seen) : []
      if (seen?.shut !== undefined)
        return [line(needed), shutLine(seen.shut, `pypackager release${flagsAgain(call, () => true)}`), ...alone]
      if (!keeps)
        return [line(needed), ...(seen?.data ? dataLines(seen.data, `pypackager release${flagsAgain(call, () => true)}`) : []), ...alone]
      const migrate = `pypackager manage${flagsAgain(call)} ${keeps.options}${needed} migrate`
      const own = `Its database is a file of each container. ${keeps.volume === undefined ? 'For one that stays' : 'For one to try it with'}`
      const lines = failed
        ? [`${own}, first: ${migrate}`, line(` ${keeps.options}${needed}`)]
        : [line(needed), `${own}: ${migrate}, and the same ${keeps.options} in the line above`]
      return [...lines, ...alone, volumeAdvice(keeps)].filter(Boolean)
    }
    case 'tool': // its help asks for nothing that the checks lacked
      return [`Start it: ${run} -- ${how.program} --help`, ...release.references.slice(0, 1).map((image) => onFiles(image, how.program))]
    case 'starts':
      return startLines(run, { ...release, command: release.command, checks: checks?.list, failed, published: inputs.ports.length > 0 })
  }
}

/** Scripts that one line names. */
const SHOWN_SCRIPTS = 6

function withoutStart(
  call: Call,
  { unserved, references }: Pick<ReleaseResult, 'unserved' | 'references'>,
  seen: { readonly scripts?: readonly string[] | undefined } | undefined,
): readonly string[] {
  const advice = startAdvice(call, unserved, seen?.scripts)
  const [script] = seen?.scripts ?? []
  const files = unserved || script === undefined ? [] : references.slice(0, 1).map((image) => onFiles(image, script))
  return [`Look inside: pypackager run${flagsAgain(call)} bash. ${advice}`, ...files]
}

/** The line that lets its user write the folder of its database. @param release makes the image once more */
function shutLine(folder: string, release: string): string {
  const how = isOfPackages(folder) ? '--wheel never' : `--writable ${shellLine([folder])}`
  return `Its database lies in ${folder}, which its user may not write: ${release} ${how}`
}
