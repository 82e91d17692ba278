import { expect, test } from '@jest/globals'
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
