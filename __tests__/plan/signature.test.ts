import { describe, expect, test } from '@jest/globals'
import { hmacSigner, signedManifest, trustsManifest } from '../../src/plan/signature.ts'
import type { Manifest } from '../../src/plan/wheels/wheel-plan.ts'

const KEY = 'a key that is long enough to sign with'
const manifest: Manifest = {
  package: 'uwsgi',
  version: '2.0.28',
  file: 'uwsgi-2.0.28-cp313-cp313-linux_x86_64.whl',
  sha256: 'a'.repeat(64),
  made: { sdist: 's', recipe: 'r', distribution: 'd', machine: 'm', glibc: 'g', soabi: 'so', buildPackages: '', buildLock: 'l' },
  requires: ['setuptools', 'wheel'],
  packages: ['libpcre2-8-0'],
  seconds: 17.4,
}
const signer = hmacSigner(KEY, 'Acme/Shop')
const signed = signedManifest(signer, manifest)

describe('with a key', () => {
  test('a manifest that it signed is trusted, after a way through a file too', () => {
    expect(signed.signature).toMatch(/^[0-9a-f]{64}$/)
    expect(trustsManifest(signer, JSON.parse(JSON.stringify(signed)) as Manifest)).toBe(true)
  })

  test('the order of fields in the file does not matter', () => {
    expect(trustsManifest(signer, Object.fromEntries(Object.entries(signed).reverse()) as unknown as Manifest)).toBe(true)
  })

  test('how long the build took is not signed: the same wheel has the same signature', () => {
    expect(signedManifest(signer, { ...manifest, seconds: 1 }).signature).toBe(signed.signature)
  })

  test('the signature does not depend on the letters’ case of the repository, and signing twice changes nothing', () => {
    expect(signedManifest(hmacSigner(KEY, 'acme/shop'), signed)).toEqual(signed)
  })

  test.each<{ name: string; changed: Manifest }>([
    { name: 'has no signature', changed: manifest },
    { name: 'has an empty one', changed: { ...signed, signature: '' } },
    { name: 'has one that is cut', changed: { ...signed, signature: signed.signature?.slice(0, 62) ?? '' } },
    { name: 'has one of other letters', changed: { ...signed, signature: 'z'.repeat(64) } },
    { name: 'has one that is no text', changed: { ...signed, signature: 5 as unknown as string } },
    { name: 'has another wheel’s sha256', changed: { ...signed, sha256: 'b'.repeat(64) } },
    { name: 'has another file', changed: { ...signed, file: 'x-1-py3-none-any.whl' } },
    { name: 'has another package', changed: { ...signed, package: 'django' } },
    { name: 'has another version', changed: { ...signed, version: '2.0.29' } },
    { name: 'has another sdist', changed: { ...signed, made: { ...signed.made, sdist: 'x' } } },
    { name: 'has another Python', changed: { ...signed, made: { ...signed.made, soabi: 'x' } } },
    { name: 'has another Debian package', changed: { ...signed, packages: ['evil'] } },
    { name: 'has its requirements joined', changed: { ...signed, requires: ['setuptools,wheel'] } },
    { name: 'has a field more', changed: { ...signed, more: 1 } as Manifest },
  ])('a manifest that $name is not trusted', ({ changed }) => {
    expect(trustsManifest(signer, changed)).toBe(false)
  })

  test.each([
    { name: 'another key', other: hmacSigner(`${KEY}.`, 'Acme/Shop') },
    { name: 'another repository', other: hmacSigner(KEY, 'Acme/Store') },
  ])('one that was signed by $name is not trusted', ({ other }) => {
    expect(trustsManifest(signer, signedManifest(other, manifest))).toBe(false)
  })

  test('a statement of one kind is none of another', () => {
    expect(signer.trusts('record lock', { a: 1 }, signer.sign('record lock', { a: 1 }))).toBe(true)
    expect(signer.trusts('record told', { a: 1 }, signer.sign('record lock', { a: 1 }))).toBe(false)
    expect(trustsManifest(signer, { ...manifest, signature: signer.sign('record lock', manifest) ?? '' })).toBe(false)
  })

  test('the key is nowhere in what is kept', () => {
    expect(JSON.stringify(signed)).not.toContain(KEY)
  })
})

describe('without a key', () => {
  const none = hmacSigner('', 'Acme/Shop')

  test('nothing is signed', () => {
    expect(signedManifest(none, manifest)).toEqual(manifest)
  })

  test('every manifest is trusted, a signed one too', () => {
    expect([manifest, signed].map((one) => trustsManifest(none, one))).toEqual([true, true])
  })
})
