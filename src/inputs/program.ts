import { UserError } from '../errors.ts'
import { wrong } from './readers.ts'
import type { Reader } from './row.ts'

// Inputs that say how programs in the image are started and asked.

/**
 * A start command: a JSON list of words, or a line of a shell.
 * @throws UserError for a list that is none
 */
export function readCommand(input: string, text: string): string | readonly string[] {
  if (!text.startsWith('[')) return text
  try {
    const words: unknown = JSON.parse(text)
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string') && words[0] !== '') return words
  } catch {}
  throw new UserError('inputs', `${input} begins like a JSON list and is none: ${text.slice(0, 60)}`, {
    next: 'Write it as ["gunicorn", "shop.web:app"], or as a line of a shell.',
    input,
  })
}

/** A start command, checked. */
export const command: Reader<string> = (input, value) => {
  readCommand(input, value)
  return value
}

/** How Docker asks whether the application is well; what Docker's own HEALTHCHECK takes, and we do not, is refused. */
export const healthcheck: Reader<string> = (input, value) => {
  const legal = 'tcp, a path such as /health, or a command as a line of a shell'
  const isWord = /^(tcp|https?|none|cmd|cmd-shell|\d+)$/i.test(value) && value !== 'tcp'
  if (isWord || /^https?:\/\//i.test(value) || /^(\[|CMD(-SHELL)?\s|HEALTHCHECK\s)/.test(value)) throw wrong(input, value, legal)
  return value
}

const LAST_PORT = 65_535
/** Read from its start: a search from every digit of a long text takes minutes. */
const PORT = /^(?:(?:\[?[0-9a-f.:]+\]?:)?(?<host>\d*):(?<first>\d+-)?)?(?<port>\d+)(?:\/(?:tcp|udp))?$/

/** A port as Docker publishes it. */
export const port: Reader<string> = (input, value) => {
  const { host = '', first = '', port } = PORT.exec(value)?.groups ?? {}
  const numbers = [host, first.slice(0, -1), port].filter((number) => number !== '')
  if (numbers.every((number) => Number(number) <= LAST_PORT && Number(number) > 0)) return value
  throw wrong(input, value, 'lines of host:container, such as 8000:8000')
}
