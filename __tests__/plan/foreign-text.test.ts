import { describe, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { hearing, messageIn, progressReader } from '../../src/effects/docker/progress.ts'
import { requirement, said } from '../../src/grammar.ts'
import { mend } from '../../src/judge/causes/import-fault.ts'
import { readContents } from '../../src/judge/sbom/image-contents.ts'
import { isOurs, ownError } from '../../src/plan/dockerfile/stage-messages.ts'
import { buildHint, wantsCompiler } from '../../src/plan/wheels/build-hints.ts'
import { resolutionFault } from '../../src/plan/wheels/resolution-fault.ts'
import { consoleScripts } from '../../src/project/application/entry-points.ts'
import { needsCompiler } from '../../src/project/layout/compiled-backends.ts'
import { readWheelMetadata } from '../../src/project/metadata.ts'
import { readLock } from '../../src/project/resolved-lock.ts'
import { importedFiles } from '../../src/run/images/imported-modules.ts'
import { readMessage } from '../../src/text/stage-message.ts'
import { BUSY, processorTime } from '../support/patience.ts'

// What comes out of stages and containers is read by patterns: none of them may take long, whatever it is given.

const SIZE = 1 << 20

/** What patterns of ours begin with, and what they run over. */
const PIECES = [
  ' ',
  '\n',
  '\n ',
  '\r',
  '\t',
  'a',
  '.',
  '-',
  '_',
  '/',
  '`',
  '"',
  "'",
  '(',
  '[',
  ';',
  '=',
  ':',
  '×',
  'Error',
  'Error.',
  'a.Error: ',
  'error ',
  'gcc ',
  'pkg-config',
  'cargo',
  'could not ',
  'exit code: 13',
  'cannot find -l',
  'hint: ',
  '\nhint: ',
  'Because',
  'An index URL (',
  'An index (',
  'HTTP status client error (401',
  'Failed to fetch `https://a',
  'for url (https://a',
  'invalid peer certificate: ',
  '`a` was found on ',
  'pypackager: ',
  'pypackager: metadata: ',
  '#1 ',
  '#1 [',
  '[a/',
  'Requires-Dist: a',
  '\nRequires-Dist: a ',
  '\nName: ',
  '>=1',
  "No module named '",
  'a.so',
  'build-command "',
]

/** A text of a megabyte, as one and as the lines that are kept of a stage. */
const texts = PIECES.map((piece) => ({ piece, text: piece.repeat(Math.ceil(SIZE / piece.length)) }))
const kept = (text: string) => Array.from({ length: 400 }, (_, i) => text.slice(i * 1000, (i + 1) * 1000))

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'lines of a build': (text) => progressReader()(text),
  'lines of a build, by their stage': (text) => progressReader()(`#1 ${text}`),
  'what scripts tell': (text) => hearing({})('trial', text),
  messages: (text) => messageIn('lock', text),
  'messages of ours': (text) => {
    const message = readMessage('trial', text) ?? { stage: 'trial', level: 'error', code: 'no-static', text }
    return [isOurs(message), ownError([message])]
  },
  'why a build failed': (text) => [buildHint(kept(text)), wantsCompiler(kept(text))],
  'why a resolution failed': (text) => resolutionFault(kept(text), ''),
  'what mends an import': (text) => mend(text.slice(0, 2000)),
  METADATA: (text) => readWheelMetadata(text),
  'METADATA with a name': (text) => readWheelMetadata(`Name: a\nVersion: 1\nRequires-Dist: a${text}`),
  requirements: (text) => v.is(requirement, text),
  'entry points': (text) => consoleScripts(`[console_scripts]\n${text}`),
  'what was imported': (text) => importedFiles(text),
  'names of members': (text) => needsCompiler(text.split('\n')),
  'what an image holds': (text) => readContents({ os: { ID: text }, distributions: [{ metadata: text }] }),
  'what a program says': (text) => v.parse(said(), text),
  'a lock': (text) => {
    try {
      return readLock('pylock.toml', `[[packages]]\nname = ${JSON.stringify(text)}`)
    } catch (error) {
      return error
    }
  },
}

describe.each(Object.entries(READERS))('the reader of %s', (_name, read) => {
  test.each(texts)('takes about a second at most for a megabyte of $piece', ({ text }) => {
    expect(processorTime(() => read(text))).toBeLessThan(1000 * BUSY)
  })
})
