import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { httpRegistry } from '../../src/effects/network/registry.ts'
import { until } from '../support/command.ts'
import { images } from '../support/image.ts'
import { type Project, projectOf } from '../support/project.ts'
import { REGISTRY_USER, type Registry, startRegistry } from '../support/registry.ts'
import { startImmutable, startInterrupted } from '../support/registry-front.ts'
import { runAction } from '../support/runner.ts'

// Which tags a run takes on a real registry: the digests are read back.

jest.setTimeout(300_000)

let registry: Registry
let older: Project
let newer: Project
const name = `tagged-${process.pid}`

const files = (word: string) => ({
  'setup.py': `from setuptools import setup\nsetup(name="${name}", version="0.1.0", py_modules=["hello"])\n`,
  'hello.py': `WORD = "${word}"\n`,
  'flags/.keep': '',
})

beforeAll(async () => {
  registry = await startRegistry()
  older = await projectOf(files('older'))
  newer = await projectOf(files('newer'))
  await older.tag('v1.4.9')
  for (const tag of ['v1.4.9', 'v2.0.0']) await newer.tag(tag)
})

afterAll(async () => {
  const listed = await images().docker('images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=*/acme/${name}*`)
  const mine = listed.split('\n').filter((line) => line && !line.endsWith(':<none>'))
  if (mine.length > 0) await images().docker('image', 'rm', ...mine)
  await older?.[Symbol.asyncDispose]()
  await newer?.[Symbol.asyncDispose]()
  await registry?.[Symbol.asyncDispose]()
})

/** Tags are the same whatever is known of an image. */
const QUICK = { checks: 'off', sbom: 'false' }

const onRef = (ref: string) => ({ GITHUB_REF: ref, GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags)\//, '') })

function pushed(project: Project, ref: string, inputs: Record<string, string> = {}, host = registry.host) {
  return runAction({
    workspace: project.workspace,
    inputs: { registry: host, push: 'true', ...QUICK, ...REGISTRY_USER, ...inputs },
    env: onRef(ref),
  })
}

const digestOf = async (image: string, tag: string) => (await registry.manifest(`acme/${image}`, tag))?.digest

test('two releases at once, the older one last, leave latest with the newer', async () => {
  // The older release has made its plan, and waits before its push until the newer one is out.
  const wait = 'touch /flags/planned; while [ ! -e /flags/go ]; do sleep 0.1; done'
  const first = pushed(older, 'refs/tags/v1.4.9', { volumes: './flags:/flags', run: wait, user: 'root' })
  let over = false
  void first.finally(() => {
    over = true
  })
  await until('the older release', 240, async () => over || existsSync(older.at('flags/planned')))
  if (over) expect((await first).log).toBe('')
  const second = await pushed(newer, 'refs/tags/v2.0.0')
  expect(second.errors).toEqual([])
  await older.write('flags/go', '')
  const late = await first
  expect(late.errors).toEqual([])
  expect(late.notices.join('\n')).toContain(`${name}:latest is left to 2.0.0, which was released meanwhile.`)
  expect(late.outputs.tags?.split('\n').map((tag) => tag.split(':').at(-1))).toEqual(['1.4.9', '1.4', '1'])
  expect(await registry.tags(`acme/${name}`)).toEqual(['1', '1.4', '1.4.9', '2', '2.0', '2.0.0', 'latest'])
  expect(await digestOf(name, 'latest')).toBe(second.outputs.digest)
  expect(await digestOf(name, '1')).toBe(late.outputs.digest)
  expect(late.outputs.digest).not.toBe(second.outputs.digest)
  await rm(older.at('flags'), { recursive: true })
})

test('a git tag that is moved while its image is made keeps its tags from that', async () => {
  await using origin = await projectOf(files('moved'))
  await origin.tag('v3.0.0')
  await using clone = await origin.shallow()
  await clone.git('fetch', '--quiet', 'origin', 'tag', 'v3.0.0')
  const wait = 'touch /flags/planned; while [ ! -e /flags/go ]; do sleep 0.1; done'
  const inputs = { 'image-name': `${name}-moved`, volumes: './flags:/flags', run: wait, user: 'root' }
  const first = pushed(clone, 'refs/tags/v3.0.0', inputs)
  let over = false
  void first.finally(() => {
    over = true
  })
  await until('the release', 240, async () => over || existsSync(clone.at('flags/planned')))
  await origin.commit('Another')
  await origin.git('tag', '--force', 'v3.0.0')
  await clone.write('flags/go', '')
  expect((await first).errors).toEqual([expect.stringMatching(/^push: the tag v3\.0\.0 names [0-9a-f]{7} at its origin by now/)])
  expect(await registry.tags(`acme/${name}-moved`)).toEqual([])
  await rm(clone.at('flags'), { recursive: true })
})

test('tags that are those of another repository are told', async () => {
  const image = { 'image-name': `${name}-shared` }
  const of = (repository: string, project: Project) =>
    runAction({
      workspace: project.workspace,
      inputs: { registry: registry.host, push: 'true', sbom: 'false', ...REGISTRY_USER, ...image },
      env: { ...onRef('refs/heads/main'), GITHUB_REPOSITORY: repository },
    })
  const [one, other] = [await of('acme/one', older), await of('acme/other', newer)]
  expect([one.warnings, other.warnings]).toEqual([
    [],
    [
      expect.stringMatching(
        /:main is an image of https:\/\/github\.com\/acme\/one by its label, and becomes one of https:\/\/github\.com\/acme\/other\./,
      ),
    ],
  ])
})

test('a tag that is pushed in the very moment in which a higher release takes it goes back to that', async () => {
  const image = `${name}-moment`
  const path = `acme/${image}`
  const staged = await pushed(newer, 'refs/heads/main', { 'image-name': image, version: 'staged' })
  const put = async (tag: string) =>
    expect(await httpRegistry().retag({ registry: registry.host, path, login: REGISTRY_USER }, 'staged', tag)).toBe(true)
  await using front = await startInterrupted(registry.host, 'latest', async () => {
    await put('2.0.0')
    await put('latest')
  })
  const late = await pushed(older, 'refs/tags/v1.4.9', { 'image-name': image }, front.host)
  expect(late.errors).toEqual([])
  expect(late.notices.join('\n')).toContain('latest is given back to 2.0.0, which was released while it was pushed.')
  expect(await digestOf(image, 'latest')).toBe(staged.outputs.digest)
  expect(await digestOf(image, '1.4')).toBe(late.outputs.digest)
  const registered = httpRegistry()
  expect(await registered.tags({ registry: registry.host, path, login: REGISTRY_USER })).toEqual(
    expect.arrayContaining([...(await registry.tags(path))]),
  )
  expect(await registered.held({ registry: registry.host, path, login: REGISTRY_USER }, '1.4')).toMatchObject({
    digest: late.outputs.digest,
  })
})

describe('two pushes to a branch without concurrency, the older one last,', () => {
  let origin: Project
  let first: Project
  let second: Project

  beforeAll(async () => {
    origin = await projectOf(files('first'))
    first = await origin.shallow()
    await origin.write('hello.py', 'WORD = "second"\n')
    await origin.commit()
    second = await origin.shallow()
  })

  afterAll(async () => {
    for (const project of [first, second, origin]) await project?.[Symbol.asyncDispose]()
  })

  test('leave it with the newer also where that comes while the older one is pushing', async () => {
    const image = `${name}-meanwhile`
    const run = (project: Project, inputs: Record<string, string>, host = registry.host) =>
      pushed(project, 'refs/heads/main', { 'image-name': image, ...inputs }, host)
    const staged = await run(second, { version: 'staged' })
    await using front = await startInterrupted(registry.host, 'main', async () => {
      expect(await httpRegistry().retag({ registry: registry.host, path: `acme/${image}`, login: REGISTRY_USER }, 'staged', 'main')).toBe(
        true,
      )
      await setTimeout(5000) // in which the older one looks again
    })
    const late = await run(first, {}, front.host)
    // As where every tag was left to others.
    expect([late.errors, late.outputs.digest, late.outputs.tags]).toEqual([[], undefined, `${front.host}/acme/${image}:main`])
    expect(late.notices.join('\n')).toMatch(
      new RegExp(`${image}:main is given back to [0-9a-f]{7}, which was pushed to main after [0-9a-f]{7}, while this run was pushing\\.`),
    )
    expect(await digestOf(image, 'main')).toBe(staged.outputs.digest)
  })

  test('leave it with the newer, and a roll-back takes it back: by a person, and by the branch', async () => {
    const image = `${name}-branch`
    const run = (project: Project, env: Record<string, string> = {}) =>
      runAction({
        workspace: project.workspace,
        inputs: { registry: registry.host, push: 'true', ...QUICK, ...REGISTRY_USER, 'image-name': image, tags: RULES },
        env: { ...onRef('refs/heads/main'), ...env },
        event: { repository: { default_branch: 'main' } },
      })
    const RULES = 'type=ref,event=branch\ntype=sha\ntype=raw,value=latest,enable={{is_default_branch}}'
    const newer = await run(second)
    const older = await run(first)
    expect([newer.errors, older.errors, older.code]).toEqual([[], [], 0])
    const tags = older.outputs.tags?.split('\n').map((tag) => tag.split(':').at(-1))
    expect(tags).toEqual([expect.stringMatching(/^sha-[0-9a-f]{7}$/)])
    expect(await digestOf(image, tags?.[0] ?? '')).toBe(older.outputs.digest)
    for (const tag of ['main', 'latest']) {
      expect(older.notices.join('\n')).toMatch(new RegExp(`${image}:${tag} is left to [0-9a-f]{7}, which was pushed to main after`))
      expect(await digestOf(image, tag)).toBe(newer.outputs.digest)
    }
    const again = await run(first, { GITHUB_RUN_ATTEMPT: '2' })
    expect(again.notices.join('\n')).toMatch(/, and goes back to [0-9a-f]{7}: this run was started by hand\./)
    expect(await digestOf(image, 'main')).toBe(older.outputs.digest)
    await run(second)
    expect(await digestOf(image, 'main')).toBe(newer.outputs.digest)
    await origin.git('reset', '--quiet', '--hard', 'HEAD~1')
    const back = await run(first)
    expect([back.errors, back.notices.filter((text) => text.includes(':main'))]).toEqual([[], []])
    expect(await digestOf(image, 'main')).toBe(older.outputs.digest)
    expect((await run(second)).notices.join('\n')).toContain(`${image}:main is left to`)
  })
})

describe('one tag', () => {
  test('that two runs push at once: both are well, and it is one of the two', async () => {
    const image = { 'image-name': `${name}-both` }
    const both = await Promise.all([older, newer].map((project) => pushed(project, 'refs/heads/main', image)))
    expect(both.map(({ errors }) => errors)).toEqual([[], []])
    expect(both.map(({ outputs }) => outputs.digest)).toContain(await digestOf(`${name}-both`, 'main'))
    for (const { outputs } of both) expect(await digestOf(`${name}-both`, outputs.digest ?? '')).toBe(outputs.digest)
  })

  test('that two jobs of one commit push, which do not know of each other, has the first of their images', async () => {
    await using project = await projectOf({
      ...files('jobs'),
      'setup.py': `from setuptools import setup\nsetup(name="${name}", version="0.1.0", py_modules=["hello"], extras_require={"test": []})\n`,
    })
    const image = { 'image-name': `${name}-jobs` }
    const first = await pushed(project, 'refs/heads/main', image)
    const second = await pushed(project, 'refs/heads/main', { ...image, extras: 'test' })
    expect([first.errors, second.errors]).toEqual([
      [],
      [
        expect.stringMatching(
          /-jobs:main is an image of this very commit already, with extras none, and would become one with extras test\./,
        ),
      ],
    ])
    expect(await digestOf(`${name}-jobs`, 'main')).toBe(first.outputs.digest)
    expect((await pushed(project, 'refs/heads/main', { ...image, extras: 'test', 'tag-suffix': '-test' })).errors).toEqual([])
    expect(await registry.tags(`acme/${name}-jobs`)).toEqual(['main', 'main-test'])
  })

  test('that is a leg of one release, and the name of another one, has the first of them', async () => {
    const image = { 'image-name': `${name}-legs` }
    const leg = await pushed(newer, 'refs/tags/v2.0.0', { ...image, 'tag-suffix': '-test' })
    const release = await pushed(newer, 'refs/tags/v2.0.0-test', image)
    expect([leg.errors, release.errors]).toEqual([
      [],
      [expect.stringMatching(/^push: .*:2\.0\.0-test is the leg -test of 2\.0\.0 already, and would become the release 2\.0\.0-test\./)],
    ])
    expect(release.groups).toEqual([])
    expect((await pushed(newer, 'refs/tags/v2.0.0', { ...image, 'tag-suffix': '-test' })).errors).toEqual([])
    expect(await digestOf(`${name}-legs`, '2.0.0-test')).toBe(leg.outputs.digest)
    const other = { 'image-name': `${name}-legs-other` }
    const first = await pushed(newer, 'refs/tags/v2.0.0-test', other)
    const second = await pushed(newer, 'refs/tags/v2.0.0', { ...other, 'tag-suffix': '-test' })
    expect(second.errors).toEqual([
      expect.stringMatching(/^push: .*:2\.0\.0-test is the release 2\.0\.0-test already, and would become the leg -test of 2\.0\.0\./),
    ])
    expect(await digestOf(`${name}-legs-other`, '2.0.0-test')).toBe(first.outputs.digest)
  })

  test('that cannot be changed and is this image already is well, and of another image is an error', async () => {
    await using immutable = await startImmutable(registry.host)
    const inputs = { 'image-name': `${name}-fixed`, version: '7.0' }
    const once = await pushed(newer, 'refs/heads/main', inputs, immutable.host)
    const again = await pushed(newer, 'refs/heads/main', inputs, immutable.host)
    expect([once.errors, again.errors]).toEqual([[], []])
    expect(again.outputs.digest).toBe(once.outputs.digest)
    expect(again.notices.join('\n')).toContain('was not taken again, and is this image already')
    const other = await pushed(older, 'refs/heads/main', inputs, immutable.host)
    expect(other.errors).toEqual([expect.stringMatching(/^push: .*:7\.0 was not accepted: .*immutable/)])
    expect(await digestOf(`${name}-fixed`, '7.0')).toBe(once.outputs.digest)
  })
})

describe('target plan tells every tag that would be pushed, and which of them move', () => {
  const planned = (project: Project, ref: string, inputs: Record<string, string> = {}) =>
    pushed(project, ref, { target: 'plan', ...inputs })

  test.each([
    { ref: 'refs/heads/функция/вход', lines: [/branch-[0-9a-f]{8} \(moves\)/], told: /The branch функция\/вход is tagged branch-/ },
    { ref: 'refs/heads/latest', lines: [/:branch-latest \(moves\)/], told: /latest belongs to releases/ },
    { ref: 'refs/tags/v2.0.0', lines: [/:2\.0\.0 \(stays\)/, /:2\.0 \(moves\)/, /:2 \(moves\)/, /:latest \(moves\)/], told: /./ },
    { ref: 'refs/tags/v1.4.9', lines: [/:1\.4\.9 \(stays\)/, /:1\.4 \(moves\)/, /:1 \(moves\)/, /:latest stays with 2\.0\.0/], told: /./ },
  ])('of $ref', async ({ ref, lines, told }) => {
    const result = await planned(newer, ref, { 'image-name': `${name}-plan` })
    expect(result.errors).toEqual([])
    const from = result.log.split('\n').findIndex((line) => line.startsWith('# Tags that would be pushed:'))
    const tags = result.log.split('\n').slice(from + 1, from + 1 + lines.length)
    for (const [i, line] of lines.entries()) expect(tags[i]).toMatch(line)
    expect(result.log).toMatch(told)
  })

  test('on a comment the files that a pull request brings choose no repository', async () => {
    await using brought = await projectOf({
      'pyproject.toml': `[project]\nname = "other"\nversion = "1"\n[tool.pypackager]\nimage-name = "victim"\n`,
    })
    const run = (inputs: Record<string, string>) =>
      runAction({
        workspace: brought.workspace,
        inputs: { registry: registry.host, push: 'true', target: 'plan', ...REGISTRY_USER, ...inputs },
        env: { ...onRef('refs/heads/main'), GITHUB_EVENT_NAME: 'issue_comment', GITHUB_SHA: 'e'.repeat(40) },
      })
    expect((await run({})).errors).toEqual([
      expect.stringMatching(/^inputs: on issue_comment the image would be called other by .* Set image-name\.$/),
    ])
    const named = await run({ 'image-name': `${name}-named` })
    expect([named.errors, named.log]).toEqual([[], expect.stringMatching(new RegExp(`#   \\S+/acme/${name}-named:sha-`))])
  })

  test('a typed tag that is a whole reference is an error that says what to write', async () => {
    const result = await planned(newer, 'refs/heads/main', { tags: 'ghcr.io/acme/shop:1.2.3' })
    expect(result.errors).toEqual([expect.stringMatching(/Write "1\.2\.3": the rest comes from registry, namespace and image-name\.$/)])
  })

  test('legs that differ by nothing that the tags say are refused', async () => {
    const result = await planned(newer, 'refs/heads/main', { matrix: '{"os":"ubuntu-24.04-arm"}' })
    expect(result.errors).toEqual([
      expect.stringMatching(/^inputs: the legs of this matrix differ by os, and all would push the same tags/),
    ])
  })
})

test('rules that fit no event give no tag: the image is built and proved, and nothing is pushed', async () => {
  const result = await pushed(newer, 'refs/heads/main', { checks: 'error', 'image-name': `${name}-none`, tags: 'type=ref,event=tag' })
  expect([result.code, result.errors]).toEqual([0, []])
  expect(result.notices.join()).toContain(
    'No line of tags gives a tag for push of refs/heads/main: the image gets none, and nothing is pushed.',
  )
  expect([result.outputs['release-tag'], result.outputs.tags]).toEqual([undefined, ''])
  expect(result.outputs.imageid).toMatch(/^sha256:/)
  expect(await registry.tags(`acme/${name}-none`)).toEqual([])
})
