import * as v from 'valibot'
import { line, listOf, moduleName, said, size } from '../../grammar.ts'
import { packageOfLibrary } from '../../plan/wheels/system-packages.ts'
import { normalizeName } from '../../project/names.ts'
import { listed } from '../../text/words.ts'
import { causeOf } from '../causes/failure-causes.ts'
import { type FaultPlace, faultPlace, placeIn, placeText } from '../causes/fault-place.ts'
import { GIVE, mend, wantsDatabase } from '../causes/import-fault.ts'
import { conflicts, type Wanted } from '../sbom/consistency.ts'
import { type Check, failed, passed, undone } from './check.ts'
import { siteChecks, siteLine } from './site-checks.ts'

const text = said(2000)
const fault = v.nullable(text)

const TARGET = { kind: v.picklist(['module', 'entry point']), name: said(200), object: said(500) }

/** Of one that was looked at its fault, null for none; else why it was not. */
const IMPORT = v.union([v.object({ ...TARGET, fault, at: v.fallback(v.nullish(faultPlace), null) }), v.object({ ...TARGET, undone: text })])

/** A path in the image, as it is shown and compared: no line of a log. */
const PATH = line(4096)

/** What the script `stages/check/inspect.py` tells of an image in the end. What is in an image, anybody may have written. */
export const containerReport = v.object({
  uid: size,
  gid: size,
  markers: v.record(v.string(), line(500)),
  distributions: listOf(v.object({ name: said(200), version: said(200), requires: listOf(text, 5000), requiresPython: said(500) }), 20_000),
  /** The project's own package; null where it has none, or it is not installed. */
  own: v.nullable(
    v.object({
      /** That are there, relative to the folder of packages. */
      files: listOf(PATH, 1_000_000),
      scripts: listOf(v.object({ name: said(200), fault }), 10_000),
      modules: listOf(moduleName, 10_000),
    }),
  ),
  /** What the script of SBOMs told, as it told it; null where it was not asked. */
  contents: v.unknown(),
  imports: listOf(IMPORT, 20_000),
  libraries: v.union([
    v.object({ undone: text }),
    v.object({ count: size, missing: listOf(v.object({ file: said(1000), library: said(200), loaded: v.boolean() }), 100_000) }),
  ]),
  /** Null where there is no Django, or no settings. */
  site: v.nullable(listOf(siteLine, 10)),
  /** Names of .pth files whose code is left aside. */
  unread: listOf(said(100), 1000),
  /** Names of the `.dist-info` folders that hold more than 32 MB of metadata: nobody has looked into them. */
  oversized: listOf(said(200), 20_000),
})
export type ContainerReport = v.InferOutput<typeof containerReport>

/** What it tells first: what the whole file system of an image is like. */
export const systemReport = v.object({
  /** Paths of programs, and of what compilers keep elsewhere, outside of `owned` and the virtual environment. */
  programs: listOf(v.string(), 100_000),
  /** Folders that the image's user owns, without those below them; null where that is root. */
  owned: v.nullable(listOf(v.string(), 100_000)),
})
export type System = { readonly [key in keyof v.InferOutput<typeof systemReport>]: Readonly<v.InferOutput<typeof systemReport>[key]> }

type Target = ContainerReport['imports'][number]

/** The parts of the plan that the checks of a container take. */
export interface Application extends Wanted {
  /** The name of the project's package, '' where its source is the application. */
  readonly project: string
  /** A Django project, whose settings are known. */
  readonly django: boolean
  /** The line that builds its front end, as the source has it. */
  readonly nodeBuild?: string | undefined
}

/** Every check that takes a container. @param report or why there is none */
export function containerChecks(application: Application, report: ContainerReport | string): readonly Check[] {
  if (typeof report === 'string') return undoneAll(application, report)
  const dead = application.project !== '' && report.own === null
  return [
    librariesCheck(report),
    ...(dead && report.oversized.some((folder) => normalizeName(folder.split('-')[0] ?? '') === normalizeName(application.project))
      ? [undone('imports', "the project's own modules", { why: tooLarge(report), next: REBUILD })]
      : dead
        ? [
            failed(
              'imports',
              `the package ${application.project} is not installed in the image`,
              'Let the Dockerfile install the wheelhouse.',
            ),
          ]
        : importsChecks(report, application)),
    ...siteChecks(report.site, { inApp: application.project === '', nodeBuild: application.nodeBuild }),
    metadataCheck(application, report),
  ]
}

function undoneAll({ django }: Application, why: string): readonly Check[] {
  const next = 'The image must be able to run Python without a network.'
  return [
    undone('libraries', 'shared libraries', { why, next }),
    undone('imports', "the project's own modules", { why, next }),
    ...(django
      ? [undone('apps', 'installed apps', why), undone('migrations', 'migrations', why), undone('deploy', 'check --deploy', why)]
      : []),
    undone('metadata', 'requirements of all packages', why),
  ]
}

function librariesCheck({ libraries }: ContainerReport): Check {
  if ('undone' in libraries) return undone('libraries', 'shared libraries', libraries.undone)
  const { missing, count } = libraries
  if (missing.length === 0) {
    const looked = `${count} file${count === 1 ? '' : 's'} looked at`
    return passed('libraries', count === 0 ? 'no shared library is needed' : `every shared library is found (${looked})`)
  }
  const loaded = missing.filter((one) => one.loaded)
  if (loaded.length > 0) return missingLibraries(loaded, 'error')
  return missingLibraries(missing, 'warning')
}

type Missing = Extract<ContainerReport['libraries'], { missing: unknown }>['missing']

/** @param level a warning where nothing but a plugin lacks them: whether that is ever loaded, nobody knows */
function missingLibraries(missing: Missing, level: Check['level']): Check {
  const names = [...new Set(missing.map(({ library }) => library))]
  const text = names
    .slice(0, 3)
    .map(
      (name) =>
        `${name} is missing (needed by ${listed(
          missing.filter(({ library }) => library === name).map(({ file }) => short(file)),
          1,
        )})`,
    )
    .join('; ')
  if (names.every((name) => /^(GLIBC|GLIBCXX|CXXABI)_/.test(name))) {
    return failed('libraries', text, { next: 'Take a newer parent-image: the system is older than what the wheel was built for.', level })
  }
  const packages = [...new Set(names.flatMap((name) => packageOfLibrary(name) ?? []))]
  const next =
    packages.length > 0 ? `Set runtime-packages: ${packages.join(' ')}` : 'Name the Debian package that holds it in runtime-packages.'
  if (level === 'error') return failed('libraries', text, next)
  return failed('libraries', text, {
    next: `No module of Python links it, only a plugin that may never be loaded. If it is: ${next}`,
    level,
  })
}

function short(file: string): string {
  return file.replace(/^.*\/(site|dist)-packages\//, '')
}

function importsChecks({ imports, own, unread }: ContainerReport, application: Application): readonly Check[] {
  const modules = imports.filter(({ kind }) => kind === 'module')
  const entries = imports.filter(({ kind }) => kind === 'entry point')
  const aside = unread.length > 0 ? ` The code in ${listed(unread)} is not run by the checks.` : ''
  // Where the words tell another cause, or a line to type, it would take the place of what helps.
  const mayBeIt = ({ state, cause, next }: Check) =>
    state === 'failed' && (cause === undefined || cause === 'python') && !/\bset packages: /i.test(next)
  const withAside = (check: Check): Check => (mayBeIt(check) ? { ...check, next: `${check.next}${aside}` } : check)
  return [modulesCheck(modules, application), ...scriptsCheck(entries, own?.scripts ?? [])].map(withAside)
}

/** Undefined for one that was not looked at, null for none. */
function faultOf(target: Target): string | null | undefined {
  return 'fault' in target ? target.fault : undefined
}

function whyUndone(targets: readonly Target[]): string | undefined {
  return targets.flatMap((target) => ('undone' in target ? [target.undone] : []))[0]
}

/** A module of Django that wants the site to be set up first, as its start does. */
const UNSET_UP = /^(?:[\w.]*\.)?AppRegistryNotReady\b/

/** Such a module sets the site up itself: where it does not, no server serves it. */
const SETS_UP = /(?:^|\.)(?:wsgi|asgi)$/

function modulesCheck(modules: readonly Target[], { project, required }: Application): Check {
  const names = modules.map(({ name }) => name)
  if (names.length === 0) return undone('imports', "the project's own modules", 'none is known')
  const broken = modules.find((target) => typeof faultOf(target) === 'string')
  if (broken) {
    const fault = faultOf(broken) ?? ''
    const place = 'at' in broken && broken.at ? placeIn(broken.at, project) : undefined
    return failed('imports', `${broken.name} cannot be imported: ${withPlace(fault, place)}`, {
      next: mend(fault, { place, required: required?.lines ?? [] }),
      level: wantsDatabase(fault) || (UNSET_UP.test(fault) && !SETS_UP.test(broken.name)) ? 'warning' : 'error',
      module: broken.name,
      said: fault,
    })
  }
  const why = whyUndone(modules)
  if (why !== undefined) return undone('imports', `import of ${listed(names)}`, { why, next: GIVE })
  return passed('imports', `${listed(names)} can be imported`)
}

/** Settings, services and files are told by their names; where code failed, what helps is its place. */
function withPlace(fault: string, place: FaultPlace | undefined): string {
  const cause = causeOf(fault)?.kind
  if (!place || (cause !== undefined && cause !== 'python')) return fault
  return `${fault.replace(/ \(\/[^()]*\.(?:py|so)\)$/, '')} ${placeText(place)}`
}

function scriptsCheck(
  entries: readonly Target[],
  scripts: readonly { readonly name: string; readonly fault: string | null }[],
): readonly Check[] {
  const names = [...new Set([...scripts, ...entries].map(({ name }) => name))].sort()
  if (names.length === 0) return []
  const broken = scripts.find(({ fault }) => fault !== null)
  if (broken) return [failed('scripts', `the script ${broken.name} does not work: ${broken.fault}`, 'Check scripts in the metadata.')]
  const dead = entries.filter((target) => typeof faultOf(target) === 'string')
  if (dead.length > 0)
    return [...Map.groupBy(dead, (target) => faultOf(target) ?? '')].map(([fault, targets]) => deadScripts(fault, targets))
  const why = whyUndone(entries)
  if (why !== undefined) return [undone('scripts', `the scripts ${listed(names)}`, { why, next: GIVE })]
  return [{ ...passed('scripts', `its scripts can start: ${listed(names)}`), scripts: names }]
}

/** Those that one fault lets die. */
function deadScripts(fault: string, targets: readonly Target[]): Check {
  const scripts = targets.map(({ name }) => name)
  const [one] = targets
  const who = scripts.length === 1 ? `the script ${scripts[0]} is` : `the scripts ${listed(scripts)} are`
  const next = /ModuleNotFoundError/.test(fault) || causeOf(fault) ? mend(fault) : `Let [project.scripts] name a function that is there.`
  return failed('scripts', `${who} dead: ${one?.object}: ${fault}`, { next, said: fault, scripts })
}

const REBUILD = 'Look into its RECORD and METADATA, and build that package again.'

function tooLarge({ oversized }: ContainerReport): string {
  return `more than 32 MB of metadata in ${listed(oversized)}`
}

function metadataCheck(application: Application, report: ContainerReport): Check {
  const { distributions, markers } = report
  if (report.oversized.length > 0) return undone('metadata', 'requirements of all packages', { why: tooLarge(report), next: REBUILD })
  if (distributions.length === 0) return undone('metadata', 'requirements of all packages', 'no package is installed')
  const found = conflicts(distributions, markers, application)
  const all = distributions.length === 1 ? 'the only package' : `all ${distributions.length} packages`
  if (found.length === 0) return passed('metadata', `requirements of ${all} are met`)
  return failed('metadata', `packages do not go together: ${listed(found)}`, 'Make the lock again, or correct the requirements.')
}
