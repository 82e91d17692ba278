import path from 'node:path'
import * as v from 'valibot'
import type { Files } from '../../effects/ports.ts'
import { entries, object, readJson, sha256Text } from '../../grammar.ts'
import type { Check } from '../../judge/checks/check-list.ts'
import { LAYOUT } from '../../plan/cache-keys.ts'
import type { Parts } from '../../plan/fingerprint.ts'
import type { Signer } from '../../plan/signature.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import type { Contents } from '../../project/layout/package-contents.ts'
import type { Requirements } from '../../project/metadata.ts'
import { LOCAL, RESOLUTION } from './record-schemas.ts'
import { SHELF } from './wheelhouse-paths.ts'

/**
 * What the wheelhouse knows of the run that filled it. Each record holds the parts it was made from; a
 * record is believed only where they are the same now. `resolution.json` goes with the wheels to the
 * cache service; `local.json` is about this machine and stays. Where there is a key, each record is signed.
 */
export interface Kept extends Resolution, Local {}

interface Resolution {
  readonly target?: { readonly parts: Parts; readonly target: Target }
  readonly lock?: { readonly parts: Parts; readonly sha256: string }
  /** Locks of build requirements by the fingerprint of what they were resolved from. */
  readonly buildLocks?: Readonly<Record<string, BuildLock>>
  /** What the project's last wheel said of itself, and the hash of the files that define it. */
  readonly told?: { readonly definition: string; readonly requirements: Requirements; readonly contents: Contents }
  /** What building the project's wheel took beyond what its files say, and the hash of those files. */
  readonly own?: { readonly definition: string; readonly requires: readonly string[]; readonly compiled: boolean }
  readonly debian?: { readonly parts: Parts; readonly files: Readonly<Record<string, string>> }
  /** Layers that hold nothing of what the checks look for, by tag suffix; here those of runs that knew no secret. */
  readonly scans?: Readonly<Record<string, Scan>>
  /** What `base`, `builder` and the release of each tag suffix were made from the last time: told to the user, never believed. */
  readonly images?: Readonly<Record<string, Parts>>
}

/** A lock of build requirements and the wheels that it chose. */
export interface BuildLock {
  /** Of the lock's text. */
  readonly sha256: string
  /** File names to sha256. */
  readonly files: Readonly<Record<string, string>>
}

interface Local {
  readonly project?: {
    readonly parts: Parts
    readonly file: string
    readonly sha256: string
    readonly metadata: string
    /** Debian packages that own the libraries it links. */
    readonly packages: readonly string[]
    /** Building it called git, which no build has. */
    readonly calledGit?: boolean
  }
  /** SBOMs by their file's name: of what they were made, and the sha256 of the text. */
  readonly sboms?: Readonly<Record<string, { readonly print: string; readonly sha256: string }>>
  /** The fingerprint of the last release image, by tag suffix. */
  readonly releases?: Readonly<Record<string, Parts>>
  /** Fingerprints of release images whose names are being given or taken away, by tag suffix: a run that was killed leaves some. */
  readonly passing?: Readonly<Record<string, readonly string[]>>
  /** What the trial of the last release said to the user, by tag suffix. */
  readonly said?: Readonly<Record<string, Said>>
  /** The last image that passed its checks, by tag suffix. */
  readonly proofs?: Readonly<Record<string, Proof>>
}

/** The fingerprint of a release, and lines such as `notice: …`. */
export interface Said {
  readonly release: string
  readonly lines: readonly string[]
}

/** An image's id, the fingerprint of how it was checked, and what came of that. */
export interface Proof {
  readonly image: string
  readonly print: string
  readonly checks: readonly Check[]
}

/** Layers by digest that were read and found clean. */
export interface Scan {
  /** Of what is looked for. */
  readonly version: string
  /** What secrets they were looked through for: `NO_SECRETS`, or a hash of them, which stays on this machine. */
  readonly print: string
  readonly layers: readonly string[]
}

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
