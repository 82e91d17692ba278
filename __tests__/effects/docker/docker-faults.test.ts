import { expect, test } from '@jest/globals'
import { cannotLogIn, noDocker } from '../../../src/effects/docker/docker-faults.ts'
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

const API = 'DOCKER_API_VERSION'
const TOO_OLD =
  'Error response from daemon: client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client'
const TOO_NEW = 'Error response from daemon: client version 1.56 is too new. Maximum supported API version is 1.41'

test.each([
  {
    name: 'a client that Engine 29.0 is too new for',
    says: TOO_OLD,
    line: 'docker: the docker client is too old for the daemon, which takes the API 1.44 or later. Install a newer docker client, with its Buildx plugin.',
  },
  {
    name: 'a client that does not go back so far',
    says: TOO_NEW,
    line: 'docker: the docker client is too new for the daemon, which takes the API 1.41 or earlier. Install a newer Docker Engine.',
  },
  {
    name: 'an API that the environment asks for',
    says: TOO_NEW,
    asked: '1.56',
    line: 'docker: the docker client is too new for the daemon, which takes the API 1.41 or earlier. Unset DOCKER_API_VERSION, which is 1.56.',
  },
  {
    name: 'nobody there',
    says: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    line: 'docker: no Docker daemon answers at unix:///var/run/docker.sock. Start Docker (systemctl start docker), or set DOCKER_HOST.',
  },
])('a daemon that does not serve $name is told with what helps', ({ says, asked, line }) => {
  const before = process.env[API]
  if (asked) process.env[API] = asked
  else delete process.env[API]
  try {
    expect(errorLine(noDocker({ code: 1, stderr: `${says}\n`, timedOut: false }))).toBe(line)
  } finally {
    if (before === undefined) delete process.env[API]
    else process.env[API] = before
  }
})
