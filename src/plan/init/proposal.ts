import type { Start } from '../start/start-command.ts'
import { addSettings, type TableSettings } from './settings-table.ts'
import { renderWorkflow, usesAction } from './workflow.ts'

/** A project of the repository, as far as its files tell. */
export interface InitProject {
  /** Relative to the repository, `.` for the whole of it. */
  readonly folder: string
  readonly name: string
  /** The file that says so, e.g. `requirements.txt`. */
  readonly definedBy: string
  readonly django: boolean
  readonly start: Start
  /** An extra with which it starts, where it does not without. */
  readonly startExtra: string | undefined
  /** A server that it lacks. */
  readonly startPackage: string | undefined
  /** The Python that its files leave open or contradict each other about, and how. */
  readonly python: { readonly version: string; readonly why: string } | undefined
  /** The extra or group that has pytest, as `test-extras` names it. */
  readonly tests: string | undefined
  /** The version of its wheel comes from git. */
  readonly gitVersion: boolean
  /** The text of its pyproject.toml. */
  readonly pyproject: string | undefined
}

export interface InitFacts {
  readonly projects: readonly InitProject[]
  /** The branch that is released from, and who says so. */
  readonly branch: { readonly name: string; readonly from: string }
  /** Workflows that are there, by their paths. */
  readonly workflows: ReadonlyMap<string, string>
  /** The pipelines of another forge, e.g. `.gitlab-ci.yml`. */
  readonly otherForge: string | undefined
}

/** A file that would be written. */
export interface Change {
  /** Relative to the repository. */
  readonly path: string
  /** Undefined where it is not there yet. */
  readonly before: string | undefined
  readonly after: string
}

export interface Proposal {
  readonly changes: readonly Change[]
  /** What was chosen, and why, a line each. */
  readonly reasons: readonly string[]
  /** What only the user can add. */
  readonly missing: readonly string[]
}

/** The workflow and the settings for a repository: only what is needed, and why. */
export function propose(facts: InitFacts): Proposal {
  const { packaged, left } = chosen(facts.projects)
  const reasons = [
    ...packaged.map(projectReason),
    ...(left.length > 0 ? [`left out: ${left.map(({ folder }) => folder).join(', ')} (nothing in there starts)`] : []),
  ]
  const workflow = proposeWorkflow(facts, packaged)
  const tables = packaged.map(proposeTable)
  return {
    changes: [...workflow.changes, ...tables.flatMap(({ changes }) => changes)],
    reasons: [...reasons, ...workflow.reasons, ...tables.flatMap(({ reasons }) => reasons)],
    missing: [...packaged.flatMap(missingOf), ...sameNames(packaged)],
  }
}

/** The repository itself where it is a project that starts, else its folders that do; what starts nothing is a library. */
function chosen(projects: readonly InitProject[]): { readonly packaged: readonly InitProject[]; readonly left: readonly InitProject[] } {
  const starts = ({ start, startExtra, startPackage }: InitProject) => Boolean(start.command ?? start.advice ?? startExtra ?? startPackage)
  const root = projects.find(({ folder }) => folder === '.')
  if (projects.length === 1 || (root && starts(root))) return { packaged: root ? [root] : projects, left: [] }
  const apps = projects.filter(starts)
  if (apps.length === 0) return { packaged: root ? [root] : projects, left: [] }
  return { packaged: apps, left: projects.filter((one) => !apps.includes(one) && one !== root) }
}

function projectReason({ folder, name, definedBy, django, start }: InitProject): string {
  const where = folder === '.' ? '' : ` in ${folder}`
  const tool = start.command?.tool ? 'a command line tool' : undefined
  const what = django ? 'a Django site' : (tool ?? (start.command ? 'an application' : 'a project'))
  const how = start.command ? `: it starts by ${start.command.from}, which is found without a setting` : ''
  return `${name} (${definedBy}${where}) is ${what}${how}`
}

function proposeWorkflow(facts: InitFacts, projects: readonly InitProject[]): Pick<Proposal, 'changes' | 'reasons'> {
  const { workflows, otherForge, branch } = facts
  const own = [...workflows].find(([, text]) => usesAction(text))?.[0]
  if (own) return { changes: [], reasons: [`${own} has a step of pypackager: no workflow is added`] }
  if (otherForge && workflows.size === 0) {
    return {
      changes: [],
      reasons: [`${otherForge} is of another forge: docs/pipelines.md has the job to paste, no workflow of GitHub is added`],
    }
  }
  const [only] = projects
  const tests = new Set(projects.map((project) => project.tests))
  const test = tests.size === 1 ? only?.tests : undefined
  const gitVersion = projects.some((project) => project.gitVersion)
  const free = ['package', 'pypackager', 'pypackager-image']
    .map((name) => `.github/workflows/${name}.yml`)
    .find((file) => !workflows.has(file))
  const path = free ?? '.github/workflows/pypackager-package.yml'
  const after = renderWorkflow({ branch: branch.name, folders: projects.map(({ folder }) => folder), test, gitVersion })
  const reasons = [
    `${path}: made on pull requests, pushed to ghcr.io from ${branch.name} (${branch.from}) and on tags such as v1.2.3`,
    ...(projects.length > 1
      ? [`a job for each of ${projects.map(({ folder }) => folder).join(', ')}, which makes an image only if it would be another one`]
      : []),
    ...(test ? [`tests: python -m pytest in the test image, as ${test} has pytest; if they fail nothing is pushed`] : []),
    ...(gitVersion ? ['fetch-depth: 0, as the version comes from git'] : []),
  ]
  return { changes: [{ path, before: undefined, after }], reasons }
}

/** What gives a project its start, where nothing of its own does. */
function wantedSettings({ start, startExtra, startPackage }: InitProject): TableSettings {
  if (start.command) return {}
  if (startExtra) return { extras: [startExtra] }
  if (startPackage) return { packages: [startPackage] }
  return start.advice ? { command: start.advice } : {}
}

/** What no file of the project says and it needs. */
function proposeTable(project: InitProject): Pick<Proposal, 'changes' | 'reasons'> {
  const { folder, start, startExtra, python, pyproject } = project
  const path = folder === '.' ? 'pyproject.toml' : `${folder}/pyproject.toml`
  const starting = wantedSettings(project)
  const after = addSettings(pyproject, { ...(python && { 'python-version': python.version }), ...starting })
  if (after === undefined) return { changes: [], reasons: [`${path}: nothing has to be set in [tool.pypackager]`] }
  const why = startExtra ? `the extra ${startExtra} has what serves the application` : start.why
  const reasons = [...(python ? [['python-version', python.why]] : []), ...Object.keys(starting).map((name) => [name, why])]
  return {
    changes: [{ path, before: pyproject, after }],
    reasons: reasons.map(([name, because]) => `${path}: ${name} in [tool.pypackager], as ${because}`),
  }
}

/** Images are named after their projects. */
function sameNames(projects: readonly InitProject[]): readonly string[] {
  const twice = projects.filter(({ name }, i) => projects.findIndex((other) => other.name === name) < i)
  return [...new Set(twice.map(({ name }) => name))].map(
    (name) => `several projects are called ${name}, and so would be their images. Set image-name in [tool.pypackager] of each.`,
  )
}

function missingOf({ name, start, startExtra, startPackage }: InitProject): readonly string[] {
  return start.command || start.advice || startExtra || startPackage ? [] : [`${name} has no start command: ${start.why}. ${start.next}`]
}
