import { errorLines, UserError } from '../errors.ts'
import { checkLine, checksTally, fatal } from '../judge/checks/check.ts'
import { failedToStart, howToRun, neededFlags } from '../plan/start/how-to-run.ts'
import type { PackageFact } from '../plan/wheels/package-changes.ts'
import { counted, shorten } from '../text/words.ts'
import { type ChecksResult, type Outcome, type ReleaseResult, tagged, type WheelResult } from './outcome.ts'

const MAX_BYTES = 1_000_000 // the runner drops a summary over 1 MiB whole

/** What a run has done so far, for the summary of one that failed too. */
export type Progress = Pick<Outcome, 'steps' | 'seconds' | 'warnings'>

/** The job summary of an outcome, as Markdown. Names that come from outside are escaped. */
export function summary(outcome: Outcome): string {
  const first = [headline(outcome), changes(outcome), weights(outcome), parentLine(outcome), warnings(outcome), next(outcome)]
  const parts = [...first, steps(outcome), checks(outcome), commands(outcome), wheels(outcome)]
  const text = joined(parts)
  if (Buffer.byteLength(text) <= MAX_BYTES) return text
  const short = joined([...first, steps(outcome), checks(outcome)])
  return `${short}\nThe list of wheels is too long for a summary; the output \`wheels\` has it.\n`
}

/** The job summary of a run that failed: the error, what to do, and what was done until then. */
export function failureSummary(error: unknown): string {
  const lines = errorLines(error).map(({ line }) => `- ${escapeHtml(line)}`)
  const { step, report } = error instanceof UserError ? error : { step: 'pypackager', report: '' }
  return joined([`### Not packaged: ${escapeHtml(step)}`, lines.join('\n'), report])
}

/** An error with what was done before it: a report for the summary. */
export function withProgress(error: unknown, progress: Progress): unknown {
  if (!(error instanceof UserError)) return error
  return error.with({ report: joined([error.report, warnings(progress), steps(progress, false)]).trimEnd() })
}

function joined(parts: readonly string[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** The last line of the log: the tag, the size, the time. */
export function lastLine(outcome: Outcome): string {
  const time = seconds(outcome.seconds)
  const { release, published } = outcome
  if (release) {
    const where = published ? `pushed as ${published.digest}` : 'on this machine'
    return `${nameOf(outcome)} · ${megabytes(release.size)} · ${where} · ${time}`
  }
  const side = outcome.test ?? outcome.dev
  if (side) return `${side.reference} · ${megabytes(side.size)} · on this machine · ${time}`
  if (outcome.wheels) return `${counted(outcome.wheels.wheels.length, 'wheel')} in ${outcome.wheels.folder} · ${time}`
  const image = outcome.builder ?? outcome.base
  return image ? `${image.reference} · ${time}` : `planned · ${time}`
}

/** What the image is called: one without a tag by its ID. */
function nameOf({ release, published }: Pick<Outcome, 'release' | 'published'>): string {
  return tagged({ release, published })[0] ?? release?.id.slice(0, 19) ?? ''
}

function headline({ release, published, version }: Outcome): string {
  if (!release) return `### Packaged up to here: ${code(version)}`
  const where = published ? `pushed as ${code(published.digest)}` : `on this machine as ${code(release.id.slice(0, 19))}`
  const others = tagged({ release, published }).slice(1)
  const also = others.length > 0 ? [`Also tagged ${others.map(code).join(', ')}`] : []
  return [`### ${code(nameOf({ release, published }))}`, `**${megabytes(release.size)}** · ${where}`, ...also].join('  \n')
}

/** What the packages are that the image before had not, or had otherwise. */
function changes({ changes: found }: Outcome): string {
  if (!found) return ''
  const { added, removed, changed } = found
  const fact = ({ name, version, size }: PackageFact) =>
    `${code(name)} ${code(version)}${size === undefined ? '' : ` (${megabytes(size)})`}`
  const lines = [
    ...added.map((one) => `- added ${fact(one)}`),
    ...changed.map(({ from, to }) => `- ${code(to.name)} ${code(from.version)} → ${code(to.version)}${difference(from, to)}`),
    ...removed.map((one) => `- removed ${fact(one)}`),
  ]
  if (lines.length === 0) return 'Packages: the same as in the image before.'
  const more = lines.length > MOST_CHANGES ? [`- and ${lines.length - MOST_CHANGES} more`] : []
  return ['**Packages since the image before**', '', ...lines.slice(0, MOST_CHANGES), ...more].join('\n')
}

const MOST_CHANGES = 30

function difference({ size: before }: PackageFact, { size: now }: PackageFact): string {
  if (before === undefined || now === undefined || before === now) return ''
  return ` (${now > before ? '+' : '−'}${megabytes(Math.abs(now - before))})`
}

/** What the image weighs, by part. */
function weights({ parts }: Outcome): string {
  if (!parts) return ''
  const rows: readonly (readonly [string, number])[] = [
    ['parent', parts.parent],
    ['Debian packages', parts.debian],
    ['dependencies', parts.dependencies],
    ['their byte code', parts.bytecode],
    ['project', parts.project],
  ]
  const most = Math.max(...rows.map(([, size]) => size))
  const lines = rows.filter(([, size]) => size > 0).map(([name, size]) => `| ${name} | ${bar(size, most)} | ${unbroken(megabytes(size))} |`)
  return ['| Part | | Size |', '|---|---|--:|', ...lines].join('\n')
}

function parentLine({ parent }: Outcome): string {
  if (!parent) return ''
  const { name, digest, days, newer } = parent
  const age = days === undefined ? 'of unknown age' : days === 1 ? '1 day old' : `${days} days old`
  const next = newer ? ` · its tag names a newer one by now: ${code(newer)}` : ''
  return `Parent ${code(name)} · ${digest ? code(digest) : 'no digest, as no registry gave it'} · ${age}${next}`
}

/** A bar of blocks, of the same width in every table. */
function bar(value: number, most: number): string {
  const eighths = most > 0 ? Math.max(1, Math.round((value / most) * BAR * 8)) : 0
  return '█'.repeat(Math.floor(eighths / 8)) + (['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '')
}

const BAR = 12

function warnings({ warnings: told = [] }: Pick<Outcome, 'warnings'>): string {
  if (told.length === 0) return ''
  const lines = [...new Set(told)].slice(0, MOST_CHANGES).map((text) => `- ${escapeHtml(shorten(text, 500))}`)
  return [`**${told.length === 1 ? '1 warning' : `${told.length} warnings`}**`, '', ...lines].join('\n')
}

/** @param ended whether the run came to its end: before that nobody knows what is not needed */
function steps({ steps, seconds: total }: Pick<Outcome, 'steps' | 'seconds'>, ended = true): string {
  if (steps.length === 0) return ''
  const most = Math.max(...steps.map(({ seconds: time }) => time))
  const rows = steps.map(
    ({ step, how, seconds: time }) => `| ${step} | ${escapeHtml(how)} | ${bar(time, most)} | ${unbroken(seconds(time))} |`,
  )
  // Wheels may take a builder: where they did not, that is told too.
  const wheels = steps.findIndex(({ step }) => step === 'wheels')
  if (ended && wheels >= 0 && steps.every(({ step }) => step !== 'builder')) rows.splice(wheels, 0, '| builder | not needed | | – |')
  return ['| Step | What was done | | Time |', '|---|---|---|--:|', ...rows, `| **all** | | | **${unbroken(seconds(total))}** |`].join('\n')
}

/** Folded to a line where nothing failed. */
function checks({ checks: result }: Outcome): string {
  if (!result) return ''
  const list = checkList(result)
  if (result.list.some(({ state }) => state === 'failed')) return list
  const [, , ...rows] = list.split('\n')
  return [
    '<details>',
    `<summary>Checks of the image: ${checksTally(result.list, result.mode)}</summary>`,
    '',
    ...rows,
    '',
    '</details>',
  ].join('\n')
}

function commands({ commands: ran = [] }: Outcome): string {
  if (ran.length === 0) return ''
  const rows = ran.map(({ kind, line, seconds: time }) => `| ${kind} | <code>${escapeHtml(line)}</code> | ${unbroken(seconds(time))} |`)
  return ['| Passed | Line | Time |', '|---|---|--:|', ...rows].join('\n')
}

/** The list of checks, with what to do about those that stop the image: of the others the warnings say it. */
export function checkList({ list, mode }: ChecksResult): string {
  const stopping = new Set(fatal(list, mode))
  const rows = list.map((check) => {
    const next = stopping.has(check) && check.next ? ` ${check.next}` : ''
    return `- ${escapeHtml(`${checkLine(check, mode)}${next ? `.${next}` : ''}`)}`
  })
  return [`**Checks of the image: ${checksTally(list, mode)}**`, '', ...rows].join('\n')
}

function wheels({ wheels: result }: Outcome): string {
  if (!result) return ''
  const size = result.wheels.reduce((sum, wheel) => sum + wheel.size, 0)
  const order: readonly WheelResult['origin'][] = ['project', 'compiled', 'downloaded', 'reused']
  const counts = order.map((origin) => {
    const these = result.wheels.filter((wheel) => wheel.origin === origin)
    return these.length > 0 ? `${these.length} ${origin} (${megabytes(these.reduce((sum, wheel) => sum + wheel.size, 0))})` : ''
  })
  const rows = order
    .flatMap((origin) => result.wheels.filter((wheel) => wheel.origin === origin))
    .map((wheel) => `| ${escapeHtml(wheel.name)} | ${escapeHtml(wheel.version)} | ${wheel.origin} | ${unbroken(megabytes(wheel.size))} |`)
  return [
    '<details>',
    `<summary>${counted(result.wheels.length, 'wheel')}, ${megabytes(size)}: ${counts.filter(Boolean).join(', ')}</summary>`,
    '',
    '| Wheel | Version | Origin | Size |',
    '|---|---|---|--:|',
    ...rows,
    '',
    '</details>',
  ].join('\n')
}

function next({ release, published, wheels: result, checks: checked }: Outcome): string {
  if (!release) return ''
  const image = nameOf({ release, published })
  const how = release.command ? `starts by ${escapeHtml(release.command.from)}` : 'has no start command'
  const lacking = failedToStart(checked?.list) ? ', with what it lacked in the checks' : ''
  return [
    `Run it${lacking} (it ${how}${result ? `, Python ${result.python}` : ''}):`,
    '```sh',
    runLine(image, release, checked),
    '```',
  ].join('\n')
}

function runLine(image: string, { command }: ReleaseResult, checked: ChecksResult | undefined): string {
  if (!command) return `docker run --rm -it ${image} python`
  const how = howToRun(command, checked?.list)
  if (how.kind === 'tool') return `docker run --rm ${image} ${how.program} --help`
  const env = neededFlags(checked?.list, checked?.env)
  return `docker run --rm${how.kind === 'serves' ? ` -p ${how.port}:${how.port}` : ''}${env} ${image}`
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

/** Bytes as megabytes of a million, as registries count. */
export function megabytes(bytes: number): string {
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** A figure and its unit in one line, in a narrow table too. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '\\|').replace(/\n/g, ' ')
}
