import { expect, test } from '@jest/globals'
import { OF_SYSTEM } from '../../src/inputs/system-folders.ts'
import { must } from '../support/command.ts'

const ROWS = [
  ...['/', '/bin', '/sbin/x', '/lib64', '/lib/x86_64-linux-gnu', '/etc/shop', '/proc/1', '/sys', '/dev/shm/x', '/root/.cache', '/boot'],
  ...[
    '/usr',
    '/usr/bin/x',
    '/usr/lib/python3',
    '/usr/libexec/x',
    '/usr/local',
    '/usr/local/bin',
    '/usr/local/lib/x',
    '/var',
    '/run',
    '/tmp',
  ],
  ...['/srv', '/opt', '/home', '/mnt', '/media', '/appenv', '/appenv/bin', '/appenv/bin/x', '/appenv/lib', '/appenv/lib/python3.13'],
  ...['/appenv/lib/python3.13t/site-packages', '/appenv/lib/python3.9/site-packages'],
].map((folder) => [folder, true] as const)
const FREE = [
  ...[
    '/app',
    '/app/media',
    '/var/www',
    '/var/lib/shop',
    '/run/shop',
    '/srv/shop',
    '/data',
    '/opt/shop',
    '/home/app',
    '/library',
    '/binary',
  ],
  ...['/usr/share/shop', '/usr/local/share/shop', '/appenv/var', '/appenv/lib/python3.13/site-packages/shop/media', '/tmp/x', '/mnt/x'],
].map((folder) => [folder, false] as const)

test('folders of the system are the same ones for the inputs and for the trial, which Python reads', async () => {
  const rows = [...ROWS, ...FREE]
  expect(rows.map(([folder]) => [folder, OF_SYSTEM.test(folder)])).toEqual(rows)
  const script = 'import json, re, sys; print(json.dumps([[f, bool(re.match(sys.argv[1], f))] for f in json.loads(sys.argv[2])]))'
  const read = await must('python3', ['-c', script, OF_SYSTEM.source, JSON.stringify(rows.map(([folder]) => folder))])
  expect(JSON.parse(read)).toEqual(rows)
})
