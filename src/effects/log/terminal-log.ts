import type { Log } from '../ports.ts'
import { logLine } from './log-line.ts'

export interface TerminalOptions {
  readonly stream: NodeJS.WriteStream
  /** Shows what docker says, too. */
  readonly verbose: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** How lines are worded here: messages whole, what shows values with care. */
  readonly words?: { readonly message: (text: string) => string; readonly line: (text: string) => string }
}

export interface TerminalLog extends Log {
  /** An error, the last line. */
  error(text: string): void
  /** Takes the line of progress away. */
  end(): void
}

const AS_IT_IS = { message: (text: string) => text, line: (text: string) => text }
const DRAW_MS = 120
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const STYLES = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 } as const

/**
 * The log of a terminal: colours, and a last line that tells what is at work; in a pipe the same lines as plain text.
 * @see https://no-color.org
 */
export function terminalLog({ stream, verbose, env, words = AS_IT_IS }: TerminalOptions): TerminalLog {
  const live = stream.isTTY === true && env.TERM !== 'dumb' && !env.CI
  const colour = env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stream.isTTY === true && env.TERM !== 'dumb'
  const style = (name: keyof typeof STYLES, text: string) => (colour ? `\u001b[${STYLES[name]}m${text}\u001b[0m` : text)
  const dim = (text: string) => style('dim', text)
  const groups: { readonly title: string; readonly since: number }[] = []
  let doing = ''
  let drawn = false
  let timer: NodeJS.Timeout | undefined

  function draw(): void {
    const now = performance.now()
    const group = groups.at(-1)
    if (!group) return
    const seconds = `${((now - group.since) / 1000).toFixed(0)} s`
    const text = ` ${group.title} ${seconds}${doing ? `  ${doing}` : ''}`.slice(0, Math.max(20, (stream.columns || 80) - 2))
    stream.write(`\r\u001b[2K${style('cyan', SPINNER[Math.floor(now / DRAW_MS) % SPINNER.length] ?? '')}${style('dim', text)}`)
    drawn = true
  }

  function clear(): void {
    if (drawn) stream.write('\r\u001b[2K')
    drawn = false
  }

  /** @param dress adds what is ours: colours, and the word that a line begins with */
  function line(text: string, dress = (plain: string) => plain): void {
    clear()
    stream.write(`${dress(logLine(text))}\n`)
    if (timer) draw()
  }

  return {
    mask: () => {}, // whoever reads this terminal typed them
    info: (text) => line(words.line(text)),
    foreign: (lines) => lines.forEach((text) => void line(text, dim)),
    notice: (text) => line(words.message(text), (plain) => `${style('cyan', 'note:')} ${plain}`),
    warning: (text) => line(words.message(text), (plain) => `${style('yellow', 'warning:')} ${plain}`),
    debug: (text) => verbose && line(text, dim),
    error: (text) => line(text, (plain) => `${style('red', 'error:')} ${plain}`),
    progress(text) {
      doing = logLine(text)
    },
    async group(title, work) {
      line(title, (plain) => style('bold', plain))
      groups.push({ title: logLine(title), since: performance.now() })
      if (live) timer ??= setInterval(draw, DRAW_MS)
      try {
        return await work()
      } finally {
        groups.pop()
        doing = ''
        if (groups.length === 0) this.end()
      }
    },
    end() {
      clearInterval(timer)
      timer = undefined
      clear()
    },
  }
}
