import type { SourceFile } from '../../effects/ports.ts'
import { UserError } from '../../errors.ts'
import type { Inputs } from '../../inputs.ts'
import type { LockedPackage } from '../../project/resolved-lock.ts'
import { readToml, type Table, textAt } from '../../project/toml.ts'

/** An error for a release that is not made of its project's files, an index and Debian alone. */
export function cannotEject(why: string, next: string): UserError {
  return new UserError('eject', `this release cannot be made by docker build alone: ${why}`, next)
}

type Asked = Pick<Inputs, 'dockerfile' | 'baseDockerfile' | 'baseImage' | 'builderImage' | 'builderDockerfile' | 'buildCommand'>

/** @param above whether building the project reads above its folder @throws UserError before anything is built */
export function refuseSettings(inputs: Asked, project: { readonly name: string; readonly above: boolean }): void {
  const own = inputs.dockerfile || inputs.baseDockerfile || inputs.baseImage || inputs.builderImage || inputs.builderDockerfile
  if (own)
    throw cannotEject(
      `${own} is a Dockerfile or an image of your own`,
      'Eject without it, or keep that Dockerfile: it takes the wheels of pypackager build.',
    )
  if (inputs.buildCommand.length > 0)
    throw cannotEject('build-command changes the source', 'Run its commands yourself, then eject without it.')
  if (project.above) throw cannotEject(`building ${project.name} reads above its folder`, 'Give it what it reads as files of its own.')
}

/** What a release was made of. */
export interface Material {
  /** Packages that were built from folders and repositories. */
  readonly folders: readonly string[]
  readonly locked: readonly LockedPackage[]
  /** The text of pylock.toml. */
  readonly lock: string
  readonly snapshot: readonly SourceFile[]
}

/** @throws UserError for what cannot be had by a name, a version and a hash, and for files that are not the project's */
export function refuseMaterial({ folders, locked, lock, snapshot }: Material): void {
  const [local] = folders
  if (local !== undefined) throw cannotEject(`${local} comes as a folder or a repository`, 'Release it to an index first.')
  const placed = locked.find(({ wheels, sdist }) =>
    [...wheels, ...(sdist ? [sdist] : [])].some(({ at, url }) => at !== undefined || url.startsWith('file:')),
  )
  if (placed) throw cannotEject(`${placed.name} is a file of the project`, 'Put it on an index first.')
  const packages = readToml('pylock.toml', lock).packages
  const addressed = (Array.isArray(packages) ? (packages as Table[]) : []).find((entry) => entry.archive ?? entry.vcs ?? entry.directory)
  if (addressed) throw cannotEject(`${textAt(addressed, 'name')} comes from an address of its own`, 'Take it from an index.')
  const written = snapshot.find(({ text, folder, real }) => text !== undefined || folder !== undefined || real !== undefined)
  if (written) throw cannotEject(`${written.path} is written for the build, or lies elsewhere`, 'Make it a file of the project.')
}
