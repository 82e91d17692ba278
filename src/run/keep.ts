import path from 'node:path'
import { fingerprint, sha256 } from '../plan/fingerprint.ts'
import type { CachePolicy } from '../plan/policy.ts'
import { inWheelhouse, LAYOUT, readState, SHELF } from './state.ts'
import type { World } from './world.ts'

/** What the cache service gave, to compare with at the end. */
export interface Restored {
  readonly downloads: string | undefined
  readonly compiled: string | undefined
}

export interface CacheKeys {
  /** e.g. `pypackager-1-x86_64-3fa2…`: image, Python and the user's suffix. */
  readonly prefix: string
  /** A hash of what the dependencies are defined by. */
  readonly definition: string
  /** A hash of the extras: legs of a matrix prune each other's compiled wheels, so each keeps its own entry. */
  readonly leg: string
}

/** Whether the restored downloads are those of the same dependencies, not only of the same project. */
export function isOwn(keys: CacheKeys, restored: Restored): boolean {
  return restored.downloads?.startsWith(`${keys.prefix}-downloads-${keys.definition}-`) ?? false
}

type Entry = 'downloads' | 'compiled'

/** Entries are carried in a folder of their own below the wheelhouse, so that their path is the same on every runner. */
const CARRIER = '.build/carrier'

/**
 * Fills the wheelhouse from the cache service. Nothing that is restored is believed: files are moved
 * only under names that we could have saved, and are checked against lock and manifests like any other.
 */
export async function restoreWheelhouse(world: World, policy: CachePolicy, keys: CacheKeys): Promise<Restored> {
  const wanted = { downloads: policy.restoreDownloads, compiled: policy.restoreCompiled }
  const restore = async (entry: Entry) => {
    if (!wanted[entry]) return undefined
    const carrier = inWheelhouse(world, CARRIER, entry)
    const prefix = `${keys.prefix}-${entry}-`
    const own = `${prefix}${entry === 'downloads' ? keys.definition : keys.leg}-`
    const found = await world.cache.restore(carrier, [own, prefix])
    if (found?.startsWith(prefix)) await unpack(world, carrier, policy.believeRecords || entry === 'compiled' ? OURS[entry] : PROVABLE)
    return found
  }
  const [downloads, compiled] = await Promise.all([restore('downloads'), restore('compiled')])
  await world.files.remove(inWheelhouse(world, CARRIER))
  return { downloads, compiled }
}

/** Our own names alone: no links, no folders but ours, nothing that a wheelhouse would not hold. */
const OURS: Readonly<Record<Entry, RegExp>> = {
  downloads:
    /^(pylock\.toml|[A-Za-z0-9][\w.+!-]*\.whl|\.build\/(resolution\.json|uv\/[\w.+-]+\.whl|requires\/[\w.+!-]+\.whl|locks\/[0-9a-f]{16}\.toml|debian\/[\w.+~%:-]+\.deb))$/,
  compiled: /^([A-Za-z0-9][\w.+!-]*\.whl|\.build\/manifests\/[\w.+!-]+\.whl\.json)$/,
}

/**
 * What can be proved by what does not come from the cache: wheels by a lock made now, uv by the hash that
 * is pinned here. Where compiled wheels are not trusted, the kept lock, the build tools and the Debian
 * packages are not either: whoever could change the one could change the others.
 */
const PROVABLE = /^([A-Za-z0-9][\w.+!-]*\.whl|\.build\/uv\/[\w.+-]+\.whl)$/

async function unpack(world: World, carrier: string, ours: RegExp): Promise<void> {
  for (const name of await world.files.walk(carrier)) {
    // What stands in the folder is newer than what was saved from it.
    if (ours.test(name) && !(await world.files.exists(inWheelhouse(world, name)))) {
      await world.files.link(path.join(carrier, name), inWheelhouse(world, name))
    }
  }
}

/** Saves what changed, as far as the policy lets it. @returns the key of the downloads' entry */
export async function saveWheelhouse(world: World, policy: CachePolicy, keys: CacheKeys, restored: Restored): Promise<string> {
  const app = (await readState(world)).project?.file
  const names = (await world.files.walk(world.paths.wheelhouse)).filter((name) => !name.startsWith(CARRIER) && name !== app)
  const manifests = new Set(names.filter((name) => name.startsWith(SHELF.manifests)))
  const isCompiled = (name: string) => manifests.has(name) || manifests.has(`${SHELF.manifests}/${name}.json`)
  const entries: Readonly<Record<Entry, readonly string[]>> = {
    downloads: names.filter((name) => OURS.downloads.test(name) && !isCompiled(name)),
    compiled: names.filter((name) => OURS.compiled.test(name) && isCompiled(name)),
  }
  const saving = { downloads: policy.saveDownloads, compiled: policy.saveCompiled }
  let key = ''
  for (const entry of ['downloads', 'compiled'] as const) {
    const content = await contentPrint(world, entries[entry])
    const full = `${keys.prefix}-${entry}-${entry === 'downloads' ? keys.definition : keys.leg}-${content}`
    if (entry === 'downloads') key = full
    if (!saving[entry] || entries[entry].length === 0 || full === restored[entry]) continue
    const carrier = inWheelhouse(world, CARRIER, entry)
    for (const name of entries[entry]) await world.files.link(inWheelhouse(world, name), path.join(carrier, name))
    const bytes = (await Promise.all(entries[entry].map((name) => world.files.size(inWheelhouse(world, name))))).reduce((a, b) => a + b, 0)
    if (await world.cache.save(carrier, full)) world.log.info(`  saved ${entry} to the cache: ${(bytes / 1e6).toFixed(1)} MB as ${full}`)
    else world.log.info(`  ${entry} not saved: the cache service did not take ${full}`)
  }
  await world.files.remove(inWheelhouse(world, CARRIER))
  return key
}

async function contentPrint(world: World, names: readonly string[]): Promise<string> {
  const prints = names.map(async (name) => `${name} ${await world.files.sha256(inWheelhouse(world, name))}`)
  return fingerprint({ layout: String(LAYOUT), files: sha256((await Promise.all(prints)).join('\n')) })
}
