import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Manifest } from './wheels.ts'

/** Signs manifests of compiled wheels, and tells which ones may be believed. */
export interface Signer {
  /** The same manifest, signed where there is a key. */
  sign(manifest: Manifest): Manifest
  /** Without a key every manifest is; with one only those that were signed with it, for this repository. */
  trusts(manifest: Manifest): boolean
}

/**
 * HMAC-SHA256 (RFC 2104) over everything that a manifest says (but how long the build took), the wheel's
 * sha256 among it, and the repository: a signed wheel of another one that has the same key is not taken.
 * @param key '' for none
 * @param repository `owner/name`
 */
export function manifestSigner(key: string, repository: string): Signer {
  if (!key) return { sign: (manifest) => manifest, trusts: () => true }
  const signature = (manifest: Manifest) => createHmac('sha256', key).update(signedText(manifest, repository)).digest()
  return {
    sign: (manifest) => ({ ...manifest, signature: signature(manifest).toString('hex') }),
    trusts(manifest) {
      const given = /^[0-9a-f]{64}$/.exec(String(manifest.signature))?.[0]
      return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), signature(manifest))
    },
  }
}

/** One text for one manifest, whatever the order of its fields in the file. */
function signedText({ signature: _signature, seconds: _seconds, ...said }: Manifest, repository: string): string {
  return JSON.stringify(['pypackager manifest 1', repository.toLowerCase(), sorted(said)])
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}
