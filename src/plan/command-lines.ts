import { shellQuote } from './dockerfile/dockerfile-words.ts'

/** What a line of an input is for: the input's name is its step's. */
export type CommandKind = 'run' | 'manage' | 'test-command'

/** A line and how a shell in the container reads it. */
export interface Command {
  readonly kind: CommandKind
  readonly line: string
  readonly shell: string
  /** Seconds that it may take. */
  readonly limit: number
}

/**
 * One command for all lines: they share a container, so that what one writes the next one finds.
 * @param driver the text of src/stages/container-commands/lines.sh
 * @param mark a word that no program knows: what is printed after each line begins with it
 */
export function linesCommand(driver: string, mark: string, commands: readonly Command[]): readonly string[] {
  return ['sh', '-c', driver, 'lines', mark, ...commands.flatMap(({ limit, shell }) => [String(limit), shell])]
}

/** Words as a line that a shell reads as these very words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ')
}

/**
 * The command that finds the project's management program in the image and becomes it.
 * @param finder the text of src/stages/container-commands/manage.py
 * @param project the name of the project's distribution, whose console scripts may do manage.py's work
 * @param words what manage.py gets, as they are
 */
export function manageCommand(finder: string, project: string, words: readonly string[]): readonly string[] {
  return ['python', '-c', finder, project, ...words]
}
