import { type Check, failed, listed, passed, undone } from './checks.ts'
import { conflicts, type Distribution } from './consistency.ts'
import { type Answers, GIVE, mend } from './import-fault.ts'
import { siteChecks } from './site-checks.ts'
import { packageOfLibrary } from './system-packages.ts'

/** What the script `stages/check/inspect.py` tells of an image in the end. */
export interface ContainerReport {
  readonly uid: number
  readonly gid: number
  readonly markers: Readonly<Record<string, string>>
  readonly distributions: readonly Distribution[]
  /** The project's own package; null where it has none, or it is not installed. */
  readonly own: {
    /** That are there, relative to the folder of packages. */
    readonly files: readonly string[]
    readonly scripts: readonly { readonly name: string; readonly fault: string | null }[]
    readonly modules: readonly string[]
  } | null
  /** What the script of SBOMs told, as it told it; null where it was not asked. */
  readonly contents: unknown
  readonly wanted: readonly Target[]
  readonly imports: Answers<ImportAnswer>
  readonly libraries:
    | { readonly undone: string }
    | { readonly count: number; readonly missing: readonly { readonly file: string; readonly library: string }[] }
  /** Undefined where there is no Django, or no settings. */
  readonly site: Answers<unknown> | null
}

/** What it tells first: what the whole file system of an image is like. */
export interface System {
  /** Paths of programs, and of what compilers keep elsewhere, outside of `owned` and the virtual environment. */
  readonly programs: readonly string[]
  /** Folders that the image's user owns, without those below them; null where that is root. */
  readonly owned: readonly string[] | null
}

interface Target {
  readonly kind: 'module' | 'entry point'
  readonly name: string
  readonly object: string
}

type ImportAnswer = { readonly begun: string } | { readonly name: string; readonly kind: Target['kind']; readonly fault: string | null }

/** The parts of the plan that the checks of a container take. */
export interface Application {
  /** The name of the project's package, '' where its source is the application. */
  readonly project: string
  /** A Django project, whose settings are known. */
  readonly django: boolean
  /** Packages whose version the project decides against what requires them, normalised. */
  readonly overridden?: readonly string[]
}

/** Every check that takes a container. @param report or why there is none */
export function containerChecks(application: Application, report: ContainerReport | string): readonly Check[] {
  if (typeof report === 'string') return undoneAll(application, report)
  const dead = application.project !== '' && report.own === null
  return [
    librariesCheck(report),
    ...(dead
      ? [
          failed(
            'imports',
            `the package ${application.project} is not installed in the image`,
            'Let the Dockerfile install the wheelhouse.',
          ),
        ]
      : importsChecks(report)),
    ...siteChecks(report.site),
    metadataCheck(application, report),
  ]
}

function undoneAll({ django }: Application, why: string): readonly Check[] {
  const next = 'The image must be able to run Python without a network.'
  return [
    undone('libraries', 'shared libraries', why, next),
    undone('imports', "the project's own modules", why, next),
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
    return failed('libraries', text, 'Take a newer parent-image: the system is older than what the wheel was built for.')
  }
  const packages = [...new Set(names.flatMap((name) => packageOfLibrary(name) ?? []))]
  const next =
    packages.length > 0 ? `Set runtime-packages: ${packages.join(' ')}` : 'Name the Debian package that holds it in runtime-packages.'
  return failed('libraries', text, next)
}

function short(file: string): string {
  return file.replace(/^.*\/(site|dist)-packages\//, '')
}

/** Modules and entry points: what is missing in the answers is what the end of the process took along. */
function importsChecks({ imports, wanted, own }: ContainerReport): readonly Check[] {
  const faults = new Map<string, string | null>()
  let last = ''
  for (const line of imports.lines) {
    if ('begun' in line) last = line.begun
    else faults.set(`${line.kind} ${line.name}`, line.fault)
  }
  const slow = /longer than/.test(imports.end ?? '')
  const of = (target: Target) => faults.get(`${target.kind} ${target.name}`)
  if (imports.end && !slow) {
    const broken = wanted.find((target) => target.name === last && of(target) === undefined)
    if (broken) faults.set(`${broken.kind} ${broken.name}`, imports.end)
  }
  const modules = wanted.filter(({ kind }) => kind === 'module')
  const entries = wanted.filter(({ kind }) => kind === 'entry point')
  const why = imports.end ?? 'nothing was answered'
  return [modulesCheck(modules, of, why), ...scriptsCheck(entries, of, own?.scripts ?? [], why)]
}

type FaultOf = (target: Target) => string | null | undefined

function modulesCheck(modules: readonly Target[], of: FaultOf, why: string): Check {
  const names = modules.map(({ name }) => name)
  if (names.length === 0) return undone('imports', "the project's own modules", 'none is known')
  const broken = modules.find((target) => typeof of(target) === 'string')
  if (broken) return failed('imports', `${broken.name} cannot be imported: ${of(broken)}`, mend(of(broken) ?? ''))
  if (modules.some((target) => of(target) === undefined)) return undone('imports', `import of ${listed(names)}`, why, GIVE)
  return passed('imports', `${listed(names)} can be imported`)
}

function scriptsCheck(
  entries: readonly Target[],
  of: FaultOf,
  scripts: readonly { readonly name: string; readonly fault: string | null }[],
  why: string,
): readonly Check[] {
  const names = [...new Set([...scripts, ...entries].map(({ name }) => name))].sort()
  if (names.length === 0) return []
  const broken = scripts.find(({ fault }) => fault !== null)
  if (broken) return [failed('scripts', `the script ${broken.name} does not work: ${broken.fault}`, 'Check scripts in the metadata.')]
  const dead = entries.find((target) => typeof of(target) === 'string')
  if (dead) {
    const fault = of(dead) ?? ''
    const next = /ModuleNotFoundError/.test(fault) ? mend(fault) : `Let [project.scripts] name a function that is there.`
    return [failed('scripts', `the script ${dead.name} is dead: ${dead.object}: ${fault}`, next)]
  }
  if (entries.some((target) => of(target) === undefined)) return [undone('scripts', `the scripts ${listed(names)}`, why, GIVE)]
  return [passed('scripts', `its scripts can start: ${listed(names)}`)]
}

function metadataCheck({ overridden }: Application, { distributions, markers }: ContainerReport): Check {
  if (distributions.length === 0) return undone('metadata', 'requirements of all packages', 'no package is installed')
  const found = conflicts(distributions, markers, overridden)
  if (found.length === 0) return passed('metadata', `requirements of all ${distributions.length} packages are met`)
  return failed('metadata', `packages do not go together: ${listed(found)}`, 'Make the lock again, or correct the requirements.')
}
