import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Manifest } from './wheels/wheel-plan.ts'

/** Signs what a run made or proved itself, and tells what of a kept folder may be believed. */
export interface Signer {
  /**
   * @param kind of statement: one of another kind has another signature
   * @returns hex; undefined without a key
   */
  sign(kind: string, said: unknown): string | undefined
  /** Without a key everything is trusted; with one only what was signed with it, as that kind, for this repository. */
  trusts(kind: string, said: unknown, signature: unknown): boolean
}

/**
 * HMAC-SHA256 (RFC 2104) over what is said, its kind and the repository: a signed wheel or record of another one
 * that has the same key is not taken.
 * @param key '' for none
 * @param repository `owner/name`
 */
export function hmacSigner(key: string, repository: string): Signer {
  if (!key) return { sign: () => undefined, trusts: () => true }
  const made = (kind: string, said: unknown) =>
    createHmac('sha256', key)
      .update(JSON.stringify([`pypackager ${kind} 1`, repository.toLowerCase(), sorted(said)]))
      .digest()
  return {
    sign: (kind, said) => made(kind, said).toString('hex'),
    trusts(kind, said, signature) {
      const given = /^[0-9a-f]{64}$/.exec(String(signature))?.[0]
      return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), made(kind, said))
    },
  }
}

const MANIFEST = 'manifest'

/** The same manifest, signed where there is a key. */
export function signedManifest(signer: Signer, manifest: Manifest): Manifest {
  const signature = signer.sign(MANIFEST, signedPart(manifest))
  return signature === undefined ? manifest : { ...manifest, signature }
}

export function trustsManifest(signer: Signer, manifest: Manifest): boolean {
  return signer.trusts(MANIFEST, signedPart(manifest), manifest.signature)
}

/** Everything but how long the build took: the same wheel has the same signature. */
function signedPart({ signature: _signature, seconds: _seconds, ...said }: Manifest): Partial<Manifest> {
  return said
}

/** One text for one statement, whatever the order of its fields in the file. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}
