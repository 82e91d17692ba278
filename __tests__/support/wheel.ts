import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

export interface TestWheel {
  readonly file: string
  readonly bytes: Buffer
  readonly sha256: string
}

/** What a wheel has beyond a module. */
interface WheelOptions {
  readonly requires?: readonly string[]
  readonly mark?: string
  /** More files, by their paths. */
  readonly beside?: Readonly<Record<string, string>>
}

/** A pure wheel with one module of its name, which knows its version and a mark to tell it by. */
export function testWheel(name: string, version: string, options: WheelOptions = {}): TestWheel {
  const module = name.replaceAll('-', '_')
  const info = `${module}-${version}.dist-info`
  const requires = (options.requires ?? []).map((line) => `Requires-Dist: ${line}\n`).join('')
  const members: Record<string, string> = {
    ...options.beside,
    [`${module}.py`]: `VERSION = ${JSON.stringify(version)}\nMARK = ${JSON.stringify(options.mark ?? '')}\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${requires}`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  }
  const record = `${info}/RECORD`
  members[record] = [
    ...Object.entries(members).map(([file, text]) => `${file},sha256=${digest(text)},${text.length}`),
    `${record},,`,
    '',
  ].join('\n')
  const bytes = zip(members)
  return { file: `${module}-${version}-py3-none-any.whl`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** A zip file of ASCII members, stored. */
export function zip(members: Readonly<Record<string, string>>): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(members)) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed
    common.writeUInt16LE(0x21, 8) // 1980-01-01
    common.writeUInt32LE(crc32(text), 10)
    common.writeUInt32LE(text.length, 14)
    common.writeUInt32LE(text.length, 18)
    common.writeUInt16LE(name.length, 22)
    const piece = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name + text)])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, tail, Buffer.from(name)]))
    pieces.push(piece)
    offset += piece.length
  }
  const end = Buffer.alloc(18)
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...pieces, ...directory, Buffer.from('PK\x05\x06'), end])
}
