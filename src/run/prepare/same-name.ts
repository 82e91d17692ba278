import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { Inputs } from '../../inputs.ts'
import { legalComponent } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { readProject } from '../../project/project.ts'
import { projectFolders } from '../../project/project-folders.ts'
import { readToml, tableAt, textAt } from '../../project/toml.ts'
import type { World } from '../world.ts'
import { readTree } from './read-tree.ts'

/**
 * The legs of a matrix by folder have the images of their projects' names: where another folder that the matrix may give has
 * a project of the same name, both would push the same tags.
 * @param filesOf paths of the files of a folder
 * @throws UserError naming the other folder
 */
export async function refuseSameName(
  world: World,
  { path: folder }: Pick<Inputs, 'path'>,
  { leg, project, repository }: Pick<RunPlan, 'leg' | 'project' | 'repository'>,
  filesOf: (workspace: string) => Promise<readonly string[]>,
): Promise<void> {
  if (leg.folder === undefined) return
  const [before = '', after = ''] = folder.split(leg.folder)
  const all = await filesOf(world.context.workspace)
  const others = projectFolders(all).filter((one) => one !== project.folder && one.startsWith(before) && one.endsWith(after))
  for (const other of others) {
    if (project.folder.startsWith(`${other}/`) || other.startsWith(`${project.folder}/`)) continue
    const image = await imageName(world, other, all)
    if (image === undefined || !`/${repository.path}`.endsWith(`/${image}`)) continue
    throw new UserError(
      'inputs',
      `the matrix gives each leg a folder, and ${project.folder} and ${other} both have the image ${image}: they would push the same tags`,
      { next: 'Give one of the projects another name, or set image-name by the matrix.', input: 'image-name' },
    )
  }
}

/** @returns undefined where there is no project that can be read */
async function imageName({ files, context: { workspace } }: World, folder: string, all: readonly string[]): Promise<string | undefined> {
  const below = folder === '.' ? all : all.flatMap((file) => (file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : []))
  try {
    const tree = await readTree({ project: path.join(workspace, folder), workspace }, below, files)
    const settings = tableAt(readToml('pyproject.toml', tree.texts.get('pyproject.toml') ?? ''), 'tool', 'pypackager')
    return textAt(settings, 'image-name') ?? legalComponent(readProject(tree, path.basename(folder)).name)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}
