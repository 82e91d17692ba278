/** The marks that a text may begin with, longest first: that of UTF-16 is the beginning of one of UTF-32. */
const MARKS: readonly (readonly [readonly number[], (bytes: Buffer) => string])[] = [
  [[0xff, 0xfe, 0, 0], (bytes) => utf32(bytes, false)],
  [[0, 0, 0xfe, 0xff], (bytes) => utf32(bytes, true)],
  [[0xff, 0xfe], (bytes) => new TextDecoder('utf-16le').decode(bytes)],
  [[0xfe, 0xff], (bytes) => new TextDecoder('utf-16be').decode(bytes)],
]

/** Python's names of encodings that the platform knows by others. */
const LABELS: Readonly<Record<string, string>> = { latin_1: 'latin1', 'latin-1': 'latin1', cp1252: 'windows-1252', utf_8: 'utf-8' }

/**
 * The text of a file: by the mark that it begins with, by the encoding that one of its first two lines names in a
 * comment, else as UTF-8. What is not of its encoding becomes U+FFFD.
 * @see PEP 263; pip's requirements file format, "Encoding"
 */
export function decoded(bytes: Buffer): string {
  const marked = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))
  if (marked) return marked[1](bytes).replace(/^\uFEFF/, '')
  const head = bytes.subarray(0, 500).toString('latin1').split('\n').slice(0, 2)
  const label = head.flatMap((line) => (line.startsWith('#') ? (/coding[:=]\s*([-\w.]+)/.exec(line)?.[1] ?? []) : []))[0]?.toLowerCase()
  const decoder = label === undefined ? undefined : decoderOf(LABELS[label] ?? label)
  return decoder && decoder.encoding !== 'utf-8' ? decoder.decode(bytes) : bytes.toString('utf8')
}

function decoderOf(label: string) {
  try {
    return new TextDecoder(label)
  } catch {
    return undefined
  }
}

function utf32(bytes: Buffer, big: boolean): string {
  const codes = Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) =>
    big ? bytes.readUInt32BE(i * 4) : bytes.readUInt32LE(i * 4),
  )
  return codes.map((code) => (code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code))).join('')
}
