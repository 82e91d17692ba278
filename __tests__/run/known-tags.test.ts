import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { RunContext } from '../../src/context.ts'
import type { Registry } from '../../src/effects/ports.ts'
import { gitHub } from '../../src/effects/registry.ts'
import { sourcePaths } from '../../src/effects/source.ts'
import { makePlan, type Runner } from '../../src/run/prepare.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type Answer, type Server, startServer } from '../support/token-registry.ts'
import { inputsWith, onTag } from '../support/values.ts'
import { listener, worldIn } from '../support/world.ts'

// README's own workflow: a release of a checkout of depth 1, with the token of the run, for ghcr.io. The clone knows
// no tags, so GitHub is asked.

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, url) => url, sourcePaths }
const INPUTS = { registry: 'ghcr.io', 'github-token': 'ghs_x', push: 'true' }

let project: Project
let clone: Project

beforeAll(async () => {
  project = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
  await project.tag('v1.2.3')
  clone = await project.shallow()
})

afterAll(async () => {
  await clone?.[Symbol.asyncDispose]()
  await project?.[Symbol.asyncDispose]()
})

/** The tags of a release of v1.2.3, with GitHub and the registry answering so. */
async function tagsOf(answer: Answer, inputs: Readonly<Record<string, string>> = INPUTS, registry: Partial<Registry> = {}) {
  await using api: Server = await startServer(() => answer)
  const context: RunContext = { ...onTag('v1.2.3'), workspace: clone.workspace }
  const log = listener()
  const world = worldIn(clone.workspace, { context, log, forge: gitHub(`http://${api.host}`), registry: registry as Registry })
  const plan = await makePlan(inputsWith(inputs), world, RUNNER)
  return { tags: plan.tags.tags, asked: api.asked, said: log.lines.join('\n') }
}

const named = (...tags: string[]): Answer => ({ status: 200, body: tags.map((tag) => ({ ref: `refs/tags/${tag}` })) })

describe('a release from a checkout of depth 1', () => {
  test.each([
    { name: 'that is the highest takes every alias', answer: named('v1.2.2', 'v1.2.3'), tags: ['1.2.3', '1.2', '1', 'latest'] },
    { name: 'of an older line leaves latest to the newer', answer: named('v1.2.3', 'v2.0'), tags: ['1.2.3', '1.2', '1'] },
    { name: 'below a higher patch takes none', answer: named('v1.2.3', 'v1.2.4'), tags: ['1.2.3'] },
  ])('$name, as GitHub knows the tags', async ({ answer, tags }) => {
    const found = await tagsOf(answer)
    expect(found.tags).toEqual(tags)
    expect(found.asked).toEqual([{ what: 'GET /repos/Acme/Shop/git/matching-refs/tags/', authorization: 'Bearer ghs_x', body: '' }])
  })

  test('asks the registry, as the actor of the run, where GitHub does not tell', async () => {
    const logins: unknown[] = []
    const registry: Partial<Registry> = {
      async tags(host, path, login) {
        logins.push([host, path, login])
        return ['1.2.2', '2.0']
      },
    }
    expect((await tagsOf({ status: 403, body: {} }, INPUTS, registry)).tags).toEqual(['1.2.3', '1.2', '1'])
    expect(logins).toEqual([['ghcr.io', 'acme/shop', { username: 'ada', password: 'ghs_x' }]])
  })

  test('has its exact tag alone where nobody tells, and says so', async () => {
    const found = await tagsOf({ status: 403, body: {} }, INPUTS, { tags: async () => undefined })
    expect(found.tags).toEqual(['1.2.3'])
    expect(found.said).toContain('Only 1.2.3 is tagged')
  })

  test('without a token and a push asks nobody', async () => {
    const found = await tagsOf(named('v1.2.3'), {})
    expect([found.tags, found.asked]).toEqual([['1.2.3'], []])
  })
})
