import { expect, test } from '@jest/globals'
import { type SiteLine, siteChecks } from '../../../src/judge/checks/site-checks.ts'

const lines = (manifests: string[]): readonly SiteLine[] => [
  { section: 'settings', fault: null, manifests },
  { section: 'apps', count: 3, faults: [] },
]
const built = (all: readonly SiteLine[], nodeBuild?: string) => siteChecks(all, { nodeBuild }).filter(({ name }) => name === 'apps')

test('a front end that is not built is told, with the line that builds it', () => {
  const [apps, frontEnd] = built(lines(['/app/static/manifest.json']), '(cd web && npm ci && npm run build)')
  expect(apps).toMatchObject({ state: 'passed' })
  expect(frontEnd).toMatchObject({
    state: 'failed',
    level: 'warning',
    text: expect.stringContaining('its settings name /app/static/manifest.json, which is not in the image'),
    next: 'Build it, then release again: (cd web && npm ci && npm run build)',
  })
  expect(built(lines(['/app/x.json']))[1]?.next).toContain('the node build that makes that file')
})

test('of one that is built nothing is said', () => {
  expect(built(lines([]))).toMatchObject([{ state: 'passed' }])
})
