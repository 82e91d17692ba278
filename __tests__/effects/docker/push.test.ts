import { describe, expect, test } from '@jest/globals'
import { pushImage } from '../../../src/effects/docker/push.ts'
import { PushError } from '../../../src/effects/docker-port.ts'
import { type ChildOptions, run } from '../../../src/effects/process/child.ts'
import { BUSY } from '../../support/patience.ts'

// What docker 20.10 prints, by a shell in its place. It never says why it tries again before its last try.

const DIGEST = `sha256:${'ab'.repeat(32)}`
const START = 'echo The push refers to repository [index.example/acme/shop]; echo 2ce001e11dab: Preparing; '
const AGAIN = 'for i in 5 4 3; do echo 2ce001e11dab: Retrying in $i seconds; done; '

/** Pushes with a client that does as the script says; `asked` counts how often the registry is asked. */
async function pushed(script: string, denied = false) {
  let asked = 0
  const client = (_args: readonly string[], options?: ChildOptions) => run('sh', ['-c', START + script], options)
  const ask = async () => {
    asked++
    return denied
  }
  const end = await pushImage(client, 'index.example/acme/shop:1', { denied: ask }).catch((error: unknown) => error)
  return { end, asked }
}

describe('a push', () => {
  test('gives the digest that docker names', async () => {
    expect(await pushed(`echo 1: digest: ${DIGEST} size: 1234`)).toEqual({ end: DIGEST, asked: 0 })
  })

  test('that docker tries again is gone on with where the registry does not refuse it, which it is asked once', async () => {
    expect(await pushed(`${AGAIN}echo 1: digest: ${DIGEST} size: 1234`)).toEqual({ end: DIGEST, asked: 1 })
  })

  test('that docker tries again is stopped where the registry refuses it', async () => {
    const started = performance.now()
    const { end, asked } = await pushed(`${AGAIN}sleep 50; echo denied >&2; exit 1`, true)
    expect(end).toBeInstanceOf(PushError)
    expect([(end as PushError).why, asked]).toEqual(['denied', 1])
    expect(performance.now() - started).toBeLessThan(5000 * BUSY)
  })

  test.each([
    { name: 'not authorised', says: 'unauthorized: requested access to the resource is denied', why: 'denied' },
    { name: 'refused', says: 'denied: permission_denied: write_package', why: 'denied' },
    { name: 'without a login', says: 'no basic auth credentials', why: 'denied' },
    { name: 'refused by a token', says: 'server message: insufficient_scope: authorization failed', why: 'denied' },
    { name: 'too often', says: 'toomanyrequests: requested access to the resource is denied', why: 'limited' },
    { name: 'too often, on newer engines', says: 'unexpected status from PUT request to x: 429 Too Many Requests', why: 'limited' },
    {
      name: "too often, by a proxy's page",
      says: 'error parsing HTTP 429 response body: unexpected end of JSON input: ""',
      why: 'limited',
    },
    { name: "refused by a proxy's page", says: 'error parsing HTTP 403 response body: unexpected end of JSON input: ""', why: 'denied' },
    {
      name: 'to a registry out of order, on newer engines',
      says: 'unexpected status from PUT request to http://x:8429/v2/: 502 Bad',
      why: 'passing',
    },
    { name: 'to a registry out of order', says: 'received unexpected HTTP status: 503 Service Unavailable', why: 'passing' },
    { name: 'that was cut', says: 'Put "x": read tcp 127.0.0.1:1: connection reset by peer', why: 'passing' },
    { name: 'whose layer is not known yet', says: 'unknown blob', why: 'passing' },
    { name: 'whose layer is not known yet, in the words of the registry', says: 'blob unknown to registry', why: 'passing' },
    { name: 'whose layer is not known yet, by its code', says: 'MANIFEST_BLOB_UNKNOWN: manifest blob unknown to registry', why: 'passing' },
    { name: 'whose upload was lost', says: 'blob upload unknown', why: 'passing' },
    { name: 'whose upload was damaged', says: 'blob upload invalid', why: 'passing' },
    { name: 'that timed out', says: 'Put "x": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', why: 'passing' },
    { name: 'whose stream was reset', says: 'http2: stream closed', why: 'passing' },
    { name: 'on a connection that was given up', says: 'write tcp: use of closed network connection', why: 'passing' },
    { name: 'whose commit got no answer, with containerd', says: 'failed commit on ref "layer-sha256:x": no response', why: 'passing' },
    { name: 'to nobody', says: 'Get "x": dial tcp 127.0.0.1:1: connect: connection refused', why: 'other' },
    { name: 'of what is not there', says: 'name unknown: there is no such repository', why: 'other' },
  ])('$name fails for that reason', async ({ says, why }) => {
    const { end } = await pushed(`echo '${says}' >&2; exit 1`)
    expect(end).toBeInstanceOf(PushError)
    expect(end).toMatchObject({ why, message: says })
  })

  test('that docker tried in vain is enough: the registry is out of order', async () => {
    const { end } = await pushed(`${AGAIN}echo received unexpected HTTP status: 500 Internal Server Error >&2; exit 1`)
    expect((end as PushError).why).toBe('spent')
  })

  test('without a digest has failed', async () => {
    expect((await pushed('exit 0')).end).toMatchObject({ why: 'other', message: '2ce001e11dab: Preparing' })
  })
})
