import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { renderHealthcheck } from '../../../src/plan/dockerfile/healthcheck.ts'

/** The words of the instruction, as Docker reads them. */
function words(asked: string): readonly string[] {
  const [, options = '', list = ''] = /^HEALTHCHECK (.*?) CMD (\[.*\])\n$/.exec(renderHealthcheck(asked)) ?? []
  expect(options).toBe('--interval=10s --timeout=5s --start-period=30s --retries=3')
  return JSON.parse(list) as string[]
}

const server = createServer((request, answer) => {
  const code = Number(/^\/(\d+)/.exec(request.url ?? '')?.[1] ?? 200)
  answer.writeHead(request.headers.host === 'localhost' ? code : 400).end()
})
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** The exit code of a probe where the application listens on that port. */
function asked(what: string, at: number): Promise<number> {
  const [program = '', ...args] = words(what)
  const child = spawn(program === 'python' ? 'python3' : program, args, {
    env: { PATH: process.env.PATH, PORT: String(at) },
    stdio: 'ignore',
  })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 128)))
}

describe('a health check', () => {
  test('is not there unless it is asked for', () => {
    expect(renderHealthcheck('')).toBe('')
  })

  test.each([
    { name: 'of the port is well where something listens', what: 'tcp', there: true, code: 0 },
    { name: 'of the port is not where nothing does', what: 'tcp', there: false, code: 1 },
    { name: 'of a path is well on 200', what: '/200/it"s?a=b', there: true, code: 0 },
    { name: 'of a path is well on a redirection', what: '/302', there: true, code: 0 },
    { name: 'of a path is not on 404', what: '/404', there: true, code: 1 },
    { name: 'of a path is not on 500', what: '/500', there: true, code: 1 },
    { name: 'of a path is not where nothing listens', what: '/200', there: false, code: 1 },
    { name: 'by a command is what that says', what: 'test "$PORT" -gt 0 && exit 7', there: true, code: 7 },
  ])('$name', async ({ what, there, code }) => {
    expect(await asked(what, there ? port : 1)).toBe(code)
  })
})
