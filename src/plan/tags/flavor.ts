import { UserError } from '../../errors.ts'
import { shorten } from '../../text/words.ts'
import { fields } from './tag-rule-lines.ts'

/** What is said of all tags at once, in the language of docker/metadata-action. Its texts may hold expressions. */
export interface Flavor {
  readonly latest: 'auto' | 'true' | 'false'
  readonly prefix: string
  readonly suffix: string
  /** Whether `latest` gets them too. */
  readonly prefixLatest: boolean
  readonly suffixLatest: boolean
}

export const NO_FLAVOR: Flavor = { latest: 'auto', prefix: '', suffix: '', prefixLatest: false, suffixLatest: false }

/**
 * Reads the lines of the input `flavor`: `latest=auto`, `prefix=…,onlatest=true`, `suffix=…`.
 * @throws UserError naming the line and what would be legal
 * @see https://github.com/docker/metadata-action#flavor-input
 */
export function readFlavor(lines: readonly string[]): Flavor {
  return lines.filter((line) => !line.startsWith('#')).reduce(readLine, NO_FLAVOR)
}

function readLine(flavor: Flavor, line: string): Flavor {
  let read = flavor
  let of: 'prefix' | 'suffix' | undefined
  for (const field of fields(line)) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(field)?.map((part) => part.trim()) ?? []
    const name = key.toLowerCase()
    if (name === 'prefix' || name === 'suffix') {
      checkText(name, value)
      of = name
      read = { ...read, [name]: value }
    } else if (name === 'latest' && (value === 'auto' || value === 'true' || value === 'false')) {
      read = { ...read, latest: value }
    } else if (name === 'onlatest' && of && ['true', 'false'].includes(value)) {
      read = { ...read, [`${of}Latest`]: value === 'true' }
    } else {
      throw new UserError('inputs', `flavor: "${field}" in "${shorten(line, 80)}" cannot be followed`, {
        next: 'Write latest=auto, true or false; prefix=TEXT or suffix=TEXT, each with onlatest=true or false behind it.',
        input: 'flavor',
      })
    }
  }
  return read
}

/** @throws UserError where what stands outside the expressions is nothing that a tag can hold */
function checkText(name: string, text: string): void {
  const [illegal] = /[^A-Za-z0-9._-]/.exec(text.replace(/\{\{.*?\}?\}\}/gs, '')) ?? []
  if (!illegal && !(name === 'prefix' && /^[.-]/.test(text))) return
  throw new UserError('inputs', `flavor: ${name} "${shorten(text, 80)}" cannot stand in a tag`, {
    next: `Write letters, digits, . _ and -${name === 'prefix' ? ', not beginning with . or -' : ''}.`,
    input: 'flavor',
  })
}
