import { together, UserError } from '../../errors.ts'
import type { Inputs } from '../../inputs.ts'
import { staticallyUnknown, type UnknownName } from '../../project/dependencies.ts'
import type { Project } from '../../project/project.ts'
import type { Table } from '../../project/toml.ts'
import type { World } from '../world.ts'

/**
 * What becomes of names that the project does not have: pip warns, and so does a laptop. In a workflow nobody reads
 * warnings, and the image would lack what was asked for.
 * @throws UserError in a workflow, with one for each further name
 */
export function judgeNames(
  { context, log }: Pick<World, 'context' | 'log'>,
  input: 'extras' | 'test-extras',
  unknown: readonly UnknownName[],
): void {
  if (!context.inActions) {
    for (const { cause, near } of unknown) log.warning(`${cause}. ${near ? `Did you mean "${near}"? ` : ''}Nothing is installed for it.`)
    return
  }
  const wrong = together(
    unknown.map(
      ({ kind, cause, near }) =>
        new UserError('inputs', cause, { next: `${near ? `Did you mean "${near}"? ` : ''}The input ${input} names the ${kind}.`, input }),
    ),
  )
  if (wrong) throw wrong
}

type Chosen = Pick<Inputs, 'extras' | 'groups' | 'testExtras' | 'testGroups'>

/** Judges extras and groups that no build can add, before one begins. @throws UserError where there are such, in a workflow */
export function refuseUnknown(world: World, inputs: Chosen, project: Project, pyproject: Table): void {
  judgeNames(world, 'extras', staticallyUnknown(project, pyproject, inputs))
  judgeNames(world, 'test-extras', staticallyUnknown(project, pyproject, { extras: inputs.testExtras, groups: inputs.testGroups }))
}
