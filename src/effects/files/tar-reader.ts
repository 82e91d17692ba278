/** A member of a tar archive, before its content. */
export interface TarMember {
  /** As written, without a leading `./` or `/`. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'folder' | 'other'
  /** Bytes of its content. */
  readonly size: number
}

/** What is told while an archive is read. The pieces are views that are valid during the call alone. */
export interface TarVisitor {
  member(member: TarMember): void
  data(piece: Buffer): void
  end(): void
}

const BLOCK = 512
/** Longest extended header that is believed: a name is never near that. */
const LONGEST_HEADER = 1 << 20

/**
 * Reads a tar archive as it comes, in pieces of any length, and holds nothing but the piece at hand and
 * half a header: ustar, GNU's long names and POSIX' extended headers (path, size).
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export class TarReader {
  private readonly visitor: TarVisitor
  private block: Buffer = Buffer.alloc(0)
  private left = 0
  private padding = 0
  private state: 'header' | 'content' | 'extended' | 'ended' = 'header'
  private extended: Buffer[] = []
  private extendedKind = ''
  private longName: string | undefined
  private pax: { path?: string; size?: number } = {}

  constructor(visitor: TarVisitor) {
    this.visitor = visitor
  }

  /** True when the end mark was read. */
  get ended(): boolean {
    return this.state === 'ended'
  }

  /** True where nothing is half read; archives without an end mark are about. */
  get whole(): boolean {
    return this.ended || (this.state === 'header' && this.block.length === 0)
  }

  /** @throws Error where what comes is no tar archive */
  push(piece: Buffer): void {
    let rest = piece
    while (rest.length > 0 && this.state !== 'ended') {
      if (this.state === 'header') rest = this.header(rest)
      else rest = this.content(rest)
    }
  }

  private header(piece: Buffer): Buffer {
    const wanted = BLOCK - this.block.length
    const head =
      this.block.length === 0 && piece.length >= BLOCK ? piece.subarray(0, BLOCK) : Buffer.concat([this.block, piece.subarray(0, wanted)])
    const rest = piece.subarray(wanted)
    if (head.length < BLOCK) {
      this.block = head
      return rest
    }
    this.block = Buffer.alloc(0)
    if (head[0] === 0 && head.every((byte) => byte === 0)) this.state = 'ended'
    else this.begin(head)
    return rest
  }

  private begin(head: Buffer): void {
    if (!sumsUp(head)) throw new Error('it is no tar archive')
    const type = String.fromCharCode(head[156] ?? 0)
    const size = this.pax.size ?? number(head, 124, 12)
    if (!Number.isSafeInteger(size) || size < 0) throw new Error('a member of the archive has an impossible size')
    this.padding = (BLOCK - (size % BLOCK)) % BLOCK
    this.left = size
    if ('LKxg'.includes(type)) {
      this.left = number(head, 124, 12)
      if (!(this.left <= LONGEST_HEADER)) throw new Error('a header of the archive is too long')
      this.padding = (BLOCK - (this.left % BLOCK)) % BLOCK
      this.extendedKind = type
      this.extended = []
      this.state = 'extended'
    } else {
      const prefix = head.toString('latin1', 257, 262) === 'ustar' ? text(head, 345, 155) : ''
      const name = this.pax.path ?? this.longName ?? (prefix ? `${prefix}/${text(head, 0, 100)}` : text(head, 0, 100))
      this.longName = undefined
      this.pax = {}
      this.visitor.member({ path: name.replace(/^(\.?\/)+/, ''), kind: kindOf(type), size })
      this.state = 'content'
    }
    if (this.left === 0) this.finish()
  }

  private content(piece: Buffer): Buffer {
    if (this.left > 0) {
      const here = piece.subarray(0, this.left)
      if (this.state === 'extended') this.extended.push(Buffer.from(here))
      else this.visitor.data(here)
      this.left -= here.length
      if (this.left === 0) this.finish()
      return piece.subarray(here.length)
    }
    const skipped = Math.min(this.padding, piece.length)
    this.padding -= skipped
    if (this.padding === 0) this.state = 'header'
    return piece.subarray(skipped)
  }

  private finish(): void {
    if (this.state === 'extended') this.note(Buffer.concat(this.extended))
    else this.visitor.end()
    if (this.padding === 0) this.state = 'header'
  }

  private note(content: Buffer): void {
    if (this.extendedKind === 'L') this.longName = text(content, 0, content.length)
    if (this.extendedKind !== 'x') return
    for (let at = 0; at < content.length; ) {
      const blank = content.indexOf(0x20, at)
      const length = Number(content.toString('latin1', at, blank))
      if (blank < 0 || !Number.isInteger(length) || length <= 0) return
      const [key, ...value] = content.toString('utf8', blank + 1, at + length - 1).split('=')
      if (key === 'path') this.pax.path = value.join('=')
      if (key === 'size') this.pax.size = Number(value.join('='))
      at += length
    }
  }
}

function kindOf(type: string): TarMember['kind'] {
  if (type === '0' || type === '\0' || type === '7') return 'file'
  if (type === '1' || type === '2') return 'link'
  return type === '5' ? 'folder' : 'other'
}

function text(block: Buffer, at: number, length: number): string {
  const end = block.indexOf(0, at)
  return block.toString('utf8', at, end < 0 || end > at + length ? at + length : end)
}

/** Octal digits, or GNU's binary form for what is over 8 GB. */
function number(block: Buffer, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) !== 0) return Number(block.readBigUInt64BE(at + length - 8) & 0x7fffffffffffffffn)
  return Number.parseInt(text(block, at, length).trim() || '0', 8)
}

function sumsUp(head: Buffer): boolean {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : (head[i] ?? 0)
  return sum === number(head, 148, 8)
}
