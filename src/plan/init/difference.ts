import type { Change } from './proposal.ts'

const CONTEXT = 3

/** A change as `git diff` shows it, and `git apply` takes it: one piece, from the first line that differs to the last. */
export function difference({ path, before, after }: Change): string {
  const old = linesOf(before ?? '')
  const now = linesOf(after)
  const most = Math.min(old.length, now.length)
  let head = 0
  while (head < most && old[head] === now[head]) head++
  let tail = 0
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++
  const from = Math.max(0, head - CONTEXT)
  const until = Math.max(0, tail - CONTEXT)
  const range = (lines: readonly string[]) => `${lines.length === 0 ? 0 : from + 1},${lines.length - from - until}`
  return [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n`,
    `+++ b/${path}\n`,
    `@@ -${range(old)} +${range(now)} @@\n`,
    ...marked(' ', old.slice(from, head)),
    ...marked('-', old.slice(head, old.length - tail)),
    ...marked('+', now.slice(head, now.length - tail)),
    ...marked(' ', old.slice(old.length - tail, old.length - until)),
  ].join('')
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${mark}${line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`}`)
}

/** Each with its end, which the last one may lack. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}
