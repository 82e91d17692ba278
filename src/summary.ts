import { checkLine, checksTally } from './judge/checks/checks.ts'
import { type ChecksResult, type Outcome, tagged, type WheelResult } from './outcome.ts'

const MAX_BYTES = 1_000_000 // the runner drops a summary over 1 MiB whole

/** The job summary of an outcome, as Markdown. Names that come from outside are escaped. */
export function summary(outcome: Outcome): string {
  const checked = outcome.checks ? checkList(outcome.checks) : ''
  const parts = [headline(outcome), parentLine(outcome), steps(outcome), checked, commands(outcome), wheels(outcome), next(outcome)].filter(
    Boolean,
  )
  const text = `${parts.join('\n\n')}\n`
  if (Buffer.byteLength(text) <= MAX_BYTES) return text
  return `${[headline(outcome), steps(outcome), checked, next(outcome)].filter(Boolean).join('\n\n')}\n\nThe list of wheels is too long for a summary; the output \`wheels\` has it.\n`
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
  if (outcome.wheels) return `${outcome.wheels.wheels.length} wheels in ${outcome.wheels.folder} · ${time}`
  const image = outcome.builder ?? outcome.base
  return image ? `${image.reference} · ${time}` : `planned · ${time}`
}

/** What the image is called: one without a tag by its ID. */
function nameOf({ release, published }: Pick<Outcome, 'release' | 'published'>): string {
  return tagged({ release, published })[0] ?? release?.id.slice(0, 19) ?? ''
}

function headline({ release, published, version }: Outcome): string {
  if (!release) return `### Packaged up to here: ${code(version)}`
  const lines = [`### ${code(nameOf({ release, published }))}`]
  if (published) lines.push(`Pushed as ${code(`${published.repository}@${published.digest}`)}`)
  const others = tagged({ release, published }).slice(1)
  if (others.length > 0) lines.push(`Also tagged ${others.map(code).join(', ')}`)
  lines.push(`${megabytes(release.size)} · image ${code(release.id.slice(0, 19))}`)
  return lines.join('  \n')
}

function parentLine({ parent }: Outcome): string {
  if (!parent) return ''
  const { name, digest, days, newer } = parent
  const age = days === undefined ? 'of unknown age' : days === 1 ? '1 day old' : `${days} days old`
  const next = newer ? ` · its tag names a newer one by now: ${code(newer)}` : ''
  return `Parent ${code(name)} · ${digest ? code(digest) : 'no digest, as no registry gave it'} · ${age}${next}`
}

function steps({ steps, seconds: total }: Outcome): string {
  if (steps.length === 0) return ''
  const rows = steps.map(({ step, how, seconds: time }) => `| ${step} | ${escapeHtml(how)} | ${seconds(time)} |`)
  // Wheels may take a builder: where they did not, that is told too.
  const wheels = steps.findIndex(({ step }) => step === 'wheels')
  if (wheels >= 0 && steps.every(({ step }) => step !== 'builder')) rows.splice(wheels, 0, '| builder | not needed | – |')
  return ['| Step | What was done | Time |', '|---|---|--:|', ...rows, `| **all** | | **${seconds(total)}** |`].join('\n')
}

function commands({ commands: ran = [] }: Outcome): string {
  if (ran.length === 0) return ''
  const rows = ran.map(({ kind, line, seconds: time }) => `| ${kind} | <code>${escapeHtml(line)}</code> | ${seconds(time)} |`)
  return ['| Passed | Line | Time |', '|---|---|--:|', ...rows].join('\n')
}

/** The list of checks, with what to do about those that failed. */
export function checkList({ list, mode }: ChecksResult): string {
  const rows = list.map((check) => {
    const next = check.state === 'failed' && check.next ? ` ${check.next}` : ''
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
    .map((wheel) => `| ${escapeHtml(wheel.name)} | ${escapeHtml(wheel.version)} | ${wheel.origin} | ${megabytes(wheel.size)} |`)
  return [
    '<details>',
    `<summary>${result.wheels.length} wheels, ${megabytes(size)}: ${counts.filter(Boolean).join(', ')}</summary>`,
    '',
    '| Wheel | Version | Origin | Size |',
    '|---|---|---|--:|',
    ...rows,
    '',
    '</details>',
  ].join('\n')
}

function next({ release, published, wheels: result }: Outcome): string {
  if (!release) return ''
  const image = published ? `${published.repository}@${published.digest}` : nameOf({ release, published })
  const lines = release.command ? [`docker run --rm -p 8000:8000 ${image}`] : [`docker run --rm -it ${image} python`]
  const how = release.command ? `starts by ${escapeHtml(release.command.from)}` : 'has no start command'
  return [`Run it (it ${how}${result ? `, Python ${result.python}` : ''}):`, '```sh', ...lines, '```'].join('\n')
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

/** Bytes as megabytes of a million, as registries count. */
export function megabytes(bytes: number): string {
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '\\|').replace(/\n/g, ' ')
}
