/** An instruction of a Dockerfile as BuildKit reads it. */
export interface Instruction {
  /** In capitals. */
  readonly keyword: string
  /** Leading words such as `--from=x`. */
  readonly flags: readonly string[]
  /** What follows the flags, continued lines joined, without comments and heredocs. */
  readonly rest: string
  /** The bodies of its heredocs: texts for a shell or a file, never instructions. */
  readonly heredocs: readonly string[]
}

/** @see https://docs.docker.com/reference/dockerfile/#here-documents */
const WITH_HEREDOCS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)$/
/** The word that begins one: a file descriptor, `<<`, `-` where leading tabs go, the end's name in quotes or not. */
const HEREDOC = /^\d*<<(-?)([^<]+)$/
const COMMENT = /^\s*#/
/** At the top alone, among comments that are `name=value`. */
const DIRECTIVE = /^\s*#\s*([a-zA-Z][\w-]*)\s*=\s*(\S{1,200})\s*$/

/**
 * The instructions of a Dockerfile.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
 */
export function readInstructions(dockerfile: string): readonly Instruction[] {
  const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/)
  const goesOn = escapeOf(lines) === '`' ? /`[ \t]{0,200}$/ : /\\[ \t]{0,200}$/
  const instructions: Instruction[] = []
  for (let at = 0; at < lines.length; ) {
    const parts: string[] = []
    for (let more = true; more && at < lines.length; at++) {
      const line = lines[at] ?? ''
      if (COMMENT.test(line) || (parts.length > 0 && line.trim() === '')) continue // a comment or a gap between lines that go on
      more = goesOn.test(line)
      parts.push(more ? line.replace(goesOn, '') : line)
    }
    const whole = parts.join(' ').trim()
    if (whole === '') continue
    const [, keyword = '', after = ''] = /^(\S+)\s*(.*)$/s.exec(whole) ?? []
    const { flags, rest } = splitFlags(after)
    const inner = keyword.toUpperCase() === 'ONBUILD' ? `ONBUILD ${/^\S*/.exec(rest)?.[0] ?? ''}` : keyword
    const heredocs: string[] = []
    for (const { name, tabs } of WITH_HEREDOCS.test(inner.toUpperCase()) ? heredocsOf(rest) : []) {
      const body: string[] = []
      for (; at < lines.length; at++) {
        const line = tabs ? (lines[at] ?? '').replace(/^\t+/, '') : (lines[at] ?? '')
        if (line === name) break
        body.push(line)
      }
      at++ // its end
      heredocs.push(body.join('\n'))
    }
    instructions.push({ keyword: keyword.toUpperCase(), flags, rest, heredocs })
  }
  return instructions
}

function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name = '', value = ''] = DIRECTIVE.exec(line) ?? []
    if (!name) return '\\'
    if (name.toLowerCase() === 'escape') return value
  }
  return '\\'
}

function splitFlags(text: string): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = []
  let rest = text.trimStart()
  while (rest.startsWith('--')) {
    const flag = /^\S+/.exec(rest)?.[0] ?? rest
    flags.push(flag)
    rest = rest.slice(flag.length).trimStart()
  }
  return { flags, rest }
}

/** Of a list in JSON there are none. */
function heredocsOf(rest: string): readonly { readonly name: string; readonly tabs: boolean }[] {
  if (!rest.includes('<<') || isJsonList(rest)) return []
  return wordsOf(rest).flatMap((word) => {
    const [, dash, end = ''] = HEREDOC.exec(word) ?? []
    const name = end.replace(/^(["'])(.*)\1$/s, '$2')
    return name === '' || /["']/.test(name) ? [] : [{ name, tabs: dash === '-' }]
  })
}

function isJsonList(text: string): boolean {
  if (!text.startsWith('[')) return false
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}

/** Words as a shell splits them, with their quotes; none where a quote is left open. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  let word = ''
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? ''
    if (letter === '\\' && quote !== "'") word += letter + (text[++i] ?? '')
    else if (quote === '' && /\s/.test(letter)) {
      if (word !== '') words.push(word)
      word = ''
    } else {
      if (letter === quote) quote = ''
      else if (quote === '' && (letter === '"' || letter === "'")) quote = letter
      word += letter
    }
  }
  if (quote !== '') return []
  return word === '' ? words : [...words, word]
}
