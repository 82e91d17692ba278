import { UserError } from '../../errors.ts'
import type { Inputs } from '../../inputs.ts'
import type { Project } from '../../project/project.ts'
import { allowsPython, allowsSeries, type NamedPython } from '../../project/python-version.ts'
import { PYTHON_RELEASES } from './python-releases.ts'

/** A minor release of ours changes this; "the newest stable" cannot be known offline and drifts. */
export const DEFAULT_PYTHON = '3.13'
/** What is chosen for a project's requires-python: our default, else the newest that it allows. */
const PYTHONS = [DEFAULT_PYTHON, '3.14', '3.12', '3.11', '3.10', '3.9']

/** Of the parent too, as src/stages/base/make.sh has it. */
const OLDEST = '3.9'

type PythonFacts = Pick<Project, 'name' | 'lock' | 'lockedPython' | 'requiresPython' | 'python' | 'dockerfile'>

/** The Python of a run, and what decided, as its user knows it. */
export interface PlannedPython {
  readonly version: string
  readonly from: string
}

/**
 * The Python of a run: the one that is asked for, else one that all of the project's files allow. Of these the one of
 * its Dockerfile, in which it runs elsewhere; else our default, or what was the newest on the day.
 * @param day of the youngest package that may be installed, RFC 3339
 * @throws UserError where the project or its lock does not allow the Python that is asked for, or they contradict each other
 */
export function pythonVersion(inputs: Pick<Inputs, 'pythonVersion'>, project: PythonFacts, day: string): PlannedPython {
  const { lock, lockedPython: locked, requiresPython: required, python: named, dockerfile } = project
  const tried = dockerfile?.python
  const fits = allowsSeries
  const range = inputs.pythonVersion ? undefined : named?.range
  const exact = named?.version ? { version: named.version, from: named.from } : undefined
  const asked = inputs.pythonVersion ? { version: inputs.pythonVersion, from: 'python-version' } : exact
  const usual = usualPython(day)
  const fitting = fittingPython(inputs.pythonVersion ? { ...project, python: undefined } : project, day)
  if (range && !fitting) {
    throw new UserError(
      'project',
      `${named?.from} says Python ${range}, and none of ${[...PYTHONS].sort(byMinor).join(', ')} meets that and what the project requires`,
      'Set python-version to one that it allows.',
    )
  }
  if (locked && required && !fitting && [locked, required].every((one) => PYTHONS.some((version) => fits(version, one)))) {
    throw new UserError(
      'project',
      `${lock?.file} is for Python ${locked}, and ${project.name} requires ${required}`,
      'Make the lock again.',
    )
  }
  const instead = fitting ? `Set python-version to ${fitting}, for example.` : 'Set python-version to one that it allows.'
  const [by, bound] = asked && !fits(asked.version, locked) ? [lock?.file, locked] : [project.name, required]
  if (asked && !fits(asked.version, bound)) {
    throw new UserError('project', `${by} requires Python ${bound}, and ${asked.from} says ${asked.version}`, instead)
  }
  if (asked && byMinor(asked.version, OLDEST) < 0)
    throw new UserError('project', `${asked.from} says Python ${asked.version}, and ${OLDEST} is the oldest that is packaged`, instead)
  if (asked) return asked
  if (range && fitting) return { version: fitting, from: `${named?.from}, which says ${range}` }
  if (!fitting) return { version: DEFAULT_PYTHON, from: 'the default' }
  if (fitting === tried) return { version: fitting, from: 'its Dockerfile' }
  if (fitting === usual) return { version: fitting, from: usual === DEFAULT_PYTHON ? 'the default' : `the newest on ${day.slice(0, 10)}` }
  const decided = !fits(usual, locked) ? `${lock?.file}, which is for Python ${locked}` : `requires-python ${required}`
  return { version: fitting, from: decided }
}

/**
 * The Python to set where the project's files contradict each other, or name one that is too old.
 * @param day as for `pythonVersion`
 * @returns undefined where nothing has to be set, and where nothing would help
 */
export function pythonToSet(project: PythonFacts, day: string): { readonly version: string; readonly why: string } | undefined {
  try {
    pythonVersion({ pythonVersion: '' }, project, day)
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const version = fittingPython({ ...project, python: undefined }, day)
    return version === undefined ? undefined : { version, why: error.message }
  }
}

/**
 * What is said where the image has another Python than a file of the project names, as its base was chosen without
 * a word of Python.
 * @param from what decided over the Python, e.g. `parent-image`
 * @returns undefined where nothing is left aside
 */
export function otherPython(named: NamedPython | undefined, { from, version }: { from: string; version: string }): string | undefined {
  if (!named || from === 'python-version') return undefined
  const asked = named.version || named.range
  if (named.version ? version.startsWith(`${named.version}.`) : allowsPython(version, named.range)) return undefined
  return `${named.from} says Python ${asked}, and the image has ${version}, as ${from} decides.`
}

/**
 * The Python of a project's own Dockerfile as one that a file names.
 * @returns undefined where another file pins one, and where the project does not allow it: then it is none to follow
 */
export function ownDockerfilePython({ dockerfile, python, requiresPython, lockedPython }: PythonFacts): NamedPython | undefined {
  const version = dockerfile?.python
  if (version === undefined || python?.version) return undefined
  const allowed = [requiresPython, lockedPython, python?.range].every((range) => allowsSeries(version, range))
  return allowed ? { version, from: 'Its Dockerfile' } : undefined
}

/** The best one that all files allow, what one of them pins aside. */
function fittingPython({ lockedPython, requiresPython, python, dockerfile }: PythonFacts, day: string): string | undefined {
  const wishes = [...PYTHONS.filter((version) => version === dockerfile?.python), usualPython(day), ...PYTHONS]
  return wishes.find((version) => [lockedPython, requiresPython, python?.range].every((range) => allowsSeries(version, range)))
}

/** Packages of a day have no wheels for a Python that came after it. */
function usualPython(day: string): string {
  const minor = PYTHON_RELEASES.findLast(([, released]) => released <= day)?.[0] ?? 9
  return minor >= Number(DEFAULT_PYTHON.slice(2)) ? DEFAULT_PYTHON : `3.${minor}`
}

function byMinor(one: string, other: string): number {
  return Number(one.slice(2)) - Number(other.slice(2))
}
