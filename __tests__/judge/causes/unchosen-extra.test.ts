import { describe, expect, test } from '@jest/globals'
import { withUnchosenExtra } from '../../../src/judge/causes/unchosen-extra.ts'
import { failed, passed, undone } from '../../../src/judge/checks/check.ts'
import { offeredExtras } from '../../../src/project/requirements/offered-extras.ts'

const METADATA = {
  name: 'shop',
  summary: '',
  license: '',
  requiresPython: '',
  requires: ['click', 'Flask-Admin>=2 ; extra == "server"', 'click ; extra == "tool"'],
  extras: ['server', 'tool'],
}
const OFFERED = offeredExtras(METADATA, [])
const WANTS = failed('imports', 'web cannot be imported', { next: 'x', said: "ModuleNotFoundError: No module named 'flask_admin'" })
const HELP = undone('start', 'start command', 'it prints a help text')

test('extras that were not chosen are known by what they would bring', () => {
  expect(OFFERED).toEqual([
    { extra: 'server', packages: ['flask-admin'] },
    { extra: 'tool', packages: [] },
  ])
  expect(offeredExtras(METADATA, ['server', 'tool'])).toEqual([])
})

test.each([
  { name: 'of an image that starts is a warning', checks: [WANTS, passed('start', 'it starts')], tool: false, level: 'warning' },
  { name: 'of a command line tool that prints its help is a warning', checks: [WANTS, HELP], tool: true, level: 'warning' },
  { name: 'of an image without a start command is an error', checks: [WANTS, HELP], tool: false, level: 'error' },
  { name: 'of an image that does not start is an error', checks: [WANTS, failed('start', 'ended', '')], tool: true, level: 'error' },
])('a part that wants an extra $name, with the line that brings it', ({ checks, tool, level }) => {
  const [check] = withUnchosenExtra(checks, { offered: OFFERED, tool })
  expect(check).toMatchObject({ level, next: "The project's extra server brings flask_admin. Set extras: server" })
})

test('what no extra brings stays as it is', () => {
  const other = failed('imports', 'x', { next: 'Add six.', said: "No module named 'six'" })
  expect(withUnchosenExtra([other, HELP], { offered: OFFERED, tool: true })).toEqual([other, HELP])
})

test('a plugin of a namespace that asks for a thing in its own words may be absent', () => {
  const said = 'ImportError: Gstreamer Python bindings not found. Install "gstreamer1.0"'
  const plugin = failed('imports', 'x', { next: '', said, module: 'shopplug.player' })
  const own = failed('imports', 'x', { next: '', said, module: 'shop' })
  const levels = [plugin, own].map((one) => withUnchosenExtra([one, HELP], { offered: [], tool: true })[0]?.level)
  expect(levels).toEqual(['warning', 'error'])
  expect(withUnchosenExtra([plugin, failed('start', 'ended', '')], { offered: [], tool: true })[0]?.level).toBe('error')
})

describe('a script of an extra that was not chosen', () => {
  const script = (said: string, scripts = ['shop-web']) => failed('scripts', 'dead', { next: 'x', said, scripts })
  const asks = 'it ends the program when it is imported (shop-web requires it. Install it with "pip install shop[server]")'
  const aside = { state: 'undone', text: /^the script shop-web: not checked: .* extra server, / }
  test.each([
    { name: 'that its own words name is told, and no error', said: asks, command: ['shop'], ...aside },
    { name: 'that a module tells is told', said: "ModuleNotFoundError: No module named 'flask_admin'", command: [], ...aside },
    {
      name: 'is an error where it starts the image',
      said: asks,
      command: ['sh', '-c', 'exec shop-web --port 8000'],
      state: 'failed',
      text: /^dead$/,
    },
    { name: 'is an error where no extra is named', said: asks.replace('[server]', ''), command: [], state: 'failed', text: /^dead$/ },
    { name: 'is an error where the extra is none', said: asks.replace('server', 'none'), command: [], state: 'failed', text: /^dead$/ },
  ])('$name', ({ said, command, state, text }) => {
    const [check] = withUnchosenExtra([script(said), failed('start', 'ended', '')], { offered: OFFERED, tool: true, command })
    expect(check).toMatchObject({ state, text: expect.stringMatching(text) })
  })
})
