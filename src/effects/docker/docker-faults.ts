import { UserError } from '../../errors.ts'
import { causeIn, lastLine } from '../../text/words.ts'

// What the docker client's own words mean for a user.

export function noDocker(result: { code: number; stderr: string; timedOut: boolean }): UserError {
  const said = result.stderr
  if (result.code === 127) {
    return new UserError('docker', 'there is no docker command on PATH', 'Use a Linux runner with Docker, or install Docker Engine.')
  }
  if (/permission denied/i.test(said)) {
    return new UserError('docker', "this user may not use Docker's socket", 'Add the user to the group docker, or run as one who may.')
  }
  if (result.timedOut)
    return new UserError('docker', 'the Docker daemon did not answer in 15 s', { next: 'Restart it, then run again.', kind: 'passing' })
  const apart = /client version \S+ is too (old|new)\b.*supported API version is ([\d.]*\d)/i.exec(said)
  if (apart) return otherApi(apart[1] === 'old', apart[2] ?? '')
  const host = /at ((?:unix|tcp|ssh|npipe):\S+?)\.?\s/.exec(`${said} `)?.[1]
  return new UserError(
    'docker',
    `no Docker daemon answers${host ? ` at ${host}` : `: ${lastLine(said)}`}`,
    'Start Docker (systemctl start docker), or set DOCKER_HOST.',
  )
}

/**
 * Engine 29.0 takes no client before 25, whose API is 1.44.
 * @param bound the API version that the daemon names
 * @see https://docs.docker.com/reference/api/engine/#versioned-api-and-sdk
 */
function otherApi(old: boolean, bound: string): UserError {
  const asked = process.env.DOCKER_API_VERSION
  return new UserError(
    'docker',
    `the docker client is too ${old ? 'old' : 'new'} for the daemon, which takes the API ${bound} or ${old ? 'later' : 'earlier'}`,
    asked
      ? `Unset DOCKER_API_VERSION, which is ${asked}.`
      : `Install ${old ? 'a newer docker client, with its Buildx plugin' : 'a newer Docker Engine'}.`,
  )
}

export function cannotPull(
  reference: string,
  said: string,
  named: { readonly step: string; readonly what: string; readonly next: string } = {
    step: 'base',
    what: `parent image ${reference}`,
    next: 'Check parent-image (and python-version), or log in before this step.',
  },
): UserError {
  const cause = /toomanyrequests|429/i.test(said)
    ? 'the registry limits pulls (429)'
    : /not found|manifest unknown|does not exist/i.test(said)
      ? 'the registry has no such image'
      : /denied|unauthorized|not authorized|forbidden|authentication required|no basic auth/i.test(said)
        ? 'the registry wants another login'
        : causeIn(lastLine(said))
  return new UserError(named.step, `${named.what} is not here and cannot be pulled: ${cause}`, {
    next: named.next,
    kind: SILENT.test(said) ? 'passing' : 'failed',
  })
}

export function cannotLogIn(registry: string, username: string, result: { stderr: string; timedOut: boolean }): UserError {
  const said = causeIn(lastLine(result.stderr))
  if (result.timedOut || NO_ANSWER.test(said)) {
    return new UserError('push', `${registry} cannot be logged in to: ${result.timedOut ? 'it did not answer in 30 s' : said}`, {
      next: 'Check registry, and whether this machine reaches it; push again.',
      kind: result.timedOut || SILENT.test(said) ? 'passing' : 'failed',
    })
  }
  return new UserError(
    'push',
    `login to ${registry} as ${username} was refused: ${said}`,
    'Check username and password; on pull requests from forks secrets are absent.',
  )
}

/** What is no answer to a login: names, connections, certificates, and servers out of order. */
const NO_ANSWER = /no such host|dial tcp|connection re(fused|set)|timeout|deadline|\bEOF\b|x509|toomanyrequests|status\D*\b(429|5\d\d)\b/i

/** Of these, what another try may find otherwise. */
const SILENT = /connection re(fused|set)|timeout|deadline|\bEOF\b|toomanyrequests|\b429\b|status\D*\b5\d\d\b|i\/o timeout/i
