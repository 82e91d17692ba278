/** A line that the runner obeys, e.g. `::error file=setup.py,line=3::what happened`. */
export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly text: string
}

/** What a runner's worker registers (its ActionCommandManager.cs). */
const REGISTERED = new Set(
  'stop-commands internal-set-repo-path set-env set-output save-state add-path add-mask add-matcher remove-matcher warning error notice debug group endgroup echo'.split(
    ' ',
  ),
)

/**
 * The commands in a log, by the runner's own rules: `::name …::` after blanks at the start of a line, `##[name …]`
 * anywhere in it (the first one counts), both by registered names in any case, neither between `::stop-commands::TOKEN`
 * and `::TOKEN::`. Both are looked for as a culture compares: characters without a weight may stand anywhere.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function commandsIn(log: string): readonly RunnerCommand[] {
  const found: RunnerCommand[] = []
  let stopped: string | undefined
  for (const line of log.split(/\r\n|\n|\r/)) {
    const names = stopped === undefined ? REGISTERED : new Set([...REGISTERED, stopped.toLowerCase()])
    const command = [line, line.replace(WEIGHTLESS, '')].map((text) => newForm(text, names) ?? oldForm(text, names)).find(Boolean)
    if (!command) continue
    if (stopped !== undefined) {
      if (command.name === stopped.toLowerCase()) stopped = undefined
    } else if (command.name === 'stop-commands') stopped = command.text
    else found.push(command)
  }
  return found
}

/** More than any culture leaves out, so that no comparison finds more than this one. */
const WEIGHTLESS = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}\p{Default_Ignorable_Code_Point}]/gu
/** What .NET's TrimStart takes off. */
const BLANKS = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

function newForm(line: string, names: ReadonlySet<string>): RunnerCommand | undefined {
  const message = line.replace(BLANKS, '')
  const end = message.startsWith('::') ? message.indexOf('::', 2) : -1
  if (end < 0) return undefined
  const command = commandOf(message.slice(2, end), ',', names)
  return command && { ...command, text: unescaped(message.slice(end + 2)) }
}

function oldForm(line: string, names: ReadonlySet<string>): RunnerCommand | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  const command = commandOf(line.slice(start + 3, end), ';', names)
  return command && { ...command, text: line.slice(end + 1) }
}

function commandOf(info: string, separator: string, names: ReadonlySet<string>): Omit<RunnerCommand, 'text'> | undefined {
  const [name = '', ...rest] = info.split(' ')
  if (!names.has(name.toLowerCase())) return undefined
  return { name: name.toLowerCase(), properties: readProperties(rest.join(' '), separator) }
}

function readProperties(text: string, separator: string): Readonly<Record<string, string>> {
  const pairs = text.split(separator).filter((pair) => pair.includes('='))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), unescaped(pair.slice(pair.indexOf('=') + 1))]))
}

function unescaped(text: string): string {
  return text.replace(/%(25|0D|0A|3A|2C)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** What a step wrote to GITHUB_OUTPUT or GITHUB_STATE: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`. */
export function readFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? []
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, i + 1)
      if (end === -1) throw new Error(`the delimiter ${delimiter} of ${name} never comes`)
      values[name] = lines.slice(i + 1, end).join('\n')
      i = end
    } else if (line.includes('=')) values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    else if (line) throw new Error(`not a file command: ${line}`)
  }
  return values
}
