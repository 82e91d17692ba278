import { describe, expect, test } from '@jest/globals'
import { manifestSigner } from '../../src/plan/signature.ts'
import type { Manifest } from '../../src/plan/wheels.ts'

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
const signer = manifestSigner(KEY, 'Acme/Shop')
const signed = signer.sign(manifest)

describe('with a key', () => {
  test('a manifest that it signed is trusted, after a way through a file too', () => {
    expect(signed.signature).toMatch(/^[0-9a-f]{64}$/)
    expect(signer.trusts(JSON.parse(JSON.stringify(signed)) as Manifest)).toBe(true)
  })

  test('the order of fields in the file does not matter', () => {
    expect(signer.trusts(Object.fromEntries(Object.entries(signed).reverse()) as unknown as Manifest)).toBe(true)
  })

  test('how long the build took is not signed: the same wheel has the same signature', () => {
    expect(signer.sign({ ...manifest, seconds: 1 }).signature).toBe(signed.signature)
  })

  test('the signature does not depend on the letters’ case of the repository, and signing twice changes nothing', () => {
    expect(manifestSigner(KEY, 'acme/shop').sign(signed)).toEqual(signed)
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
    expect(signer.trusts(changed)).toBe(false)
  })

  test.each([
    { name: 'another key', other: manifestSigner(`${KEY}.`, 'Acme/Shop') },
    { name: 'another repository', other: manifestSigner(KEY, 'Acme/Store') },
  ])('one that was signed by $name is not trusted', ({ other }) => {
    expect(signer.trusts(other.sign(manifest))).toBe(false)
  })

  test('the key is nowhere in what is kept', () => {
    expect(JSON.stringify(signed)).not.toContain(KEY)
  })
})

describe('without a key', () => {
  const none = manifestSigner('', 'Acme/Shop')

  test('nothing is signed', () => {
    expect(none.sign(manifest)).toEqual(manifest)
  })

  test('every manifest is trusted, a signed one too', () => {
    expect([manifest, signed].map(none.trusts)).toEqual([true, true])
  })
})
