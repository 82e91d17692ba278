import path from 'node:path'
import { type CacheKeys, changedSince, type Entry, isOwn, LAYOUT, ownPrefix, prefixes } from '../../plan/cache-keys.ts'
import { fingerprint, sha256 } from '../../plan/fingerprint.ts'
import type { CachePolicy } from '../../plan/policy.ts'
import { parseManifest } from '../../plan/wheels/wheel-plan.ts'
import { inWheelhouse, SHELF, TEST_SHELF } from '../../shelf.ts'
import { unpinnedUvWheels } from '../build/uv-image.ts'
import type { World } from '../world.ts'
import { MOST_BYTES, worthSaving } from './records.ts'

/** What the cache service gave, to compare with at the end. */
export interface Restored {
  readonly downloads: string | undefined
  readonly compiled: string | undefined
}

/** Entries are carried in a folder of their own below the wheelhouse, so that nothing else can be in them. */
const CARRIER = '.build/carrier'

/** What an entry is for, in the words of the log. */
const FOR: Readonly<Record<Entry, string>> = { downloads: 'these dependencies', compiled: 'compiled wheels of this image and these extras' }

/**
 * Fills the wheelhouse from the cache service and tells what it found; where it is not the entry of the
 * same dependencies, what changed. Nothing that is restored is believed: files are moved only under names
 * that we could have saved, and are checked against lock and manifests like any other. Never throws.
 */
export async function restoreWheelhouse(world: World, policy: CachePolicy, keys: CacheKeys): Promise<Restored> {
  const wanted = { downloads: policy.restoreDownloads, compiled: policy.restoreCompiled }
  const restore = async (entry: Entry) => {
    if (!wanted[entry]) return undefined
    try {
      const carrier = inWheelhouse(world, CARRIER, entry)
      const found = await world.cache.restore(carrier, prefixes(keys[entry]))
      if (!found?.startsWith(keys[entry].family)) {
        world.log.info(`  no cache entry for ${FOR[entry]} yet`)
        return undefined
      }
      await unpack(world, carrier, policy.believeRecords || entry === 'compiled' ? OURS[entry] : PROVABLE)
      const changed = changedSince(keys[entry], found)
      if (isOwn(keys[entry], found)) world.log.info(`  restored ${entry} from the cache: ${found}`)
      else world.log.info(`  no cache entry for ${FOR[entry]} (changed: ${changed.join(', ')}); started from the one before: ${found}`)
      return found
    } catch (error) {
      world.log.notice(`The ${entry} of the cache could not be taken over: ${(error as Error).message}; going on without them.`)
      return undefined
    }
  }
  const [downloads, compiled] = await Promise.all([restore('downloads'), restore('compiled')])
  await world.files.remove(inWheelhouse(world, CARRIER))
  world.records.reload()
  return { downloads, compiled }
}

/** Our own names alone: no links, no folders but ours, nothing that a wheelhouse would not hold. */
const OURS: Readonly<Record<Entry, RegExp>> = {
  downloads:
    /^(pylock\.toml|[A-Za-z0-9][\w.+!-]*\.whl|\.build\/(resolution\.json|uv\/[\w.+-]+\.whl|requires\/[\w.+!-]+\.whl|locks\/[0-9a-f]{16}\.toml|debian\/[\w.+~%:-]+\.deb|imported\/release[\w.-]*\.txt))$/,
  compiled: /^([A-Za-z0-9][\w.+!-]*\.whl|\.build\/manifests\/[\w.+!-]+\.whl\.json)$/,
}

/**
 * What can be proved by what does not come from the cache: wheels by a lock made now, uv by the hash that
 * is pinned here. The kept lock, the build tools and the Debian packages are not: whoever could change
 * one entry of the cache could change them.
 */
const PROVABLE = /^([A-Za-z0-9][\w.+!-]*\.whl|\.build\/uv\/[\w.+-]+\.whl)$/

/** A name's place on its shelf: the test image's own is laid out as the wheelhouse is. */
function onShelf(name: string): string {
  return name.startsWith(`${TEST_SHELF}/`) ? name.slice(TEST_SHELF.length + 1) : name
}

async function unpack(world: World, carrier: string, ours: RegExp): Promise<void> {
  for (const name of await world.files.walk(carrier)) {
    // What stands in the folder is newer than what was saved from it.
    if (ours.test(onShelf(name)) && !(await world.files.exists(inWheelhouse(world, name)))) {
      await world.files.link(path.join(carrier, name), inWheelhouse(world, name))
    }
  }
}

/**
 * Saves what changed, as far as the policy lets it. Never throws: it runs after a failed build too, whose
 * error is the one to be read.
 * @returns the key of the downloads' entry, '' where there is none
 */
export async function saveWheelhouse(world: World, policy: CachePolicy, keys: CacheKeys, restored: Restored): Promise<string> {
  try {
    return await save(world, policy, keys, restored)
  } catch (error) {
    world.log.notice(`The wheelhouse was not saved to the cache: ${(error as Error).message}`)
    return ''
  }
}

async function save(world: World, policy: CachePolicy, keys: CacheKeys, restored: Restored): Promise<string> {
  const app = (await world.records.get('project'))?.file
  const all = await world.files.walk(world.paths.wheelhouse)
  const testWheels = all.filter((name) => name.startsWith(`${TEST_SHELF}/`) && /^[^/]+\.whl$/.test(onShelf(name)))
  const shown = new Set(testWheels.map(onShelf)) // they are saved from their shelf
  const names = all.filter((name) => !name.startsWith(CARRIER) && name !== app && !shown.has(name))
  const manifests = new Set(names.filter(isManifest))
  const manifestOf = (name: string) => `${name.slice(0, name.length - onShelf(name).length)}${SHELF.manifests}/${onShelf(name)}.json`
  const isCompiled = (name: string) => manifests.has(name) || manifests.has(manifestOf(name))
  const unpinned = new Set(await unpinnedUvWheels(world))
  const entries: Readonly<Record<Entry, readonly string[]>> = {
    downloads: names.filter((name) => OURS.downloads.test(onShelf(name)) && !isCompiled(name) && !unpinned.has(name)),
    compiled: names.filter((name) => OURS.compiled.test(onShelf(name)) && isCompiled(name)),
  }
  const saving = { downloads: policy.saveDownloads, compiled: policy.saveCompiled }
  let key = ''
  for (const entry of ['downloads', 'compiled'] as const) {
    const full = `${ownPrefix(keys[entry])}${await contentPrint(world, entries[entry])}`
    if (entry === 'downloads') key = full
    if (!saving[entry] || entries[entry].length === 0 || full === restored[entry]) continue
    const carrier = inWheelhouse(world, CARRIER, entry)
    await world.files.remove(carrier)
    for (const name of entries[entry]) await world.files.link(inWheelhouse(world, name), path.join(carrier, name))
    const bytes = (await Promise.all(entries[entry].map((name) => world.files.size(inWheelhouse(world, name))))).reduce((a, b) => a + b, 0)
    if (await world.cache.save(carrier, full)) world.log.info(`  saved ${entry} to the cache: ${(bytes / 1e6).toFixed(1)} MB as ${full}`)
    else world.log.info(`  ${entry} not saved to the cache`)
  }
  await world.files.remove(inWheelhouse(world, CARRIER))
  return key
}

function isManifest(name: string): boolean {
  return onShelf(name).startsWith(SHELF.manifests)
}

async function contentPrint(world: World, names: readonly string[]): Promise<string> {
  const prints: string[] = []
  for (const name of names.filter((each) => !each.startsWith(SHELF.imported))) prints.push(`${name} ${await print(world, name)}`)
  return fingerprint({ layout: String(LAYOUT), files: sha256(prints.join('\n')) })
}

/** How long a build took is no content, nor what images were made from or what they import: two jobs that build the same wheel save one entry. */
async function print(world: World, name: string): Promise<string> {
  const file = inWheelhouse(world, name)
  if (onShelf(name) === SHELF.resolution) return sha256(worthSaving((await world.files.readKept(file, MOST_BYTES)) ?? ''))
  if (!isManifest(name)) return world.files.sha256(file)
  const manifest = parseManifest((await world.files.readKept(file, MOST_BYTES)) ?? '', path.basename(name, '.json'))
  return manifest ? sha256(JSON.stringify({ ...manifest, seconds: 0 })) : world.files.sha256(file)
}
