import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { EXIT, exitCodeOf, usageError } from '../src/cli/usage.ts'
import { type FaultKind, UserError } from '../src/errors.ts'
import { resolutionFault } from '../src/plan/wheels/resolution-fault.ts'

const SRC = path.join(import.meta.dirname, '../src')

/** A pattern, a beginning or a part that is looked for in an error's text. */
const READS =
  /\.(?:message|next|reason)\??\.(?:startsWith|endsWith|includes|match|matchAll|search|replace|replaceAll|split|indexOf)\(|\.(?:test|exec)\([^)]*\b(?:error|fault|caught|thrown|one)\.(?:message|next)\b|\b(?:match|search)\([^)]*\.message\b/

/** Texts of other programs, which say things in no other way. */
const FOREIGN: Readonly<Record<string, string>> = {
  'effects/network/downloads.ts': 'errors of Node and its HTTP client',
  'project/locks/pipfile-lock.ts': "JSON.parse's word for the place of a fault",
  'project/toml.ts': 'smol-toml',
  'run/build/build-target.ts': "a BuildError, whose text is docker's own",
  'run/images/custom-image.ts': "a BuildError, whose text is docker's own",
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

describe('what is done about a fault', () => {
  test('follows from its kind: no text of an error is read but those of other programs', () => {
    const reading = sources.filter((file) =>
      readFileSync(path.join(SRC, file), 'utf8')
        .split('\n')
        .some((line) => READS.test(line)),
    )
    expect(reading.filter((file) => !(file in FOREIGN))).toEqual([])
    expect(Object.keys(FOREIGN).filter((file) => !reading.includes(file))).toEqual([])
  })

  test.each([
    'if (/ did not build: /.test(error.message)) return',
    "error.message.startsWith('the requirements')",
    'const input = /^[a-z-]+/.exec(error.message)?.[0]',
    "message.replace('x', '') + error.message.replace('the', '')",
  ])('would be found where it did not: %s', (line) => {
    expect(line).toMatch(READS)
  })
})

describe('the exit code of the tool', () => {
  const codes: Readonly<Record<FaultKind, number>> = { usage: 2, setting: 2, passing: 75, unresolvable: 1, 'not-built': 1, failed: 1 }
  test.each(Object.entries(codes))('of a fault that is %s is %i', (kind, code) => {
    expect(exitCodeOf(new UserError('push', 'x', { next: 'y', kind: kind as FaultKind }))).toBe(code)
  })

  test('is that of a wrong setting for the step inputs, and of usage for a command line', () => {
    expect([exitCodeOf(new UserError('inputs', 'x', 'y')), exitCodeOf(usageError('x', 'y'))]).toEqual([EXIT.usage, EXIT.usage])
  })

  test('of a fault of ours is that of a failure', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(EXIT.failed)
  })
})

describe('of an index', () => {
  const of = (line: string) => resolutionFault([line], '').kind
  test.each([
    ['passing', 'error: HTTP status server error (503 Service Unavailable) for url (https://index.example/simple/x/)'],
    ['passing', 'error: HTTP status client error (429 Too Many Requests) for url (https://index.example/simple/x/)'],
    ['failed', 'error: HTTP status client error (404 Not Found) for url (https://index.example/simple/x/)'],
    ['failed', 'error: HTTP status client error (401 Unauthorized) for url (https://index.example/simple/x/)'],
    ['passing', 'Failed to fetch: `https://index.example/simple/x/` operation timed out'],
    ['failed', 'Failed to fetch: `https://index.example/simple/x/` invalid peer certificate: UnknownIssuer'],
    ['unresolvable', 'Because x was not found in the package registry and you require x, your requirements are unsatisfiable.'],
  ])('%s: %s', (kind, line) => {
    expect(of(line)).toBe(kind)
  })
})
