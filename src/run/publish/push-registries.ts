import path from 'node:path'
import { type PushableImage, PushError } from '../../effects/docker-port.ts'
import { UserError } from '../../errors.ts'
import { type Repository, reference, repositoryName } from '../../plan/reference.ts'
import { loginOf, type RegistryInputs } from '../../plan/registry-login.ts'
import type { PublishResult } from '../../report/outcome.ts'
import type { World } from '../world.ts'
import {
  type Access,
  gaveBack,
  isLeft,
  notAccepted,
  notAllowed,
  openRegistry,
  PAUSES,
  type Publication,
  publish,
  readBack,
  TRIES,
} from './push-image.ts'
import { warnOfIndex } from './replaced-index.ts'

/** A repository that this run pushes to. */
export interface Place {
  readonly repository: Repository
  readonly access: Access
}

/** The first one gives the image its name on this machine. */
export type Places = readonly [Place, ...Place[]]

type Publications = Publication & { readonly moving: readonly string[] }

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
/** Blobs on their way to one registry at once. */
const AT_ONCE = 3

/** Each repository with a login that may push there. @throws UserError where one refuses */
export async function openRegistries(
  world: World,
  inputs: RegistryInputs,
  repositories: readonly [Repository, ...Repository[]],
): Promise<Places> {
  const by = repositories.length > 1 ? 'us' : 'docker'
  const place = async (repository: Repository, index: number) => {
    const access = await openRegistry(world, repository, loginOf(inputs, world.context.actor, index), by)
    return { repository, access }
  }
  const [first, ...others] = repositories
  return [await place(first, 0), ...(await Promise.all(others.map((one, i) => place(one, i + 1))))]
}

/** Docker pushes to one registry, to several we do. @param what with the tags that move */
export function publishTo(world: World, places: Places, what: Publications): Promise<PublishResult> {
  const [{ repository, access }, ...others] = places
  return others.length > 0 ? publishEverywhere(world, places, what) : publish(world, repository, what, access)
}

/**
 * Pushes an image to several registries, all or nothing: what it is made of goes everywhere first, then its manifest by its
 * digest, then tags that stay, and tags that move last and at once. So wherever this ends, no tag that moved names an image
 * that another registry lacks, and a run again brings the rest.
 * @throws UserError where a registry refuses, or fails again and again
 */
export async function publishEverywhere(world: World, places: Places, what: Publications): Promise<PublishResult> {
  const image = await world.docker.layOut(what.image, path.join(world.paths.temp, 'push'))
  const everywhere = (work: (place: Place) => Promise<unknown>) => Promise.all(places.map(work))
  await everywhere((place) => uploadAll(world, place, image))
  await everywhere((place) => put(world, place, image, image.digest))
  const references: string[] = []
  for (const tag of what.tags) {
    if (await isLeft(world, what, tag, tag)) continue
    await everywhere(({ repository, access }) => warnOfIndex(world, repository, tag, access.login))
    await everywhere((place) => (what.moving.includes(tag) ? put(world, place, image, tag) : putOrFind(world, place, image, tag)))
    for (const { repository, access } of places) {
      await readBack(world, repository, { tag, digest: image.digest }, access)
      world.log.info(`  pushed ${reference(repository, tag)}`)
      if (!(await gaveBack(world, { repository, access }, what, tag))) references.push(reference(repository, tag))
    }
  }
  return { repository: repositoryName(places[0].repository), digest: image.digest, references }
}

async function uploadAll(world: World, place: Place, image: PushableImage): Promise<void> {
  const { registry, path } = place.repository
  const waiting = [...image.blobs]
  const worker = async () => {
    for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
      const next = blob
      await tryAgain(world, place, repositoryName(place.repository), () => world.registry.upload(registry, path, next, place.access.login))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function put(world: World, place: Place, { manifest }: PushableImage, as: string): Promise<unknown> {
  const { repository, access } = place
  const content = { type: MANIFEST, body: manifest }
  const name = as.startsWith('sha256:') ? `${repositoryName(repository)}@${as}` : reference(repository, as)
  return tryAgain(world, place, name, () => world.registry.putManifest(repository.registry, repository.path, as, content, access.login))
}

/** A tag that cannot be changed is well where it is this image already. */
async function putOrFind(world: World, place: Place, image: PushableImage, tag: string): Promise<void> {
  const { repository, access } = place
  try {
    await put(world, place, image, tag)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if ((await world.registry.digest(repository.registry, repository.path, tag, access.login)) !== image.digest) throw error
    world.log.notice(`${reference(repository, tag)} was not taken again, and is this image already.`)
  }
}

/** Once more where a registry is out of order or counts requests. */
export async function tryAgain<T>(world: World, { repository, access }: Place, name: string, work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PushError)) throw error
      if (error.why === 'denied') throw notAllowed(repository, access.login, error.message)
      if (tried === TRIES || error.why === 'other' || error.why === 'spent') throw notAccepted(name, error, undefined)
      const wait = PAUSES[tried - 1] ?? 0
      world.log.info(`  ${name} was not accepted (${error.message}); tried again in ${wait} s`)
      await world.pause(wait)
    }
  }
}
