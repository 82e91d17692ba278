import path from 'node:path'
import type { SourceFile } from '../effects/ports.ts'
import { sha256 } from '../plan/fingerprint.ts'
import { type Versioning, versionFiles } from '../plan/own-version.ts'
import type { SourceTree } from '../project/project.ts'
import { readToml } from '../project/toml.ts'
import { readVersionSource } from '../project/version-source.ts'
import type { World } from './world.ts'

/**
 * Reads what decides over the version of the project's wheel. Git is asked on the runner, where the
 * repository is, and only where the version comes from it.
 * @throws UserError for invalid TOML
 */
export async function readVersioning(world: World, tree: SourceTree): Promise<Versioning> {
  const text = (name: string) => tree.texts.get(name) ?? ''
  const pyproject = readToml('pyproject.toml', text('pyproject.toml'))
  const source = readVersionSource(pyproject, text('setup.cfg'), text('setup.py'))
  const { ref, refName } = world.context
  const tag = ref.startsWith('refs/tags/') ? refName : ''
  const git = source.kind === 'git' ? await world.git.describe(world.paths.project, { ...source.describe, tag }) : undefined
  const texts = new Map<string, string>()
  for (const name of versionFiles(source)) {
    const file = path.join(world.paths.project, name)
    // Only what the build sees as well, and never what a link leads to.
    if (!tree.files.includes(name) || (await world.files.isLink(file))) continue
    texts.set(name, (await world.files.read(file)) ?? '')
  }
  return { source, git, texts }
}

/** The snapshot with other texts for some files, and with files that the project does not have. */
export function withFiles(snapshot: readonly SourceFile[], files: Readonly<Record<string, string>>): readonly SourceFile[] {
  const written = Object.entries(files).map(([name, text]): SourceFile => {
    const mode = snapshot.find((file) => file.path === name)?.print.startsWith('x ') ? 'x' : '-'
    return { path: name, print: `${mode} ${sha256(text)}`, text }
  })
  return [...snapshot.filter((file) => !(file.path in files)), ...written]
}
