import { describe, expect, test } from '@jest/globals'
import { servedObject } from '../../../src/plan/start/served-object.ts'

describe('what a start command serves', () => {
  test.each([
    { line: 'exec gunicorn --bind 0.0.0.0:${PORT:-8000} shop.web:app', is: { module: 'shop.web', object: 'app', factory: false } },
    { line: "exec gunicorn -b :8000 'shop:create_app()'", is: { module: 'shop', object: 'create_app', factory: true } },
    { line: 'exec uvicorn --port 80 --factory shop:make', is: { module: 'shop', object: 'make', factory: true } },
    { line: 'exec waitress-serve --call shop:make', is: { module: 'shop', object: 'make', factory: true } },
    { line: 'exec gunicorn shop:api.server', is: { module: 'shop', object: 'api.server', factory: false } },
    { line: 'exec gunicorn --bind shop:8000', is: undefined },
    { line: 'exec python -m shop', is: undefined },
    { line: 'exec gunicorn a:b c:d', is: undefined },
  ])('$line', ({ line, is }) => {
    expect(servedObject(['sh', '-c', line])).toEqual(is)
  })
})
