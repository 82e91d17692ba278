import type { Place } from '../../effects/registry-port.ts'
import type { World } from '../world.ts'

/** Seconds between two looks. */
const EVERY = 2

export interface Watched {
  /** Of what was pushed. */
  readonly digest: string
  /** What somebody else had put under the tag meanwhile, and this push replaced. */
  readonly replaced: string | undefined
}

/**
 * Docker sends layers before the manifest that moves a tag, which may take minutes, and a registry has no compare-and-swap:
 * so the tag is looked at until the push is done. What comes in the moment after the last look is not seen.
 * @param before the digest under the tag that the push was decided by
 * @param push gives the digest that it has in the registry
 */
export async function watchTag(
  world: World,
  place: Place,
  { tag, before }: { readonly tag: string; readonly before: string | undefined },
  push: () => Promise<string>,
): Promise<Watched> {
  const seen: string[] = []
  const over = new AbortController()
  const pushed = push().finally(() => over.abort())
  pushed.catch(() => {}) // it is awaited below
  while (!over.signal.aborted) {
    await world.pause(EVERY, over.signal).catch(() => {})
    if (over.signal.aborted) break
    const held = await world.registry.digest(place, tag)
    if (held !== undefined && held !== before) seen.push(held)
  }
  const digest = await pushed
  const until = seen.indexOf(digest)
  return { digest, replaced: (until < 0 ? seen : seen.slice(0, until)).at(-1) }
}
