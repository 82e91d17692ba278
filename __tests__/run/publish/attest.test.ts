import { expect, test } from '@jest/globals'
import { PushError } from '../../../src/effects/docker-port.ts'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { errorLine } from '../../../src/errors.ts'
import { attach } from '../../../src/run/publish/attest.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const PLACE = { registry: 'index.example', path: 'acme/shop', login: undefined }
const TYPE = 'application/vnd.cyclonedx+json'

/** What comes to a registry that lists referrers by itself, or does not. */
const attached = (knows: boolean, more: Partial<Registry> = {}) =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, { 'sbom.json': '{"a": 1}' })
    const put: Record<string, { type: string; body: string }> = { [DIGEST]: { type: 'application/x', body: 'manifest' } }
    const uploaded: string[] = []
    const registry: Partial<Registry> = {
      manifest: async (_place, reference) => put[reference],
      upload: async (_place, { digest, size }) => void uploaded.push(`${digest.slice(0, 12)} ${size}`),
      async putManifest(_place, reference, manifest) {
        put[reference] = manifest
        return knows
      },
      ...more,
    }
    const world = worldIn(folder, { registry: registry as Registry, pause: async () => {} })
    const one = { file: `${folder}/sbom.json`, type: TYPE, annotations: { a: 'b' } }
    await attach(world, PLACE, DIGEST, [one])
    await attach(world, PLACE, DIGEST, [one]) // the same once more is the same
    const { [DIGEST]: _subject, ...rest } = put
    return { put: Object.fromEntries(Object.entries(rest).map(([name, { body }]) => [name, JSON.parse(body)])), uploaded }
  })

test('a statement is an artefact whose subject is the image', async () => {
  const { put, uploaded } = await attached(true)
  expect(uploaded.slice(0, 2)).toEqual(['sha256:44136 2', expect.stringMatching(/ 8$/)])
  expect(Object.values(put)).toEqual([
    expect.objectContaining({
      artifactType: TYPE,
      subject: { mediaType: 'application/x', digest: DIGEST, size: 8 },
      layers: [expect.objectContaining({ mediaType: TYPE, size: 8, annotations: { a: 'b' } })],
    }),
  ])
})

test('a registry that lists none has the list under a tag of the digest, each statement once', async () => {
  const { put } = await attached(false)
  const index = put[DIGEST.replace(':', '-')]
  expect(index.manifests).toEqual([expect.objectContaining({ artifactType: TYPE, digest: expect.stringMatching(/^sha256:/) })])
  expect(Object.keys(put)).toContain(index.manifests[0].digest)
})

test.each([
  {
    name: 'does not take it',
    more: { putManifest: () => Promise.reject(new PushError('other', 'MANIFEST_INVALID: no (400)')) },
    says: /^push: index\.example\/acme\/shop@sha256:\w+ was not accepted: MANIFEST_INVALID/,
  },
  {
    name: 'has lost the image',
    more: { manifest: async () => undefined },
    says: /so nothing can be attached to it\. Push again\. attest takes plain HTTP from loopback alone/,
  },
])('a registry that $name is an error', async ({ more, says }) => {
  await expect(attached(true, more as Partial<Registry>).catch((error) => errorLine(error))).resolves.toMatch(says)
})
