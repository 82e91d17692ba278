/** What a literal of Python is as plain data; `undefined` stands for what is computed. */
export type Literal = string | number | boolean | null | undefined | readonly Literal[] | { readonly [key: string]: Literal }

interface Read {
  readonly value: Literal
  /** Behind the value. */
  readonly at: number
}

const TEXT = /(?:[rRuU]?("""|'''|"|')((?:\\[\s\S]|(?!\1)[\s\S])*)\1)/y
const SPACE = /(?:\s|#[^\n]*)*/y
const WORD = /(?:True|False|None|-?\d+(?:\.\d+)?)(?![\w.])/y
const DICT = /dict\s*\(/y
const KEYWORD = /([A-Za-z_]\w*)\s*=(?!=)/y
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/**
 * Reads the expression that begins at a place of Python code: dicts (`dict(…)` too), lists, tuples, texts, numbers and names
 * of constants. Nothing is executed: of what is computed the value is undefined.
 * @param at where it begins; comments and spaces before it are skipped
 */
export function readLiteral(code: string, at: number): Literal {
  return valueAt(code, at).value
}

function valueAt(code: string, start: number): Read {
  const read = plainAt(code, skip(code, start))
  // `"a" + b`, `[…][0]`, `{…} | more`: what follows makes another value.
  const end = skip(code, read.at)
  const more = end < code.length && !/[,)\]}:\n]/.test(code[end] ?? '') && !/\n/.test(code.slice(read.at, end))
  return more ? { value: undefined, at: pastValue(code, end) } : { value: read.value, at: end }
}

function plainAt(code: string, at: number): Read {
  const dict = match(DICT, code, at)
  if (dict) return keywordsAt(code, at + dict[0].length)
  if (code[at] === '{') return entriesAt(code, at + 1)
  if (code[at] === '[' || code[at] === '(') return itemsAt(code, at)
  const word = match(WORD, code, at)
  if (word)
    return {
      value: { True: true, False: false, None: null }[word[0]] ?? (/\d/.test(word[0]) ? Number(word[0]) : null),
      at: at + word[0].length,
    }
  const texts = textsAt(code, at)
  return texts ?? { value: undefined, at: pastValue(code, at) }
}

/** Texts side by side are one. */
function textsAt(code: string, start: number): Read | undefined {
  let at = start
  let value: string | undefined
  for (let text = match(TEXT, code, at); text; text = match(TEXT, code, at)) {
    value = (value ?? '') + (/^[rR]/.test(text[0]) ? (text[2] ?? '') : (text[2] ?? '').replace(/\\(["'\\])/g, '$1'))
    at += text[0].length
    const next = skip(code, at)
    if (match(TEXT, code, next)) at = next
  }
  return value === undefined ? undefined : { value, at }
}

function itemsAt(code: string, start: number): Read {
  const closing = CLOSING[code[start] ?? ''] ?? ''
  const items: Literal[] = []
  let comma = false
  let at = skip(code, start + 1)
  while (at < code.length && code[at] !== closing) {
    const item = valueAt(code, at)
    items.push(item.value)
    if (code[item.at] === ',') comma = true
    at = skip(code, code[item.at] === ',' ? item.at + 1 : Math.max(item.at, at + 1))
  }
  return { value: closing === ')' && items.length === 1 && !comma ? items[0] : items, at: at + 1 }
}

function entriesAt(code: string, start: number): Read {
  const value: Record<string, Literal> = {}
  let at = skip(code, start)
  while (at < code.length && code[at] !== '}') {
    const key = textsAt(code, at)
    const colon = key ? skip(code, key.at) : at
    if (!key || typeof key.value !== 'string' || code[colon] !== ':') return { value: undefined, at: pastValue(code, at) + 1 }
    const item = valueAt(code, colon + 1)
    value[key.value] = item.value
    at = skip(code, code[item.at] === ',' ? item.at + 1 : Math.max(item.at, at + 1))
  }
  return { value, at: at + 1 }
}

function keywordsAt(code: string, start: number): Read {
  const value: Record<string, Literal> = {}
  let at = skip(code, start)
  while (at < code.length && code[at] !== ')') {
    const key = match(KEYWORD, code, at)
    if (!key) return { value: undefined, at: pastValue(code, at) + 1 }
    const item = valueAt(code, at + key[0].length)
    value[key[1] ?? ''] = item.value
    at = skip(code, code[item.at] === ',' ? item.at + 1 : Math.max(item.at, at + 1))
  }
  return { value, at: at + 1 }
}

/** Behind an expression that is not read: at the comma or the bracket that ends it. */
function pastValue(code: string, start: number): number {
  let depth = 0
  for (let at = start; at < code.length; ) {
    const text = match(TEXT, code, at)
    if (text) at += text[0].length
    else {
      const letter = code[at] ?? ''
      if (depth === 0 && /[,)\]}]/.test(letter)) return at
      depth += /[([{]/.test(letter) ? 1 : /[)\]}]/.test(letter) ? -1 : 0
      at++
    }
  }
  return code.length
}

function skip(code: string, at: number): number {
  return at + (match(SPACE, code, at)?.[0].length ?? 0)
}

function match(pattern: RegExp, code: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(code)
}
