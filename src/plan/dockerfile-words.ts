/** One instruction for all pairs: each instruction costs a step of the build. */
export function pairs(instruction: 'ENV' | 'LABEL', values: Readonly<Record<string, string>>): string {
  const words = Object.entries(values).map(([name, value]) => `${name}=${dockerQuote(value)}`)
  return words.length > 0 ? `${instruction} ${words.join(' \\\n    ')}\n` : ''
}

export function bind(source: string, target: string, mode?: 'rw'): string {
  return `--mount=type=bind,source=${source},target=${target}${mode ? `,${mode}` : ''}`
}

export function bindFrom(from: string, source: string, target: string, mode?: 'rw'): string {
  return `--mount=type=bind,from=${from},source=${source},target=${target}${mode ? `,${mode}` : ''}`
}

/** Variables before a command of a shell. */
export function assignments(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}=${shellQuote(value)} `)
    .join('')
}

/** A word for a shell, whatever it holds. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A quoted word of a Dockerfile instruction: `$` is not a variable there, and a line stays one line. */
export function dockerQuote(text: string): string {
  return `"${text.replace(/[\\"$]/g, '\\$&').replace(/\r?\n/g, ' ')}"`
}
