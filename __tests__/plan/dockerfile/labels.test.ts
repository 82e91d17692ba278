import { describe, expect, test } from '@jest/globals'
import { type LabelFacts, planLabels } from '../../../src/plan/dockerfile/labels.ts'
import { parseMetadata } from '../../../src/project/metadata.ts'
import { contextWith, outsideGitHub } from '../../support/values.ts'

const facts: LabelFacts = {
  metadata: parseMetadata('Name: Polls\nVersion: 0.1\nSummary: Questions and votes.\nLicense-Expression: MIT\n'),
  version: '1.2.3',
  revision: 'c0ffee',
  epoch: 1_700_000_000,
  python: '3.13.2',
  extras: ['test', 'docs'],
  lockSha256: 'ab12',
  source: 'cd34',
  parent: 'python:3.13-slim',
  parentDigest: 'sha256:1111',
}

describe('the labels of an image', () => {
  test('are the OCI set and ours', () => {
    expect(planLabels(facts, contextWith())).toMatchObject({
      'org.opencontainers.image.title': 'Polls',
      'org.opencontainers.image.description': 'Questions and votes.',
      'org.opencontainers.image.url': 'https://github.com/Acme/Shop',
      'org.opencontainers.image.source': 'https://github.com/Acme/Shop',
      'org.opencontainers.image.version': '1.2.3',
      'org.opencontainers.image.revision': 'c0ffee',
      'org.opencontainers.image.created': '2023-11-14T22:13:20.000Z',
      'org.opencontainers.image.licenses': 'MIT',
      'org.opencontainers.image.base.name': 'python:3.13-slim',
      'org.opencontainers.image.base.digest': 'sha256:1111',
      'io.pypackager.python': '3.13.2',
      'io.pypackager.extras': 'test,docs',
      'io.pypackager.lock': 'ab12',
      'io.pypackager.source': 'cd34',
    })
  })

  test.each([
    { name: 'the source outside GitHub', label: 'org.opencontainers.image.source', given: facts, context: outsideGitHub() },
    {
      name: 'the licence of a project that names none',
      label: 'org.opencontainers.image.licenses',
      given: { ...facts, metadata: { ...facts.metadata, license: '' } },
      context: contextWith(),
    },
    {
      name: 'the digest of a parent that no registry has',
      label: 'org.opencontainers.image.base.digest',
      given: { ...facts, parentDigest: '' },
      context: contextWith(),
    },
    { name: 'the extras where there are none', label: 'io.pypackager.extras', given: { ...facts, extras: [] }, context: contextWith() },
    {
      name: 'the revision of what is not committed',
      label: 'org.opencontainers.image.revision',
      given: { ...facts, revision: '' },
      context: contextWith(),
    },
  ])('leave out $name', ({ label, given, context }) => {
    expect(planLabels(facts, contextWith())).toHaveProperty([label])
    expect(planLabels(given, context)).not.toHaveProperty([label])
  })

  test('name the server of an enterprise', () => {
    const labels = planLabels(facts, contextWith({ serverUrl: 'https://git.example' }))
    expect(labels['org.opencontainers.image.source']).toBe('https://git.example/Acme/Shop')
  })
})

describe('labels of the user', () => {
  test('are added, or take the place of an OCI one', () => {
    const given = { 'org.opencontainers.image.title': 'The shop', 'com.acme.team': 'web=a, b' }
    expect(planLabels(facts, contextWith(), given)).toEqual({ ...planLabels(facts, contextWith()), ...given })
  })

  test('take one away where their value is empty', () => {
    const labels = planLabels(facts, contextWith(), { 'org.opencontainers.image.description': '' })
    expect(labels).not.toHaveProperty(['org.opencontainers.image.description'])
  })
})
