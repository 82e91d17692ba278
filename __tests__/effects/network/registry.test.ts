import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { gitHub } from '../../../src/effects/network/forge.ts'
import { httpRegistry } from '../../../src/effects/network/registry.ts'
import { type Answer, type Asked, type Server, startServer, startTokenRegistry } from '../../support/token-registry.ts'

const ADA = { username: 'ada', password: 'lace' }
const BASIC = `Basic ${btoa('ada:lace')}`
const REFUSED = { errors: [{ code: 'DENIED', message: 'requested access to the resource is denied' }] }
const UPLOADS = 'POST /v2/acme/shop/blobs/uploads/'

/** A token service that gives Ada the token `all` and everybody else `some`. */
function tokens({ authorization }: Asked): Answer {
  return { status: 200, body: { token: authorization === BASIC ? 'all' : 'some' } }
}

/** A registry that takes uploads with the token `all` alone. */
function uploads({ what }: Asked, token: string): Answer {
  if (token !== 'all') return { status: 403, body: REFUSED }
  if (what === UPLOADS) return { status: 202, headers: { location: '/v2/acme/shop/blobs/uploads/1?state=x' } }
  return { status: 204 }
}

const said = ({ asked }: Server) => asked.map(({ what }) => what.replace(/\?service.*/, '?…'))

describe('whether a push will be taken by a registry with tokens', () => {
  test('is told by an upload that is begun and given up', async () => {
    await using server = await startTokenRegistry(tokens, uploads)
    expect(await httpRegistry().mayPush({ registry: server.host, path: 'acme/shop', login: ADA })).toEqual({ answer: 'yes' })
    const upload = 'DELETE /v2/acme/shop/blobs/uploads/1?state=x'
    expect(said(server)).toEqual([UPLOADS, 'GET /token?…', UPLOADS, upload, 'GET /token?…', upload])
    const { searchParams } = new URL(server.asked[1]?.what.slice(4) ?? '', 'http://x')
    expect(Object.fromEntries(searchParams)).toEqual({ service: 'index.example', scope: 'repository:acme/shop:pull,push' })
  })

  test('the login goes to the token service alone, the token to the registry', async () => {
    await using server = await startTokenRegistry(tokens, uploads)
    await httpRegistry().mayPush({ registry: server.host, path: 'acme/shop', login: ADA })
    expect(server.asked.slice(0, 3).map(({ authorization }) => authorization)).toEqual([undefined, BASIC, 'Bearer all'])
  })

  test.each<{ name: string; token: (asked: Asked) => Answer; inside?: (asked: Asked, token: string) => Answer; answer: unknown }>([
    {
      name: 'whose token is for less than a push: denied',
      token: () => ({ status: 200, body: { token: 'some' } }),
      answer: { answer: 'denied' },
    },
    {
      name: 'that asks for more in place of a refusal: denied',
      token: tokens,
      inside: () => ({ status: 401, headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' } }),
      answer: { answer: 'denied' },
    },
    { name: 'that gives no token (403): denied', token: () => ({ status: 403, body: REFUSED }), answer: { answer: 'denied' } },
    { name: 'that does not know the password (401): denied', token: () => ({ status: 401, body: {} }), answer: { answer: 'denied' } },
    { name: 'whose token service is out of order: unknown', token: () => ({ status: 503, body: REFUSED }), answer: { answer: 'unknown' } },
    { name: 'whose token service counts requests: unknown', token: () => ({ status: 429, body: REFUSED }), answer: { answer: 'unknown' } },
    {
      name: 'that calls the token access_token: yes',
      token: () => ({ status: 200, body: { access_token: 'all' } }),
      answer: { answer: 'yes' },
    },
    { name: 'that is out of order: unknown', token: tokens, inside: () => ({ status: 500 }), answer: { answer: 'unknown' } },
    {
      name: 'that says it has no such repository: absent',
      token: tokens,
      inside: () => ({ status: 404, body: { errors: [{ code: 'NAME_UNKNOWN', message: 'no' }] } }),
      answer: { answer: 'absent' },
    },
    { name: 'whose token service answers something else: denied', token: () => ({ status: 200, body: [] }), answer: { answer: 'denied' } },
    { name: 'that knows no such repository: unknown', token: tokens, inside: () => ({ status: 404 }), answer: { answer: 'unknown' } },
    {
      name: 'that counts requests: limited, for the seconds that it names',
      token: tokens,
      inside: () => ({ status: 429, headers: { 'retry-after': '7' } }),
      answer: { answer: 'limited', wait: 7 },
    },
    {
      name: 'that names a time gone by: limited, for no seconds',
      token: tokens,
      inside: () => ({ status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }),
      answer: { answer: 'limited', wait: 0 },
    },
    { name: 'that names no time: limited', token: tokens, inside: () => ({ status: 429 }), answer: { answer: 'limited' } },
  ])('$name', async ({ token, inside = uploads, answer }) => {
    await using server = await startTokenRegistry(token, inside)
    expect(await httpRegistry().mayPush({ registry: server.host, path: 'acme/shop', login: ADA })).toEqual(answer)
  })

  test('nobody is denied without a login', async () => {
    await using server = await startTokenRegistry(tokens, uploads)
    expect(await httpRegistry().mayPush({ registry: server.host, path: 'acme/shop', login: undefined })).toEqual({ answer: 'denied' })
    expect(server.asked[1]?.authorization).toBeUndefined()
  })

  test('is unknown where nobody answers', async () => {
    const gone = await startServer(() => ({ status: 200 }))
    await gone[Symbol.asyncDispose]()
    expect(await httpRegistry().mayPush({ registry: gone.host, path: 'acme/shop', login: ADA })).toEqual({ answer: 'unknown' })
  })
})

describe('an identity token', () => {
  const login = { username: 'ada', password: '', identityToken: 'long-lived' }

  test('is exchanged for a token', async () => {
    const token = () => ({ status: 200, body: { access_token: 'all' } })
    await using server = await startTokenRegistry(token, uploads)
    expect(await httpRegistry().mayPush({ registry: server.host, path: 'acme/shop', login: login })).toEqual({ answer: 'yes' })
    const [, exchange] = server.asked
    expect([exchange?.what, exchange?.authorization]).toEqual(['POST /token', undefined])
    expect(Object.fromEntries(new URLSearchParams(exchange?.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'pypackager-action',
      refresh_token: 'long-lived',
      service: 'index.example',
      scope: 'repository:acme/shop:pull,push',
    })
  })

  test.each([
    { name: 'that has run out is denied', status: 401, answer: 'denied' },
    { name: 'that the service cannot exchange is left to docker', status: 404, answer: 'unknown' },
    { name: 'that the service does not understand is left to docker', status: 400, answer: 'unknown' },
  ])('$name', async ({ status, answer }) => {
    await using server = await startTokenRegistry(() => ({ status, body: {} }), uploads)
    expect(await httpRegistry().mayPush({ registry: server.host, path: 'acme/shop', login: login })).toEqual({ answer })
  })
})

describe('a registry tells', () => {
  const digest = `sha256:${'ab'.repeat(32)}`
  const inside = ({ what }: Asked): Answer => {
    if (what === 'HEAD /v2/acme/shop/manifests/1.2') return { status: 200, headers: { 'docker-content-digest': digest } }
    if (what === 'GET /v2/acme/shop/tags/list') return { status: 200, body: { tags: ['1.2', '1'] } }
    if (what === 'GET /v2/acme/empty/tags/list') return { status: 200, body: { tags: null } }
    if (what === 'GET /v2/acme/many/tags/list')
      return { status: 200, headers: { link: '</v2/acme/many/tags/list?last=1&n=1>; rel="next"' }, body: { tags: ['1'] } }
    if (what === 'GET /v2/acme/many/tags/list?last=1&n=1')
      return { status: 200, headers: { link: '<http://elsewhere.example/v2/acme/many/tags/list?last=2>; rel=next' }, body: { tags: ['2'] } }
    if (what === 'GET /v2/acme/many/tags/list?last=2') return { status: 200, body: { tags: ['3'] } }
    if (what === 'GET /v2/acme/cut/tags/list')
      return { status: 200, headers: { link: '</v2/acme/cut/tags/list?last=1>; rel="next"' }, body: { tags: ['1'] } }
    if (what === 'GET /v2/acme/odd/tags/list') return { status: 200, body: { tags: [{ name: '1' }] } }
    return { status: 404, body: {} }
  }

  test.each([
    { name: 'the digest of a tag', tag: '1.2', held: digest },
    { name: 'no digest of a tag that is not there', tag: '3', held: undefined },
  ])('$name', async ({ tag, held }) => {
    await using server = await startTokenRegistry(tokens, inside)
    expect(await httpRegistry().digest({ registry: server.host, path: 'acme/shop', login: ADA }, tag)).toBe(held)
  })

  test.each([
    { name: 'all tags', path: 'acme/shop', tags: ['1.2', '1'] },
    { name: 'that there are none', path: 'acme/empty', tags: [] },
    { name: 'all tags of all pages, of this host alone', path: 'acme/many', tags: ['1', '2', '3'] },
    { name: 'nothing where a page is missing', path: 'acme/cut', tags: undefined },
    { name: 'nothing where its answer is something else', path: 'acme/odd', tags: undefined },
    { name: 'nothing of what is not there', path: 'acme/nothing', tags: undefined },
  ])('$name', async ({ path, tags }) => {
    await using server = await startTokenRegistry(tokens, inside)
    expect(await httpRegistry().tags({ registry: server.host, path, login: ADA })).toEqual(tags)
  })
})

describe("GitHub's API", () => {
  const REFS = 'GET /api/v3/repos/acme/shop/git/matching-refs/tags/'
  const refs = [{ ref: 'refs/tags/v1.2.3' }, { ref: 'refs/tags/shop/v2' }]

  test('gives the names of the tags, to whom the token is of', async () => {
    await using server = await startServer(() => ({ status: 200, body: refs }))
    expect(await gitHub(`http://${server.host}/api/v3`).tags('acme/shop', 'ghs_x')).toEqual(['v1.2.3', 'shop/v2'])
    expect(server.asked).toEqual([{ what: REFS, authorization: 'Bearer ghs_x', body: '' }])
  })

  test('gives the tags whose release is marked as a pre-release, page by page', async () => {
    const release = (tag_name: string, prerelease: boolean) => ({ tag_name, prerelease, draft: false, name: tag_name, assets: [] })
    await using server = await startServer(({ what }) =>
      what.endsWith('page=2')
        ? { status: 200, body: [release('v0.9', true)] }
        : {
            status: 200,
            headers: { link: `<https://api.example/api/v3/repositories/1/releases?per_page=100&page=2>; rel="next"` },
            body: [release('v2.0.0', true), release('v1.2.3', false)],
          },
    )
    expect(await gitHub(`http://${server.host}/api/v3`).prereleases('acme/shop', 'ghs_x')).toEqual(['v2.0.0', 'v0.9'])
    expect(server.asked.map(({ what }) => what)).toEqual([
      'GET /api/v3/repos/acme/shop/releases?per_page=100',
      'GET /api/v3/repositories/1/releases?per_page=100&page=2',
    ])
  })

  test.each<{ name: string; answer: Answer }>([
    { name: 'without the right to read', answer: { status: 403, body: {} } },
    { name: 'of a repository that is not there', answer: { status: 404, body: {} } },
    { name: 'that does not give them all', answer: { status: 200, headers: { link: '<x>; rel="next"' }, body: refs } },
    { name: 'that answers something else', answer: { status: 200, body: { message: 'moved' } } },
    { name: 'that answers null', answer: { status: 200, body: null } },
    { name: 'that is out of order', answer: { status: 502 } },
  ])('$name tells nothing, and the next source is asked', async ({ answer }) => {
    await using server = await startServer(() => answer)
    const forge = gitHub(`http://${server.host}`)
    expect([await forge.tags('acme/shop', 'ghs_x'), await forge.prereleases('acme/shop', 'ghs_x')]).toEqual([undefined, undefined])
  })
})

test('whatever a registry, its token service or a forge answers, nothing but an answer comes of it', async () => {
  let given: Answer = { status: 200 }
  await using server = await startServer(({ what }, host) => {
    if (given.status !== 401 || /^\w+ \/token/.test(what)) return given.status === 401 ? { ...given, status: 200 } : given
    return { ...given, headers: { 'www-authenticate': `Bearer realm="http://${host}/token"`, ...given.headers } }
  })
  const header = fc.oneof(
    fc.constantFrom(
      '<>; rel="next"',
      '<http://[>; rel=next',
      '</v2/x?last=1>; rel="next"',
      'http://[',
      '/upload',
      'sha256:x',
      '7',
      'Basic',
      'Bearer realm="://"',
    ),
    fc.string({ unit: fc.constantFrom('a', '"', '<', '>', ';', '=', '/', ':', ' ', '1') }),
  )
  const headers = fc.dictionary(
    fc.constantFrom('link', 'location', 'docker-content-digest', 'retry-after', 'www-authenticate', 'content-type'),
    header,
  )
  const body = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      null,
      [],
      { tags: 7 },
      { tags: [null] },
      { errors: [null] },
      { errors: 'NAME_UNKNOWN' },
      { token: 7 },
      { config: 'x' },
      [{ ref: 7 }],
      [null],
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(200, 202, 401, 403, 404, 429, 500), headers, body, async (status, sent, text) => {
      given = { status, headers: sent, body: text }
      const registry = httpRegistry()
      const place = { registry: server.host, path: 'acme/shop', login: ADA }
      expect(['yes', 'denied', 'absent', 'limited', 'unknown']).toContain((await registry.mayPush(place)).answer)
      expect(['string', 'undefined']).toContain(typeof (await registry.digest(place, '1.2')))
      for (const tag of (await registry.tags(place)) ?? []) expect(typeof tag).toBe('string')
      expect(['string', 'undefined']).toContain(typeof (await registry.held(place, '1.2'))?.config.slice(0))
      expect(typeof (await registry.retag(place, '1', '2'))).toBe('boolean')
      for (const tag of (await gitHub(`http://${server.host}`).tags('acme/shop', 'x')) ?? []) expect(typeof tag).toBe('string')
    }),
    { numRuns: 40 },
  )
})
