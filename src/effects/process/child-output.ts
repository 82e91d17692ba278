import { StringDecoder } from 'node:string_decoder'

/** Longest line that is told, in characters: reports of our scripts are one line each. */
const LONGEST_LINE = 4 << 20
/** What is kept of a stream, in characters: its begin, and its end, where the reason of a failure stands. */
const KEPT_BEGIN = 16 << 20
const KEPT_END = 4 << 20

/** What a child writes to one stream: told line by line, and kept, both within bounds whatever comes. */
export interface Output {
  push(chunk: Buffer): void
  /** Tells the last line. */
  end(): void
  /** What was written; where that was too much, a line in its middle says how much is left out. */
  text(): string
  /** Whether `text` lacks something. */
  cut(): boolean
}

/** @param begin characters that are kept of the stream's begin */
export function childOutput(onLine: ((line: string) => void) | undefined, begin = KEPT_BEGIN): Output {
  const decoder = new StringDecoder('utf8')
  const lines = onLine && lineReader(onLine)
  const kept = keptText(begin)
  return {
    push(chunk) {
      const text = decoder.write(chunk)
      kept.push(text)
      lines?.push(text)
    },
    end: () => lines?.end(),
    text: kept.text,
    cut: () => kept.left() > 0,
  }
}

/** Splits a stream at \n, \r\n and \r, in linear time; of a line that is too long the begin is told. */
function lineReader(onLine: (line: string) => void) {
  let line = ''
  let more = 0
  let returned = false
  const add = (text: string) => {
    const room = LONGEST_LINE - line.length
    line += text.slice(0, room)
    more += Math.max(0, text.length - room)
  }
  const tell = () => {
    onLine(more > 0 ? `${line}… (${more} characters more not shown)` : line)
    line = ''
    more = 0
  }
  return {
    push(text: string) {
      const parts = (returned && text.startsWith('\n') ? text.slice(1) : text).split(/\r\n|\n|\r/)
      if (text !== '') returned = text.endsWith('\r') // its \n may come with the next piece
      const last = parts.pop() ?? ''
      for (const part of parts) {
        add(part)
        tell()
      }
      add(last)
    },
    end() {
      if (line !== '') tell()
    },
  }
}

function keptText(most: number) {
  let begin = ''
  let end: string[] = []
  let ended = 0
  let left = 0
  return {
    push(text: string) {
      const room = most - begin.length
      if (room > 0) begin += text.slice(0, room)
      if (text.length <= room) return
      end.push(room > 0 ? text.slice(room) : text)
      ended += text.length - Math.max(0, room)
      if (ended <= 2 * KEPT_END) return
      const all = end.join('')
      left += all.length - KEPT_END
      end = [all.slice(-KEPT_END)]
      ended = KEPT_END
    },
    left: () => left,
    text: () => (left > 0 ? `${begin}\n… ${Math.ceil(left / 2 ** 20)} MB more not shown\n${end.join('')}` : begin + end.join('')),
  }
}
