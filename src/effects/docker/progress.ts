import { inflateSync } from 'node:zlib'
import { type Message, readMessage } from '../../text/stage-message.ts'
import type { Hears } from '../docker-port.ts'

/** Something that happened in a build. Seconds are BuildKit's own. */
export type BuildEvent =
  | { readonly kind: 'started'; readonly stage: string; readonly step: string }
  | { readonly kind: 'text'; readonly stage: string; readonly text: string }
  | { readonly kind: 'done'; readonly stage: string; readonly step: string; readonly seconds: number }
  | { readonly kind: 'cached'; readonly stage: string; readonly step: string }
  | { readonly kind: 'failed'; readonly stage: string; readonly step: string; readonly text: string }

/** What a stage without a name is called. */
const UNNAMED = 'image'

/**
 * Reads the lines of `--progress=plain`, which look alike from BuildKit 0.8 to 0.33:
 * `#7 [lock 1/1] RUN …`, `#7 0.412 text`, `#7 DONE 1.0s`, `#7 CACHED`, `#7 ERROR: …`. The only stage of a
 * Dockerfile may have no name: `#7 [2/3] RUN …`.
 */
export function progressReader(): (line: string) => BuildEvent | undefined {
  const vertices = new Map<string, { stage: string; step: string }>()
  return (line) => {
    const match = /^#(\d+) (.*)$/.exec(line)
    if (!match) return undefined
    const [, id = '', rest = ''] = match
    const head = /^\[(?:[a-z]+\/[a-z0-9/]+ )?(?:([\w.-]+)(?: +\d+\/\d+)?|\d+\/\d+)\] (.*)$/.exec(rest)
    if (head && head[1] !== 'internal' && head[1] !== 'auth') {
      if (vertices.has(id)) return undefined
      const vertex = { stage: head[1] ?? UNNAMED, step: head[2] ?? '' }
      vertices.set(id, vertex)
      return { kind: 'started', ...vertex }
    }
    const vertex = vertices.get(id)
    if (!vertex) return undefined
    if (rest === 'CACHED') return { kind: 'cached', ...vertex }
    const done = /^DONE ([\d.]+)s$/.exec(rest)
    if (done) return { kind: 'done', ...vertex, seconds: Number(done[1]) }
    const failed = /^ERROR:? (.*)$/.exec(rest)
    if (failed) return { kind: 'failed', ...vertex, text: failed[1] ?? '' }
    const text = /^\d+\.\d+ (.*)$/.exec(rest)
    return text ? { kind: 'text', stage: vertex.stage, text: text[1] ?? '' } : undefined
  }
}

/** How much of the context was sent, as BuildKit tells it (`#5 transferring context: 1.07GB 10.2s`), and whether that is all. */
export function sentIn(line: string): { readonly size: string; readonly all: boolean } | undefined {
  const match = /^#\d+ transferring context: (\d[\d.]{0,9}[kMGT]?B)(?: [\d.]{1,9}s)?( done)?$/.exec(line)
  return match ? { size: match[1] ?? '', all: match[2] !== undefined } : undefined
}

const OURS = 'pypackager: '

/** A line of a stage that is addressed to the user: `pypackager: notice[code]: …`. */
export function messageIn(stage: string, text: string): Message | undefined {
  return text.startsWith(OURS) ? readMessage(stage, text.slice(OURS.length)) : undefined
}

/** Longest text that is taken from a build, in bytes. */
const LONGEST_TOLD = 4 << 20

/** The stages whose scripts say something to us alone. */
const TELLERS: Readonly<Record<keyof Hears, string>> = { imported: 'trial' }

/**
 * Puts together what scripts say to us alone. It comes out of steps that run anybody's code: what cannot be read is left out,
 * and so is what another stage says.
 * @returns a reader of lines, which tells whether one was of that kind
 */
export function hearing(hears: Hears): (stage: string, text: string) => boolean {
  const told = new Map<string, string>()
  return (stage, text) => {
    const match = /^pypackager: (imported): ([\w+/=]+|\.)$/.exec(text)
    if (!match) return false
    const kind = match[1] as keyof Hears
    if (stage !== TELLERS[kind]) return true
    const [before, piece = ''] = [told.get(kind) ?? '', match[2]]
    if (piece !== '.') {
      if (before.length < LONGEST_TOLD) told.set(kind, before + piece)
      return true
    }
    told.delete(kind)
    const whole = unpacked(before)
    if (whole !== undefined) hears[kind]?.(whole)
    return true
  }
}

function unpacked(text: string): string | undefined {
  try {
    return inflateSync(Buffer.from(text, 'base64'), { maxOutputLength: LONGEST_TOLD }).toString()
  } catch {
    return undefined
  }
}
