import { jsonText } from '../../effects/log/log-line.ts'
import { FLAGS, SETTINGS } from '../../inputs/flags.ts'
import type { Rows } from '../../inputs/row.ts'
import type { Setting } from '../../inputs/settings.ts'
import { TABLE } from '../../inputs/table.ts'
import type { Inputs } from '../../inputs.ts'
import { type RunPlan, renderProject } from '../../plan/run-plan.ts'
import { tagLines } from '../../plan/tags/tag-list.ts'
import { expectsCompiler } from '../../plan/wheels/wheel-plan.ts'
import { type ExpectedStart, expectedStart } from '../../run/images/expected-start.ts'
import { makePlan } from '../../run/prepare/make-plan.ts'
import { readMember } from '../../run/prepare/workspace-members.ts'
import { readManifests } from '../../run/wheelhouse-folder/wheel-files.ts'
import { refuseUnknown } from '../../run/wheels/unknown-names.ts'
import { withoutLogin, withoutLogins } from '../../text/addresses.ts'
import { laptopWords } from '../laptop-words.ts'
import { EXIT } from '../usage.ts'
import type { Job } from './job.ts'

/** `plan`: each setting with where it comes from, and what would be made. Nothing is built. */
export async function showPlan(job: Job): Promise<number> {
  const { inputs, world, runner, untrusted, call, around, log } = job
  const told: string[] = []
  const quiet = { ...log, info: () => {}, notice: (text: string) => void told.push(text) }
  const plan = await makePlan(inputs, { ...world, log: quiet }, runner)
  const { pyproject } = await readMember({ files: world.files, top: world.context.workspace }, world.paths.project)
  refuseUnknown(world, inputs, plan.project, pyproject)
  const compiles = expectsCompiler(plan.project, await readManifests(world))
  const start = inputs.dockerfile ? undefined : await expectedStart(world, plan, inputs, await runner.sourcePaths(world.paths.project))
  const rows = settingRows(job, plan, start)
  const made = madeRows(inputs, plan, { compiles, start })
  if (call.json) around.stdout.write(`${planJson(rows, made, plan)}\n`)
  else {
    const unset = SETTINGS.filter((name) => !rows.some(([row]) => row === name) && FLAGS.some((flag) => flag.input === name))
    const lines = [
      `Settings of ${plan.project.name} (${plan.project.definedBy}${plan.project.folder === '.' ? '' : ` in ${plan.project.folder}`})`,
      ...table(rows.map(([name, { value, from }]) => [name, oneLine(value), `(${from})`])),
      `  not set: ${unset.join(', ')}`,
      '',
      'pypackager release would make',
      ...table(made),
      '',
      ...tagLines(plan).map((line) => line.replace(/^# /, '')),
    ]
    for (const line of lines) log.info(line)
    for (const notice of told) log.notice(notice)
    if (untrusted) {
      log.notice(
        `${[...untrusted.needed.keys()].join(', ')} of ${untrusted.file} take your word: --trust-project, or an answer in a terminal.`,
      )
    }
  }
  return EXIT.done
}

type Shaping = Pick<Inputs, 'requirements' | 'wheelhouse' | 'user' | 'dockerfile'>
type SettingRow = readonly [name: string, setting: Setting]
type MadeRow = readonly [what: string, value: string, from: string]

/** Every setting that has a value: the given ones, then what the plan makes of those that are not. */
export function settingRows(
  { settings, inputs, world }: Pick<Job, 'settings' | 'inputs' | 'world'>,
  plan: RunPlan,
  start: ExpectedStart | undefined,
): readonly SettingRow[] {
  const derived: Readonly<Record<string, Setting | undefined>> = {
    ...derivedSettings(inputs, plan, world.context.ref),
    command: start && commandSetting(start, plan),
  }
  return FLAGS.flatMap(({ input }): readonly SettingRow[] => {
    const given = settings.get(input)
    if (given && given.value !== '') return [[input, shown(input, given)]]
    const found = derived[input] ?? DEFAULTS[input]
    return found && found.value !== '' ? [[input, found]] : []
  })
}

/** What the project, git and this machine say where no setting does. */
function derivedSettings(inputs: Pick<Inputs, 'imageName'>, plan: RunPlan, ref: string): Readonly<Record<string, Setting | undefined>> {
  const image = inputs.imageName || plan.repository.path.split('/').at(-1) || ''
  const namespace = plan.repository.path.slice(0, -image.length).replace(/\/$/, '')
  const { project, settings, newest } = plan
  const told = (value: string, from: string): Setting => ({ value, from })
  return {
    namespace: namespace ? told(namespace, 'the owner of the repository') : undefined,
    'image-name': told(image, project.nameFrom),
    version: told(plan.tags.tags.join(', '), ref ? `the ref ${ref}` : 'outside a workflow'),
    'python-version': plan.python === undefined ? undefined : told(plan.python, plan.pythonFrom),
    'parent-image': told(plan.parent, 'python-version'),
    requirements:
      project.requirements &&
      told(project.requirements.files.join(', '), project.lock ? `left aside for ${project.lock.file}, as nobody names them` : 'found'),
    'exclude-newer': told(newest.day, plan.revision ? "the commit's date" : 'today'),
    'index-url': settings.indexUrl ? told(withoutLogin(settings.indexUrl), "pip's or uv's settings") : undefined,
    'extra-index-urls':
      settings.extraIndexUrls.length > 0
        ? told(settings.extraIndexUrls.map(withoutLogin).join(', '), "pip's or uv's settings, or pyproject.toml")
        : undefined,
    'ca-bundle': settings.ca ? told("this machine's", 'SSL_CERT_FILE or NODE_EXTRA_CA_CERTS') : undefined,
  }
}

/** The start command as one would write it, and where it comes from. */
function commandSetting({ start, sure }: ExpectedStart, { project }: RunPlan): Setting | undefined {
  if (!start.command) return undefined
  const line = startLine(start.command.argv)
  return {
    value: project.start && typeof project.start.line === 'string' ? project.start.line : line,
    from: from(start.command.from, sure),
  }
}

function from(what: string, sure: boolean): string {
  return sure ? what : `most likely, by ${what}; decided when the wheels are there`
}

/** Without the shell that a line is given to, and its exec. */
function startLine(argv: readonly string[]): string {
  const [program, flag, line = ''] = argv
  return program === 'sh' && flag === '-c' && argv.length === 3 ? line.replace(/\bexec /, '') : shownWords(argv)
}

function shownWords(argv: readonly string[]): string {
  return argv.every((word) => /^[\w@%+=:,./-]+$/.test(word)) ? argv.join(' ') : JSON.stringify(argv)
}

function madeRows(
  inputs: Shaping,
  plan: RunPlan,
  { compiles, start }: { readonly compiles: boolean; readonly start: ExpectedStart | undefined },
): readonly MadeRow[] {
  const { names, tags, project } = plan
  const version = plan.suffix ? tags.primary.slice(0, -plan.suffix.length) : tags.primary
  const lock = inputs.requirements.length > 0 ? project.requirementsLock : (project.lock ?? project.requirementsLock)
  return [
    ['base', `${names.base}:${version}`, `from ${plan.parent}`],
    ['builder', `${names.builder}:${version}`, compiles ? 'something is known to need a compiler' : 'if something must be compiled'],
    [
      'wheels',
      `${inputs.wheelhouse}/`,
      lock ? `the packages of ${lock.file}` : `resolved from ${project.definedBy}, nothing newer than ${plan.newest.day}`,
    ],
    ...tags.tags.map((tag): MadeRow => ['release', `${names.release}:${tag}`, `runs as ${inputs.user}; ${startOf(inputs, start)}`]),
  ]
}

/** How the image will start, as far as it is known before there are wheels. */
function startOf({ dockerfile }: Pick<Inputs, 'dockerfile'>, expected: ExpectedStart | undefined): string {
  if (!expected) return `made by ${dockerfile}`
  const { start, sure } = expected
  if (start.command) return `${sure ? 'starts' : 'most likely starts'} by ${start.command.from}`
  return `${sure ? 'without a start command' : 'most likely without a start command'}: ${start.why}. ${laptopWords(start.next)}`
}

function planJson(rows: readonly SettingRow[], made: readonly MadeRow[], plan: RunPlan): string {
  const would = made.map(([what, name, from]) => ({ what, name, from }))
  return jsonText({ settings: Object.fromEntries(rows), would, dockerfile: renderProject(plan, plan.buildPackages) }, 2)
}

/** What an empty input stands for. */
const DEFAULTS: Readonly<Record<string, Setting>> = Object.fromEntries(
  Object.entries(TABLE as Rows).flatMap(([name, row]) => (row.default ? [[name, { value: row.default, from: 'default' }]] : [])),
)

function shown(input: string, setting: Setting): Setting {
  return /index-url/.test(input) ? { ...setting, value: withoutLogins(setting.value) } : setting
}

function oneLine(value: string): string {
  return value.split('\n').join(', ')
}

function table(rows: readonly (readonly [string, string, string])[]): readonly string[] {
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  return rows.map(([first, second, third]) =>
    `  ${first.padEnd(widths[0] ?? 0)}  ${second.padEnd(Math.min(widths[1] ?? 0, 44))}  ${third}`.trimEnd(),
  )
}
