import { UserError } from '../errors.ts'

// What the docker client's own words mean for a user.

export function noDocker(result: { code: number; stderr: string; timedOut: boolean }): UserError {
  const said = result.stderr
  if (result.code === 127) {
    return new UserError('docker', 'there is no docker command on PATH', 'Use a Linux runner with Docker, or install Docker Engine.')
  }
  if (/permission denied/i.test(said)) {
    return new UserError('docker', "this user may not use Docker's socket", 'Add the user to the group docker, or run as one who may.')
  }
  if (result.timedOut) return new UserError('docker', 'the Docker daemon did not answer in 15 s', 'Restart it, then run again.')
  const host = /at ((?:unix|tcp|ssh|npipe):\S+?)\.?\s/.exec(`${said} `)?.[1]
  return new UserError(
    'docker',
    `no Docker daemon answers${host ? ` at ${host}` : `: ${lastLine(said)}`}`,
    'Start Docker (systemctl start docker), or set DOCKER_HOST.',
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
      : /denied|unauthorized|forbidden/i.test(said)
        ? 'the registry wants another login'
        : lastLine(said)
  return new UserError(named.step, `${named.what} is not here and cannot be pulled: ${cause}`, named.next)
}

/** The last line that somebody said, which is mostly the cause. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}
