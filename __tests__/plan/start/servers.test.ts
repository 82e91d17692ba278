import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { likelyPackages } from '../../../src/plan/start/likely-packages.ts'
import { callsServer, RELOADING, reloading, serversOf } from '../../../src/plan/start/servers.ts'

const document = (name: string) => readFileSync(path.join(import.meta.dirname, '../../../docs', name), 'utf8').toLowerCase()

describe('what the documents say of servers', () => {
  test.each(['wsgi', 'asgi'] as const)('names those that speak %s, in their order', (kind) => {
    const [sentence = ''] = /the server is the first of [^;]*/.exec(document('image.md')) ?? []
    const places = serversOf(kind).map((name) => sentence.indexOf(name))
    expect(places).toEqual(places.filter((at) => at > 0).toSorted((a, b) => a - b))
  })

  test('names those that look for changes', () => {
    const [sentence = ''] = /[^.\n]* get `--reload`/.exec(document('tests-and-commands.md')) ?? []
    expect(RELOADING.filter((name) => !sentence.includes(name))).toEqual([])
  })
})

test.each([
  { line: 'exec gunicorn shop.web:app', is: 'exec gunicorn shop.web:app --reload' },
  { line: 'exec uvicorn --port $PORT shop:app', is: 'exec uvicorn --port $PORT shop:app --reload' },
  { line: 'exec uvicorn --reload shop:app', is: undefined },
  { line: 'exec uvicorn shop:app && echo', is: undefined },
  { line: 'exec waitress-serve shop:app', is: undefined },
  { line: 'gunicorn shop.web:app', is: undefined },
])('a server looks for changes where it can: $line', ({ line, is }) => {
  expect(reloading(line)).toBe(is)
})

test.each([
  ['sh -c exec gunicorn shop.web:app', true],
  ['/appenv/bin/waitress-serve shop:app', true],
  ['cd x && celery -A shop worker', true],
  ['python backend/manage.py runserver', true],
  ['python -m shop.gunicorn', false],
  ['echo gunicorns', false],
])('%s calls a server: %s', (command, is) => {
  expect(callsServer(command)).toBe(is)
})

test('a server comes with what brings it', () => {
  expect(likelyPackages(['FastAPI[Standard]>=0.1', 'quart', 'channels[daphne]'])).toEqual([
    'fastapi',
    'starlette',
    'uvicorn',
    'quart',
    'hypercorn',
    'channels',
    'daphne',
  ])
})
