import { OF_SYSTEM } from '../../inputs/system-folders.ts'
import type { Inputs } from '../../inputs.ts'
import { WORK } from '../start/start-place.ts'
import { DEPENDENCIES_EPOCH } from './dockerfile.ts'
import {
  assignments,
  bare,
  bind,
  dockerfile,
  execForm,
  joined,
  NOTHING,
  pairs,
  type Rendered,
  secret,
  shellWord,
  whole,
} from './dockerfile-words.ts'
import { renderHealthcheck } from './healthcheck.ts'

export interface ReleaseStages {
  /** The application has no wheel: its source goes to /app as it is. */
  readonly sourceOnly: boolean
  /** Debian packages that the release needs beyond base. */
  readonly packages: readonly string[]
  readonly epoch: number
  readonly uid: number
  readonly gid: number
  /** The folder that it starts in, absolute. */
  readonly folder: string
  /** Modules that the start command imports. */
  readonly modules: readonly string[]
  /** Modules that its server imports when it starts, where they are there. */
  readonly late: readonly string[]
  /** Variables that its key comes from, which the trial gives a value where they have none. */
  readonly keys: readonly string[]
  /** Absolute paths that its user may write to, beside those that are found. */
  readonly writable: readonly string[]
  readonly bytecode: Inputs['bytecode']
  /** Django's, where it is a Django site. */
  readonly settings: string | undefined
  /** The variable that chooses them where the image runs: then it does not name them. */
  readonly settingsBy?: string | undefined
  readonly collectstatic: Inputs['collectstatic']
  /** A short hash of the variables that the trial alone gets, as a secret; undefined for none. */
  readonly trialEnv: string | undefined
  readonly healthcheck: string
  readonly env: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly command: readonly string[] | undefined
}

/** The last layers, which change with the source: byte code of dependencies as far as it imports them, folders of its user, and the application. */
export const CHANGES = ['bytecode', 'static', 'app'].map((part) => dockerfile`COPY --from=trial /srv/${bare(part)}/ /\n`)

/** From `system` to `release`: everything offline, and the release of COPY steps alone. */
export function renderRelease(plan: ReleaseStages): Rendered {
  const system = plan.packages.length > 0
  return dockerfile`${system ? renderSystem() : NOTHING}
# dependencies, installed from the wheelhouse
FROM \${BASE} AS dependencies
RUN ${bind('stages/install', '/mnt')} ${bind('/', '/media', { from: 'tools' })} ${bind('wheels', '/opt')} \\
    SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} python /mnt/install.py

# byte code of what the last trial imported of them
FROM \${BASE} AS ahead
RUN ${bind('stages/install', '/mnt')} ${bind('/srv/tree', '/media', { from: 'dependencies' })} ${bind('imported', '/opt')} \\
    PYTHONHASHSEED=0 python -B /mnt/ahead.py

# the application, imported once: byte code for what that touched, static files collected
FROM ${system ? dockerfile`system` : dockerfile`\${BASE}`} AS trial
RUN ${bind('stages/install', '/srv/stage')} ${bind('/', '/media', { from: 'tools' })} ${bind('/srv/tree', '/srv/dependencies', { from: 'dependencies', rw: true })} \\
    ${bind('/', '/srv/image', { from: system ? 'system' : 'dependencies' })} ${bind('/srv/ahead', '/srv/ahead', { from: 'ahead' })} ${plan.sourceOnly ? bind('source', '/opt') : bind('/srv/out', '/opt', { from: 'app-wheel' })} \\
    ${trialEnvironment(plan)}\\
    MODULES=${shellWord(plan.modules.join(' '))} LATE=${shellWord(plan.late.join(' '))} OF_SYSTEM=${shellWord(OF_SYSTEM.source)} APP_UID=${whole(plan.uid)} APP_GID=${whole(plan.gid)} SOURCE_DATE_EPOCH=${whole(plan.epoch)} DEPENDENCIES_EPOCH=${whole(DEPENDENCIES_EPOCH)} \\
    python -I -S -B /srv/stage/trial.py

# what the trial says to the user: the log has it only where this step was run
FROM scratch AS said
COPY --from=trial /srv/said/ /

# the layers that a change of the source makes, by themselves: the checks read these
FROM scratch AS changes
${joined(CHANGES)}
# the release: copies alone, so that the same content is the same layer
FROM \${BASE} AS release
${system ? dockerfile`COPY --from=system /srv/tree/ /\n` : NOTHING}COPY --from=dependencies /srv/tree/ /
${joined(CHANGES)}${pairs('ENV', { ...(plan.settings && !plan.settingsBy ? { DJANGO_SETTINGS_MODULE: plan.settings } : {}), ...plan.env })}${asksForPort(plan) ? PORT : NOTHING}${pairs('LABEL', plan.labels)}USER ${whole(plan.uid)}:${whole(plan.gid)}
${renderHealthcheck(plan.healthcheck)}${plan.command ? dockerfile`CMD ${execForm(plan.command)}\n` : dockerfile`# no CMD: no start command was found\n`}`
}

/** What hosts of containers set, and Procfiles expect. A parent's own stays. */
const PORT = dockerfile`ENV PORT=\${PORT:-8000}\n`

function asksForPort({ command, env }: ReleaseStages): boolean {
  return command !== undefined && !('PORT' in env)
}

/** Options and programs by which the start command serves static files itself: uWSGI's, Granian's, a web server. */
const SERVES_STATIC = /--(?:static-map2?|check-static|static-path-mount)\b|\b(?:nginx|caddy)\b/

/** What the trial is told: the image's own variables, those that it alone gets, and what it is to do. */
function trialEnvironment(plan: ReleaseStages): Rendered {
  const told = {
    ...(plan.sourceOnly && { SOURCE_ONLY: 'yes' }),
    ...(plan.folder !== WORK && { START_FOLDER: plan.folder }),
    ...(asksForPort(plan) && { PORT: '8000' }),
    ...plan.env,
    ...(plan.settings && { DJANGO_SETTINGS_MODULE: plan.settings, STATIC: plan.collectstatic }),
    ...(plan.settings && plan.command?.some((word) => SERVES_STATIC.test(word)) && { STATIC_SERVED: 'yes' }),
    KEYS: plan.keys.join(' '),
    ...(plan.writable.length > 0 && { WRITABLE: plan.writable.join(' ') }),
    ...(plan.bytecode !== 'used' && { BYTECODE: plan.bytecode }),
    ...(plan.trialEnv && { TRIAL_ENV: plan.trialEnv }),
  }
  return dockerfile`${plan.trialEnv ? dockerfile`${secret('env', '/run/env')} ` : NOTHING}${assignments(told)}`
}

function renderSystem(): Rendered {
  return dockerfile`
# run-time libraries, installed from the kept files
FROM \${BASE} AS system
RUN ${bind('stages/system', '/mnt')} ${bind('debian', '/opt')} SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} sh /mnt/install.sh
`
}
