import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { CacheService, Log } from './ports.ts'

/** @actions/cache waits three minutes a try for a service that never answers; a cache is not worth that. */
const LIMIT_MS = 20_000

/**
 * The cache service of Actions (v2 and v1, as @actions/cache chooses). The library is 2.4 MB and loaded
 * only here, when caching is on.
 * @param workspace entries are addressed by their path relative to it, so that they meet on other runners
 */
export function actionsCache(workspace: string, log: Log): CacheService {
  return {
    async restore(folder, key, prefixes) {
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      const found = await limited('restore', async () => {
        const cache = await import('@actions/cache')
        if (!cache.isFeatureAvailable()) return undefined
        return cache.restoreCache([path.relative(workspace, folder)], key, [...prefixes])
      })
      // A failed extraction may leave files behind; they are not what was saved.
      if (found === undefined) await rm(folder, { recursive: true, force: true })
      return found
    },

    async save(folder, key) {
      const id = await limited('save', async () => {
        const cache = await import('@actions/cache')
        return cache.saveCache([path.relative(workspace, folder)], key)
      })
      return id !== undefined && id !== -1
    },
  }

  async function limited<T>(what: string, work: () => Promise<T | undefined>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        log.notice(`The cache service did not ${what} within ${LIMIT_MS / 1000} s; going on without it.`)
        resolve(undefined)
      }, LIMIT_MS)
    })
    try {
      return await Promise.race([work(), limit])
    } catch (error) {
      log.notice(`The cache service could not ${what}: ${(error as Error).message.slice(0, 200)}; going on without it.`)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }
}
