import type { Blob } from './blob-store.ts'

/** An entry that was saved whole. */
export interface CacheEntry {
  readonly key: string
  /** What the client hashes from paths and compression. */
  readonly version: string
  /** The archive; a test may set another. */
  bytes: Buffer
}

export interface Stored extends CacheEntry, Blob {
  final: boolean
}

type Asked = Pick<CacheEntry, 'key' | 'version'>

/** The entries of a cache service, whichever protocol asks for them. */
export class CacheEntries {
  private readonly stored: Stored[] = []

  /** What is kept, oldest first. */
  final(): readonly Stored[] {
    return this.stored.filter((entry) => entry.final)
  }

  add(key: string, version: string, bytes: Buffer, final: boolean): Stored {
    const entry = { key, version, bytes, complete: final, final }
    this.stored.push(entry)
    return entry
  }

  clear(): void {
    this.stored.length = 0
  }

  /** An entry that waits for its archive; undefined where one of that key and version is there, finished or not. */
  reserve({ key, version }: Asked): Stored | undefined {
    if (this.stored.some((entry) => same(entry, { key, version }))) return undefined
    return this.add(key, version, Buffer.alloc(0), false)
  }

  waiting(asked: Asked): Stored | undefined {
    return this.stored.find((candidate) => same(candidate, asked) && !candidate.final)
  }

  /** Numbers begin with 1: the client takes 0 for none. */
  id(entry: Stored): number {
    return this.stored.indexOf(entry) + 1
  }

  byId(id: number): Stored | undefined {
    return this.stored[id - 1]
  }

  /** Each key in turn: the entry of that very name, else the newest that starts with it. */
  find(keys: readonly string[], version: string): Stored | undefined {
    const candidates = this.stored.filter((entry) => entry.final && entry.version === version)
    for (const key of keys) {
      const found = candidates.find((entry) => entry.key === key) ?? candidates.findLast((entry) => entry.key.startsWith(key))
      if (found) return found
    }
    return undefined
  }
}

function same(entry: CacheEntry, asked: Asked): boolean {
  return entry.key === asked.key && entry.version === asked.version
}
