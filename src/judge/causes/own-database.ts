import { neededFlags } from '../../plan/start/how-to-run.ts'
import { TAKE_SOURCE } from '../../plan/start/start-place.ts'
import type { DatabaseVariable } from '../../project/application/database-variable.ts'
import type { Check, Keeping } from '../checks/check.ts'
import { DJANGO_SILENT } from '../checks/start-checks.ts'

/** A database that is a file of the container, and what moves it. */
export interface OwnDatabase {
  /** Absolute, in the image; `:memory:` where it is a process's own. */
  readonly file: string
  /** Undefined where none is known. */
  readonly variable: DatabaseVariable | undefined
  /** Names the volume that is proposed. */
  readonly image: string
  /** The image's user may not write its folder: a fresh volume there would be root's, too. */
  readonly shut?: boolean
}

const MEMORY = ':memory:'
/** Of which the next release sees that the variable moves it. */
const SETTING = '"NAME": os.environ.get("DATABASE_PATH", BASE_DIR / "db.sqlite3")'

/** Where it goes: a folder of the machine, outside the project, as the source in the next image has all that lies in there. */
const FOLDER = '/data'

/** A folder that has its name of what is kept in it, and holds no code. */
const OF_DATA = /\/(?:data|db|databases?|storage|var|instance)$/

/** A folder of installed packages, which nobody may write to but their installer. */
export function isOfPackages(folder: string): boolean {
  return /\/(?:site|dist)-packages(?:\/|$)/.test(folder)
}

/** Options of `pypackager run` with which such a database outlives its container. */
export function keepDatabase({ file, variable, image }: OwnDatabase): Keeping {
  const at = `${FOLDER}/${file === MEMORY ? 'db.sqlite3' : file.slice(file.lastIndexOf('/') + 1)}`
  if (variable) {
    const value = { path: at, address: `sqlite:///${at}`, folder: FOLDER }[variable.form]
    return { options: `-v ~/${image}-data:${FOLDER} -e ${variable.name}=${value}` }
  }
  const folder = file.slice(0, file.lastIndexOf('/')) || '/'
  return OF_DATA.test(folder) ? { options: `-v ~/${image}-data:${folder}` } : { options: `-v ${image}:${folder}`, volume: image }
}

/** What is said of a volume that holds more than the database. @returns '' for one that does not */
export function volumeAdvice({ volume }: Keeping): string {
  return volume === undefined
    ? ''
    : `That is for a try: the volume ${volume} keeps the code of this image too, which the next release does not change, and "docker volume rm ${volume}" removes both. For one that stays, let the settings say: ${SETTING}`
}

/**
 * A start whose database goes with its container, as do the tables that `manage migrate` makes in another one.
 * @param mounted folders that a volume is mounted over, absolute
 */
export function withOwnDatabase(checks: readonly Check[], own: OwnDatabase | undefined, mounted: readonly string[] = []): readonly Check[] {
  if (!own || mounted.some((folder) => own.file.startsWith(`${folder}/`))) return checks
  if (own.file === MEMORY && !own.variable) return checks
  const place =
    own.file === MEMORY ? 'database is in the memory of each process alone' : `database ${own.file} is a file of each container alone`
  const keeps = keepDatabase(own)
  const advice = volumeAdvice(keeps)
  return checks.map((check) => {
    if (check.name !== 'start' || check.state === 'undone') return check
    if (own.shut && !own.variable) {
      const folder = own.file.slice(0, own.file.lastIndexOf('/'))
      const among = isOfPackages(folder) ? `, beside installed packages: ${TAKE_SOURCE}` : `. Set writable: ${folder}`
      const next = `The user of the image may not write ${folder}, where its database is${among}`
      return check.state === 'passed' ? { ...check, shut: folder } : { ...check, shut: folder, next }
    }
    const line = `pypackager manage ${keeps.options}${neededFlags([check])} migrate`
    const text = `${place}. ${keeps.volume === undefined ? 'To have one that stays' : 'To have one for several containers'}: ${line}, and pypackager run with the same options.${advice && ` ${advice}`}`
    const kept = { ...check, keeps }
    if (check.cause === 'database' && /no such table/.test(check.said ?? '')) return { ...kept, next: `Its ${text}` }
    return check.cause === 'silent' ? { ...kept, next: `${DJANGO_SILENT} If this page reads the database: its ${text}` } : kept
  })
}
