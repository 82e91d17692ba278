/**
 * The door of every text that leaves us: one line, which no runner reads as a command and no terminal obeys.
 *
 * What a runner obeys, by its own source (Runner.Common/ActionCommand.cs, Runner.Worker/ActionCommandManager.cs): a line
 * that begins with `::` after blanks, and `##[` anywhere in it. Lines end at \r, \n or both (StreamReader.ReadLine). It
 * looks for both by the rules of a culture, to which characters without a width or weight are as none: whatever is not
 * ASCII may stand between without a change. A line that passed here has neither form, so nothing has to be put between
 * `::stop-commands::` and its token: a pair around foreign lines would only add two lines and a state that can be left open.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function logLine(text: string): string {
  return withoutCommands(cut(text.trimEnd()).replace(LINE_ENDS, ' ').replace(TERMINAL, '').replace(UNSEEN, ''))
}

/** Longest line that is shown, in characters. */
const LONGEST = 10_000

const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g
/** What a terminal obeys: CSI sequences, and those that end with BEL or ST (titles, links, the clipboard). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const TERMINAL = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g
/** Control and format characters (bidirectional ones too) but the tabulator, and halves of characters. */
const UNSEEN = /(?!\t)[\p{Cc}\p{Cf}\p{Cs}]/gu

/** A space where a runner's keyword would be, as a blank inside is a difference to every culture. */
function withoutCommands(line: string): string {
  return line.replace(/^([^\x21-\x7e]*):(?=[^\x20-\x7e]*:)/, '$1: ').replace(OLD_FORM, '$1 [')
}

const OLD_FORM = /(#[^\x20-\x7e]*#[^\x20-\x7e]*)\[/g

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length - LONGEST} characters more not shown)`
}

/** JSON for a stream that a runner may read: the same value, in which no line is a command. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent)
    .replace(OLD_FORM, '$1\\u005b')
    .replace(/[\p{Cf}\u007f-\u009f\u2028\u2029]/gu, escaped)
}

function escaped(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
