import { type Check, failed, listed, passed, undone } from './checks.ts'
import { type Answers, GIVE, mend } from './import-fault.ts'

/** Lines of `stages/check/django_site.py`. */
interface Line {
  readonly section: string
  readonly fault?: string | null
  readonly count?: number
  readonly faults?: readonly { readonly app: string; readonly own: boolean; readonly fault: string }[]
  readonly undone?: string
  readonly found?: unknown
}

interface Migrations {
  readonly labels: readonly string[]
  readonly pending: boolean
  readonly changes: readonly string[]
  /** Apps with models and without a folder of migrations. */
  readonly without: readonly string[]
}

/** What a Django site says of itself. @param answers null where the image holds none */
export function siteChecks(answers: Answers<unknown> | null): readonly Check[] {
  if (!answers) return []
  const lines = answers.lines as readonly Line[]
  const of = (section: string) => lines.find((line) => line.section === section)
  const end = answers.end ?? 'nothing was answered'
  const settings = of('settings')
  const setup = of('setup')?.fault
  const broken = settings?.fault ? `the settings cannot be loaded: ${settings.fault}` : settings ? undefined : end
  const apps = broken ? undone('apps', 'installed apps', broken, GIVE) : appsCheck(of('apps'), end)
  const later = broken ?? (setup ? `the site cannot be set up: ${setup}` : undefined)
  if (later) return [apps, undone('migrations', 'migrations', later), undone('deploy', 'check --deploy', later)]
  return [apps, migrationsCheck(of('migrations'), end), deployCheck(of('deploy'), end)]
}

function appsCheck(line: Line | undefined, end: string): Check {
  if (!line) return undone('apps', 'installed apps', end, GIVE)
  const faults = line.faults ?? []
  const worst = faults.find(({ own }) => own) ?? faults[0]
  if (!worst) return passed('apps', `every installed app can be imported (${line.count})`)
  const text = `the installed app ${worst.app} cannot be imported: ${worst.fault}`
  return failed('apps', text, mend(worst.fault), worst.own ? 'error' : 'warning')
}

function migrationsCheck(line: Line | undefined, end: string): Check {
  if (!line || line.undone !== undefined) return undone('migrations', 'migrations', line?.undone ?? end)
  const { labels, pending, changes, without } = line.found as Migrations
  const next = 'Run manage.py makemigrations and commit what it writes.'
  if (pending) return failed('migrations', `models have changes without a migration: ${listed(changes) || listed(labels)}`, next)
  if (without.length > 0) return failed('migrations', `${listed(without)} has models and no migrations`, next)
  if (labels.length === 0) return passed('migrations', 'no app of the project has migrations')
  return passed('migrations', `migrations are complete (${listed(labels)})`)
}

function deployCheck(line: Line | undefined, end: string): Check {
  if (!line || line.undone !== undefined) return undone('deploy', 'check --deploy', line?.undone ?? end)
  const found = line.found as readonly { readonly id: string; readonly text: string }[]
  const [first] = found
  if (!first) return passed('deploy', 'check --deploy finds nothing')
  const many = `check --deploy finds ${found.length}: ${listed(
    found.map(({ id, text }) => id || text),
    6,
  )}`
  const text = found.length === 1 ? `check --deploy: ${first.id} ${first.text}` : many
  return failed('deploy', text, 'manage.py check --deploy explains them; SILENCED_SYSTEM_CHECKS takes the ones that are meant.')
}
