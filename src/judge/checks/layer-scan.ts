import { createHash, type Hash } from 'node:crypto'
import type { ImageReader, LayerMember, LayerVisitor } from '../../effects/docker-port.ts'
import { isTellable, type KnownSecret, searchForms } from '../../plan/secrets.ts'
import { Needles } from './needles.ts'

/** Raised when something else is looked for: layers that were clean before are read again then. */
export const SCAN_VERSION = '1'

/** What was found in an image's archive. Names of secrets, never their text. */
export interface ImageFindings {
  /** diff ids of the layers that were read. */
  readonly layers: readonly string[]
  readonly secrets: readonly SecretFound[]
  readonly wheels: readonly WheelFound[]
  readonly compilers: readonly FileFound[]
  /** Secrets that cannot be told from ordinary text. */
  readonly untold: readonly string[]
}

export interface FileFound {
  /** The layer's diff id. */
  readonly layer: string
  readonly path: string
}

export interface SecretFound {
  readonly secret: string
  /** In a layer, or in the image's configuration and history: `the environment variable TOKEN`. */
  readonly at: FileFound | string
}

export interface WheelFound extends FileFound {
  /** It is one of the wheelhouse's wheels, by its content. */
  readonly ours: boolean
}

/** Tools that make programs, by their names and those with a target's prefix or a version. */
const COMPILER =
  /(?:^|\/)(?:(?:[a-z0-9_]+-)+(?=gcc|g\+\+|c\+\+|cc|clang))?(?:gcc|g\+\+|c\+\+|cc|clang(?:\+\+)?|tcc|gfortran|rustc|cargo|go)(?:-\d[\d.]*)?$/
const PROGRAMS = /(?:^|\/)s?bin\//
const INSIDE_COMPILER = /(?:^|\/)(?:cc1|cc1plus|rustlib|clang-\d+)$/

/** Whether a path is that of a compiler. */
export function isCompiler(path: string): boolean {
  return (PROGRAMS.test(path) && COMPILER.test(path)) || INSIDE_COMPILER.test(path)
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1')
const WHEEL_MARK = Buffer.from('.dist-info/WHEEL')
const MARK_REACH = 300
/** What an entry of a zip file's central directory begins with, and how far its name is from there. */
const ENTRY = Buffer.from('PK\x01\x02', 'latin1')
const NAME_AT = 46

/**
 * Looks through every layer's files and the configuration for what must not be there. Where a secret is
 * found again and again in one layer, the first places are kept.
 * @param wheels sha256 of the wheelhouse's wheels
 */
export class ImageScan implements ImageReader {
  private readonly needles: Needles
  private readonly names: readonly string[]
  private readonly untold: readonly string[]
  private readonly wheelSums: ReadonlySet<string>
  private readonly secrets: SecretFound[] = []
  private readonly wheels: WheelFound[] = []
  private readonly compilers: FileFound[] = []
  private readonly layers: string[] = []

  constructor(secrets: readonly KnownSecret[], wheels: Iterable<string>) {
    const told = secrets.map(({ name, texts }) => ({ name, texts: texts.filter(isTellable) }))
    const forms = new Map(told.flatMap(({ name, texts }) => texts.flatMap(searchForms).map((form) => [form, name] as const)).reverse())
    this.needles = new Needles([...forms.keys()])
    this.names = [...forms.values()]
    this.untold = told.filter(({ texts }) => texts.length === 0).map(({ name }) => name)
    this.wheelSums = new Set(wheels)
  }

  get findings(): ImageFindings {
    const { layers, secrets, wheels, compilers, untold } = this
    return { layers, secrets, wheels, compilers, untold }
  }

  document(text: string): void {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      value = text
    }
    for (const { place, words } of textsIn(value)) {
      for (const index of this.needles.in(words)) this.keep({ secret: this.names[index] ?? '', at: place })
    }
  }

  layer(): LayerVisitor {
    const scan = new LayerScan(this.needles, this.wheelSums)
    return {
      member: (member) => scan.member(member),
      data: (piece) => scan.data(piece),
      end: () => scan.end(),
      done: (layer) => {
        this.layers.push(layer)
        for (const { index, path } of scan.secrets) this.keep({ secret: this.names[index] ?? '', at: { layer, path } })
        this.wheels.push(...scan.wheels.map((wheel) => ({ layer, ...wheel })))
        this.compilers.push(...scan.compilers.map((path) => ({ layer, path })))
      },
    }
  }

  private keep(found: SecretFound): void {
    const print = JSON.stringify(found)
    if (!this.secrets.some((known) => JSON.stringify(known) === print)) this.secrets.push(found)
  }
}

const SHOWN_PLACES = 20

class LayerScan {
  readonly secrets: { index: number; path: string }[] = []
  readonly wheels: { path: string; ours: boolean }[] = []
  readonly compilers: string[] = []
  private readonly needles: Needles
  private readonly wheelSums: ReadonlySet<string>
  private path = ''
  private shown = ''
  private head: Buffer | undefined
  private search: ((piece: Buffer) => void) | undefined
  private zip: { readonly hash: Hash; tail: Buffer; wheel: boolean } | undefined

  constructor(needles: Needles, wheelSums: ReadonlySet<string>) {
    this.needles = needles
    this.wheelSums = wheelSums
  }

  member({ path, kind }: LayerMember): void {
    this.path = path
    // A name may hold the secret itself: such a one is not printed.
    const inName = this.needles.in(path)
    this.shown = inName.length > 0 ? 'a file with it in its name' : path
    for (const index of inName) this.found(index)
    if ((kind === 'file' || kind === 'link') && isCompiler(path)) this.compilers.push(path)
    this.head = kind === 'file' ? Buffer.alloc(0) : undefined
    this.zip = undefined
    this.search = kind === 'file' ? this.needles.search((index) => this.found(index)) : undefined
  }

  data(piece: Buffer): void {
    this.search?.(piece)
    if (this.zip) this.inZip(piece)
    if (this.head === undefined) return
    // A piece may be shorter than what tells a zip file.
    this.head = Buffer.concat([this.head, piece])
    if (this.head.length < ZIP.length) return
    if (this.head.subarray(0, ZIP.length).equals(ZIP)) {
      this.zip = { hash: createHash('sha256'), tail: Buffer.alloc(0), wheel: false }
      this.inZip(this.head)
    }
    this.head = undefined
  }

  private inZip(piece: Buffer): void {
    if (!this.zip) return
    this.zip.hash.update(piece)
    const seen = this.zip.tail.length > 0 ? Buffer.concat([this.zip.tail, piece]) : piece
    if (!this.zip.wheel && seen.includes(WHEEL_MARK)) this.zip.wheel = listsWheel(seen)
    this.zip.tail = Buffer.from(seen.subarray(-MARK_REACH))
  }

  end(): void {
    const ours = this.zip !== undefined && this.wheelSums.has(this.zip.hash.digest('hex'))
    if (ours || this.zip?.wheel || (this.search && this.path.endsWith('.whl'))) this.wheels.push({ path: this.shown, ours })
    this.zip = undefined
  }

  private found(index: number): void {
    const { shown: path } = this
    if (this.secrets.length < SHOWN_PLACES && !this.secrets.some((known) => known.index === index && known.path === path)) {
      this.secrets.push({ index, path })
    }
  }
}

/** Whether a zip file's directory names a WHEEL file at its top: further down it is that of a bundled package. */
function listsWheel(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(WHEEL_MARK); at >= 0; at = bytes.indexOf(WHEEL_MARK, at + 1)) {
    const entry = bytes.lastIndexOf(ENTRY, at)
    if (entry >= 0 && entry + NAME_AT < at && !bytes.subarray(entry + NAME_AT, at).includes('/')) return true
  }
  return false
}

/** The texts of an image's configuration, with the words for where each stands. */
function textsIn(value: unknown): readonly { readonly place: string; readonly words: string }[] {
  const { config, history, ...rest } = record(value)
  const { Env, Labels, ...more } = record(config)
  const variables = list(Env).map((line) => ({ place: `the environment variable ${line.split('=')[0]}`, words: line }))
  const labels = Object.entries(record(Labels)).map(([name, text]) => ({ place: `the label ${name}`, words: `${name}=${text}` }))
  const steps = (Array.isArray(history) ? history : []).map((step) => ({ place: 'the history', words: strings(step).join('\n') }))
  const other = { place: 'the configuration', words: strings([more, rest]).join('\n') }
  return [...variables, ...labels, ...steps, other].map(({ place, words }) => ({ place: place.slice(0, 80), words }))
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { value }
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Every text inside a JSON value, names too. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...strings(inner)])
}
