import type { Outcome, WheelResult } from '../../src/report/outcome.ts'

export function wheel(name: string, origin: WheelResult['origin'], size = 1_000_000): WheelResult {
  return { name, version: '1.0', file: `${name}-1.0-py3-none-any.whl`, sha256: 'ab', size, origin, seconds: 0 }
}

/** A run that went all the way, pushed. */
export const pushed: Outcome = {
  version: '1.2.3',
  base: { reference: 'acme/shop-base:fingerprint-1', how: 'reused' },
  builder: undefined,
  wheels: {
    folder: 'wheelhouse',
    lock: 'wheelhouse/pylock.toml',
    wheels: [wheel('django', 'reused', 8_300_000), wheel('shop', 'project', 20_000), wheel('uwsgi', 'compiled', 500_000)],
    cacheHit: true,
    cacheKey: 'wheels-1',
    python: '3.13.2',
    assets: ['wheelhouse/shop.whl', 'wheelhouse/pylock.toml'],
  },
  release: {
    references: ['ghcr.io/acme/shop:1.2.3', 'ghcr.io/acme/shop:latest'],
    id: `sha256:${'c'.repeat(64)}`,
    size: 48_200_000,
    how: 'built',
    command: { argv: ['sh', '-c', 'exec gunicorn'], from: 'Procfile', modules: [], late: [], folder: '/app', paths: [] },
    labels: { 'org.opencontainers.image.title': 'Shop' },
  },
  sbom: 'wheelhouse/.build/sbom/shop-1.2.3.cdx.json',
  published: {
    repository: 'ghcr.io/acme/shop',
    digest: 'sha256:dddd',
    references: ['ghcr.io/acme/shop:1.2.3', 'ghcr.io/acme/shop:latest'],
  },
  steps: [{ step: 'base', how: 'reused <x> | y', seconds: 0.4 }],
  seconds: 5.55,
}
