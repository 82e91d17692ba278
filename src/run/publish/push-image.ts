import { PushError } from '../../effects/docker-port.ts'
import type { Credentials, Place, PushAnswer } from '../../effects/registry-port.ts'
import { UserError } from '../../errors.ts'
import { type Repository, reference, repositoryName } from '../../plan/reference.ts'
import type { PublishResult } from '../../report/outcome.ts'
import type { World } from '../world.ts'
import { gaveBack } from './give-back.ts'
import type { Places, Publication, Pusher } from './publication.ts'
import { refuseOtherJob } from './refuse-other-job.ts'
import { warnOfIndex } from './warn-of-index.ts'
import { warnOfOthers } from './warn-of-others.ts'
import { type Watched, watchTag } from './watch-tag.ts'

const TRIES = 3
/** Seconds before the second and the third try, where the registry names none. */
const PAUSES = [5, 15]
/** Who is asked to wait longer is better told so. */
const LONGEST_WAIT = 120

/**
 * Logs in where credentials are given and asks whether an upload would be accepted: a refusal is told
 * before anything is built, within seconds, instead of after docker's five tries.
 * @param by who pushes
 * @throws UserError where the registry refuses
 */
export async function openRegistry(
  world: World,
  repository: Repository,
  given: Credentials | undefined,
  by: 'docker' | 'us' = 'docker',
): Promise<Place> {
  if (given && by === 'docker') await world.docker.login(repository.registry, given.username, given.password)
  const login = given ?? (await world.registry.existingLogin(repository.registry))
  const place = { ...repository, login }
  const { answer } = await world.registry.mayPush(place)
  if (answer === 'denied') {
    // What we were not told, docker may be told.
    if (login || by === 'us' || !(await world.registry.asksHelper(repository.registry))) throw notAllowed(place)
    world.log.notice(
      `${repository.registry || 'Docker Hub'} wants a login, and docker's credential helper told us none: whether docker gets one is seen at the push.`,
    )
  }
  if (answer === 'absent') throw noRepository(repository)
  return place
}

/**
 * Pushes every tag everywhere, and reads back what the registries hold. A tag that a higher release has claimed since the
 * plan was made is left to it; where that happened while we pushed, it is given back.
 * @returns without a digest where every tag was left to others
 * @throws UserError where a registry refuses, or fails
 */
export async function publishTags(world: World, places: Places, what: Publication, pusher: Pusher): Promise<PublishResult> {
  let digest = ''
  const pushed: string[] = []
  for (const tag of what.tags) {
    await Promise.all(places.map((place) => warnOfReplaced(world, place, tag)))
    await Promise.all(places.map((place) => refuseOtherJob(world, place, { tag, image: what.image })))
    const put = await puttersOf(world, places, what, { tag, pusher })
    // The last thing before the push: what it tells is old by the next moment.
    if (await isLeft(world, what, tag, places.length > 1 ? tag : reference(places[0], tag))) continue
    const done = await Promise.all(put.map((each) => each()))
    for (const [i, place] of places.entries()) {
      const { digest: there = '', replaced } = done[i] ?? {}
      digest = there
      const name = reference(place, tag)
      await readBack(world, place, { tag, digest })
      world.log.info(`  pushed ${name}`)
      if (replaced) await refuseOtherJob(world, place, { tag, image: what.image, held: replaced })
      if (!(await gaveBack(world, place, what, { tag, replaced }))) pushed.push(name)
    }
  }
  return { repository: repositoryName(places[0]), digest, references: pushed }
}

/** What is told of what a tag was. */
async function warnOfReplaced(world: World, place: Place, tag: string): Promise<void> {
  await warnOfIndex(world, place, tag)
  await warnOfOthers(world, place, tag)
}

/** The push to each registry; of a tag that moves with a branch, each looks at what comes under it meanwhile. */
function puttersOf(
  world: World,
  places: Places,
  { newer }: Publication,
  { tag, pusher }: { readonly tag: string; readonly pusher: Pusher },
): Promise<readonly (() => Promise<Partial<Watched>>)[]> {
  return Promise.all(
    places.map(async (place) => {
      const put = () => putOrFind(world, place, tag, pusher)
      if (!newer?.watches(tag)) return async () => ({ digest: await put() })
      const before = await world.registry.digest(place, tag)
      return () => watchTag(world, place, { tag, before }, put)
    }),
  )
}

/** Whether a tag is somebody else's by now, which is told. @param name the whole reference, or the tag where it is for several registries */
async function isLeft(world: World, { claim, newer }: Publication, tag: string, name: string): Promise<boolean> {
  const claimed = await claim?.(tag, 'everywhere')
  const owner = claimed ? `${claimed.release}, which was released meanwhile` : await newer?.of(tag)
  if (owner) world.log.notice(`${name} is left to ${owner}.`)
  return owner !== undefined
}

/** @throws UserError where the registry does not have what was pushed */
async function readBack(world: World, place: Place, { tag, digest }: { readonly tag: string; readonly digest: string }): Promise<void> {
  const name = reference(place, tag)
  const held = await world.registry.digest(place, tag)
  if (held === digest) return
  if (held === undefined) {
    world.log.notice(`${name} was pushed; the registry did not tell its digest, so ${digest} is docker's word.`)
    return
  }
  // Two runs may push one tag at once: each has its image there, and the last one the tag.
  if ((await world.registry.digest(place, digest)) === digest) {
    world.log.notice(`${name} was pushed as ${digest}, and somebody else has pushed ${held} under it since.`)
    return
  }
  throw new UserError('push', `the registry holds ${held} under ${name}, and not ${digest}, which was pushed`, 'Push again.')
}

/** A push that fails has succeeded where the tag is this image already: a re-run, or a tag that cannot be changed. */
async function putOrFind(world: World, place: Place, tag: string, pusher: Pusher): Promise<string> {
  try {
    return await pusher.put(place, tag)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const held = await world.registry.held(place, tag)
    if (!held || !(await pusher.is(held))) throw error
    world.log.notice(`${reference(place, tag)} was not taken again, and is this image already.`)
    return held.digest
  }
}

/** Docker tries failing uploads again by itself, but not where requests are counted, nor a manifest. */
export function byDocker(world: World, image: string): Pusher {
  return {
    async put(place, tag) {
      const name = reference(place, tag)
      const ask = () => world.registry.mayPush(place)
      await world.docker.tag(image, name)
      return tryAgain(world, place, { name, ask, work: () => world.docker.push(name, async () => (await ask()).answer === 'denied') })
    },
    async is({ digest, config }) {
      const here = await world.docker.inspect(image)
      const digests = here?.digests.map((name) => name.slice(name.indexOf('@') + 1)) ?? []
      return here !== undefined && ([digest, config].includes(here.id) || digests.includes(digest))
    },
  }
}

interface Attempt<T> {
  /** Of what is put there. */
  readonly name: string
  readonly work: () => Promise<T>
  /** Where the error need not be the registry's own word: newer engines give what it says of a refusal, which may be anything. */
  readonly ask?: () => Promise<PushAnswer>
}

/** Once more where a registry is out of order or counts requests. */
export async function tryAgain<T>(world: World, place: Place, { name, work, ask }: Attempt<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PushError)) throw error
      if (error.why === 'denied') throw notAllowed(place, error.message)
      const again = tried < TRIES && (error.why === 'limited' || error.why === 'passing')
      const { answer, wait: asked } = (await ask?.()) ?? {}
      if (answer === 'denied') throw notAllowed(place, error.message)
      const wait = asked ?? PAUSES[tried - 1] ?? 0
      if (!again || wait > LONGEST_WAIT) throw notAccepted(name, error, again ? wait : undefined)
      world.log.info(`  ${name} was not accepted (${error.message}); tried again in ${wait} s`)
      await world.pause(wait)
    }
  }
}

function noRepository({ registry, path }: Repository): UserError {
  return new UserError(
    'push',
    `there is no repository ${path} at ${registry || 'Docker Hub'}, and a push does not make it`,
    'Create it first (aws ecr create-repository), or check namespace and image-name.',
  )
}

/** @param said the words of the registry: a quota and a blocked account are told by them alone */
function notAllowed({ registry, path, login }: Place, said = ''): UserError {
  const who = login ? (login.username ? ` as ${login.username}` : ' with the login that docker has') : ' without a login'
  return new UserError('push', `not allowed to push to ${registry || 'Docker Hub'}/${path}${who}`, {
    next: login
      ? 'Give the account the right to write there; on pull requests from forks secrets are absent.'
      : 'Set username and password, or log in before this step (docker/login-action).',
    ...(said ? { details: [said] } : {}),
  })
}

/** @param wait seconds that the registry asks for, where they are too many */
function notAccepted(reference: string, { why, message }: PushError, wait: number | undefined): UserError {
  const here = 'The image is still on this machine;'
  if (why !== 'limited')
    return new UserError('push', `${reference} was not accepted: ${message}`, {
      next: `${here} check the registry and push again.`,
      kind: why === 'passing' || why === 'spent' ? 'passing' : 'failed',
    })
  return new UserError(
    'push',
    `the registry limits pushes (429): ${reference} was not accepted${wait === undefined ? ` in ${TRIES} tries` : ''}`,
    { next: `${here} push again ${wait === undefined ? 'later' : `in ${wait} s, as the registry asks`}.`, kind: 'passing' },
  )
}
