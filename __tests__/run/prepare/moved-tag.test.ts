import { expect, test } from '@jest/globals'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { UserError } from '../../../src/errors.ts'
import { makePlan, type Runner } from '../../../src/run/prepare/make-plan.ts'
import { type Project, projectOf } from '../../support/project.ts'
import { contextWith, inputsWith, onTag } from '../../support/values.ts'
import { worldIn } from '../../support/world.ts'

// A tag that is moved after a release of it: who runs the old commit's workflow again.

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, url) => url, sourcePaths }

const NOBODY: Partial<Registry> = { tags: async () => undefined, has: async () => false, existingLogin: async () => undefined }

function plan({ workspace }: Project, inputs: Readonly<Record<string, string>> = { push: 'true' }, context = onTag('v1.2.3')) {
  return makePlan(inputsWith(inputs), worldIn(workspace, { context: { ...context, workspace }, registry: NOBODY as Registry }), RUNNER)
}

async function released() {
  const origin = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
  await origin.tag('v1.2.3')
  return origin
}

async function move(origin: Project, ...how: string[]): Promise<void> {
  await origin.write('a', 'b')
  await origin.commit()
  await origin.git('tag', '--force', ...how, 'v1.2.3')
}

test.each([
  { name: 'a tag', how: [] },
  { name: 'an annotated tag', how: ['--annotate', '--message=x'] },
])('$name that names another commit by now is left to it', async ({ how }) => {
  await using origin = await released()
  await using clone = await origin.shallow()
  await move(origin, ...how)
  const error = await plan(clone).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).message).toMatch(/^the tag v1\.2\.3 names [0-9a-f]{7} at its origin by now, and this run is of [0-9a-f]{7}: /)
  await using fresh = await origin.shallow()
  expect((await plan(fresh)).tags.primary).toBe('1.2.3')
})

test.each([
  { name: 'nothing is pushed', inputs: { push: 'false' }, context: onTag('v1.2.3') },
  { name: 'it is a run of a branch', inputs: { push: 'true' }, context: contextWith({ ref: 'refs/heads/main', refName: 'main' }) },
])('it does not count where $name', async ({ inputs, context }) => {
  await using origin = await released()
  await using clone = await origin.shallow()
  await move(origin)
  await expect(plan(clone, inputs, context)).resolves.toBeDefined()
})

test('an origin that does not answer, or has no such tag any more, stops nobody', async () => {
  await using origin = await released()
  await using clone = await origin.shallow()
  await origin.git('tag', '--delete', 'v1.2.3')
  await expect(plan(clone)).resolves.toBeDefined()
  await clone.git('remote', 'set-url', 'origin', 'file:///nonexistent')
  await expect(plan(clone)).resolves.toBeDefined()
})
