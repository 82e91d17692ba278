import { imageAlone } from '../plan/goal.ts'
import type { PublishResult } from '../report/outcome.ts'
import type { Base } from './make-base.ts'
import type { Proved } from './make-release.ts'
import type { Run } from './open-run.ts'
import { claimsOf } from './prepare/known-tags.ts'
import { refuseMovedTag } from './prepare/moved-tag.ts'
import { attest } from './publish/attest.ts'
import { newerPushes } from './publish/newer-push.ts'
import type { Places } from './publish/publication.ts'
import { publishTo } from './publish/push-registries.ts'

/** Push: every tag of what was asked for, the digest read back. @returns undefined where nothing is pushed */
export async function publishRun(run: Run, base: Base, proved: Proved | undefined): Promise<PublishResult | undefined> {
  const { places, inputs, steps } = run
  if (!places) return undefined
  return steps.take('push', async () => {
    const published = imageAlone(inputs.target)
      ? await publishImage(run, base, places)
      : await publishRelease(run, base, { places, proved })
    return [published?.digest ?? 'nothing to push', published]
  })
}

/** Base or builder alone. */
async function publishImage({ world, inputs }: Run, { images }: Base, places: Places): Promise<PublishResult | undefined> {
  const kind = imageAlone(inputs.target)
  if (!kind) return undefined
  const { image, reference } = images.published(kind)
  const tag = reference.slice(reference.lastIndexOf(':') + 1)
  return publishTo(world, places, { image, tags: [tag] })
}

async function publishRelease(
  { world, plan, inputs }: Run,
  { images }: Base,
  { places, proved }: { readonly places: Places; readonly proved: Proved | undefined },
): Promise<PublishResult | undefined> {
  if (!proved) return undefined
  const { release, sbom } = proved
  const { moving } = plan.tags
  // What stays comes first: who sees a tag that moved finds its release.
  const tags = plan.tags.tags.toSorted((a, b) => Number(moving.includes(a)) - Number(moving.includes(b)))
  await refuseMovedTag(world, plan, plan)
  const claim = claimsOf(world, inputs, plan, places[0].login)
  const published = await publishTo(world, places, {
    image: release.result.id,
    tags,
    claim,
    newer: newerPushes(world, plan, places[0]),
  })
  const { digest, references } = published
  if (references.length === 0) return undefined // every tag was left to others, or given back
  if (inputs.attest) {
    await attest(world, places, digest, { plan, inputs, house: release.house, origin: images.origin, sbom })
  }
  return published
}
