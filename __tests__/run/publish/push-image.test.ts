import { describe, expect, test } from '@jest/globals'
import { type Docker, type ImageInfo, PushError } from '../../../src/effects/docker-port.ts'
import type { Credentials, PushAnswer, Registry } from '../../../src/effects/registry-port.ts'
import type { UserError } from '../../../src/errors.ts'
import { errorLine } from '../../../src/errors.ts'
import type { Claims } from '../../../src/run/prepare/known-tags.ts'
import { openRegistry } from '../../../src/run/publish/push-image.ts'
import { publishTo } from '../../../src/run/publish/push-registries.ts'
import { listener, worldIn } from '../../support/world.ts'

const SHOP = { registry: 'index.example', path: 'acme/shop' }
const ONE = 'index.example/acme/shop:1'
const DIGEST = `sha256:${'ab'.repeat(32)}`
const ADA = { username: 'ada', password: 'lace' }
const REFUSAL = 'push: not allowed to push to index.example/acme/shop'
const FORKS = 'Give the account the right to write there; on pull requests from forks secrets are absent.'

interface Story {
  /** What becomes of the first, the second, … push. */
  readonly pushes?: readonly (PushError | string)[]
  /** What the registry says to those who ask; the last answer stays. */
  readonly answers?: readonly PushAnswer[]
  /** The digest that the registry holds under the tag afterwards. */
  readonly held?: string | undefined
  /** What the registry knows by its digest, and the configuration of what is under the tag. */
  readonly known?: readonly string[]
  readonly config?: string
  readonly login?: Credentials
  /** The text of what is under the tag before the push. */
  readonly index?: string
  /** Whether a tag can be put back. */
  readonly retags?: boolean
  /** Docker asks a program for logins. */
  readonly helper?: boolean
  /** Docker tries again by itself, and asks whether it may. */
  readonly triesAgain?: boolean
}

/** A world with a registry and a docker that do as the story says; `done` is what was done, in order. */
function worldOf({ pushes = [DIGEST], answers = [{ answer: 'yes' }], login, triesAgain = false, ...rest }: Story) {
  const done: string[] = []
  const log = listener()
  let pushed = 0
  let asked = 0
  const docker: Partial<Docker> = {
    tag: async (image, reference) => void done.push(`tag ${image} ${reference}`),
    login: async (registry, username) => void done.push(`login ${registry} ${username}`),
    inspect: async (id) => ({ id, digests: [] }) as unknown as ImageInfo,
    async push(reference, denied) {
      done.push(`push ${reference}`)
      if (triesAgain && (await denied())) throw new PushError('denied', 'Retrying in 5 seconds')
      const end = pushes[pushed++] ?? DIGEST
      if (end instanceof PushError) throw end
      return end
    },
  }
  const registry: Partial<Registry> = {
    existingLogin: async () => login,
    asksHelper: async () => rest.helper ?? false,
    mayPush: async () => answers[Math.min(asked++, answers.length - 1)] ?? { answer: 'unknown' },
    digest: async (_place, what) => {
      if (what.startsWith('sha256:')) return rest.known?.includes(what) ? what : undefined
      return 'held' in rest ? rest.held : DIGEST
    },
    image: async () => undefined,
    manifest: async () => (rest.index === undefined ? undefined : { type: 'application/vnd.oci.image.index.v1+json', body: rest.index }),
    held: async () => ({ digest: rest.held ?? DIGEST, config: rest.config ?? '' }),
    async retag(_place, from, to) {
      done.push(`retag ${from} ${to}`)
      return rest.retags ?? true
    },
  }
  const pause = async (seconds: number) => void done.push(`pause ${seconds}`)
  return { done, log, world: worldIn('/nowhere', { docker: docker as Docker, registry: registry as Registry, log, pause }) }
}

const lineOf = (work: Promise<unknown>) => work.then(String, errorLine)

describe('before anything is built', () => {
  test.each<{ name: string; login?: Credentials; given?: Credentials; says: string }>([
    { name: 'a login that may not push', given: ADA, says: `${REFUSAL} as ada. ${FORKS}` },
    { name: 'an existing login that may not push', login: ADA, says: `${REFUSAL} as ada. ${FORKS}` },
    {
      name: 'a token of nobody that may not push',
      login: { username: '', password: '', identityToken: 'x' },
      says: `${REFUSAL} with the login that docker has. ${FORKS}`,
    },
    {
      name: 'no login',
      says: `${REFUSAL} without a login. Set username and password, or log in before this step (docker/login-action).`,
    },
  ])('$name is refused', async ({ login, given, says }) => {
    const { world } = worldOf({ answers: [{ answer: 'denied' }], ...(login && { login }) })
    expect(await lineOf(openRegistry(world, SHOP, given))).toBe(says)
  })

  test('who has no login that we know of, but a program that docker asks, goes on with a notice', async () => {
    const { world, log } = worldOf({ answers: [{ answer: 'denied' }], helper: true })
    expect(await openRegistry(world, SHOP, undefined)).toEqual({ ...SHOP, login: undefined })
    expect(log.lines).toEqual([expect.stringMatching(/^index\.example wants a login, and docker's credential helper told us none/)])
  })

  test('a repository that no push makes is told', async () => {
    const { world } = worldOf({ answers: [{ answer: 'absent' }] })
    expect(await lineOf(openRegistry(world, SHOP, ADA))).toBe(
      'push: there is no repository acme/shop at index.example, and a push does not make it. Create it first (aws ecr create-repository), or check namespace and image-name.',
    )
  })

  test.each(['yes', 'unknown', 'limited'] as const)('who is answered "%s" goes on', async (answer) => {
    const { world, done } = worldOf({ answers: [{ answer }], login: { username: 'old', password: 'x' } })
    expect(await openRegistry(world, SHOP, ADA)).toEqual({ ...SHOP, login: ADA })
    expect(done).toEqual(['login index.example ada'])
  })
})

describe('a push', () => {
  const publishing = (story: Story, tags = ['1'], claim?: Claims) => {
    const { world, ...rest } = worldOf(story)
    return {
      ...rest,
      end: publishTo(world, [{ ...SHOP, login: ADA }], { image: 'sha256:1', tags, ...(claim && { claim }) }),
    }
  }

  test('sets every tag and pushes it', async () => {
    const two = 'index.example/acme/shop:1.2'
    const { done, end } = publishing({}, ['1', '1.2'])
    expect(await end).toEqual({ repository: 'index.example/acme/shop', digest: DIGEST, references: [ONE, two] })
    expect(done).toEqual([`tag sha256:1 ${ONE}`, `push ${ONE}`, `tag sha256:1 ${two}`, `push ${two}`])
  })

  const held = `sha256:${'cd'.repeat(32)}`

  test('is an error where the registry holds something else afterwards, and not what was pushed', async () => {
    const { done, end } = publishing({ held }, ['1', '1.2'])
    expect(await lineOf(end)).toBe(`push: the registry holds ${held} under ${ONE}, and not ${DIGEST}, which was pushed. Push again.`)
    expect(done).toEqual([`tag sha256:1 ${ONE}`, `push ${ONE}`])
  })

  test('stands where another run has pushed the same tag since, and that is said', async () => {
    const { log, end } = publishing({ held, known: [DIGEST] })
    expect(await end).toMatchObject({ digest: DIGEST, references: [ONE] })
    expect(log.lines).toContain(`${ONE} was pushed as ${DIGEST}, and somebody else has pushed ${held} under it since.`)
  })

  test.each<{ name: string; story: Story }>([
    { name: 'by its configuration', story: { config: 'sha256:1' } },
    { name: 'by its manifest, as containerd names images', story: { held: 'sha256:1', known: ['sha256:1'] } },
  ])('that is not taken stands where the tag is this image already: $name', async ({ story }) => {
    const end = await publishing({ ...story, pushes: [new PushError('other', 'tag invalid: it is immutable')] }).end
    expect(end).toMatchObject({ digest: story.held ?? DIGEST, references: [ONE] })
  })

  test('leaves a tag to a higher release that claimed it since the plan was made', async () => {
    const claim: Claims = async (tag) => (tag === 'latest' ? { release: '2.0.0', tag: '2.0.0' } : undefined)
    const { done, log, end } = publishing({}, ['1', 'latest'], claim)
    expect(await end).toMatchObject({ references: [ONE] })
    expect(done).toEqual([`tag sha256:1 ${ONE}`, `push ${ONE}`])
    expect(log.lines).toContain('index.example/acme/shop:latest is left to 2.0.0, which was released meanwhile.')
  })

  test('gives a tag back to a higher release that was pushed at the same moment', async () => {
    const claim: Claims = async (tag, where) => (tag === 'latest' && where === 'registry' ? { release: '2.0.0', tag: 'v2.0.0' } : undefined)
    const { done, end } = publishing({}, ['1', 'latest'], claim)
    expect(await end).toMatchObject({ references: [ONE] })
    expect(done.slice(2)).toEqual([
      'tag sha256:1 index.example/acme/shop:latest',
      'push index.example/acme/shop:latest',
      'retag v2.0.0 latest',
    ])
  })

  test.each<{ name: string; story: Story; tag: string | undefined }>([
    { name: 'by the registry', story: { retags: false }, tag: 'v2.0.0' },
    { name: 'as it is not there', story: {}, tag: undefined },
  ])('that cannot give a tag back is red: $name', async ({ story, tag: own }) => {
    const claim: Claims = async (tag, where) => (tag === 'latest' && where === 'registry' ? { release: '2.0.0', tag: own } : undefined)
    const { end } = publishing(story, ['1', 'latest'], claim)
    expect(await lineOf(end)).toBe(
      'push: latest was pushed while 2.0.0 was released, and could not be given back to it. Run the workflow of 2.0.0 again: its latest is this image now.',
    )
  })

  const index = (...platforms: string[]) =>
    JSON.stringify({
      manifests: platforms.map((name) => {
        const [os, architecture, variant] = name.split('/')
        return { digest: DIGEST, platform: { os, architecture, variant } }
      }),
    })

  test.each([
    { name: 'of two platforms', held: index('linux/amd64', 'linux/arm64'), told: 'linux/amd64, linux/arm64' },
    { name: 'of variants', held: index('linux/arm/v6', 'linux/arm/v7', 'linux/arm/v7'), told: 'linux/arm/v6, linux/arm/v7' },
    { name: 'of one platform and its attestation', held: index('linux/amd64', 'unknown/unknown'), told: undefined },
    { name: 'of what has no platform', held: JSON.stringify({ manifests: [{}, { platform: 7 }] }), told: undefined },
    { name: 'that is none', held: '{"layers":[]}', told: undefined },
  ])('over an index $name warns where others lose it', async ({ held: text, told }) => {
    const { log, end } = publishing({ index: text })
    expect(await end).toMatchObject({ references: [ONE] })
    expect(log.lines.filter((line) => line.includes('platforms ('))).toEqual(
      told ? [expect.stringContaining(`${ONE} is an index of 2 platforms (${told}), and becomes the image of one.`)] : [],
    )
  })

  test("is docker's word where the registry does not tell, and that is said", async () => {
    const { log, end } = publishing({ held: undefined })
    expect(await end).toMatchObject({ digest: DIGEST })
    expect(log.lines).toContain(`${ONE} was pushed; the registry did not tell its digest, so ${DIGEST} is docker's word.`)
  })

  test.each<{ name: string; story: Story }>([
    { name: 'by docker', story: { pushes: [new PushError('denied', 'denied')] } },
    {
      name: 'by docker in words of the registry, which says it when asked',
      story: { pushes: [new PushError('other', 'error from registry: no')], answers: [{ answer: 'denied' }] },
    },
    { name: 'by the registry while docker tries again', story: { triesAgain: true, answers: [{ answer: 'denied' }] } },
  ])('that is refused $name is told as one that may not be, and not tried again', async ({ story }) => {
    const { done, end } = publishing(story)
    expect(await lineOf(end)).toBe(`${REFUSAL} as ada. ${FORKS}`)
    expect(done).toEqual([`tag sha256:1 ${ONE}`, `push ${ONE}`])
  })

  test('the words of a refusal stand above it: a quota is told by them alone', async () => {
    const { end } = publishing({ pushes: [new PushError('denied', 'denied: quota of acme exceeded')] })
    expect(await end.catch((error: UserError) => error.details)).toEqual(['denied: quota of acme exceeded'])
  })

  const limited = new PushError('limited', 'toomanyrequests: slow down')
  const passing = new PushError('passing', 'received unexpected HTTP status: 503 Service Unavailable')
  test.each<{ name: string; story: Story; pauses: readonly string[] }>([
    {
      name: 'as soon as the registry says',
      story: {
        pushes: [limited, limited],
        answers: [
          { answer: 'limited', wait: 7 },
          { answer: 'limited', wait: 9 },
        ],
      },
      pauses: ['pause 7', 'pause 9'],
    },
    { name: 'later each time where it does not say', story: { pushes: [limited, limited] }, pauses: ['pause 5', 'pause 15'] },
    { name: 'where it was out of order', story: { pushes: [passing], answers: [{ answer: 'unknown' }] }, pauses: ['pause 5'] },
  ])('is tried again $name', async ({ story, pauses }) => {
    const { done, end } = publishing(story)
    expect(await end).toMatchObject({ digest: DIGEST })
    expect(done.filter((line) => line.startsWith('pause'))).toEqual(pauses)
    expect(done.filter((line) => line.startsWith('push'))).toHaveLength(pauses.length + 1)
  })

  test.each<{ name: string; story: Story; tries: number; says: string }>([
    {
      name: 'three tries',
      story: { pushes: [limited, limited, limited] },
      tries: 3,
      says: `push: the registry limits pushes (429): ${ONE} was not accepted in 3 tries. The image is still on this machine; push again later.`,
    },
    {
      name: 'one where the registry asks to wait for long',
      story: { pushes: [limited], answers: [{ answer: 'limited', wait: 3600 }] },
      tries: 1,
      says: `push: the registry limits pushes (429): ${ONE} was not accepted. The image is still on this machine; push again in 3600 s, as the registry asks.`,
    },
    {
      name: 'three of a registry out of order',
      story: { pushes: [passing, passing, passing] },
      tries: 3,
      says: `push: ${ONE} was not accepted: ${passing.message}. The image is still on this machine; check the registry and push again.`,
    },
    {
      name: 'one of what no time mends',
      story: { pushes: [new PushError('other', 'connection refused')] },
      tries: 1,
      says: `push: ${ONE} was not accepted: connection refused. The image is still on this machine; check the registry and push again.`,
    },
  ])('is given up after $name', async ({ story, tries, says }) => {
    const { done, end } = publishing(story)
    expect(await lineOf(end)).toBe(says)
    expect(done.filter((line) => line.startsWith('push'))).toHaveLength(tries)
  })
})
