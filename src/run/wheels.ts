import path from 'node:path'
import type { WheelResult } from '../outcome.ts'
import { renderWheelStages, wheelStage } from '../plan/dockerfile.ts'
import { isWheelName, type MadeFrom, type Manifest, needsCompiler, type PlannedWheel, parseManifest, type Shelf } from '../plan/wheels.ts'
import { LEGACY_BUILD } from '../project/project.ts'
import { readToml, tableAt, textsAt } from '../project/toml.ts'
import { layOutRequires } from './app-wheel.ts'
import { buildTarget } from './build.ts'
import { fetchAll } from './fetch.ts'
import { ensureTools, type Resolver } from './requires.ts'
import { inWheelhouse, SHELF, type State } from './state.ts'
import type { World } from './world.ts'

type Compile = Extract<PlannedWheel, { kind: 'compile' }>

/** What the wheelhouse holds: every wheel is read to know its sha256. */
export async function readShelf(world: World): Promise<Shelf> {
  const manifests = await readManifests(world)
  const names = (await world.files.list(world.paths.wheelhouse)).filter((name) => name.endsWith('.whl'))
  const wheels = new Map(await Promise.all(names.map(async (name) => [name, await world.files.sha256(inWheelhouse(world, name))] as const)))
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
    const manifest = parseManifest((await world.files.read(inWheelhouse(world, SHELF.manifests, name))) ?? '', wheel)
    if (manifest && world.signer.trusts(manifest)) {
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

export interface Sdist {
  readonly planned: Compile
  readonly needsCompiler: boolean
  readonly requires: readonly string[]
}

/** Fetches the sdists that must be built and reads, without running anything, what each needs. */
export async function openSdists(world: World, planned: readonly PlannedWheel[]): Promise<readonly Sdist[]> {
  const compile = planned.filter((wheel): wheel is Compile => wheel.kind === 'compile')
  return Promise.all(
    compile.map(async (wheel) => {
      const folder = path.join(world.paths.context, 'sdists', wheel.name)
      await fetchAll(world, [wheel.remote], folder)
      const archive = path.join(folder, wheel.remote.file)
      const members = await world.archives.listSdist(archive)
      const root = members[0]?.split('/')[0] ?? ''
      const pyproject = await world.archives.readSdist(archive, `${root}/pyproject.toml`)
      const build = tableAt(pyproject === undefined ? {} : readToml(`${wheel.remote.file}/pyproject.toml`, pyproject), 'build-system')
      return { planned: wheel, needsCompiler: needsCompiler(members), requires: textsAt(build, 'requires') ?? LEGACY_BUILD }
    }),
  )
}

/**
 * Builds each sdist in a stage of its own, side by side, without an index and without a network. What
 * succeeds is kept even when another fails.
 * @returns the manifests of what was built
 */
export async function buildWheels(
  world: World,
  resolver: Resolver,
  state: State,
  sdists: readonly Sdist[],
  images: { readonly base: string; readonly builder: string | undefined },
  madeFrom: (sdistSha256: string, requires: readonly string[]) => MadeFrom,
): Promise<readonly Manifest[]> {
  const tools = await ensureTools(world, resolver)
  await layOutRequires(
    world,
    state,
    sdists.map((sdist) => madeFrom('', sdist.requires).buildLock),
  )
  const dockerfile =
    resolver.dockerfile +
    renderWheelStages(sdists.map(({ planned, needsCompiler }) => ({ name: planned.name, file: planned.remote.file, needsCompiler })))

  const ends = await Promise.allSettled(
    sdists.map(async ({ planned, requires }) => {
      const output = path.join(world.paths.temp, wheelStage(planned.name))
      await world.files.remove(output)
      const seconds = await buildTarget(world, resolver.settings, {
        dockerfile,
        target: `${wheelStage(planned.name)}-files`,
        output,
        base: images.base,
        tools,
        ...(images.builder ? { builder: images.builder } : {}),
        offline: true,
      })
      return keepCompiled(world, planned, output, { seconds, requires, made: madeFrom(planned.remote.sha256, requires) })
    }),
  )
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
}

async function keepCompiled(
  world: World,
  planned: Compile,
  output: string,
  how: Pick<Manifest, 'seconds' | 'requires' | 'made'>,
): Promise<Manifest> {
  const file = (await world.files.list(output)).find((name) => name.endsWith('.whl')) ?? ''
  const evidence = JSON.parse((await world.files.read(path.join(output, 'evidence.json'))) ?? '{"packages":[],"missing":[]}') as {
    packages: string[]
    missing: string[]
  }
  if (evidence.missing.length > 0) {
    world.log.warning(
      `${planned.name} links ${evidence.missing.join(', ')}, which no Debian package of the builder owns; if the release misses it, name its package in runtime-packages.`,
    )
  }
  const sha256 = await world.files.sha256(path.join(output, file))
  const manifest = world.signer.sign({
    package: planned.name,
    version: planned.version,
    file,
    sha256,
    packages: evidence.packages,
    ...how,
  })
  await world.files.remove(inWheelhouse(world, file))
  await world.files.link(path.join(output, file), inWheelhouse(world, file))
  await world.files.write(inWheelhouse(world, SHELF.manifests, `${file}.json`), `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}

/** Removes what the lock no longer names: wheels, manifests, locks of build requirements and their files. */
export async function prune(world: World, keep: ReadonlySet<string>, buildLocks: ReadonlySet<string>, state: State): Promise<State> {
  const remove = async (folder: string, unwanted: (name: string) => boolean) => {
    for (const name of await world.files.list(inWheelhouse(world, folder))) {
      if (unwanted(name)) await world.files.remove(inWheelhouse(world, folder, name))
    }
  }
  const kept = Object.entries(state.buildLocks ?? {}).filter(([, lock]) => buildLocks.has(lock.sha256))
  const prints = new Set(kept.map(([print]) => `${print}.toml`))
  const required = new Set(kept.flatMap(([, lock]) => Object.keys(lock.files)))
  await remove('.', (name) => /\.(whl|part)$/.test(name) && !keep.has(name))
  await remove(SHELF.manifests, (name) => !keep.has(name.replace(/\.json$/, '')))
  await remove(SHELF.locks, (name) => !prints.has(name))
  await remove(SHELF.requires, (name) => !required.has(name))
  return { ...state, buildLocks: Object.fromEntries(kept) }
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
          file: manifest.file,
          sha256: manifest.sha256,
          size: await world.files.size(inWheelhouse(world, manifest.file)),
          origin: 'compiled',
          seconds: round(manifest.seconds),
        }
      }
      const file = wheel.kind === 'reuse' ? wheel.file : wheel.remote.file
      const sha256 = wheel.kind === 'download' ? wheel.remote.sha256 : await world.files.sha256(inWheelhouse(world, file))
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

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
