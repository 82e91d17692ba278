import { expect, test } from '@jest/globals'
import { type ProvenanceFacts, provenance } from '../../../src/judge/sbom/provenance.ts'
import { contextWith, outsideGitHub } from '../../support/values.ts'

const FACTS: ProvenanceFacts = {
  repository: { registry: 'ghcr.io', path: 'acme/shop' },
  digest: `sha256:${'a'.repeat(64)}`,
  revision: 'c0ffee',
  path: '.',
  extras: ['test'],
  parent: { name: 'python:3.13-slim@sha256:bb', digest: 'sha256:bb' },
  lockSha256: 'ab12',
  wheels: [
    {
      name: 'Zope.Interface',
      version: '7.2',
      file: 'zope.interface-7.2-py3-none-any.whl',
      sha256: 'cd34',
      origin: 'downloaded',
    },
  ],
}

test('a provenance is an in-toto statement of SLSA v1 on the image, with all that it was made from', () => {
  const context = { ...contextWith(), serverUrl: 'https://github.com', repository: 'acme/shop', ref: 'refs/heads/main' }
  expect(provenance(FACTS, context)).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'ghcr.io/acme/shop', digest: { sha256: 'a'.repeat(64) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: expect.stringMatching(/^https:/),
        externalParameters: { repository: 'https://github.com/acme/shop', ref: 'refs/heads/main', path: '.', extras: ['test'] },
        resolvedDependencies: [
          { uri: 'git+https://github.com/acme/shop@refs/heads/main', digest: { gitCommit: 'c0ffee' } },
          { uri: 'docker://python:3.13-slim', digest: { sha256: 'bb' } },
          { uri: 'pylock.toml', digest: { sha256: 'ab12' } },
          { uri: 'pkg:pypi/zope-interface@7.2?file_name=zope.interface-7.2-py3-none-any.whl', digest: { sha256: 'cd34' } },
        ],
      },
      runDetails: {
        builder: { id: expect.stringMatching(/^https:/) },
        metadata: { invocationId: expect.stringMatching(/^https:.*\/actions\/runs\/1\/attempts\/1$/) },
      },
    },
  })
})

test('one of a laptop names neither a repository nor a run, and a parent that no registry gave has no digest', () => {
  const told = JSON.stringify(provenance({ ...FACTS, parent: { name: 'local/python', digest: '' } }, { ...outsideGitHub(), runUrl: '' }))
  expect(told).not.toMatch(/git\+|invocationId/)
  expect(told).toContain('{"uri":"docker://local/python"}')
})
