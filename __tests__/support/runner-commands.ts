/** A line that the runner obeys, e.g. `::error file=setup.py,line=3::what happened`. */
export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly text: string
}

/**
 * The commands in a log, by the runner's own rules: `::name …::` after blanks at the start of a line,
 * `##[name …]` anywhere in it, neither between `::stop-commands::TOKEN` and `::TOKEN::`.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function commandsIn(log: string): readonly RunnerCommand[] {
  const found: RunnerCommand[] = []
  let stopped: string | undefined
  for (const line of log.split(/\r\n|\n|\r/)) {
    const command = newForm(line) ?? oldForm(line)
    if (!command) continue
    if (stopped !== undefined) {
      if (command.name === stopped) stopped = undefined
    } else if (command.name === 'stop-commands') stopped = command.text
    else found.push(command)
  }
  return found
}

function newForm(line: string): RunnerCommand | undefined {
  const [, name, properties, text] = /^\s*::([^\s:]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line) ?? []
  if (name === undefined) return undefined
  return { name, properties: readProperties(properties ?? '', ','), text: unescaped(text ?? '') }
}

function oldForm(line: string): RunnerCommand | undefined {
  const [, name, properties, text] = /##\[([^\]\s]+)(?: ([^\]]*))?\](.*)$/.exec(line) ?? []
  if (name === undefined) return undefined
  return { name, properties: readProperties(properties ?? '', ';'), text: text ?? '' }
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
