import path from 'node:path'
import type { PushableImage } from '../../effects/docker-port.ts'
import type { Place } from '../../effects/registry-port.ts'
import { type Repository, reference, repositoryName } from '../../plan/reference.ts'
import { loginOf, type RegistryInputs } from '../../plan/registry-login.ts'
import type { PublishResult } from '../../report/outcome.ts'
import type { World } from '../world.ts'
import type { Places, Publication, Pusher } from './publication.ts'
import { byDocker, openRegistry, publishTags, tryAgain } from './push-image.ts'

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
  const place = (repository: Repository, index: number) => openRegistry(world, repository, loginOf(inputs, world.context.actor, index), by)
  const [first, ...others] = repositories
  return [await place(first, 0), ...(await Promise.all(others.map((one, i) => place(one, i + 1))))]
}

/** Docker pushes to one registry, to several we do. @throws UserError where one refuses, or fails again and again */
export async function publishTo(world: World, places: Places, what: Publication): Promise<PublishResult> {
  return publishTags(world, places, what, places.length > 1 ? await byUs(world, places, what.image) : byDocker(world, what.image))
}

/**
 * All or nothing: what an image is made of goes everywhere first, then its manifest by its digest, then tags that stay, and
 * tags that move last and at once. So wherever this ends, no tag that moved names an image that another registry lacks, and
 * a run again brings the rest.
 */
async function byUs(world: World, places: Places, id: string): Promise<Pusher> {
  const image = await world.docker.layOut(id, path.join(world.paths.temp, 'push'))
  await Promise.all(places.map((place) => uploadAll(world, place, image)))
  await Promise.all(places.map((place) => put(world, place, image, image.digest)))
  return {
    async put(place, tag) {
      await put(world, place, image, tag)
      return image.digest
    },
    is: async ({ digest }) => digest === image.digest,
  }
}

async function uploadAll(world: World, place: Place, image: PushableImage): Promise<void> {
  const waiting = [...image.blobs]
  const worker = async () => {
    for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
      const next = blob
      await tryAgain(world, place, { name: repositoryName(place), work: () => world.registry.upload(place, next) })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function put(world: World, place: Place, { manifest }: PushableImage, as: string): Promise<unknown> {
  const content = { type: MANIFEST, body: manifest }
  const name = as.startsWith('sha256:') ? `${repositoryName(place)}@${as}` : reference(place, as)
  return tryAgain(world, place, { name, work: () => world.registry.putManifest(place, as, content) })
}
