import path from 'node:path'
import type { Inputs } from '../inputs.ts'
import { leftOut, outsidePackages } from '../plan/content.ts'
import type { Project } from '../project/project.ts'
import { TEXT_SIZE } from '../project/text-size.ts'
import { inWheelhouse } from './state.ts'
import type { Wheelhouse } from './wheelhouse.ts'
import type { World } from './world.ts'

const SHOWN = 5

/** Warns of templates, static files and data that the project's wheel lacks, with what puts them there. */
export async function warnOfLeftOut(world: World, project: Project, { app, source }: Wheelhouse): Promise<void> {
  if (!app) return
  const names = await world.archives.list(inWheelhouse(world, app.file))
  const paths = source.snapshot.map((file) => file.path)
  const { files, lines } = leftOut(paths, names, project.buildRequires, project.definition)
  if (files.length > 0) {
    world.log.warning(`Not in ${app.file}: ${some(files)}. To put them there: ${lines.slice(0, SHOWN).join('; ')}.`)
  }
  const settings = project.django && (await readSettings(world, project.django.settings, paths))
  if (!settings) return
  const outside = outsidePackages(paths, names, settings.text, settings.root)
  if (outside.length === 0) return
  const [top = '', ...more] = settings.module.split('.')
  const place = more.length > 0 ? `, such as ${settings.root}${top}/,` : ''
  world.log.warning(
    `Not in ${app.file}: ${some(outside)}. The settings name their folders, which lie beside the packages, where no wheel takes them: ` +
      `move them into a package${place} and name them there in ${settings.file}.`,
  )
}

function some(files: readonly string[]): string {
  return `${files.slice(0, SHOWN).join(', ')}${files.length > SHOWN ? ` and ${files.length - SHOWN} more` : ''}`
}

/** The settings by their module's name; those that are made of several modules have these beside them. */
async function readSettings(
  world: World,
  module: string,
  paths: readonly string[],
): Promise<{ file: string; text: string; module: string; root: string } | undefined> {
  const inside = module.replaceAll('.', '/')
  const ends = [`${inside}.py`, `${inside}/__init__.py`]
  const end = (file: string) => ends.find((one) => file === one || file.endsWith(`/${one}`))
  const [file] = paths.filter((one) => end(one)).sort((a, b) => a.length - b.length)
  if (file === undefined) return undefined
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const inFolder = paths.filter((one) => one.startsWith(folder) && /settings/.test(one) && /^[^/]+\.py$/.test(one.slice(folder.length)))
  const beside = inFolder.map(async (one) => {
    const at = path.join(world.paths.project, one)
    // As the start command's modules: what a link leads to is not followed here.
    return (await world.files.isLink(at)) ? '' : await world.files.readInside(world.context.workspace, at, TEXT_SIZE)
  })
  const texts = await Promise.all(beside)
  return { file, text: texts.join('\n'), module, root: file.slice(0, file.length - (end(file)?.length ?? 0)) }
}

/** Static files may be the result of a node build, which is not ours to run. */
export function noteNodeBuild(world: World, { source }: Wheelhouse, { collectstatic }: Inputs, settings: string | undefined): void {
  const found = source.snapshot.find(({ path }) => /^([^/]+\/)?package\.json$/.test(path))
  if (!found || settings === undefined || collectstatic === 'never') return
  world.log.notice(`${found.path} is there: if a node build makes static files, run it before this step, so that they are collected too.`)
}
