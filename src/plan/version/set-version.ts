import type { RunContext } from '../../context.ts'
import type { Commit } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import type { Inputs } from '../../inputs.ts'
import type { Project } from '../../project/project.ts'
import { DEPENDENCIES_EPOCH } from '../dockerfile/dockerfile.ts'
import { NOTHING_TOLD, type Told } from './git-version.ts'
import { planOwnVersion, type Versioning } from './project-version.ts'

/** What decides over the version of the project. */
interface VersionFacts {
  readonly project: Project
  readonly commit: Commit | undefined
  /** What decides over the version of the project's wheel; left out where nothing needs to be told. */
  readonly versioning?: Versioning
  /** The version of the run's git tag. */
  readonly release: string | undefined
}

/**
 * What the build of the project's wheel is told of its version.
 * @throws UserError where `set-version` is asked for and there is nothing to follow
 */
export function ownVersionOf(
  inputs: Pick<Inputs, 'setVersion' | 'version'>,
  context: RunContext,
  { versioning, commit, project, release }: VersionFacts,
): Told {
  const tag = context.ref.startsWith('refs/tags/') ? context.refName : ''
  const wanted = inputs.setVersion ? inputs.version || release : undefined
  if (inputs.setVersion && wanted === undefined && tag) {
    throw new UserError('inputs', `set-version is set, and no version is read in the tag ${tag}`, {
      next: 'Set version, or a rule in tags that reads it, such as type=pep440 with match.',
      input: 'set-version',
    })
  }
  if (inputs.setVersion && !versioning && project.sourceOnly !== undefined) {
    throw new UserError(
      'inputs',
      `set-version is set, and there is no wheel that would get a version: ${project.name} is a folder of source`,
      { next: 'Leave set-version out.', input: 'set-version' },
    )
  }
  const idle =
    inputs.setVersion && wanted === undefined ? ['set-version is without effect: this run is for no tag, and version is not set.'] : []
  if (!versioning) return { ...NOTHING_TOLD, notices: idle }
  const run = { tag, sha: context.sha, epoch: commit?.epoch ?? DEPENDENCIES_EPOCH }
  const told = planOwnVersion(versioning, run, wanted)
  return { ...told, notices: [...idle, ...told.notices] }
}
