import { describe, expect, test } from '@jest/globals'
import { type AdviceFacts, commandAdvice, processesNotice } from '../../../src/plan/start/command-advice.ts'

const nothing: AdviceFacts = { locked: [], processes: [], modules: [], sourceOnly: true }
const module = (file: string, text = '') => ({ file, name: file.replace(/\.py$/, '').replaceAll('/', '.'), text })
const MAIN = 'if __name__ == "__main__":\n    main()\n'

describe('the command that may be meant', () => {
  test.each<{ name: string; facts: Partial<AdviceFacts>; command: string | undefined }>([
    { name: 'of nothing is none', facts: {}, command: undefined },
    {
      name: 'of Streamlit',
      facts: { locked: ['streamlit'], modules: [module('app.py', 'import streamlit as st\n'), module('pages/1.py', 'import streamlit\n')] },
      command: 'streamlit run app.py --server.address 0.0.0.0 --server.port $PORT',
    },
    ...[
      {
        of: 'Pyramid',
        requires: 'pyramid',
        text: 'application = config.make_wsgi_app()\n',
        server: 'gunicorn',
        line: 'gunicorn --bind 0.0.0.0:${PORT:-8000} web:application',
      },
      {
        of: 'Pyramid beside a server of another protocol',
        requires: 'pyramid',
        text: 'application = config.make_wsgi_app()\n',
        server: 'uvicorn',
        line: undefined,
      },
      { of: 'two of Sanic', requires: 'sanic', text: 'a = Sanic("a")\nb = Sanic("b")\n', server: 'sanic', line: undefined },
      {
        of: 'Sanic, which serves itself',
        requires: 'sanic',
        text: 'try:\n    app = Sanic("shop")\nexcept ImportError:\n    raise\n',
        server: 'sanic',
        line: 'sanic web:app --host 0.0.0.0 --port $PORT',
      },
      {
        of: 'aiohttp',
        requires: 'aiohttp',
        text: 'app = web.Application()\n',
        server: 'gunicorn',
        line: 'gunicorn --bind 0.0.0.0:$PORT --worker-class aiohttp.GunicornWebWorker web:app',
      },
      { of: 'aiohttp without gunicorn', requires: 'aiohttp', text: 'app = web.Application()\n', server: 'uvicorn', line: undefined },
    ].map(({ of, requires, text, server, line }) => ({
      name: `of ${of}`,
      facts: { locked: [requires, server], modules: [module('web.py', text)] },
      command: line,
    })),
    { name: 'of a package', facts: { modules: [module('shop/__main__.py'), module('shop/x/__main__.py')] }, command: 'python -m shop' },
    {
      name: 'of a Procfile without web:',
      facts: { processes: [{ name: 'worker', line: 'celery -A shop worker' }] },
      command: 'celery -A shop worker',
    },
    { name: 'of a script', facts: { modules: [module('bot.py', MAIN)] }, command: 'python bot.py' },
    {
      name: 'of a script that is called like the project',
      facts: { name: 'my-shop', modules: [module('shop/__main__.py'), module('my_shop.py', MAIN), module('tool.py', MAIN)] },
      command: 'python my_shop.py',
    },
    { name: 'of two scripts is none', facts: { modules: [module('shop.py', MAIN), module('tool.py', MAIN)] }, command: undefined },
    {
      name: 'of two scripts is that of the name by which one begins',
      facts: { modules: [module('gui.py', MAIN), module('main.py', MAIN), module('shop/x.py', MAIN)] },
      command: 'python main.py',
    },
    {
      name: 'of a script that is alone and does not say that it is one',
      facts: { modules: [module('setup.py'), module('photon.py', 'crawl(url)\n'), module('core/zap.py')] },
      command: 'python photon.py',
    },
    { name: 'of modules that say nothing is none', facts: { modules: [module('a.py'), module('b.py')] }, command: undefined },
    {
      name: 'of the only program in a folder',
      facts: { modules: [module('bot/bot.py', MAIN), module('bot/config.py'), module('tests/test_bot.py', MAIN)] },
      command: 'python bot/bot.py',
    },
    { name: 'of a script that a wheel holds is none', facts: { sourceOnly: false, modules: [module('bot.py', MAIN)] }, command: undefined },
  ])('$name', ({ facts, command }) => {
    expect(commandAdvice({ ...nothing, ...facts })?.command).toBe(command)
  })
})

test('lines of a Procfile beside web: are named with how to run one', () => {
  expect(processesNotice([])).toBeUndefined()
  const text = processesNotice([
    { name: 'worker', line: "celery -A 'shop' worker" },
    { name: 'beat', line: 'celery beat' },
  ])
  expect(text).toContain(
    "worker, beat of it are not started. A container each can run them from the same image, such as: pypackager run -- sh -c 'celery -A '\\''shop'\\'' worker'",
  )
})
