import { type CacheKeys, isOwn } from '../../plan/cache-keys.ts'
import type { CachePolicy } from '../../plan/policy.ts'
import type { World } from '../world.ts'
import { type Restored, restoreWheelhouse, saveWheelhouse } from './cache-entries.ts'
import { forgetUnsigned } from './open-wheelhouse.ts'

/** The wheelhouse's entries of the cache service: restored at the beginning of a run, saved at its end. */
export class WheelCache {
  private readonly world: World
  private readonly policy: CachePolicy
  private readonly keys: CacheKeys
  private restored: Restored = { downloads: undefined, compiled: undefined }
  private saved = ''

  constructor(world: World, policy: CachePolicy, keys: CacheKeys) {
    this.world = world
    this.policy = policy
    this.keys = keys
  }

  /** Fills the wheelhouse, and takes out of it what a run with a key may not believe. */
  async restore(): Promise<void> {
    this.restored = await restoreWheelhouse(this.world, this.policy, this.keys)
    await forgetUnsigned(this.world)
  }

  /** Saves the wheelhouse where that is allowed and something changed. */
  async save(): Promise<void> {
    if (this.world.context.cacheService) this.saved = await saveWheelhouse(this.world, this.policy, this.keys, this.restored)
  }

  /** For the outputs: the entry of the downloads, and whether it was there. */
  get result(): { readonly key: string; readonly hit: boolean } {
    return { key: this.saved, hit: isOwn(this.keys.downloads, this.restored.downloads) }
  }
}
