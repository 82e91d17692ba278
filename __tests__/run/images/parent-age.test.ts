import { expect, test } from '@jest/globals'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { newerParent, parentResult } from '../../../src/run/images/parent-age.ts'
import { worldIn } from '../../support/world.ts'

const [OLD, NEW] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`]
const origin = (name: string, digest = OLD, created = '') => ({ name, digest, created, layers: [] })

test.each([
  { name: 'python:3.13-slim', asks: ['', 'library/python', '3.13-slim'] },
  { name: `python:3.13-slim@${OLD}`, asks: ['', 'library/python', '3.13-slim'] },
  { name: 'acme/python', asks: ['', 'acme/python', 'latest'] },
  { name: 'index.example:5000/base/python:3', asks: ['index.example:5000', 'base/python', '3'] },
  { name: 'localhost/python:3', asks: ['localhost', 'python', '3'] },
  { name: `python@${OLD}`, asks: undefined },
])('whether there is a newer $name is asked of its own registry', async ({ name, asks }) => {
  const asked: string[][] = []
  const digest: Registry['digest'] = async ({ registry: host, path }, reference) => {
    asked.push([host, path, reference])
    return NEW
  }
  const registry = { digest, existingLogin: async () => undefined } as unknown as Registry
  expect(await newerParent(worldIn('/nowhere', { registry }), origin(name))).toBe(asks && NEW)
  expect(asked).toEqual(asks ? [asks] : [])
  // One that is the same, or that no registry gave, is no news.
  expect(await newerParent(worldIn('/nowhere', { registry }), origin(name, NEW))).toBeUndefined()
  expect(await newerParent(worldIn('/nowhere', { registry }), origin(name, ''))).toBeUndefined()
})

test.each([
  { created: '2026-11-18T10:00:00.123456789Z', days: 12 },
  { created: '1970-01-01T00:00:00Z', days: undefined },
  { created: '0001-01-01T00:00:00Z', days: undefined },
  { created: '', days: undefined },
])('a parent that says it was made at "$created" is $days days old', ({ created, days }) => {
  const now = new Date('2026-11-30T12:00:00Z')
  expect(parentResult(origin('python', OLD, created), now, NEW)).toEqual({ name: 'python', digest: OLD, newer: NEW, days })
  expect(parentResult(origin('', '', created), now, undefined)).toBeUndefined()
})
