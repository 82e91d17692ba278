import type { Held, Place } from '../../effects/registry-port.ts'
import type { Claims } from '../prepare/known-tags.ts'
import type { Newer } from './newer-push.ts'

/** What is pushed, and under which tags. */
export interface Publication {
  /** The image's ID, or the tag that only its content has: another job on this daemon may have given the tag to another image meanwhile. */
  readonly image: string
  /** In this order: those that stay before those that move. */
  readonly tags: readonly string[]
  /** Who has claimed a tag since the plan was made; asked right before a tag that moves is pushed, and after it. */
  readonly claim?: Claims
  /** Who has pushed to the branch after us, and has the tag. */
  readonly newer?: Newer
}

/** Where this run pushes. The first one gives the image its name on this machine. */
export type Places = readonly [Place, ...Place[]]

/** How an image gets into registries. */
export interface Pusher {
  /** @returns the digest that it has there; @throws UserError where the registry refuses, or fails again and again */
  readonly put: (place: Place, tag: string) => Promise<string>
  /** Whether what a registry holds is this image. */
  readonly is: (held: Held) => Promise<boolean>
}
