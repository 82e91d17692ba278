import * as v from 'valibot'
import { listOf, said, size } from '../../grammar.ts'
import type { DatabaseVariable } from '../../project/application/database-variable.ts'
import { listed } from '../../text/words.ts'
import { mend, wanting } from '../causes/import-fault.ts'
import { type Check, type CheckName, failed, passed, undone } from './check.ts'

const text = said(2000)
const NAMES = listOf(said(200), 1000)
/** As a shell takes it unquoted. */
const VARIABLE = v.pipe(v.string(), v.regex(/^[A-Za-z_]\w{0,99}$/))
const UNDONE = { undone: text }
const FOUND = v.object({ id: said(100), text: said(500) })
/** Apps with models and without a folder of migrations are `without`. */
const MIGRATIONS = v.object({ labels: NAMES, pending: v.boolean(), changes: NAMES, without: NAMES })
const APP_FAULTS = listOf(v.object({ app: said(200), own: v.boolean(), fault: text }), 1000)

/** Variables of the environment that move a setting, and how they are written. */
const MOVES = v.object({
  hosts: v.nullable(v.object({ name: VARIABLE, form: v.picklist(['comma', 'blank', 'json', 'one']) })),
  database: v.nullable(v.object({ name: VARIABLE, form: v.picklist(['path', 'address', 'folder']) })),
  plain: v.optional(v.nullable(v.object({ name: VARIABLE, value: v.picklist(['False', '0']) }))),
})

/** Lines of `stages/check/django_site.py`, each with an answer, with why the site cannot be set up, or with why there is none. */
export const siteLine = v.union([
  v.object({
    section: v.literal('settings'),
    fault: v.nullable(text),
    files: v.optional(listOf(said(4096), 10)),
    /** Folders of those that the image's user may not write. */
    shut: v.optional(listOf(said(4096), 10)),
    /** ALLOWED_HOSTS where localhost is not among them. */
    hosts: v.optional(v.nullable(listOf(said(300), 20))),
    /** SECURE_SSL_REDIRECT. */
    secure: v.optional(v.boolean()),
    /** What a node build would have made, where it is not there. */
    manifests: v.optional(listOf(said(1000), 5)),
    moves: v.optional(MOVES),
  }),
  v.object({ section: v.literal('apps'), count: size, faults: APP_FAULTS }),
  v.object({ section: v.literal('migrations'), found: MIGRATIONS }),
  v.object({ section: v.literal('deploy'), found: listOf(FOUND, 10_000), lent: v.optional(v.boolean()) }),
  v.object({ section: v.picklist(['migrations', 'deploy']), setup: text }),
  v.object({ section: v.picklist(['settings', 'apps', 'migrations', 'deploy']), ...UNDONE }),
])
export type SiteLine = v.InferOutput<typeof siteLine>
type Section = SiteLine['section']

/** Databases of a site that are files, by their absolute paths; `:memory:` for one of a process alone. */
export function databaseFiles(lines: readonly SiteLine[] | null): readonly string[] {
  return lines?.flatMap((one) => (one.section === 'settings' && 'files' in one ? (one.files ?? []) : [])) ?? []
}

/** Whether the image's user may not write the folder of a database. */
export function isShut(lines: readonly SiteLine[] | null, file: string): boolean {
  const folder = file.slice(0, file.lastIndexOf('/'))
  return lines?.some((one) => one.section === 'settings' && 'shut' in one && one.shut?.includes(folder)) === true
}

/** The variable that was seen to move its database. @returns undefined where none is known */
export function movesDatabase(lines: readonly SiteLine[] | null): DatabaseVariable | undefined {
  const settings = lines?.find((one) => one.section === 'settings' && 'moves' in one)
  return settings && 'moves' in settings ? (settings.moves?.database ?? undefined) : undefined
}

/** What is known of a site beside what it says. */
export interface SiteFacts {
  /** Its source is what /app holds. */
  readonly inApp?: boolean
  /** The line that builds its front end. */
  readonly nodeBuild?: string | undefined
}

/** What a Django site says of itself. @param lines null where the image holds none */
export function siteChecks(lines: readonly SiteLine[] | null, { inApp = false, nodeBuild }: SiteFacts = {}): readonly Check[] {
  if (!lines) return []
  const settings = lines.find((line) => line.section === 'settings')
  const whyNot = settings === undefined ? NOTHING : 'undone' in settings ? settings.undone : undefined
  const fault = settings && 'fault' in settings ? settings.fault : null
  const broken = fault === null ? whyNot && { why: whyNot } : { why: `the settings cannot be loaded: ${fault}`, said: fault }
  if (broken) return [unseen('apps', APPS, broken), unseen('migrations', 'migrations', broken), unseen('deploy', DEPLOY, broken)]
  return [appsCheck(lines), ...frontEndCheck(settings, nodeBuild), migrationsCheck(lines, inApp), deployCheck(lines)]
}

/** @see https://github.com/MrBin99/django-vite, https://github.com/django-webpack/django-webpack-loader */
function frontEndCheck(settings: SiteLine | undefined, nodeBuild: string | undefined): readonly Check[] {
  const missing = settings && 'manifests' in settings ? (settings.manifests ?? []) : []
  if (missing.length === 0) return []
  const text = `the front end is not built: its settings name ${listed(missing)}, which is not in the image; pages that use it answer 500`
  const next = `Build it, then release again: ${nodeBuild ?? 'the node build that makes that file'}`
  return [failed('apps', text, { next, level: 'warning' })]
}

const NOTHING = 'nothing was answered'
const APPS = 'installed apps'
const DEPLOY = 'check --deploy'

/** Why a section has no answer, and the site's own words in that. */
interface Reason {
  readonly why: string
  readonly said?: string
}

function reason(lines: readonly SiteLine[], section: Section): Reason {
  const line = lines.find((one) => one.section === section)
  if (line && 'setup' in line) return { why: `the site cannot be set up: ${line.setup}`, said: line.setup }
  return { why: line && 'undone' in line ? line.undone : NOTHING }
}

function unseen(name: Section & CheckName, what: string, { why, said = why }: Reason): Check {
  return undone(name, what, { why, next: name === 'apps' ? wanting(why) : '', said })
}

function appsCheck(lines: readonly SiteLine[]): Check {
  const line = lines.find((one) => 'faults' in one)
  if (!line) return unseen('apps', APPS, reason(lines, 'apps'))
  const { faults, count } = line
  const worst = faults.find(({ own }) => own) ?? faults[0]
  if (!worst) return passed('apps', `every installed app can be imported (${count})`)
  const text = `the installed app ${worst.app} cannot be imported: ${worst.fault}`
  return failed('apps', text, { next: mend(worst.fault), level: worst.own ? 'error' : 'warning', said: worst.fault })
}

function migrationsCheck(lines: readonly SiteLine[], inApp: boolean): Check {
  const line = lines.find((one) => one.section === 'migrations' && 'found' in one)
  if (!line || !('found' in line) || line.section !== 'migrations') return unseen('migrations', 'migrations', reason(lines, 'migrations'))
  const { labels, pending, changes, without } = line.found
  const next = `Run manage.py makemigrations and commit what it writes${inApp ? ': pypackager manage -v .:/app makemigrations' : '.'}`
  if (pending) return failed('migrations', `models have changes without a migration: ${listed(changes) || listed(labels)}`, next)
  if (without.length > 0) return failed('migrations', `${listed(without)} has models and no migrations`, next)
  if (labels.length === 0) return passed('migrations', 'no app of the project has migrations')
  return passed('migrations', `migrations are complete (${listed(labels)})`)
}

/** What its urls cannot import, no page can: they are loaded for the checks, and else by the first request. */
function unchecked(why: Reason): Check {
  const said = why.said ?? why.why
  return /^(?:ModuleNotFoundError|ImportError): /.test(said)
    ? failed('deploy', `the site's own checks cannot be run: ${said}`, { next: mend(said), said })
    : unseen('deploy', DEPLOY, why)
}

function deployCheck(lines: readonly SiteLine[]): Check {
  const line = lines.find((one) => one.section === 'deploy' && 'found' in one)
  if (!line || !('found' in line) || line.section !== 'deploy') return unchecked(reason(lines, 'deploy'))
  const { found, lent } = line
  const [first] = found
  // Without it a default of the source may be the key, which Django would warn of.
  const aside = lent ? " (of the key nothing: it is that of the checks' environment)" : ''
  if (!first) return passed('deploy', `check --deploy finds nothing${aside}`)
  const many = `check --deploy finds ${found.length}: ${listed(counted(found.map(({ id, text }) => id || text).sort()), 6)}`
  const text = found.length === 1 ? `check --deploy: ${first.id} ${first.text}` : many
  return failed(
    'deploy',
    `${text}${aside}`,
    'manage.py check --deploy explains them; SILENCED_SYSTEM_CHECKS takes the ones that are meant.',
  )
}

/** Each once, with how often it is there. */
function counted(names: readonly string[]): readonly string[] {
  const times = (name: string) => names.filter((one) => one === name).length
  return [...new Set(names)].map((name) => (times(name) > 1 ? `${name} (${times(name)} times)` : name))
}
