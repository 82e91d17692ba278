import path from 'node:path'
import * as v from 'valibot'
import type { Files } from '../../effects/ports.ts'
import { entries, object, type Read, readJson, sha256Text } from '../../grammar.ts'
import { LAYOUT } from '../../plan/cache-keys.ts'
import type { Signer } from '../../plan/signature.ts'
import { SHELF } from '../../shelf.ts'
import { LOCAL, RESOLUTION } from './record-schemas.ts'

/**
 * What the wheelhouse knows of the run that filled it. Each record holds the parts it was made from; a
 * record is believed only where they are the same now. `resolution.json` goes with the wheels to the
 * cache service; `local.json` is about this machine and stays. Where there is a key, each record is signed.
 */
export interface Kept extends Of<typeof RESOLUTION>, Of<typeof LOCAL> {}

type Of<File extends Schemas> = { readonly [Name in keyof File]?: Read<File[Name]> }

/** More than any record of ours takes; a file that is larger is none. */
export const MOST_BYTES = 4_000_000

/** Records by name: `Schemas` of one file. */
type Schemas = Readonly<Record<string, v.GenericSchema>>

/** A file as it is on the disk, as far as it is of its kind, whoever wrote it. */
interface OnDisk {
  readonly records: Readonly<Record<string, unknown>>
  readonly signatures: Readonly<Record<string, string>>
}

interface Loaded {
  readonly resolution: OnDisk
  readonly local: OnDisk
}

/** Where the records lie, and what they are read and signed with. */
export interface RecordsPlace {
  /** The wheelhouse, absolute. */
  readonly folder: string
  readonly files: Pick<Files, 'readKept' | 'write'>
  readonly signer: Signer
}

/**
 * The records of one wheelhouse, which own both of its files: read at the first question, changed in memory, written by
 * `save`. A file that is missing, damaged or of another layout is empty. Each file may speak only of its own records; with
 * a signing key only of those that were signed with it.
 */
export class Records {
  private readonly place: RecordsPlace
  private readonly changes = new Map<keyof Kept, unknown>()
  private reading: Promise<Loaded> | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(place: RecordsPlace) {
    this.place = place
  }

  async get<K extends keyof Kept>(name: K): Promise<Kept[K]> {
    return (await this.all())[name]
  }

  set<K extends keyof Kept>(name: K, value: Kept[K]): void {
    this.changes.set(name, value)
  }

  /** Sets one entry of a record that is a table; the others stay as they are. */
  async put<K extends Tables>(name: K, key: string, value: NonNullable<Kept[K]>[string]): Promise<void> {
    const loaded = await this.load() // from here on at once, or one of two puts side by side would be lost
    this.set(name, { ...this.merged(loaded)[name], [key]: value } as Kept[K])
  }

  async all(): Promise<Kept> {
    return this.merged(await this.load())
  }

  /** The files are others now: what was set stays, all else is read again. */
  reload(): void {
    this.reading = undefined
  }

  /** Writes both files where anything was set. */
  save(): Promise<void> {
    this.writing = this.writing.then(() => this.write())
    return this.writing
  }

  /** Names of the records at hand that a run with a key does not use. */
  async unsigned(): Promise<readonly string[]> {
    const { resolution, local } = await this.load()
    const names = [resolution, local].flatMap(({ records, signatures }) =>
      Object.entries(records).flatMap(([name, value]) => (this.trusts(name, value, signatures) ? [] : [name])),
    )
    return [...new Set(names)]
  }

  /** With a key: takes what it did not sign out of the files. */
  async dropUnsigned(): Promise<void> {
    for (const name of (await this.unsigned()) as readonly (keyof Kept)[]) this.set(name, await this.get(name))
    await this.save()
  }

  private merged(loaded: Loaded): Kept {
    return { ...this.trusted(loaded), ...(Object.fromEntries(this.changes) as Kept) }
  }

  private trusts(name: string, value: unknown, signatures: OnDisk['signatures']): boolean {
    return this.place.signer.trusts(kindOf(name), value, signatures[name])
  }

  private trusted({ resolution, local }: Loaded): Kept {
    const of = ({ records, signatures }: OnDisk) =>
      Object.fromEntries(Object.entries(records).filter(([name, value]) => this.trusts(name, value, signatures))) as Kept
    const [shared, own] = [of(resolution), of(local)]
    const scans = { ...shared.scans, ...own.scans }
    return { ...shared, ...own, ...(Object.keys(scans).length > 0 && { scans }) }
  }

  private load(): Promise<Loaded> {
    this.reading ??= Promise.all([this.read(SHELF.resolution, RESOLUTION), this.read(SHELF.local, LOCAL)]).then(([resolution, local]) => ({
      resolution,
      local,
    }))
    return this.reading
  }

  private async read(file: string, schemas: Schemas): Promise<OnDisk> {
    const said = readJson(object, (await this.place.files.readKept(this.at(file), MOST_BYTES)) ?? '')
    if (!said || (file === SHELF.resolution && said.layout !== LAYOUT)) return { records: {}, signatures: {} }
    return { records: ofKind(schemas, said), signatures: readSignatures(said.signatures) }
  }

  private async write(): Promise<void> {
    if (this.changes.size === 0) return
    const loaded = await this.load()
    const now = this.merged(loaded)
    this.changes.clear()
    const resolution = this.signed(RESOLUTION, now, loaded.resolution)
    const local = this.signed(LOCAL, now, loaded.local)
    this.reading = Promise.resolve({ resolution, local })
    await this.place.files.write(this.at(SHELF.resolution), text({ layout: LAYOUT }, resolution))
    await this.place.files.write(this.at(SHELF.local), text({}, local))
  }

  /** A run without the key leaves a signature where it changes nothing of what was signed. */
  private signed(schemas: Schemas, now: Kept, before: OnDisk): OnDisk {
    const records = ofKind(schemas, JSON.parse(JSON.stringify(now))) // nothing is written that would not be read again
    const unchanged = (name: string) => JSON.stringify(before.records[name]) === JSON.stringify(records[name])
    const signatures = Object.entries(records).flatMap(([name, value]) => {
      const signature = this.place.signer.sign(kindOf(name), value) ?? (unchanged(name) ? before.signatures[name] : undefined)
      return signature === undefined ? [] : [[name, signature] as const]
    })
    return { records, signatures: Object.fromEntries(signatures) }
  }

  private at(file: string): string {
    return path.join(this.place.folder, file)
  }
}

/** Records that are tables: by tag suffix, by file, by fingerprint. */
type Tables = 'buildLocks' | 'scans' | 'images' | 'sboms' | 'releases' | 'passing' | 'said' | 'proofs'

function text(head: object, { records, signatures }: OnDisk): string {
  const signed = Object.keys(signatures).length > 0 ? { signatures } : {}
  return `${JSON.stringify({ ...head, ...records, ...signed }, null, 1)}\n`
}

function readSignatures(given: unknown): Readonly<Record<string, string>> {
  const result = v.safeParse(entries(v.string(), sha256Text), given)
  return result.success ? result.output : {}
}

function ofKind(schemas: Schemas, said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const records = Object.entries(schemas).flatMap(([name, schema]) => {
    const result = v.safeParse(schema, said[name], { abortEarly: true })
    return result.success && Object.keys(result.output as object).length > 0 ? [[name, result.output] as const] : []
  })
  return Object.fromEntries(records)
}

function kindOf(record: string): string {
  return `record ${record}`
}

/** The bound that the lock of a wheelhouse was resolved with; undefined where there is no lock, or none that can be read. */
export async function keptBound(files: Pick<Files, 'readKept'>, wheelhouse: string): Promise<string | undefined> {
  const said = readJson(object, (await files.readKept(path.join(wheelhouse, SHELF.resolution), MOST_BYTES)) ?? '')
  const { lock }: Kept = ofKind(RESOLUTION, said ?? {})
  return lock?.parts['exclude-newer']
}

/**
 * The text of `resolution.json` as far as a change of it is a reason to save the wheelhouse again: what images were made from
 * and which layers were read changes with every commit.
 */
export function worthSaving(resolution: string): string {
  const said = readJson(object, resolution)
  if (!said) return ''
  const volatile = { images: undefined, scans: undefined }
  return JSON.stringify([
    { ...ofKind(RESOLUTION, said), ...volatile },
    { ...readSignatures(said.signatures), ...volatile },
  ])
}
