import { UserError } from '../errors.ts'
import { didYouMean } from '../project/names.ts'
import type { Table } from '../project/toml.ts'
import { FILE_SETTINGS, SETTINGS, whyNoFlag } from './flags.ts'

/** The text of one input, and where it comes from. */
export interface Setting {
  readonly value: string
  /** In words, such as `--port` or `pyproject.toml`. */
  readonly from: string
}

/** Answers for an input, where it has an answer. */
export type Resolver = (input: string) => Setting | undefined

type Environment = Readonly<Record<string, string | undefined>>

/** The first answer counts, whole: values of several resolvers are never joined. */
export function resolveSettings(resolvers: readonly Resolver[]): ReadonlyMap<string, Setting> {
  return new Map(
    [...SETTINGS, 'target', 'push'].flatMap((input) => {
      for (const resolver of resolvers) {
        const setting = resolver(input)
        if (setting) return [[input, setting] as const]
      }
      return []
    }),
  )
}

/** What the verb itself says. */
export function byVerb(verb: string, values: Readonly<Record<string, string>>): Resolver {
  return (input) => (values[input] === undefined ? undefined : { value: values[input], from: `pypackager ${verb}` })
}

/** What is given on the command line, an empty value too. */
export function byFlags(flags: ReadonlyMap<string, string>, shown: (input: string) => string): Resolver {
  return (input) => {
    const value = flags.get(input)
    return value === undefined ? undefined : { value, from: shown(input) }
  }
}

/** `PYPACKAGER_IMAGE_NAME` and the like; an empty one is none. */
export function byEnvironment(env: Environment): Resolver {
  return (input) => {
    const name = `PYPACKAGER_${input.toUpperCase().replaceAll('-', '_')}`
    return env[name] ? { value: env[name], from: name } : undefined
  }
}

/** The variables of the original Makefile. The three lists have blanks between their items. */
export const OLD_NAMES: Readonly<Record<string, { readonly name: string; readonly list?: true }>> = {
  namespace: { name: 'REPO_NS' },
  version: { name: 'REPO_VERSION' },
  'image-name': { name: 'IMAGE_NAME' },
  ports: { name: 'PORTS', list: true },
  volumes: { name: 'VOLUMES', list: true },
  env: { name: 'ENV_VARS', list: true },
}

export function byOldNames(env: Environment): Resolver {
  return (input) => {
    const old = OLD_NAMES[input]
    const value = old && env[old.name]?.trim()
    return old && value ? { value: old.list ? value.split(/\s+/).join('\n') : value, from: old.name } : undefined
  }
}

/** Inputs whose lines are NAME=value: pyproject.toml may write them as a table. */
const PAIRS = ['env', 'image-env', 'labels']

/**
 * The table [tool.pypackager] of pyproject.toml: inputs by their names, lists as lists.
 * @param file as errors name it
 * @throws UserError for a key that is no setting, and for a value that cannot be one
 */
export function byFile(file: string, table: Table): Resolver {
  const settings = new Map(Object.entries(table).map(([key, value]) => [key, textOf(file, key, value)]))
  return (input) => {
    const value = settings.get(input)
    // Read with the project: a Procfile goes before it.
    return value === undefined || input === 'command' ? undefined : { value, from: file }
  }
}

/**
 * Versions that are resolved stay as the wheelhouse has them, until `build` is asked again: so a release needs no index.
 * @param day the bound of the lock that is kept; undefined where none is
 */
export function byWheelhouse(day: string | undefined): Resolver {
  return (input) => (input === 'exclude-newer' && day ? { value: day, from: 'the wheelhouse' } : undefined)
}

function textOf(file: string, key: string, value: unknown): string {
  if (!FILE_SETTINGS.includes(key)) throw unknownKey(file, key)
  const fault = (legal: string) =>
    new UserError('inputs', `${key} in ${file} [tool.pypackager] is not ${legal}`, { next: 'Fix it there.', place: { file } })
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') throw fault(`text: write ${key} = "${value}" with quotes, as 3.10 would be 3.1`)
  if (Array.isArray(value)) {
    if (!value.every((item): item is string => typeof item === 'string')) throw fault('a list of texts')
    if (key === 'command') return JSON.stringify(value)
    if (value.some((item) => item.includes('\n'))) throw fault('a list of texts of one line each')
    return value.join('\n')
  }
  const entries = typeof value === 'object' && value !== null && PAIRS.includes(key) ? Object.entries(value) : []
  if (entries.length === 0 || !entries.every(([, item]) => typeof item === 'string' && !item.includes('\n'))) {
    throw fault(PAIRS.includes(key) ? 'a list of NAME=value or a table of texts' : 'text or a list of texts')
  }
  return entries.map(([name, item]) => `${name}=${item}`).join('\n')
}

function unknownKey(file: string, key: string): UserError {
  const why = whyNoFlag(key) ?? (key === 'path' ? 'it is what says where this file is' : undefined)
  const near = didYouMean(key, FILE_SETTINGS)
  return new UserError('inputs', `${file} [tool.pypackager] has the key "${key}", which is ${why ? 'not set there' : 'no setting'}`, {
    next: why
      ? `${why.charAt(0).toUpperCase()}${why.slice(1)}.`
      : near
        ? `Did you mean ${near}?`
        : 'Keys are the names of inputs: pypackager --help shows them.',
    place: { file },
  })
}
