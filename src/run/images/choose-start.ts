import { readCommand } from '../../inputs/program.ts'
import { commandAdvice } from '../../plan/start/command-advice.ts'
import { startElsewhere } from '../../plan/start/dockerfile-start.ts'
import { likelyPackages } from '../../plan/start/likely-packages.ts'
import type { ExtraPackages } from '../../plan/start/server-gift.ts'
import { planStart, type Start, type Written } from '../../plan/start/start-command.ts'
import { asRoots, rootByImports } from '../../project/application/import-roots.ts'
import { keyVariables } from '../../project/application/secret-keys.ts'
import { isVendored } from '../../project/application/vendored.ts'
import { djangoApps, isDjangoModule, type ModuleText, objectApps, usesFramework, type WebApp } from '../../project/application/web-app.ts'
import type { Contents } from '../../project/layout/package-contents.ts'
import { type ModuleFile, modulesOf } from '../../project/layout/source-roots.ts'
import { requirementsFor } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import type { Project } from '../../project/project.ts'
import { moduleText } from '../prepare/module-text.ts'
import { filesFrom, type WheelSource } from '../wheelhouse-folder/wheel-contents.ts'
import type { World } from '../world.ts'

/** Files that are open at one time. */
const AT_ONCE = 64
/** Modules that are read to say what may have been meant. */
const MOST_LOOKED_INTO = 200

/** What runs Django's commands. @see https://docs.djangoproject.com/en/stable/ref/django-admin/ */
const MANAGES = /\bdjango\.core\b[\s\S]*\bexecute_from_command_line\b/
/** Calls by which a script serves an application by itself. */
const SERVES =
  /\b(?:app|application|uvicorn|hypercorn|web)\.run(?:_app)?\(|\brun_simple\(|\bserve_forever\(|\bmake_server\(|\bWSGIServer\b|\bcheroot\b/

/** What is asked of the start beside what the project says. */
export interface StartWishes {
  /** The input `command`, '' for none. */
  readonly command: string
  /** Django's settings of this image, where it is a Django site. */
  readonly settings: string | undefined
}

/** What of a wheelhouse decides how an image starts. */
export interface StartMaterial {
  readonly wheels: readonly { readonly name: string }[]
  readonly contents: Contents
  readonly source: WheelSource
  /** What the wheel says, where it is at hand: setup.py may compute the name. */
  readonly metadata?: { readonly name: string }
}

/** The code of a project. */
interface Code {
  /** Of all its files. */
  readonly paths: readonly string[]
  readonly modules: readonly ModuleFile[]
  readonly read: (wanted: readonly ModuleFile[]) => Promise<readonly ModuleText[]>
}

/** How the release starts, from the project's modules as they are now: the source's, by the names that its wheel gives them. */
export async function chooseStart(world: World, project: Project, house: StartMaterial, wishes: StartWishes): Promise<Start> {
  const locked = house.wheels.map((wheel) => wheel.name)
  const { contents, source } = house
  const paths = filesFrom(world, source).map((file) => file.path)
  const modules = modulesOf(paths, contents.roots, contents.names)
  const read = (wanted: readonly ModuleFile[]) => readModules(world, house, wanted)
  const code = { paths, modules, read }
  const written = writtenStart(wishes.command, project)
  const scriptModules = Object.values(contents.scripts).map((calls) => calls.split(':')[0] ?? '')
  const called = await read(modules.filter(({ name }) => scriptModules.includes(name)))
  const management = called.filter(({ text }) => MANAGES.test(text)).map(({ name }) => name)
  const serving = called.filter(({ text }) => SERVES.test(text)).map(({ name }) => name)
  const found = await webApps(code, locked, { settings: wishes.settings, chosen: written !== undefined })
  const sourceOnly = project.sourceOnly !== undefined
  const rooted = sourceOnly ? await rootedApp(found, code) : { apps: found }
  const elsewhere =
    project.dockerfile &&
    startElsewhere(project.dockerfile, {
      paths: sourceOnly ? paths : [],
      modules: modules.map(({ name }) => name),
      locked,
      scripts: Object.keys(contents.scripts),
    })
  const facts = {
    written,
    elsewhere,
    name: normalizeName(house.metadata?.name ?? project.name),
    locked,
    scripts: contents.scripts,
    management,
    serving,
    extras: extrasOf(project),
    ...rooted,
  }
  const start = planStart(facts)
  if (start.command || found.length > 1 || found[0]?.framework === 'Django') return start
  const own = modules.filter(({ file }) => !isVendored(file))
  const begins = ({ name, file }: ModuleFile) => name.endsWith('.__main__') || (sourceOnly && !file.includes('/'))
  const texts = await read(sourceOnly && own.length < MOST_LOOKED_INTO ? own : own.filter(begins))
  const advice = commandAdvice({ locked, processes: project.processes, modules: texts, sourceOnly, name: facts.name })
  return planStart({ ...facts, advice })
}

/** The project's extras with what they may bring, by its metadata. */
export function extrasOf({ metadata }: Pick<Project, 'metadata'>): readonly ExtraPackages[] {
  return metadata.extras.map((name) => ({ name, packages: likelyPackages(requirementsFor(metadata, [name])) }))
}

/** An application by the name that its own module's imports give it: `main` of `src/main.py` where that imports what lies in `src/`. */
async function rootedApp(
  apps: readonly WebApp[],
  { modules, paths, read }: Code,
): Promise<{ readonly apps: readonly WebApp[]; readonly root?: string }> {
  const [app] = apps
  if (!app || apps.length > 1 || app.framework === 'Django') return { apps }
  const [module] = await read(modules.filter(({ name }) => name === app.module))
  const root = module && rootByImports(module, module.text, paths)
  const [renamed] = module && root ? modulesOf([module.file], asRoots([root])) : []
  return renamed && root ? { apps: [{ ...app, module: renamed.name }], root } : { apps }
}

/** Django's few modules are read in any case; all others only where one of them could be served. */
async function webApps(
  { modules, read }: Code,
  locked: readonly string[],
  { settings, chosen }: { readonly settings: string | undefined; readonly chosen: boolean },
): Promise<readonly WebApp[]> {
  const site = settings === undefined ? [] : djangoApps(settings, await read(modules.filter(({ name }) => isDjangoModule(name, settings))))
  if (site.length > 0 || chosen || !usesFramework(locked)) return site
  const texts = await read(modules)
  const own = objectApps(
    texts.filter(({ file }) => !isVendored(file)),
    locked,
  )
  return own.length > 0 ? own : objectApps(texts, locked)
}

/**
 * The variables that the application's key comes from, as its settings show: builds and checks give them a value of their own
 * where nobody has given one.
 * @param settings of Django, where it is a Django site
 * @param modules that the start command imports
 */
export async function keysOf(
  world: World,
  house: StartMaterial,
  settings: string | undefined,
  modules: readonly string[],
): Promise<readonly string[]> {
  return keyVariables(await settingsTexts(world, house, settings, modules))
}

/** The texts of the modules that hold settings or an engine's address, by their names, and of those that the start command imports. */
export async function settingsTexts(
  world: World,
  house: StartMaterial,
  settings: string | undefined,
  modules: readonly string[],
): Promise<readonly string[]> {
  const { contents, source } = house
  const paths = filesFrom(world, source).map((file) => file.path)
  const isOne = ({ name }: ModuleFile) =>
    modules.includes(name) || /(^|\.)(config|settings|db|database|development|production)(\.|$)/.test(name)
  const wanted = modulesOf(paths, contents.roots, contents.names).filter((module) => isOne(module) || module.name === settings)
  return (await readModules(world, house, wanted.slice(0, AT_ONCE))).map(({ text }) => text)
}

/** The texts of the modules that the project's console scripts call. */
export async function scriptTexts(world: World, house: StartMaterial): Promise<readonly string[]> {
  const { contents, source } = house
  const names = Object.values(contents.scripts).map((calls) => calls.split(':')[0] ?? '')
  const paths = filesFrom(world, source).map((file) => file.path)
  const wanted = modulesOf(paths, contents.roots, contents.names).filter(({ name }) => names.includes(name))
  return (await readModules(world, house, wanted.slice(0, AT_ONCE))).map(({ text }) => text)
}

function writtenStart(command: string, project: Project): Written | undefined {
  return command === '' ? project.start : { line: readCommand('command', command), from: 'the input command' }
}

async function readModules(world: World, { source }: StartMaterial, wanted: readonly ModuleFile[]): Promise<readonly ModuleText[]> {
  const files = new Map(filesFrom(world, source).map((file) => [file.path, file]))
  const texts: ModuleText[] = []
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const batch = wanted.slice(i, i + AT_ONCE).filter(({ file }) => !files.get(file)?.print.startsWith('link '))
    const found = batch.map(async (module) => ({
      ...module,
      text: files.get(module.file)?.text ?? (await moduleText(world, module.file)),
    }))
    texts.push(...(await Promise.all(found)))
  }
  return texts
}
