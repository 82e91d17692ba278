import path from 'node:path'
import type { RunContext } from '../../context.ts'
import type { SourceFile } from '../../effects/ports.ts'
import { DEPENDENCIES_EPOCH } from '../../plan/dockerfile/dockerfile.ts'
import { sha256 } from '../../plan/fingerprint.ts'
import { NOTHING_TOLD, type Told } from '../../plan/version/git-version.ts'
import { planOwnVersion, type Versioning, versionFiles } from '../../plan/version/project-version.ts'
import { readVersionSource } from '../../project/layout/version-source.ts'
import type { SourceTree } from '../../project/source-tree.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { readToml } from '../../project/toml.ts'
import type { World } from '../world.ts'

/**
 * Reads what decides over the version of a folder's wheel. Git is asked on the runner, where the
 * repository is, and only where the version comes from it.
 * @param folder absolute
 * @param tag that the checkout is for, '' for none
 * @throws UserError for invalid TOML
 */
export async function readVersioning(world: World, tree: SourceTree, folder: string, tag: string): Promise<Versioning> {
  const text = (name: string) => tree.texts.get(name) ?? ''
  const pyproject = readToml('pyproject.toml', text('pyproject.toml'))
  const source = readVersionSource(pyproject, text('setup.cfg'), text('setup.py'))
  const git = source.kind === 'git' ? await world.git.describe(folder, { ...source.describe, tag }) : undefined
  const tags = source.kind === 'git' && source.unread !== undefined ? (await world.git.tags(folder))?.names : undefined
  const texts = new Map<string, string>()
  for (const name of versionFiles(source)) {
    const file = path.join(folder, name)
    // Only what the build sees as well, and never what a link leads to.
    if (!tree.files.includes(name) || (await world.files.isLink(file))) continue
    texts.set(name, (await world.files.readInside(folder, file, TEXT_SIZE)) ?? '')
  }
  return { source, git, texts, ...(tags && { tags }) }
}

/** A folder that a package comes from, and which commit of it was asked for. */
export interface Checkout {
  /** Absolute. */
  readonly folder: string
  /** A repository that was fetched for it; undefined for a folder of the workspace. */
  readonly fetched?: { readonly revision: string }
}

/**
 * What the build of a package that comes as a folder is told of its version, in the words of its own tool.
 * @throws UserError where git cannot fetch the history
 */
export async function tellLocalVersion(world: World, tree: SourceTree, { folder, fetched }: Checkout): Promise<Told> {
  const { context, git } = world
  const text = (name: string) => tree.texts.get(name) ?? ''
  const { kind } = readVersionSource(readToml('pyproject.toml', text('pyproject.toml')), text('setup.cfg'), text('setup.py'))
  if (kind !== 'git') return { ...NOTHING_TOLD, notices: [] }
  if (fetched) await git.fetchHistory(folder)
  const tag = fetched ? fetched.revision : tagOf(context)
  const versioning = await readVersioning(world, tree, folder, tag)
  // What was asked for may be a branch or a commit.
  const isTag = !fetched || versioning.git?.tag === 'here'
  const { epoch = DEPENDENCIES_EPOCH } = (await git.commit(folder)) ?? {}
  return planOwnVersion(versioning, { tag: isTag ? tag : '', sha: fetched ? '' : context.sha, epoch }, undefined)
}

/** The tag that the run is for, '' for none. */
export function tagOf({ ref, refName }: RunContext): string {
  return ref.startsWith('refs/tags/') ? refName : ''
}

/** The snapshot with other texts for some files, and with files that the project does not have. */
export function withFiles(snapshot: readonly SourceFile[], files: Readonly<Record<string, string>>): readonly SourceFile[] {
  const written = Object.entries(files).map(([name, text]): SourceFile => {
    const mode = snapshot.find((file) => file.path === name)?.print.startsWith('x ') ? 'x' : '-'
    return { path: name, print: `${mode} ${sha256(text)}`, text }
  })
  return [...snapshot.filter((file) => !(file.path in files)), ...written]
}
