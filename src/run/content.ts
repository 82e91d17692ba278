import { leftOut } from '../plan/content.ts'
import type { Project } from '../project/project.ts'
import { inWheelhouse } from './state.ts'
import type { Wheelhouse } from './wheelhouse.ts'
import type { World } from './world.ts'

const SHOWN = 5

/** Warns of templates, static files and data that the project's wheel lacks, with the line that puts them there. */
export async function warnOfLeftOut(world: World, project: Project, { app, source }: Wheelhouse): Promise<void> {
  if (!app) return
  const names = await world.archives.list(inWheelhouse(world, app.file))
  const paths = source.snapshot.map((file) => file.path)
  const { files, lines } = leftOut(paths, names, project.buildRequires, project.definition)
  if (files.length === 0) return
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : ''
  world.log.warning(
    `Not in ${app.file}: ${files.slice(0, SHOWN).join(', ')}${more}. To put them there: ${lines.slice(0, SHOWN).join('; ')}.`,
  )
}
