import path from 'node:path'
import { trustsManifest } from '../../plan/signature.ts'
import { isWheelName, type Manifest, type PlannedWheel, parseManifest, type Shelf } from '../../plan/wheels/wheel-plan.ts'
import type { LockedPackage } from '../../project/resolved-lock.ts'
import type { WheelResult } from '../../report/outcome.ts'
import { inWheelhouse, SHELF, TEST_SHELF } from '../../shelf.ts'
import type { World } from '../world.ts'
import { fetchAll, printOf } from './fetch-files.ts'

/** More than any manifest takes. */
const MOST_BYTES = 1_000_000

/** What the wheelhouse holds of what a lock or a manifest names: each of those wheels is read to know its sha256. */
export async function readShelf(world: World, locked: readonly LockedPackage[]): Promise<Shelf> {
  const manifests = await readManifests(world)
  const sizes = new Map(locked.flatMap((entry) => entry.wheels.map(({ file, size }) => [file, size] as const)))
  for (const { file } of manifests) sizes.set(file, undefined)
  const wheels = new Map<string, string>()
  for (const name of await world.files.list(world.paths.wheelhouse)) {
    if (!sizes.has(name)) continue
    wheels.set(name, await printOf(world, inWheelhouse(world, name), sizes.get(name)))
  }
  return { wheels, manifests }
}

/**
 * The manifests of the compiled wheels at hand, without a look at the wheels themselves. One that cannot
 * be read, or with a signing key is not signed with it, is removed with its wheel, which is compiled again.
 */
export async function readManifests(world: World): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = []
  for (const name of await world.files.list(inWheelhouse(world, SHELF.manifests))) {
    const wheel = name.replace(/\.json$/, '')
    const manifest = parseManifest((await world.files.readKept(inWheelhouse(world, SHELF.manifests, name), MOST_BYTES)) ?? '', wheel)
    if (manifest && trustsManifest(world.signer, manifest)) {
      manifests.push(manifest)
      continue
    }
    world.log.info(`  ${wheel} is not used: its manifest ${manifest ? 'is not signed with cache-signing-key' : 'cannot be read'}`)
    await world.files.remove(inWheelhouse(world, SHELF.manifests, name))
    if (isWheelName(wheel)) await world.files.remove(inWheelhouse(world, wheel))
  }
  return manifests
}

/** Fetches what the lock names and the wheelhouse lacks: wheels to the wheelhouse, sdists to the context. */
export async function fetchWheels(world: World, planned: readonly PlannedWheel[]): Promise<ReadonlyMap<string, number>> {
  const downloads = planned.filter((wheel) => wheel.kind === 'download').map((wheel) => wheel.remote)
  for (const { file } of downloads) {
    if (await world.files.exists(inWheelhouse(world, file))) world.log.info(`  ${file}: checksum mismatch, fetched again`)
  }
  return fetchAll(world, downloads, world.paths.wheelhouse)
}

/** Puts the wheels of the test image beside those of the release, where people look; what the release takes is by its lock. */
export async function showTestWheels(world: World, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await world.files.remove(inWheelhouse(world, file)) // one of that name is of a test shelf before
    await world.files.link(inWheelhouse(world, TEST_SHELF, file), inWheelhouse(world, file))
  }
}

/**
 * Removes what neither the lock nor the test image's names any more: wheels, manifests, locks of build requirements and their files.
 * @param keep names of wheels
 * @param locks sha256 of locks of build requirements
 */
export async function prune(world: World, keep: readonly string[], locks: readonly string[]): Promise<void> {
  const remove = async (folder: string, unwanted: (name: string) => boolean) => {
    for (const name of await world.files.list(inWheelhouse(world, folder))) {
      if (unwanted(name)) await world.files.remove(inWheelhouse(world, folder, name))
    }
  }
  const [wheels, wanted] = [new Set(keep), new Set(locks)]
  const kept = Object.entries((await world.records.get('buildLocks')) ?? {}).filter(([, lock]) => wanted.has(lock.sha256))
  const prints = new Set(kept.map(([print]) => `${print}.toml`))
  const required = new Set(kept.flatMap(([, lock]) => Object.keys(lock.files)))
  const shown = new Set(await world.files.list(inWheelhouse(world, TEST_SHELF)))
  await remove('.', (name) => /\.(whl|part)$/.test(name) && !wheels.has(name) && !shown.has(name))
  await remove(SHELF.manifests, (name) => !wheels.has(name.replace(/\.json$/, '')))
  await remove(SHELF.locks, (name) => !prints.has(name))
  await remove(SHELF.requires, (name) => !required.has(name))
  world.records.set('buildLocks', Object.fromEntries(kept))
}

/** The list for the output `wheels`, in the order of names. */
export async function listWheels(
  world: World,
  planned: readonly PlannedWheel[],
  manifests: readonly Manifest[],
  fetchedIn: ReadonlyMap<string, number>,
): Promise<readonly WheelResult[]> {
  return Promise.all(
    planned.map(async (wheel): Promise<WheelResult> => {
      const common = { name: wheel.name, version: wheel.version }
      if (wheel.kind === 'compile') {
        const manifest = manifests.find((candidate) => candidate.package === wheel.name)
        if (!manifest) throw new Error(`${wheel.name} was planned to be built and has no manifest`)
        return {
          ...common,
          version: manifest.version,
          file: manifest.file,
          sha256: manifest.sha256,
          size: await world.files.size(inWheelhouse(world, manifest.file)),
          origin: 'compiled',
          seconds: round(manifest.seconds),
        }
      }
      const file = wheel.kind === 'reuse' ? wheel.file : wheel.remote.file
      const sha256 = wheel.kind === 'download' ? wheel.remote.sha256 : wheel.sha256
      const origin = wheel.kind === 'reuse' ? ('reused' as const) : ('downloaded' as const)
      return {
        ...common,
        file,
        sha256,
        size: await world.files.size(inWheelhouse(world, file)),
        origin,
        seconds: round(fetchedIn.get(file) ?? 0),
      }
    }),
  )
}

/** The locked wheels and the .deb files, as hard links in the context. The app's wheel comes from its stage. */
export async function layOutWheels(world: World, wheels: readonly string[], debian: readonly string[]): Promise<void> {
  const place = async (from: string, folder: string, names: readonly string[]) => {
    const target = path.join(world.paths.context, folder)
    await world.files.remove(target)
    await world.files.makeFolder(target)
    for (const name of names) await world.files.link(path.join(from, name), path.join(target, name))
  }
  await place(world.paths.wheelhouse, 'wheels', wheels)
  await place(inWheelhouse(world, SHELF.debian), 'debian', debian)
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
