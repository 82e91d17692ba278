import type { Inputs } from '../inputs.ts'
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

/** Static files may be the result of a node build, which is not ours to run. */
export function noteNodeBuild(world: World, { source }: Wheelhouse, { collectstatic }: Inputs, settings: string | undefined): void {
  const found = source.snapshot.find(({ path }) => /^([^/]+\/)?package\.json$/.test(path))
  if (!found || settings === undefined || collectstatic === 'never') return
  world.log.notice(`${found.path} is there: if a node build makes static files, run it before this step, so that they are collected too.`)
}
