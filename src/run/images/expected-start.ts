import type { Inputs } from '../../inputs.ts'
import { sha256 } from '../../plan/fingerprint.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { likelyPackages } from '../../plan/start/likely-packages.ts'
import type { Start } from '../../plan/start/start-command.ts'
import { wantedExtras } from '../../project/dependencies.ts'
import { namesInLock } from '../../project/locks/lock-formats.ts'
import { requirementsFor } from '../../project/metadata.ts'
import { LOCK_SIZE } from '../../project/text-size.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import type { World } from '../world.ts'
import { chooseStart } from './choose-start.ts'
import { settingsOf } from './release-image.ts'

/** What of the inputs a start follows from. */
type Starting = Pick<Inputs, 'command' | 'imageEnv' | 'requirements' | 'packages' | 'extras' | 'groups'>

/** How the image will start, as far as it is known before there are wheels. */
export interface ExpectedStart {
  readonly start: Start
  /** Said by the user, or of the wheels that are there; else it is only likely. */
  readonly sure: boolean
}

/**
 * What a release would find: by the same rules from the source, with the packages of the lock, else those that are named.
 * @param paths of the project's files
 * @throws UserError for a command that is none
 */
export async function expectedStart(
  world: World,
  plan: Pick<RunPlan, 'project'>,
  inputs: Starting,
  paths: readonly string[],
): Promise<ExpectedStart> {
  const { project } = plan
  const { told: last, lock } = await world.records.all()
  const told = last?.definition === sha256(project.definition) ? last : undefined
  const locked = await lockedNames(world, plan, inputs, told !== undefined && lock !== undefined)
  const made = {
    wheels: locked.names.map((name) => ({ name })),
    contents: told?.contents ?? { scripts: project.sourceOnly === undefined ? project.declared.scripts : {}, roots: project.roots },
    source: { snapshot: paths.map((path) => ({ path, print: '' })) },
  }
  const start = await chooseStart(world, project, made, { command: inputs.command, settings: settingsOf(plan, inputs.imageEnv) })
  return { start, sure: inputs.command !== '' || project.start !== undefined || (told !== undefined && locked.made) }
}

/** Names of the packages: of the wheelhouse's lock where that is of these files, of the user's, else what is required and what that brings. */
async function lockedNames(
  world: World,
  { project }: Pick<RunPlan, 'project'>,
  inputs: Starting,
  isKept: boolean,
): Promise<{ readonly names: readonly string[]; readonly made: boolean }> {
  const text = isKept && (await world.files.readKept(inWheelhouse(world, SHELF.lock), LOCK_SIZE))
  if (text) return { names: namesInLock(SHELF.lock, text), made: true }
  const lock = inputs.requirements.length > 0 ? project.requirementsLock : (project.lock ?? project.requirementsLock)
  const added = likelyPackages(inputs.packages)
  if (lock)
    return { names: [...Object.entries(lock.texts).flatMap(([file, content]) => namesInLock(file, content)), ...added], made: false }
  const { metadata, declared, requirements, groups } = project
  const lines = [
    ...requirementsFor(metadata, wantedExtras(metadata, inputs.extras)),
    ...inputs.groups.flatMap((group) => groups[group] ?? []),
    ...declared.requires,
    ...(requirements?.lines ?? []),
    ...inputs.packages,
  ]
  return { names: likelyPackages(lines), made: false }
}
