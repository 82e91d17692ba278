import { describe, expect, test } from '@jest/globals'
import { OUTPUT_NAMES, outputs } from '../../src/report/outputs.ts'
import { pushed } from '../support/outcome.ts'

describe('the outputs', () => {
  test('of a run that pushed are texts', () => {
    const { metadata, ...rest } = outputs(pushed)
    expect(rest).toEqual({
      version: '1.2.3',
      'release-tag': 'ghcr.io/acme/shop:1.2.3',
      tags: 'ghcr.io/acme/shop:1.2.3\nghcr.io/acme/shop:latest',
      image: 'ghcr.io/acme/shop@sha256:dddd',
      digest: 'sha256:dddd',
      imageid: `sha256:${'c'.repeat(64)}`,
      'base-image': 'acme/shop-base:fingerprint-1',
      wheelhouse: 'wheelhouse',
      wheels: JSON.stringify(pushed.wheels?.wheels),
      lock: 'wheelhouse/pylock.toml',
      'cache-hit': 'true',
      'cache-key': 'wheels-1',
      'python-version': '3.13.2',
      command: '["sh","-c","exec gunicorn"]',
      labels: 'org.opencontainers.image.title=Shop',
      sbom: 'wheelhouse/.build/sbom/shop-1.2.3.cdx.json',
      assets: 'wheelhouse/shop.whl\nwheelhouse/pylock.toml\nwheelhouse/.build/sbom/shop-1.2.3.cdx.json',
      size: '48200000',
    })
    expect(JSON.parse(metadata ?? '')).toEqual({
      ...rest,
      wheels: pushed.wheels?.wheels,
      labels: { 'org.opencontainers.image.title': 'Shop' },
    })
  })

  test('have only names that action.yml knows', () => {
    const side = { reference: 'acme/shop-test:1', id: 'sha256:1', size: 1, how: 'built' } as const
    const names = Object.keys(outputs({ ...pushed, builder: { reference: 'b', how: 'built' }, test: side, dev: side, changed: true }))
    expect(names.sort()).toEqual([...OUTPUT_NAMES].sort())
  })

  test('of a run that did not push name the image by its tag and have no digest', () => {
    const made = outputs({ ...pushed, published: undefined })
    expect(made.image).toBe('ghcr.io/acme/shop:1.2.3')
    expect(made).not.toHaveProperty('digest')
  })

  test('of a run that ended before the release have nothing of it', () => {
    const made = outputs({ ...pushed, release: undefined, published: undefined })
    for (const name of ['release-tag', 'tags', 'image', 'digest', 'imageid', 'command', 'labels', 'size'])
      expect(made).not.toHaveProperty([name])
    expect(made.wheelhouse).toBe('wheelhouse')
  })

  test('of a runner without a cache service have no cache-key', () => {
    const made = outputs({ ...pushed, wheels: pushed.wheels && { ...pushed.wheels, cacheKey: '' } })
    expect(made).not.toHaveProperty(['cache-key'])
  })

  test('of a run without an SBOM have none, nor is it an asset', () => {
    const made = outputs({ ...pushed, sbom: undefined })
    expect(made).not.toHaveProperty('sbom')
    expect(made.assets).toBe('wheelhouse/shop.whl\nwheelhouse/pylock.toml')
  })

  test('of a plan are the version and the metadata', () => {
    const made = outputs({ version: '1', steps: [], seconds: 0 })
    expect(made).toEqual({ version: '1', metadata: '{"version":"1","wheels":[],"labels":{}}' })
  })

  test('of an image without a start command say so by an empty text', () => {
    expect(outputs({ ...pushed, release: pushed.release && { ...pushed.release, command: undefined } }).command).toBe('')
  })
})
