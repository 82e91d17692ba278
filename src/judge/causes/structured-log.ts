import * as v from 'valibot'
import { readJson } from '../../grammar.ts'

/** Characters of a line that is read as JSON. */
const LONGEST_JSON = 100_000
const RECORD = v.record(v.string(), v.unknown())

/**
 * The lines of a program's log with those of tracebacks that stand in JSON, and without the margin of exception groups.
 * @see https://www.structlog.org/en/stable/standard-library.html, https://docs.python.org/3/library/traceback.html
 */
export function unfolded(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => tracebackIn(line) ?? [line]).map((line) => line.replace(/^[ +]*\| +/, ''))
}

function tracebackIn(line: string): readonly string[] | undefined {
  if (!line.startsWith('{') || line.length > LONGEST_JSON || !line.includes('Traceback (most recent call last)')) return undefined
  const texts = Object.values(readJson(RECORD, line) ?? {}).filter((value) => typeof value === 'string' && value.includes('\n'))
  return texts.length === 0 ? undefined : texts.flatMap((text) => String(text).split('\n'))
}
