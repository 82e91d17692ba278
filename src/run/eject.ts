import path from 'node:path'
import { chosenNames, type Inputs } from '../inputs.ts'
import { renderAppWheel, renderImages } from '../plan/dockerfile/dockerfile.ts'
import { type BuiltHere, eject, type Hashed } from '../plan/eject/ejection.ts'
import { cannotEject, refuseMaterial, refuseSettings } from '../plan/eject/refusals.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { buildPackagesFor } from '../plan/wheels/system-packages.ts'
import { type Manifest, namesIn } from '../plan/wheels/wheel-plan.ts'
import type { LockedPackage } from '../project/resolved-lock.ts'
import { inWheelhouse, SHELF } from '../shelf.ts'
import { planRelease } from './images/release-image.ts'
import { type Base, makeBase } from './make-base.ts'
import { makeRelease } from './make-release.ts'
import { makeWheels } from './make-wheels.ts'
import { openRun, type Run } from './open-run.ts'
import { makePlan, type Runner } from './prepare/make-plan.ts'
import { readManifests } from './wheelhouse-folder/wheel-files.ts'
import { openSources } from './wheels/build-wheels.ts'
import { filesNamed, readIgnore } from './wheels/project-wheel.ts'
import type { Wheelhouse } from './wheels/wheelhouse.ts'
import type { World } from './world.ts'

/** The files that make the release without us, and the release that they make again. */
export interface Ejected {
  /** By their paths below the folder. */
  readonly files: Readonly<Record<string, string>>
  /** The image's primary reference, or its id. */
  readonly image: string
}

/**
 * Makes the release as ever, then what `docker build` makes it from.
 * @param folder where the files will be, relative to the project
 * @throws UserError for a project whose release is not made of its own files, an index and Debian alone
 */
export async function ejectRelease(world: World, inputs: Inputs, runner: Runner, folder: string): Promise<Ejected> {
  const plan = await makePlan(inputs, world, runner)
  refuseSettings(inputs, { name: plan.project.name, above: plan.project.above !== undefined })
  const run = await openRun(world, inputs, plan)
  const base = await makeBase(run)
  const wheels = await makeWheels(run, base)
  const { release } = await makeRelease(run, base, wheels)
  const { references, id } = release.result
  return { files: await filesOf(run, base, { house: release.house, folder }), image: references[0] ?? id }
}

async function filesOf(
  run: Run,
  base: Base,
  { house, folder }: { readonly house: Wheelhouse; readonly folder: string },
): Promise<Readonly<Record<string, string>>> {
  const { world, plan, inputs } = run
  const lock = (await world.files.read(inWheelhouse(world, SHELF.lock))) ?? ''
  refuseMaterial({ ...house, snapshot: house.source.snapshot, lock })
  const { images, setup } = base
  const made = {
    base: setup.base,
    origin: images.origin,
    chosen: chosenNames(inputs),
    inputs,
    version: images.version(),
    platform: run.platform,
  }
  const { stages } = await planRelease(world, plan, house, made)
  const workshop = (await house.workshop()) === setup.base ? 'base' : 'builder'
  const manifests = await compiledIn(world, house)
  const built = await builtHere(world, house, manifests)
  const { name, digest } = images.origin
  const parent = digest && !name.includes('@') ? `${name}@${digest}` : name
  const buildPackages = packagesOf(plan, workshop, manifests)
  const ownBuildLock = house.source.parts.buildLock
  return eject({
    folder,
    images:
      renderImages({ ...plan, parent, buildPackages }) +
      (plan.project.sourceOnly === undefined ? renderAppWheel(plan.epoch, plan.ownVersion.env) : ''),
    release: stages,
    workshop,
    downloads: downloadsOf(house, built),
    built,
    requires: plan.project.sourceOnly === undefined ? await requiresOf(world, ownBuildLock ?? '') : undefined,
    scripts: await scriptsOf(world),
    ignore: await ignoreFacts(run, house),
    readme: {
      name: house.metadata.name || plan.project.name,
      parent,
      platform: run.platform,
      asked: inputs.platform,
      trialNames: Object.keys(inputs.env).sort(),
      versionEnv: plan.ownVersion.env,
      indexes: [plan.settings.indexUrl, ...plan.settings.extraIndexUrls].filter(Boolean).length,
    },
  })
}

/** The manifests of the wheels that are in the release and were built from an sdist. */
async function compiledIn(world: World, { wheels, locked }: Wheelhouse): Promise<readonly Manifest[]> {
  const files = new Map(wheels.map(({ file, sha256 }) => [file, sha256]))
  const onIndex = new Set(locked.flatMap((entry) => entry.wheels.map(({ sha256 }) => sha256)))
  const manifests = await readManifests(world)
  return manifests.filter(({ file, sha256 }) => files.get(file) === sha256 && !onIndex.has(sha256))
}

async function builtHere(world: World, { locked, dockerfile }: Wheelhouse, manifests: readonly Manifest[]): Promise<readonly BuiltHere[]> {
  const planned = manifests.map((manifest) => {
    const { name, version, sdist: remote } = entryOf(locked, manifest.package)
    if (!remote) throw cannotEject(`${name} has no sdist on an index`, 'Release it to an index first.')
    return { kind: 'compile' as const, name, version, remote, sha256: remote.sha256, why: 'eject' }
  })
  const sources = await openSources(world, planned, new Map())
  return Promise.all(
    sources.map(async ({ planned: { name, version, sha256 }, at, folder, needsCompiler, env }, i) => {
      const { file, made } = manifests[i] as Manifest
      const compiled = needsCompiler || !file.endsWith('-none-any.whl') || dockerfile.includes(`FROM \${BUILDER} AS wheel-${name}\n`)
      return { name, version, sha256, at, folder, needsCompiler: compiled, env, requires: await requiresOf(world, made.buildLock) }
    }),
  )
}

function entryOf(locked: readonly LockedPackage[], name: string): LockedPackage {
  const found = locked.find((entry) => entry.name === name)
  if (!found) throw new Error(`${name} is in the wheelhouse, but not in its lock`)
  return found
}

/** The packages of a lock of build requirements, as far as builds here took them. */
async function requiresOf(world: World, lock: string): Promise<readonly Hashed[]> {
  if (lock === '') return []
  const kept = Object.values((await world.records.get('buildLocks')) ?? {}).find(({ sha256 }) => sha256 === lock)
  if (!kept) throw new Error('the lock of the build requirements is not kept')
  return Object.entries(kept.files).map(([file, sha256]) => {
    const [name = '', version = ''] = file.split('-')
    return { name: name.replaceAll('_', '-').toLowerCase(), version, sha256: [sha256] }
  })
}

/** What the index gives as wheels, with the hashes of all the wheels of that version: other platforms take theirs. */
function downloadsOf({ locked, wheels }: Wheelhouse, built: readonly BuiltHere[]): readonly Hashed[] {
  const here = new Set(built.map(({ name }) => name))
  return wheels
    .filter(({ name }) => !here.has(name))
    .map(({ name, version }) => ({ name, version, sha256: entryOf(locked, name).wheels.map(({ sha256 }) => sha256) }))
}

function packagesOf(plan: RunPlan, workshop: 'base' | 'builder', manifests: readonly Manifest[]): readonly string[] {
  const own = workshop === 'builder' ? buildPackagesFor([...namesIn(plan.project.buildRequires.join(' '))]) : []
  const theirs = manifests.flatMap(({ made }) => made.buildPackages.split(' ').filter(Boolean))
  return [...new Set([...plan.buildPackages, ...own, ...theirs])].sort()
}

async function scriptsOf({ files, paths }: World): Promise<Readonly<Record<string, string>>> {
  const names = (await files.walk(paths.stages)).filter((name) => !name.includes('__pycache__'))
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await files.read(path.join(paths.stages, name))) ?? ''])))
}

async function ignoreFacts({ world }: Run, { source }: Wheelhouse) {
  const { paths, context } = world
  const withheld: string[] = []
  await world.source.snapshot(paths.project, paths.wheelhouse, { withheld, top: context.workspace })
  return {
    own: await readIgnore(world),
    withheld,
    wheelhouse: path.relative(paths.project, paths.wheelhouse),
    named: await filesNamed(world, source),
  }
}
