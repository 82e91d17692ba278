import { expect, test } from '@jest/globals'
import { cannotLogIn } from '../../../src/effects/docker/docker-faults.ts'
import { errorLine } from '../../../src/errors.ts'

const REFUSED = /^push: login to index\.example as ada was refused: .* Check username and password; on pull requests from forks/
const NOBODY = /^push: index\.example cannot be logged in to: .* Check registry, and whether this machine reaches it; push again\.$/

test.each([
  { name: 'a wrong password', says: 'login attempt to http://index.example/v2/ failed with status: 401 Unauthorized', line: REFUSED },
  { name: 'a wrong token', says: 'Get "https://index.example/v2/": denied: denied', line: REFUSED },
  {
    name: 'a name that nobody has',
    says: 'Get "https://index.example/v2/": dial tcp: lookup index.example on 127.0.0.1:53: no such host',
    line: NOBODY,
  },
  { name: 'nobody there', says: 'Get "http://index.example/v2/": dial tcp 127.0.0.1:1: connect: connection refused', line: NOBODY },
  {
    name: 'an unknown certificate',
    says: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    line: NOBODY,
  },
  { name: 'a registry out of order', says: 'login attempt to https://index.example/v2/ failed with status: 503 Service', line: NOBODY },
  { name: 'no answer', says: '', timedOut: true, line: NOBODY },
])('a login to $name is told as such', ({ says, timedOut = false, line }) => {
  const stderr = `WARNING! Your password will be stored\nError response from daemon: ${says}\n`
  expect(errorLine(cannotLogIn('index.example', 'ada', { stderr, timedOut }))).toMatch(line)
})
