import { expect, test } from '@jest/globals'
import { withLeftOut } from '../../../src/judge/causes/left-out.ts'
import { failed, passed } from '../../../src/judge/checks/check.ts'

const LEFT_OUT = { ignored: ['start.sh', 'config/app.yaml'], withheld: ['shop/local_settings.py', 'credentials.json'] }

test.each([
  {
    text: "shop cannot be imported: ModuleNotFoundError: No module named 'shop.local_settings'",
    next: /^shop\/local_settings\.py .* secret/,
  },
  {
    text: "shop cannot be imported: ImportError: cannot import name 'local_settings' from 'shop' (/app/shop/__init__.py)",
    next: /^shop\/local_s/,
  },
  {
    text: "FileNotFoundError: [Errno 2] No such file or directory: '/app/credentials.json'",
    next: /^credentials\.json .* line !credentials\.json/,
  },
  { text: 'the start command ended with code 127: sh: 1: exec: ./start.sh: not found', next: /^start\.sh .* \.dockerignore .* !start\.sh/ },
  { text: 'FileNotFoundError: config/app.yaml', next: /^config\/app\.yaml/ },
  {
    text: "FileNotFoundError: [Errno 2] No such file or directory: '/srv/source/config/app.yaml'",
    next: /^config\/app\.yaml .* !config\/app\.yaml/,
  },
])('what fails for want of a file that was left out names it: $text', ({ text, next }) => {
  expect(withLeftOut([failed('start', text, { next: 'Look.', said: text })], LEFT_OUT)[0]?.next).toMatch(next)
})

test.each([
  { name: 'a failure for want of another file', check: failed('start', "No module named 'shop.other'", 'Add it.') },
  { name: 'one of a longer name', check: failed('start', './restart.sh: not found', 'Add it.') },
  { name: 'what passed', check: passed('start', 'start.sh starts') },
])('$name stays as it is', ({ check }) => {
  expect(withLeftOut([check], LEFT_OUT)).toEqual([check])
})
