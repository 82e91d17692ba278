import * as v from 'valibot'
import { entries, object, readJson, sha256Text } from '../../grammar.ts'
import type { Check } from '../../judge/checks/checks.ts'
import { LAYOUT } from '../../plan/cache-keys.ts'
import type { Parts } from '../../plan/fingerprint.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import type { Requirements } from '../../project/metadata.ts'
import type { World } from '../world.ts'
import { LOCAL, RESOLUTION } from './record-schemas.ts'
import type { Contents } from './wheel-contents.ts'
import { inWheelhouse, SHELF } from './wheelhouse-paths.ts'

/**
 * What the wheelhouse knows of the run that filled it. Each record holds the parts it was made from; a
 * record is believed only where they are the same now. `resolution.json` goes with the wheels to the
 * cache service; `local.json` is about this machine and stays. Where there is a key, each record is signed.
 */
export interface State extends Resolution, Local {}

interface Resolution {
  readonly layout: typeof LAYOUT
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

/**
 * The state as kept; empty where there is none, or one of another layout, or a damaged one. Each file may speak
 * only of its own records; with a signing key only of those that were signed with it.
 */
export async function readState(world: World): Promise<State> {
  const [resolution, local] = await Promise.all([believed(world, SHELF.resolution, RESOLUTION), believed(world, SHELF.local, LOCAL)])
  const scans = { ...resolution.scans, ...local.scans }
  return { layout: LAYOUT, ...resolution, ...local, ...(Object.keys(scans).length > 0 && { scans }) }
}

type Schemas = Readonly<Record<string, v.GenericSchema>>
type Records<S extends Schemas> = { -readonly [K in keyof S]?: v.InferOutput<S[K]> }

async function believed<S extends Schemas>(world: World, file: string, schemas: S): Promise<Records<S>> {
  const { records, signatures } = await kept(world, file, schemas)
  const trusted = Object.entries(records).filter(([name, value]) => world.signer.trusts(kindOf(name), value, signatures[name]))
  return Object.fromEntries(trusted) as Records<S>
}

/** What a file holds, as far as it is of its kind, whoever wrote it. */
async function kept<S extends Schemas>(
  world: World,
  file: string,
  schemas: S,
): Promise<{ readonly records: Records<S>; readonly signatures: Readonly<Record<string, string>> }> {
  const said = readJson(object, (await world.files.readKept(inWheelhouse(world, file), MOST_BYTES)) ?? '')
  if (!said || (file === SHELF.resolution && said.layout !== LAYOUT)) return { records: {}, signatures: {} }
  return { records: ofKind(schemas, said), signatures: readSignatures(said.signatures) }
}

function readSignatures(given: unknown): Readonly<Record<string, string>> {
  const result = v.safeParse(entries(v.string(), sha256Text), given)
  return result.success ? result.output : {}
}

function ofKind<S extends Schemas>(schemas: S, said: Readonly<Record<string, unknown>>): Records<S> {
  const records = Object.entries(schemas).flatMap(([name, schema]) => {
    const result = v.safeParse(schema, said[name], { abortEarly: true })
    return result.success && Object.keys(result.output as object).length > 0 ? [[name, result.output] as const] : []
  })
  return Object.fromEntries(records) as Records<S>
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

/** Changes the given records and leaves the others as they are kept. */
export async function updateState(world: World, change: Partial<State>): Promise<void> {
  const now = { ...(await readState(world)), ...change }
  await write(world, SHELF.resolution, RESOLUTION, { layout: LAYOUT }, now)
  await write(world, SHELF.local, LOCAL, {}, now)
}

/** A run without the key leaves a signature where it changes nothing of what was signed. */
async function write(world: World, file: string, schemas: Schemas, head: object, state: State): Promise<void> {
  const before = await kept(world, file, schemas)
  // Nothing is written that would not be read again.
  const records = ofKind(schemas, JSON.parse(JSON.stringify(state)))
  const unchanged = (name: string) => JSON.stringify(before.records[name]) === JSON.stringify(records[name])
  const signatures = Object.fromEntries(
    Object.entries(records).flatMap(([name, value]) => {
      const signature = world.signer.sign(kindOf(name), value) ?? (unchanged(name) ? before.signatures[name] : undefined)
      return signature === undefined ? [] : [[name, signature]]
    }),
  )
  const signed = Object.keys(signatures).length > 0 ? { signatures } : {}
  await world.files.write(inWheelhouse(world, file), `${JSON.stringify({ ...head, ...records, ...signed }, null, 1)}\n`)
}

/** Records and manifests at hand that a run with a key does not use, for the log. */
export async function unsignedRecords(world: World): Promise<readonly string[]> {
  const files = [
    [SHELF.resolution, RESOLUTION],
    [SHELF.local, LOCAL],
  ] as const
  const found = await Promise.all(
    files.map(async ([file, schemas]) => {
      const { records, signatures } = await kept(world, file, schemas)
      return Object.entries(records).flatMap(([name, value]) => (world.signer.trusts(kindOf(name), value, signatures[name]) ? [] : [name]))
    }),
  )
  return [...new Set(found.flat())]
}
