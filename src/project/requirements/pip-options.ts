/** A line of a requirements file, apart: what is required, and options in their order. */
export interface PipLine {
  /** '' for a line of options alone. */
  readonly requirement: string
  readonly options: readonly PipOption[]
  /** Words among the options that count for nothing. */
  readonly left: readonly string[]
}

export interface PipOption {
  /** As pip's manual writes it first: `--requirement`. */
  readonly name: string
  /** '' for one that takes none. */
  readonly value: string
}

/** What pip says of a line that it refuses. */
export interface Refused {
  readonly refused: string
}

interface Known {
  readonly name: string
  readonly short?: string
  readonly others?: readonly string[]
  readonly takesValue: boolean
}

/** @see https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options */
const KNOWN: readonly Known[] = [
  { name: '--requirement', short: '-r', takesValue: true },
  { name: '--constraint', short: '-c', takesValue: true },
  { name: '--editable', short: '-e', takesValue: true },
  { name: '--index-url', short: '-i', others: ['--pypi-url'], takesValue: true },
  { name: '--extra-index-url', takesValue: true },
  { name: '--find-links', short: '-f', takesValue: true },
  { name: '--no-index', takesValue: false },
  { name: '--no-binary', takesValue: true },
  { name: '--only-binary', takesValue: true },
  { name: '--prefer-binary', takesValue: false },
  { name: '--require-hashes', takesValue: false },
  { name: '--no-require-hashes', takesValue: false },
  { name: '--pre', takesValue: false },
  { name: '--all-releases', takesValue: true },
  { name: '--only-final', takesValue: true },
  { name: '--trusted-host', takesValue: true },
  { name: '--use-feature', takesValue: true },
  { name: '--hash', takesValue: true },
  { name: '--global-option', takesValue: true },
  { name: '--config-settings', short: '-C', others: ['--config-setting'], takesValue: true },
]

/**
 * Parts a line as pip does: at the first blank that a dash follows; the rest as a shell's words, read by optparse.
 * @param line without comment and continuations
 */
export function partLine(line: string): PipLine | Refused {
  const words = line.split(' ')
  const first = words.findIndex((word) => word.startsWith('-'))
  const requirement = (first < 0 ? words : words.slice(0, first)).join(' ')
  const rest = first < 0 ? [] : shellWords(words.slice(first).join(' '))
  if ('refused' in rest) return rest
  const read = readOptions(rest)
  return 'refused' in read ? read : { requirement, ...read }
}

/** Words as a POSIX shell parts them (Python's shlex.split). */
function shellWords(text: string): readonly string[] | Refused {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (quote === "'" ? char !== quote : quote && char !== quote && char !== '\\') word += char
    else if (quote && char === quote) quote = ''
    else if (char === '\\') {
      const next = text[++at]
      if (next === undefined) return { refused: 'nothing follows its last backslash' }
      word = (word ?? '') + (quote && next !== quote && next !== '\\' ? `\\${next}` : next)
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + char
  }
  if (quote) return { refused: 'a quote is not closed' }
  return word === undefined ? words : [...words, word]
}

/** As optparse reads them: long ones may be cut short. */
function readOptions(words: readonly string[]): Omit<PipLine, 'requirement'> | Refused {
  const found: PipOption[] = []
  const left: string[] = []
  const rest = words.values()
  const next = () => rest.next().value
  for (let word = next(); word !== undefined && word !== '--'; word = next()) {
    if (word.startsWith('--')) {
      const [, written = '', given] = /^(--[^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
      const option = longOption(written)
      if ('refused' in option) return option
      if (!option.takesValue && given !== undefined) return { refused: `${option.name} takes no value` }
      const value = option.takesValue ? (given ?? next()) : ''
      if (value === undefined) return { refused: `${option.name} takes a value` }
      if (option.name === '--hash' && !/^(md5|sha\d+):./.test(value)) return { refused: '--hash takes a kind and a sum, as sha256:…' }
      found.push({ name: option.name, value })
    } else if (/^-./.test(word)) {
      const option = KNOWN.find(({ short }) => short === word.slice(0, 2))
      if (!option) return { refused: `the option ${word.slice(0, 2)} is not understood` }
      const value = word.length > 2 ? word.slice(2) : next()
      if (value === undefined) return { refused: `${option.name} takes a value` }
      found.push({ name: option.name, value })
    } else left.push(word)
  }
  return { options: found, left }
}

function longOption(written: string): Known | Refused {
  const spellings = KNOWN.flatMap((known) => [known.name, ...(known.others ?? [])].map((spelling) => ({ spelling, known })))
  const exact = spellings.find(({ spelling }) => spelling === written)
  if (exact) return exact.known
  const near = new Set(spellings.filter(({ spelling }) => spelling.startsWith(written)).map(({ known }) => known))
  const [only] = near
  return near.size === 1 && only ? only : { refused: `the option ${written} is not understood` }
}
