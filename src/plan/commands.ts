import { UserError } from '../errors.ts'

/** What a line of an input is for: the input's name is its step's. */
export type CommandKind = 'run' | 'manage' | 'test-command'

/** How long one line may take, in milliseconds. */
export const LIMITS: Readonly<Record<CommandKind, number>> = { manage: 600_000, run: 600_000, 'test-command': 3_600_000 }

/** A line as a workflow's `run:` takes it: a shell reads it in the container, and it ends at the first failure. */
export function shellCommand(line: string): readonly string[] {
  return ['sh', '-e', '-c', line]
}

/**
 * The command that finds the project's management program in the image and becomes it.
 * @param finder the text of src/stages/commands/manage.py
 * @param project the name of the project's distribution, whose console scripts may do manage.py's work
 * @param words what manage.py gets, as they are
 */
export function manageCommand(finder: string, project: string, words: readonly string[]): readonly string[] {
  return ['python', '-c', finder, project, ...words]
}

/**
 * The words of a line as a shell reads them: quotes and backslashes count, nothing is expanded.
 * @throws UserError where a quote is left open
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function splitWords(input: string, line: string): readonly string[] {
  const words: string[] = []
  let rest = line.trim()
  while (rest !== '') {
    const word = WORD.exec(rest)?.[0] ?? ''
    rest = rest.slice(word.length)
    if (/^\S/.test(rest)) throw new UserError('inputs', `${input} has a line with an open quote: ${line}`, 'Close it, or put \\ before it.')
    words.push(unquote(word))
    rest = rest.trimStart()
  }
  return words
}

const WORD = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/s

function unquote(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_all, single?: string, double?: string, escaped?: string) => {
    if (single !== undefined) return single
    return double === undefined ? (escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1')
  })
}
