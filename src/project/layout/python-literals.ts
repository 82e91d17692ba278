/** What a literal of Python is as plain data; `undefined` stands for what is computed. */
export type Literal = string | number | boolean | null | undefined | readonly Literal[] | { readonly [key: string]: Literal }

/** Characters; what is longer is computed for all we know. */
const LONGEST = 10_000
const DEEPEST = 8

const TOKEN = /(?:[rRuU]?("""|'''|"|')((?:\\[\s\S]|(?!\1)[^\\])*)\1)|[\w.]+|\s+|#[^\n]*|[^\s\w"']/y
const NUMBER = /^\d+(\.\d+)?$/
const NAMES: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['True', true],
  ['False', false],
  ['None', null],
])
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
])

interface Token {
  readonly word: string
  /** What a text says. */
  readonly text?: string
}

/**
 * Reads the expression that begins at a place of Python code: dicts (`dict(…)` too), lists, tuples, texts, numbers and names
 * of constants. Nothing is executed: of what is computed the value is undefined.
 * @param at where it begins; comments and spaces before it are skipped
 */
export function readLiteral(code: string, at: number): Literal {
  return new Reader(tokensOf(code.slice(at, at + LONGEST))).value(DEEPEST)
}

/** Up to the first text that does not end. The end of a line is a token: outside of brackets it ends the expression. */
function tokensOf(code: string): readonly Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  let depth = 0
  for (let found = pattern.exec(code); found; found = pattern.exec(code)) {
    const [word, quote, text = ''] = found
    if (quote !== undefined) tokens.push({ word: 'text', text: /^[rR]/.test(word) ? text : text.replace(/\\(["'\\])/g, '$1') })
    else if (/^\s/.test(word)) {
      if (depth <= 0 && word.includes('\n') && tokens.length > 0) tokens.push({ word: '\n' })
    } else if (!word.startsWith('#')) {
      depth += CLOSING.has(word) ? 1 : /^[)\]}]$/.test(word) ? -1 : 0
      tokens.push({ word })
    }
  }
  return tokens
}

/** Goes once over the tokens. */
class Reader {
  private at = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  /** One expression, up to what ends it. @param left levels that may be inside it */
  value(left: number): Literal {
    const read = left > 0 ? this.plain(left) : undefined
    const whole = /^[,)\]}:\n]$/.test(this.word() || '\n')
    this.skip()
    return whole ? read : undefined
  }

  private word(ahead = 0): string {
    return this.tokens[this.at + ahead]?.word ?? ''
  }

  private take(): Token {
    return this.tokens[this.at++] ?? { word: '' }
  }

  private plain(left: number): Literal {
    if (this.word() === 'dict' && this.word(1) === '(') {
      this.at += 2
      return this.entries(')', '=', left)
    }
    const { word, text } = this.take()
    if (word === '{') return this.entries('}', ':', left)
    if (word === '[' || word === '(') return this.items(CLOSING.get(word) ?? '', left)
    if (text !== undefined) return this.texts(text)
    return NUMBER.test(word) ? Number(word) : NAMES.get(word)
  }

  /** Texts side by side are one. */
  private texts(first: string): string {
    let all = first
    while (this.tokens[this.at]?.text !== undefined) all += this.take().text
    return all
  }

  private items(closing: string, left: number): Literal {
    const items: Literal[] = []
    let comma = false
    while (this.word() !== '' && this.word() !== closing) {
      items.push(this.value(left - 1))
      if (this.word() === ',') comma = true
      else if (this.word() !== closing) return undefined
      if (this.word() === ',') this.at++
    }
    if (this.take().word !== closing) return undefined
    return closing === ')' && items.length === 1 && !comma ? items[0] : items
  }

  private entries(closing: string, between: string, left: number): Literal {
    const value: Record<string, Literal> = {}
    while (this.word() !== '' && this.word() !== closing) {
      const { word, text } = this.take()
      const key = between === '=' ? word : text
      if (key === undefined || this.take().word !== between) return undefined
      value[key] = this.value(left - 1)
      if (this.word() === ',') this.at++
      else if (this.word() !== closing) return undefined
    }
    return this.take().word === closing ? value : undefined
  }

  /** To the comma or the bracket that ends an expression. */
  private skip(): void {
    for (let depth = 0; this.at < this.tokens.length; this.at++) {
      const word = this.word()
      if (depth === 0 && /^[,)\]}\n]$/.test(word)) return
      depth += CLOSING.has(word) ? 1 : /^[)\]}]$/.test(word) ? -1 : 0
    }
  }
}
