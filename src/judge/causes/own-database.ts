import { neededFlags } from '../../plan/start/how-to-run.ts'
import type { DatabaseVariable } from '../../project/application/database-variable.ts'
import type { Check } from '../checks/check.ts'
import { DJANGO_SILENT } from '../checks/start-checks.ts'

/** A database that is a file of the container, and what moves it. */
export interface OwnDatabase {
  /** Absolute, in the image. */
  readonly file: string
  /** Undefined where none is known. */
  readonly variable: DatabaseVariable | undefined
  /** Names the volume that is proposed. */
  readonly image: string
}

/** Where it goes: a folder of the machine. */
const FOLDER = '/data'

/** Options of `pypackager run` with which such a database outlives its container, and what they take. */
export function keepDatabase({ file, variable, image }: OwnDatabase): { readonly options: string; readonly why: string } {
  const base = file.slice(file.lastIndexOf('/') + 1)
  const at = `${FOLDER}/${base}`
  if (variable) {
    const value = variable.address ? `sqlite:///${at}` : at
    return { options: `-v .${FOLDER}:${FOLDER} -e ${variable.name}=${value}`, why: '' }
  }
  const folder = file.slice(0, file.lastIndexOf('/')) || '/'
  return {
    options: `-v ${image}:${folder}`,
    why: ` (a volume that keeps all of ${folder}, its code too: better let the settings take the path from the environment)`,
  }
}

/**
 * A start whose database goes with its container, as do the tables that `manage migrate` makes in another one.
 * @param mounted folders that a volume is mounted over, absolute
 */
export function withOwnDatabase(checks: readonly Check[], own: OwnDatabase | undefined, mounted: readonly string[] = []): readonly Check[] {
  if (!own || mounted.some((folder) => own.file.startsWith(`${folder}/`))) return checks
  const { options, why } = keepDatabase(own)
  const { file } = own
  return checks.map((check) => {
    if (check.name !== 'start' || check.state === 'undone') return check
    const line = `pypackager manage ${options}${neededFlags([check])} migrate`
    const text = `database ${file} is a file of each container alone. To have one that stays: ${line}${why}, and pypackager run with the same options.`
    const kept = { ...check, keeps: options }
    if (check.cause === 'database' && /no such table/.test(check.said ?? '')) return { ...kept, next: `Its ${text}` }
    return check.cause === 'silent' ? { ...kept, next: `${DJANGO_SILENT} If this page reads the database: its ${text}` } : kept
  })
}
