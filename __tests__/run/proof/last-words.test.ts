import { expect, test } from '@jest/globals'
import { soughtIn, telling } from '../../../src/run/proof/last-words.ts'

// What programs print as they end, as it comes.

const GUNICORN = [
  '[2026-12-01 17:24:48 +0000] [7] [ERROR] Worker (pid:9) exited with code 3.',
  '[2026-12-01 17:24:48 +0000] [7] [ERROR] Shutting down: Master',
  '[2026-12-01 17:24:48 +0000] [7] [ERROR] Reason: Worker failed to boot.',
]

test.each([
  {
    name: 'of a driver’s error, as SQLAlchemy passes it on: that, and not the page about it',
    lines: [
      'Database engine options: {}',
      '(sqlite3.OperationalError) unable to open database file',
      '(Background on this error at: https://sqlalche.me/e/20/e3q8)',
      ...GUNICORN,
    ],
    tells: '(sqlite3.OperationalError) unable to open database file',
  },
  {
    name: 'of a server whose worker does not start: what stands above its own words',
    lines: ['no licence found', ...GUNICORN],
    tells: 'no licence found',
  },
  {
    name: 'of a server that says nothing else: its own words',
    lines: GUNICORN,
    tells: '[2026-12-01 17:24:48 +0000] [7] [ERROR] Reason: Worker failed to boot.',
  },
  {
    name: 'of uvicorn: the error, and not that it exits',
    lines: ['ERROR:    Traceback (most recent call last):', "KeyError: 'SECRET'", 'ERROR:    Application startup failed. Exiting.'],
    tells: "KeyError: 'SECRET'",
  },
  {
    name: 'of a log: the last error',
    lines: ['2026-12-01 10:00:00 ERROR no port is free', 'try another one'],
    tells: 'ERROR no port is free',
  },
])('the telling line $name', ({ lines, tells }) => {
  expect(telling(lines)).toBe(tells)
})

test.each([
  {
    line: "([Errno 2] Unable to load configuration file (No such file or directory): '/etc/privacyidea/pi.cfg')",
    sought: '/etc/privacyidea/pi.cfg',
  },
  { line: 'config file /config/app.yaml not found, using defaults', sought: '/config/app.yaml' },
  { line: "FileNotFoundError: [Errno 2] No such file or directory: '/etc/passwd-'", sought: undefined },
  { line: 'reading /etc/shop/shop.toml', sought: undefined },
])('a file of configuration that is looked for: $line', ({ line, sought }) => {
  expect(soughtIn(['starting', line, 'KeyError: x'])).toBe(sought)
})
