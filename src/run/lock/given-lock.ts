import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { Dependencies } from '../../project/dependencies.ts'
import { disagreement } from '../../project/locks/disagreement.ts'
import { readRequirementsLock } from '../../project/locks/hashed-requirements.ts'
import { readUserLock } from '../../project/locks/lock-formats.ts'
import type { UserLock } from '../../project/locks/pins.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'
import { counted } from '../../text/words.ts'
import type { World } from '../world.ts'
import { pyprojectOf } from './lay-out-package.ts'
import type { LockRequest } from './lock-request.ts'
import { type Where, withPinnedFiles } from './named-files.ts'
import { projectFaults, refuseChanged, refuseMissingMember } from './uv-freshness.ts'
import { VendoredFiles } from './vendored-files.ts'

/** The user's lock, where one is followed, and the files of the workspace that are required. */
export interface GivenLock {
  readonly theirs: UserLock | undefined
  readonly vendored: VendoredFiles
  readonly where: Where
}

/** The lock of the user that counts, compared with what is required. */
export async function givenLock(world: World, request: LockRequest): Promise<GivenLock> {
  const { dependencies, plan } = request
  const chosen = await userLock(world, request)
  if (!chosen && !dependencies.byFiles && !dependencies.offered) await refuseMissingMember(world, plan.project)
  const given = chosen ?? offeredLock(world, request) // which was compared before it was taken
  const vendored = await VendoredFiles.open(world)
  const where = { base: world.paths.project, top: world.context.workspace, by: given?.file ?? dependencies.from }
  const theirs = given && (await withPinnedFiles(vendored, given, { ...where, base: baseOf(world, given, request) }))
  if (theirs) {
    const why = dependencies.byFiles ? undefined : plan.project.lock?.why
    if (why) world.log.info(`  ${theirs.file} is the lock, ${why} (the input requirements names files instead)`)
    const added = addedTo(dependencies).join(', ')
    const more = added ? `beside them ${added} is resolved` : 'nothing is resolved again'
    world.log.info(`  ${theirs.file} names ${counted(theirs.pins.length, 'package')}; ${more}`)
    const stale = chosen && staleness(chosen, request)
    if (stale) throw stale
    if (chosen) refuseChanged(chosen, await projectFaults(world, { lock: chosen, folder: baseOf(world, chosen, request) }, request))
  }
  return { theirs, vendored, where }
}

export async function userLock(world: World, { plan, extras, groups, dependencies, target }: LockRequest): Promise<UserLock | undefined> {
  const { project } = plan
  const lock = dependencies.byFiles ? project.requirementsLock : project.lock
  if (!lock) return undefined
  if (dependencies.byFiles) {
    return readRequirementsLock(lock, project.name, target.markers).lock
  }
  const pyproject = await pyprojectOf(world, world.paths.project)
  return readUserLock({
    file: lock.file,
    text: lock.texts[lock.file] ?? '',
    project: { name: project.name, pyproject, pipfile: lock.texts.Pipfile },
    selection: { extras, groups },
    environment: target.markers,
  })
}

/**
 * Files with hashes beside the metadata, as pip-tools makes them of it. They may be of other requirements, or
 * older than those, and nobody named them: then they are no lock, and a notice says why.
 */
export function offeredLock(world: World, request: LockRequest): UserLock | undefined {
  const { dependencies, plan, target } = request
  const { offered } = dependencies
  if (!offered) return undefined
  const { definedBy, name } = plan.project
  try {
    const { lock, notices } = readRequirementsLock(offered, name, target.markers)
    const stale = staleness(lock, request)
    if (stale) throw stale
    world.log.info(`  ${offered.file} is the lock, as it has hashes and holds what ${definedBy} requires`)
    for (const notice of notices) world.log.info(`  ${notice}`)
    return lock
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    world.log.notice(
      `${offered.file} has hashes and is not followed, as ${definedBy} says what is required (the input requirements would choose the file): ${error.message}.`,
    )
    return undefined
  }
}

/** Of files that say what is required there is nothing to compare but what extras and groups add. */
export function staleness(lock: UserLock, { dependencies, plan, target, extras, groups }: LockRequest): UserError | undefined {
  const own = dependencies.byFiles ? (plan.project.requirements?.lines ?? []) : []
  const named = new Set(lock.pins.map(({ name }) => name))
  // Beside a folder or an address without a name, what the metadata requires may be that.
  const mayBe = (line: string) => dependencies.byFiles && named.has('') && !named.has(readRequirement(line).name)
  const lines = dependencies.lines.filter((line) => !own.includes(line) && !mayBe(line))
  return disagreement(lock, lines, { environment: target.markers, selection: { extras, groups } })
}

/** Paths of locks are relative to their folder, those of requirements files to where pip runs. */
export function baseOf(world: World, { file }: UserLock, { plan }: LockRequest): string {
  const base = world.paths.project
  return file === plan.project.lock?.file ? path.dirname(path.join(base, file)) : base
}

/** Requirement lines of the input `packages`. */
export function addedTo({ added = [] }: Dependencies): readonly string[] {
  return added
}
