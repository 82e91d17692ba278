import { UserError } from '../errors.ts'

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
    if (/^\S/.test(rest))
      throw new UserError('inputs', `${input} has a line with an open quote: ${line}`, { next: 'Close it, or put \\ before it.', input })
    words.push(unquote(word))
    rest = rest.trimStart()
  }
  return words
}

const WORD = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/s

function unquote(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (...[, single, double, escaped]: (string | undefined)[]) => {
    if (single !== undefined) return single
    return double === undefined ? (escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1')
  })
}
