import type { ImageInfo } from '../../effects/docker-port.ts'
import type { System } from '../../judge/checks/container-checks.ts'
import { layerChecks } from '../../judge/checks/layer-checks.ts'
import { type ImageFindings, ImageScan, isCompiler } from '../../judge/checks/layer-scan.ts'
import { isCopied } from '../../plan/dockerfile/copy-instructions.ts'
import { CHANGES } from '../../plan/dockerfile/dockerfile-release.ts'
import { allDone } from '../all-done.ts'
import { buildTarget } from '../build/build-target.ts'
import { unfinishedName } from '../build/unfinished-images.ts'
import type { World } from '../world.ts'
import type { ProofRequest } from './proof-request.ts'

const LIMIT_MS = 60_000
const APPLICATION = '/app'

export interface Look {
  /** Or why the image cannot be read. */
  readonly findings: ImageFindings | string
  /** Layers that hold nothing of all that was looked for: they need not be read again. */
  readonly clean: readonly string[]
}

/**
 * Looks for what must not be in an image: the short way where that tells enough and finds nothing, else by all of
 * its layers, which tells what holds it.
 * @param asking what a container of it says of the whole file system; null where it does not
 */
export async function readImage(world: World, request: ProofRequest, asking: Promise<System | null>): Promise<Look> {
  const short = await lookAtCopies(world, request, asking).catch(() => undefined)
  return short ?? (await readLayers(world, request))
}

/**
 * What an image of copies holds beyond its parent, as a container of it would see it: `docker save` writes the parent
 * too, which takes longer than the build where that is large. Of Debian's packages, whose stage sees neither the source
 * nor a secret, the names of programs are looked at.
 * @returns undefined where something is found, or this does not tell enough
 */
async function lookAtCopies(world: World, request: ProofRequest, asking: Promise<System | null>): Promise<Look | undefined> {
  const { image, wanted, parent, secrets, wheels } = request
  if (parent === undefined) return undefined
  const [history, parents] = await Promise.all([world.docker.history(image.id), world.docker.history(parent)])
  if (!isCopied(history, parents)) return undefined
  const scan = new ImageScan(secrets, wheels)
  scan.document(JSON.stringify({ config: JSON.parse(image.configuration), history }))
  const system = (await scanUnread(world, request, scan)) ? await asking : await scanCopies(world, image, scan, asking)
  if (!system) return undefined
  const compilers = system.programs.filter((program) => isCompiler(program.slice(1)))
  const known = compilers.length > 0 ? await programsOf(world, parent) : new Set<string>()
  if (compilers.some((program) => !known.has(program))) return undefined
  const layer = image.layers[0] ?? ''
  const theirs = compilers.map((program) => ({ layer, path: program.slice(1) }))
  const { findings: own } = scan
  const findings = { ...own, compilers: [...theirs, ...own.compilers], layers: image.layers }
  const checks = layerChecks(image, { ...wanted, secrets: secrets.length }, findings)
  if (checks.some(({ state }) => state === 'failed')) return undefined
  const isClean = own.secrets.length + own.wheels.length + own.compilers.length === 0
  return { findings, clean: isClean ? image.layers.filter((each) => !wanted.parentLayers.includes(each)) : [] }
}

/**
 * Reads what no run has read before, where that is no more than this run's change: those layers are built by themselves
 * from what BuildKit has, and are the image's own by their digests.
 * @returns whether all of the image is known now
 */
async function scanUnread(world: World, { image, wanted, clean, changes }: ProofRequest, scan: ImageScan): Promise<boolean> {
  const known = new Set([...wanted.parentLayers, ...clean])
  const unread = image.layers.filter((layer) => !known.has(layer))
  world.log.debug(`layers that were not read before: ${unread.length} of ${image.layers.length}`)
  if (unread.length === 0) return true
  if (!changes || !unread.every((layer) => image.layers.slice(-CHANGES.length).includes(layer))) return false
  const { settings, build } = changes
  const reference = unfinishedName(world, 'changes')
  try {
    await buildTarget(world, settings, {
      ...build,
      target: 'changes',
      tags: [reference],
      localOnly: true,
      silent: true,
      hears: undefined,
      onStage: undefined,
    })
    const made = await world.docker.inspect(reference)
    if (!unread.every((layer) => made?.layers.includes(layer))) return false
    await world.docker.read(reference, scan)
    return unread.every((layer) => scan.findings.layers.includes(layer))
  } catch {
    return false // the other way needs no build
  } finally {
    await world.docker.untag(reference)
  }
}

/** Scans what copies have put into an image. @returns what the image says of the rest; undefined where that is not enough */
async function scanCopies(world: World, image: ImageInfo, scan: ImageScan, asking: Promise<System | null>): Promise<System | undefined> {
  const opened = await world.docker.open(image.id)
  const look = async (folder: string) => {
    const layer = scan.layer()
    await opened.read(folder, layer)
    layer.done(image.layers.at(-1) ?? '')
  }
  const others = async () => {
    const system = await asking
    if (!system?.owned?.includes(APPLICATION)) return undefined
    await allDone(system.owned.filter((folder) => folder !== APPLICATION).map(look))
    return system
  }
  try {
    // Both are there in every image of ours; which others belong to its user, the image itself tells.
    const [system] = await allDone([others(), look('/appenv'), look(APPLICATION)])
    return system
  } finally {
    await opened.close()
  }
}

/** Programs of an image that need not have Python: none where it cannot be asked. */
async function programsOf(world: World, image: string): Promise<ReadonlySet<string>> {
  const command = ['/', '-xdev', '(', '-path', '*/bin/*', '-o', '-path', '*/sbin/*', '-o', '-name', 'cc1*', '-o', '-name', 'clang-*', ')']
  const result = await world.docker.run({ image, entrypoint: 'find', command, user: '0', network: 'none', limit: LIMIT_MS })
  return new Set(result.code === 0 ? result.stdout.split('\n') : [])
}

async function readLayers(world: World, { image, wanted, secrets, wheels }: ProofRequest): Promise<Look> {
  const scan = new ImageScan(secrets, wheels)
  try {
    await world.docker.read(image.id, scan)
  } catch (error) {
    return { findings: (error as Error).message, clean: [] }
  }
  const { findings } = scan
  const found = [...findings.secrets.map(({ at }) => at), ...findings.wheels, ...findings.compilers]
  const unclean = new Set([...wanted.parentLayers, ...found.map((at) => (typeof at === 'string' ? at : at.layer))])
  return { findings, clean: findings.layers.filter((layer) => !unclean.has(layer)) }
}
