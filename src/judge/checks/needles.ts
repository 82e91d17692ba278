/**
 * Looks for many texts at once in bytes that come in pieces: Wu and Manber's algorithm with blocks of two
 * bytes, which skips nearly as far as the shortest text is long, however many texts there are.
 * @see Wu, Manber: A fast algorithm for multi-pattern searching (1994)
 */
export class Needles {
  private readonly texts: readonly Buffer[]
  private readonly shortest: number
  private readonly longest: number
  /** How far a block of two bytes lets the search move on. */
  private readonly shifts = new Uint16Array(1 << 16)
  private readonly ending = new Map<number, number[]>()

  /** @param texts of two bytes or more */
  constructor(texts: readonly string[]) {
    this.texts = texts.map((text) => Buffer.from(text))
    this.shortest = Math.min(...this.texts.map((text) => text.length))
    this.longest = Math.max(0, ...this.texts.map((text) => text.length))
    if (this.texts.length === 0) return
    this.shifts.fill(this.shortest - 1)
    for (const [index, text] of this.texts.entries()) {
      for (let end = 1; end < this.shortest; end++) {
        const block = blockAt(text, end)
        this.shifts[block] = Math.min(this.shifts[block] ?? 0, this.shortest - 1 - end)
      }
      const last = blockAt(text, this.shortest - 1)
      this.ending.set(last, [...(this.ending.get(last) ?? []), index])
    }
  }

  /** A search through one stream of bytes. @param found is told the index of a text at each place */
  search(found: (index: number) => void): (piece: Buffer) => void {
    if (this.texts.length === 0) return () => {}
    const overlap = this.longest - 1
    let tail: Buffer = Buffer.alloc(0)
    return (piece) => {
      if (tail.length > 0) {
        // Only what begins in the tail: the rest is found in the piece itself.
        const seam = Buffer.concat([tail, piece.subarray(0, overlap)])
        this.scan(seam, tail.length, found)
      }
      this.scan(piece, piece.length, found)
      const kept = piece.length >= overlap ? piece.subarray(piece.length - overlap) : Buffer.concat([tail, piece]).subarray(-overlap)
      tail = overlap > 0 ? Buffer.from(kept) : tail
    }
  }

  /** The indexes of the texts that are in a text. */
  in(text: string): readonly number[] {
    const indexes = new Set<number>()
    this.search((index) => indexes.add(index))(Buffer.from(text))
    return [...indexes]
  }

  private scan(bytes: Buffer, beginsBefore: number, found: (index: number) => void): void {
    const { shifts, shortest } = this
    const length = bytes.length
    for (let end = shortest - 1; end < length; ) {
      const block = ((bytes[end - 1] ?? 0) << 8) | (bytes[end] ?? 0)
      const shift = shifts[block] ?? 0
      if (shift > 0) {
        end += shift
        continue
      }
      const begin = end - shortest + 1
      if (begin >= beginsBefore) return
      for (const index of this.ending.get(block) ?? []) {
        const text = this.texts[index]
        if (text && begin + text.length <= length && bytes.compare(text, 0, text.length, begin, begin + text.length) === 0) found(index)
      }
      end++
    }
  }
}

function blockAt(text: Buffer, end: number): number {
  return ((text[end - 1] ?? 0) << 8) | (text[end] ?? 0)
}
