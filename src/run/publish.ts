import type { Credentials } from '../effects/ports.ts'
import { UserError } from '../errors.ts'
import type { PublishResult } from '../outcome.ts'
import { type Repository, repositoryName } from '../plan/reference.ts'
import type { World } from './world.ts'

export interface Access {
  readonly login: Credentials | undefined
}

/**
 * Logs in where credentials are given and asks whether an upload would be accepted: a refusal is told
 * before anything is built, within seconds, instead of after docker's five tries.
 * @throws UserError where the registry refuses
 */
export async function openRegistry(world: World, repository: Repository, given: Credentials | undefined): Promise<Access> {
  const registry = repository.registry || 'Docker Hub'
  if (given) await world.docker.login(repository.registry, given.username, given.password)
  const login = given ?? (await world.registry.existingLogin(repository.registry))
  const { answer } = await world.registry.mayPush(repository.registry, repository.path, login)
  if (answer === 'denied') {
    throw new UserError(
      'push',
      `not allowed to push to ${registry}/${repository.path}${login ? (login.username ? ` as ${login.username}` : ' with the login that docker has') : ' without a login'}`,
      login
        ? 'Give the account the right to write there; on pull requests from forks secrets are absent.'
        : 'Set username and password, or log in before this step (docker/login-action).',
    )
  }
  return { login }
}

/**
 * Pushes every tag, then reads the digest back and compares.
 * @param image the image's ID, or the tag that only its content has: another job on this daemon may have
 *   given the tag to another image meanwhile, so it is set again right before
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
    digest = await world.docker.push(reference)
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
