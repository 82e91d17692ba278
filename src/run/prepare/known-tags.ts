import { gt } from '@renovatebot/pep440'
import type { RunContext } from '../../context.ts'
import type { Credentials } from '../../effects/registry-port.ts'
import type { Inputs } from '../../inputs.ts'
import { loginOf, type RegistryInputs } from '../../plan/registry-login.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { finalReleases, isFinal, releaseFromTag, releasesInRegistry } from '../../plan/tags/releases.ts'
import { claimsOn, needsKnownTags } from '../../plan/tags/tags.ts'
import type { World } from '../world.ts'

type Named = Pick<RunPlan, 'repository' | 'suffix'>

/**
 * Names of the git tags that decide over the tags of the image. What a clone knows need not be all, whatever its depth, so
 * the forge is asked, else the origin; and where this run pushes, the registry, which may know releases that git has no more.
 * @param at what the checkout is of
 * @returns undefined where none is needed, and where all are and nobody tells
 */
export async function knownTags(
  world: World,
  inputs: RegistryInputs & Pick<Inputs, 'push' | 'version'>,
  plan: Named,
  at: RunContext,
): Promise<readonly string[] | undefined> {
  const { path } = plan.repository
  const needed = needsKnownTags({ version: inputs.version, imageName: path }, at)
  if (needed === 'none') return undefined
  const clone = await world.git.tags(world.paths.project)
  const cloned = clone?.names ?? []
  if (needed === 'at hand' && !inputs.push) return cloned
  const named = await gitTags(world, inputs)
  if (needed === 'at hand') return named || clone?.whole ? [...cloned, ...(named ?? [])] : undefined
  const pushed = inputs.push ? await imageTags(world, plan, await loginFor(world, inputs)) : undefined
  if (!named && !pushed && !clone?.whole) return undefined
  if (inputs.push && !pushed) await tellUnlisted(world, plan, await loginFor(world, inputs))
  // A clone that is kept from run to run may have tags that were taken back at the origin.
  const git = named ?? cloned
  const released = releasesInRegistry(withoutSuffix(pushed ?? [], plan.suffix), git, path)
  const [lost] = finalReleases(released, path).filter((release) => finalReleases(git, path).every((known) => gt(release, known)))
  if (lost && named) {
    world.log.notice(
      `The registry has ${lost}, of which git knows no tag: the tags of its lines stay with it. If it was withdrawn, remove ${lost} there.`,
    )
  }
  return [...git, ...released]
}

/**
 * Git tags whose release is marked as a pre-release, which the push of a tag does not tell. A release that is made after the
 * push is not seen.
 */
export async function markedPrereleases(
  world: World,
  { githubToken, version }: Pick<Inputs, 'githubToken' | 'version'>,
  { ref, refName, prerelease, event }: RunContext,
  imageName: string,
): Promise<readonly string[]> {
  const { repository, apiUrl } = world.context
  if (version || !githubToken || !repository || !ref.startsWith('refs/tags/')) return []
  const marked = await world.forge.prereleases(repository, githubToken)
  if (marked) return marked
  const release = releaseFromTag(refName, imageName)
  if (release !== undefined && isFinal(release) && !prerelease && event !== 'release')
    world.log.notice(
      `Whether the release ${refName} is marked as a pre-release is not known: ${apiUrl} did not tell, so it counts as a final one.`,
    )
  return []
}

/** Branches of the origin whose names differ from ours by `/` and `-` alone; none where nothing is pushed. */
export async function namesakes(
  { git, paths }: World,
  { push }: Pick<Inputs, 'push'>,
  { ref, refName }: Pick<RunContext, 'ref' | 'refName'>,
): Promise<readonly string[]> {
  if (!push || !ref.startsWith('refs/heads/') || !refName.includes('/')) return []
  const alike = await git.originRefs(paths.project, [ref.replace(/(?<=^refs\/heads\/.*)[/-]/g, '?')])
  return [...(alike?.keys() ?? [])].filter((name) => name.startsWith('refs/heads/')).map((name) => name.slice('refs/heads/'.length))
}

/** As the forge or the origin has them. */
async function gitTags(world: World, { githubToken }: Pick<Inputs, 'githubToken'>): Promise<readonly string[] | undefined> {
  const { repository } = world.context
  const forged = githubToken && repository ? await world.forge.tags(repository, githubToken) : undefined
  return forged ?? world.git.originTags(world.paths.project)
}

/** A registry that has `latest` has a list of tags too: one that is cut, or not told, may hold releases that git has no more. */
async function tellUnlisted({ registry, log }: World, { repository, suffix }: Named, login: Credentials | undefined): Promise<void> {
  if (!(await registry.has({ ...repository, login }, `latest${suffix}`))) return
  log.notice(
    `The tags of ${repository.registry || 'Docker Hub'}/${repository.path} could not be listed: a release there that git has no tag of is not seen.`,
  )
}

function imageTags(world: World, { repository }: Named, login: Credentials | undefined) {
  return world.registry.tags({ ...repository, login })
}

/** Tags of this leg, as those of a leg without a suffix. */
function withoutSuffix(tags: readonly string[], suffix: string): readonly string[] {
  return tags.filter((tag) => tag.endsWith(suffix)).map((tag) => (suffix ? tag.slice(0, -suffix.length) : tag))
}

/** A higher release that a tag belongs to. */
export interface Claim {
  readonly release: string
  /** The release's own tag in the registry, with the suffix of the leg; undefined where it is not there. */
  readonly tag: string | undefined
}

/** @param where whether git's tags are asked for too, or the registry's alone */
export type Claims = (tag: string, where: 'everywhere' | 'registry') => Promise<Claim | undefined>

/** Who has claimed tags of this run since its plan was made: asked anew at each call. */
export function claimsOf(world: World, inputs: Pick<Inputs, 'githubToken'>, plan: RunPlan, login: Credentials | undefined): Claims {
  let silent = false
  let told = false
  // How the repository names releases counts for those of the registry too.
  let seen: readonly string[] = [world.context.refName]
  const named = async () => {
    const found = silent ? undefined : await gitTags(world, inputs)
    silent = found === undefined // who does not answer is not waited for again
    seen = found ?? seen
    return found
  }
  return async (tag, where) => {
    if (!plan.tags.lines.some((line) => line.tag === tag)) return undefined
    const [git, held] = await Promise.all([where === 'everywhere' ? named() : undefined, imageTags(world, plan, login)])
    if (where === 'everywhere' && !git && !held && !told) {
      told = true
      world.log.notice(
        'Neither git nor the registry tells by now whether a higher release is out: what was known before the build decides.',
      )
    }
    const own = withoutSuffix(held ?? [], plan.suffix)
    const { path } = plan.repository
    const known = [...releasesInRegistry(own, seen, path), ...(git ?? [])]
    const release = claimsOn(plan.tags, { known, prereleases: plan.prereleases }, path).get(tag)
    const name = own.find((one) => releaseFromTag(one, '') === release)
    return release === undefined ? undefined : { release, tag: name && `${name}${plan.suffix}` }
  }
}

/** The login that a registry is asked with. */
export async function loginFor(world: World, inputs: RegistryInputs): Promise<Credentials | undefined> {
  return loginOf(inputs, world.context.actor) ?? world.registry.existingLogin(inputs.registry.split('/')[0] ?? '')
}
