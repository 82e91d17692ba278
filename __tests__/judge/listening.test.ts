import { expect, test } from '@jest/globals'
import { containerPort, reachOf } from '../../src/judge/listening.ts'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (address: string, state = '0A') =>
  `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 10001        0 1 1\n`

test.each([
  { name: 'nothing that listens', table: HEAD, reach: 'none' },
  { name: 'another port', table: HEAD + row('0100007F:1F41'), reach: 'none' },
  { name: 'a connection of that port', table: HEAD + row('0100007F:1F40', '01'), reach: 'none' },
  { name: '127.0.0.1', table: HEAD + row('0100007F:1F40'), reach: 'loopback' },
  { name: '::1', table: HEAD + HEAD + row('00000000000000000000000001000000:1F40'), reach: 'loopback' },
  { name: 'all addresses', table: HEAD + row('00000000:1F40'), reach: 'all' },
  { name: '127.0.0.1 and all of IPv6', table: HEAD + row('0100007F:1F40') + row('00000000000000000000000000000000:1F40'), reach: 'all' },
])('the reach of port 8000 is told by what listens: $name', ({ table, reach }) => {
  expect(reachOf(8000, table)).toBe(reach)
})

test.each([
  { published: '8000:80', port: 80 },
  { published: '127.0.0.1:8000:80/tcp', port: 80 },
  { published: '80', port: 80 },
  { published: '8000-8001:80-81', port: undefined },
  { published: '53:53/udp', port: undefined },
])('the port of a container in $published is $port', ({ published, port }) => {
  expect(containerPort(published)).toBe(port)
})
