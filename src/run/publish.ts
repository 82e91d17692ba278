import { PushError } from '../effects/docker-port.ts'
import type { Credentials } from '../effects/ports.ts'
import { UserError } from '../errors.ts'
import type { PublishResult } from '../outcome.ts'
import { type Repository, repositoryName } from '../plan/reference.ts'
import type { World } from './world.ts'

export interface Access {
  readonly login: Credentials | undefined
}

const TRIES = 3
/** Seconds before the second and the third try, where the registry names none. */
const PAUSES = [5, 15]
/** Who is asked to wait longer is better told so. */
const LONGEST_WAIT = 120

/**
 * Logs in where credentials are given and asks whether an upload would be accepted: a refusal is told
 * before anything is built, within seconds, instead of after docker's five tries.
 * @throws UserError where the registry refuses
 */
export async function openRegistry(world: World, repository: Repository, given: Credentials | undefined): Promise<Access> {
  if (given) await world.docker.login(repository.registry, given.username, given.password)
  const login = given ?? (await world.registry.existingLogin(repository.registry))
  const { answer } = await world.registry.mayPush(repository.registry, repository.path, login)
  if (answer === 'denied') throw notAllowed(repository, login)
  return { login }
}

/**
 * Pushes every tag, then reads the digest back and compares.
 * @param image the image's ID, or the tag that only its content has: another job on this daemon may have
 *   given the tag to another image meanwhile, so it is set again right before
 * @throws UserError where the registry refuses, fails, or holds something else afterwards
 */
export async function publish(
  world: World,
  repository: Repository,
  image: string,
  references: readonly string[],
  access: Access,
): Promise<PublishResult> {
  let digest = ''
  for (const reference of references) {
    await world.docker.tag(image, reference)
    digest = await push(world, repository, reference, access)
    const tag = reference.slice(reference.lastIndexOf(':') + 1)
    const held = await world.registry.digest(repository.registry, repository.path, tag, access.login)
    if (held === undefined)
      world.log.notice(`${reference} was pushed; the registry did not tell its digest, so ${digest} is docker's word.`)
    else if (held !== digest) {
      throw new UserError(
        'push',
        `the registry holds ${held} under ${reference}, pushed was ${digest}`,
        'Somebody else pushed the same tag; push again.',
      )
    }
    world.log.info(`  pushed ${reference}`)
  }
  return { repository: repositoryName(repository), digest }
}

/** Docker tries failing uploads again by itself, but not where requests are counted, nor a manifest. */
async function push(world: World, repository: Repository, reference: string, { login }: Access): Promise<string> {
  const ask = () => world.registry.mayPush(repository.registry, repository.path, login)
  for (let tried = 1; ; tried++) {
    try {
      return await world.docker.push(reference, async () => (await ask()).answer === 'denied')
    } catch (error) {
      if (!(error instanceof PushError)) throw error
      if (error.why === 'denied') throw notAllowed(repository, login)
      const again = tried < TRIES && (error.why === 'limited' || error.why === 'passing')
      // Newer engines give the registry's own words for a refusal, which may be any.
      const { answer, wait: asked } = await ask()
      if (answer === 'denied') throw notAllowed(repository, login)
      const wait = asked ?? PAUSES[tried - 1] ?? 0
      if (!again || wait > LONGEST_WAIT) throw notAccepted(reference, error, again ? wait : undefined)
      world.log.info(`  ${reference} was not accepted (${error.message}); tried again in ${wait} s`)
      await world.pause(wait)
    }
  }
}

function notAllowed({ registry, path }: Repository, login: Credentials | undefined): UserError {
  const who = login ? (login.username ? ` as ${login.username}` : ' with the login that docker has') : ' without a login'
  return new UserError(
    'push',
    `not allowed to push to ${registry || 'Docker Hub'}/${path}${who}`,
    login
      ? 'Give the account the right to write there; on pull requests from forks secrets are absent.'
      : 'Set username and password, or log in before this step (docker/login-action).',
  )
}

/** @param wait seconds that the registry asks for, where they are too many */
function notAccepted(reference: string, { why, message }: PushError, wait: number | undefined): UserError {
  const here = 'The image is still on this machine;'
  if (why !== 'limited')
    return new UserError('push', `${reference} was not accepted: ${message}`, `${here} check the registry and push again.`)
  return new UserError(
    'push',
    `the registry limits pushes (429): ${reference} was not accepted${wait === undefined ? ` in ${TRIES} tries` : ''}`,
    `${here} push again ${wait === undefined ? 'later' : `in ${wait} s, as the registry asks`}.`,
  )
}
