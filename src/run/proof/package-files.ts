import type { Inputs } from '../../inputs.ts'
import { type EmptyWheel, emptyWheel } from '../../judge/checks/empty-wheel.ts'
import { type Beside, candidatesBeside, migrationsBeside, modulesInWheel, namedBeside } from '../../judge/checks/files-beside.ts'
import { leftOut, modulesLeftOut, outsidePackages } from '../../judge/checks/left-out-files.ts'
import { TAKE_SOURCE } from '../../plan/start/start-place.ts'
import { nodeBuild, packageFiles } from '../../project/application/node-build.ts'
import type { Project } from '../../project/project.ts'
import { inWheelhouse } from '../../shelf.ts'
import { listed } from '../../text/words.ts'
import { moduleText } from '../prepare/module-text.ts'
import { textLinks } from '../prepare/text-links.ts'
import { ignoredFiles } from '../wheels/project-wheel.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'

const SHOWN = 5

/** Warns of templates, static files and data that the project's wheel lacks, with what puts them there. */
export async function warnOfLeftOut(world: World, project: Project, house: Wheelhouse): Promise<void> {
  const { app, source } = house
  if (!app) return
  const names = await world.archives.list(inWheelhouse(world, app.file))
  const paths = source.snapshot.map((file) => file.path)
  for (const { file, leads } of await textLinks(world, paths)) {
    world.log.warning(
      `${file} is a file that holds "${leads}": a link that git (core.symlinks false) or an archive left as text, so what it leads to is not in the wheel. Check it out as a link.`,
    )
  }
  const { files, lines } = leftOut(paths, names, { ...project, ignored: await ignoredFiles(world, source) })
  if (files.length > 0) {
    world.log.warning(`Not in ${app.file}: ${listed(files, SHOWN)}. To put them there: ${lines.slice(0, SHOWN).join('; ')}.`)
  }
  const modules = modulesLeftOut(paths, names)
  if (modules.length > 0) {
    world.log.warning(
      `Not in ${app.file}: the modules ${listed(modules, SHOWN)}. Its build backend does not take their folders: ` +
        `${modules.every((file) => paths.includes(file.replace(/[^/]*$/, '__init__.py'))) ? '' : 'give each an __init__.py, or '}name them among its packages.`,
    )
  }
  const empty = emptyWheel(names, paths, project.definition)
  if (empty) world.log.warning(`${app.file}: ${empty.text}. ${empty.next}`)
  const migrations = house.locked.some(({ name }) => name === 'alembic') ? migrationsBeside(paths, names) : undefined
  if (migrations)
    world.log.notice(
      `${migrations} is not in ${app.file}, so alembic finds no migrations in the image. To have them there, ${TAKE_SOURCE}.`,
    )
  const beside = await lostBeside(world, project, house, names)
  for (const one of beside) world.log.warning(`Not in ${app.file}: ${besideText(one)}. ${BESIDE_NEXT}`)
  const settings = project.django && (await readSettings(world, project.django.settings, paths))
  if (!settings) return
  const outside = outsidePackages(paths, names, settings)
  if (outside.length === 0) return
  const [top = '', ...more] = settings.module.split('.')
  const place = more.length > 0 ? `, such as ${settings.root}${top}/,` : ''
  world.log.warning(
    `Not in ${app.file}: ${listed(outside, SHOWN)}. The settings name their folders, which lie beside the packages, where no wheel takes them: ` +
      `move them into a package${place} and name them there in ${settings.file}.`,
  )
}

/** What is said of the project's wheel where it holds nothing. */
export async function emptyWheelOf(world: World, project: Project, { app, source }: Wheelhouse): Promise<EmptyWheel | undefined> {
  if (!app) return undefined
  const names = await world.archives.list(inWheelhouse(world, app.file))
  return emptyWheel(
    names,
    source.snapshot.map((file) => file.path),
    project.definition,
  )
}

/** Files beside the packages that code of the wheel names. @param listed names in the wheel, where they are at hand */
export async function lostBeside(
  world: World,
  project: Project,
  { app, source }: Wheelhouse,
  listed?: readonly string[],
): Promise<readonly Beside[]> {
  if (!app || project.django) return [] // what Django's settings name is told by outsidePackages
  const names = listed ?? (await world.archives.list(inWheelhouse(world, app.file)))
  const paths = source.snapshot.map((file) => file.path)
  const candidates = candidatesBeside(paths, names)
  if (candidates.size === 0) return []
  const code = new Map<string, string>()
  for (const file of modulesInWheel(paths, names).slice(0, MOST_MODULES)) {
    code.set(file, await moduleText(world, file))
  }
  return namedBeside(candidates, code, names)
}

/** Modules that are read for what they name. */
const MOST_MODULES = 2000

/** What is told of them, for a warning. */
export function besideText({ files, by }: Beside): string {
  return `${listed(files, SHOWN)}, which ${by} names and which lies beside the packages, where no wheel takes it`
}

/** What mends it. */
export const BESIDE_NEXT = `Move it into a package and name it there; or ${TAKE_SOURCE}.`

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
  const texts = await Promise.all(inFolder.map((one) => moduleText(world, one)))
  return { file, text: texts.join('\n'), module, root: file.slice(0, file.length - (end(file)?.length ?? 0)) }
}

/** The line that builds the front end of the source, and the file that says so; undefined where none does. */
export async function nodeBuildOf(world: World, source: Wheelhouse['source']): Promise<{ file: string; line: string } | undefined> {
  const paths = source.snapshot.map(({ path }) => path)
  for (const file of packageFiles(paths)) {
    const line = nodeBuild(file, (await moduleText(world, file)) ?? '', paths)
    if (line !== undefined) return { file, line }
  }
  return undefined
}

/** Static files may be the result of a node build, which is not ours to run; where the settings name its manifest, a check tells more. */
export async function noteNodeBuild(
  world: World,
  { source }: Wheelhouse,
  { collectstatic }: Pick<Inputs, 'collectstatic'>,
  settings: string | undefined,
): Promise<void> {
  const found = settings === undefined || collectstatic === 'never' ? undefined : await nodeBuildOf(world, source)
  if (!found || settings === undefined) return
  const read = await readSettings(world, settings, source.snapshot.map(({ path }) => path)) // biome-ignore format: one line
  if (read && /\b(DJANGO_VITE|WEBPACK_LOADER)\b/.test(read.text)) return
  world.log.notice(
    `${found.file} is there: if a node build makes static files, run it before this step, so that they are collected too: ${found.line}`,
  )
}
