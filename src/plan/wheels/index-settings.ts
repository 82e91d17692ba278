import { UserError } from '../../errors.ts'
import { withoutEnd } from '../../project/cuts.ts'
import { lockedIndexes } from '../../project/locks/lock-formats.ts'
import type { Project } from '../../project/project.ts'
import type { RequirementFiles } from '../../project/requirements/requirement-files.ts'
import { type IndexPins, NO_PINS } from '../../project/tools/index-pins.ts'
import { type Machine, readNetrc } from '../../project/tools/netrc.ts'
import type { AskedIndex } from '../../project/tools/project-indexes.ts'
import { hostOf, plain, withoutLogin } from '../../text/addresses.ts'
import { sha256 } from '../fingerprint.ts'

/** Where packages come from. A package is taken from the first index that has it: the extra ones in their order, then the default. */
export interface Indexes {
  /** The default index, asked last; '' is uv's own. */
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
  /** Logins as netrc text, '' for none. */
  readonly netrc: string
  /** Packages that come from one index alone. */
  readonly pins?: IndexPins
}

/**
 * What a resolution depends on: the addresses in their order. Logins are no part of it, so that a new
 * password resolves nothing anew and no hash tells of it.
 * @returns sha256 in hex; '' where nothing is set
 */
export function indexPrint({ indexUrl, extraIndexUrls, pins = NO_PINS }: Indexes): string {
  const pinned = Object.entries(pins.indexes).map(([name, url]) => `${name} ${withoutLogin(url)}`)
  if (!indexUrl && extraIndexUrls.length === 0 && pinned.length === 0) return ''
  const packages = pinned.length > 0 ? [JSON.stringify(pins.packages)] : []
  return sha256([...[indexUrl, ...extraIndexUrls].map(withoutLogin), ...pinned, ...packages].join('\n'))
}

/** The text of the build secret `index`: the default index on the first line, the extra ones below. */
export function indexLines({ indexUrl, extraIndexUrls }: Indexes): string {
  return `${[indexUrl, ...extraIndexUrls].join('\n')}\n`
}

/** The text of the build secret `pins`, '' for none: JSON of `IndexPins`. */
export function pinLines({ pins }: Indexes): string {
  return pins && Object.keys(pins.packages).length > 0 ? `${JSON.stringify(pins)}\n` : ''
}

/** The tools' own default, which is asked where nothing else is named. */
const PUBLIC = /^https?:\/\/pypi\.(?:python\.)?[a-z]{3}(\/(simple|pypi))?$/

/** The indexes of requirements files that can be asked as they stand there, with their logins. */
export function followedIndexes(requirements: RequirementFiles): Pick<Indexes, 'indexUrl' | 'extraIndexUrls'> {
  const plainly = ({ address }: AskedIndex) => /^https?:\/\/[^\s$]+$/.test(address ?? '') && !PUBLIC.test(withoutEnd(address ?? '', '/'))
  const asked = requirements.indexes.filter((index) => !isPage(index) && plainly(index))
  const of = (input: AskedIndex['input']) => asked.filter((index) => index.input === input).map(({ address = '' }) => address)
  return { indexUrl: of('index-url').at(-1) ?? '', extraIndexUrls: of('extra-index-urls') }
}

/** A page of files or a folder, which is no index. */
function isPage({ at }: AskedIndex): boolean {
  return / (-f|--find-links)$/.test(at)
}

/** The indexes that the files of a project name, beside its pyproject.toml. @param byFiles its requirements files count */
export function askedIndexes({ requirements, lock }: Pick<Project, 'requirements' | 'lock'>, byFiles: boolean): readonly AskedIndex[] {
  if (byFiles) return requirements?.indexes ?? []
  return lock ? lockedIndexes(lock.file, lock.texts[lock.file] ?? '') : []
}

/**
 * What requirements files say of indexes that this run does not follow, where nothing but that says which file is meant.
 * @throws UserError where another index would answer in the place of theirs
 */
export function refuseUnasked({ requirements }: Pick<Project, 'requirements'>, indexes: Indexes): void {
  if (!requirements || requirements.hashed) return
  const { indexUrl, extraIndexUrls } = indexes
  const [alone] = requirements.withoutIndex
  if (alone !== undefined && requirements.links.length === 0 && !indexUrl && extraIndexUrls.length === 0) {
    const next = 'Set index-url to the index that is meant, or take the option out.'
    throw new UserError('lock', `${alone} asks no index, and packages come from one here`, next)
  }
  const first = missingIndexes(requirements.indexes, indexes).find(({ input }) => !(input === 'index-url' ? indexUrl : extraIndexUrls[0]))
  if (!first) return
  const { at, url, input } = first
  const what = URL.canParse(url) ? `what ${hostOf(url)} holds` : `what lies in ${url}`
  throw new UserError(
    'lock',
    `${at} is not followed, and ${what} must not come from another index`,
    `Set the input ${input} to an index that has it, or take the option out.`,
  )
}

/**
 * Warnings of indexes that files of the project name and this run does not ask: their packages would be looked for
 * elsewhere. A page of files (`-f`) is taken for one that an extra index stands for.
 */
export function unaskedIndexes(asked: readonly AskedIndex[], indexes: Indexes): readonly string[] {
  return [
    ...new Set(
      missingIndexes(asked, indexes).map(
        ({ at, url, input }) =>
          `${at} is not followed: what ${URL.canParse(url) ? hostOf(url) : 'it'} holds is not found, or comes from another index. Set the input ${input} to an index that has it.`,
      ),
    ),
  ]
}

function missingIndexes(asked: readonly AskedIndex[], { indexUrl, extraIndexUrls, pins = NO_PINS }: Indexes): readonly AskedIndex[] {
  const plainly = (url: string) => withoutEnd(withoutLogin(url), '/')
  const known = new Set([indexUrl, ...extraIndexUrls, ...Object.values(pins.indexes)].map(plainly))
  return asked.filter((index) => {
    const { url } = index
    if (isPage(index)) return extraIndexUrls.length === 0
    return !known.has(plainly(url)) && !PUBLIC.test(plainly(url))
  })
}

/** Gives the Authorization header for a file's address, undefined where nothing is to be sent. */
export type Login = (url: string) => string | undefined

/**
 * Logins for files. One in an index's address is for files of the same origin; where several are, the one
 * whose path is nearest. One of the netrc is for its host, without encryption only where the user set an
 * index there without it.
 */
export function loginsOf(indexes: Indexes): Login {
  const pinned = Object.values(indexes.pins?.indexes ?? {})
  const addresses = [...pinned, ...indexes.extraIndexUrls, indexes.indexUrl].filter((url) => URL.canParse(url)).map((url) => new URL(url))
  const origins = new Set(addresses.map(({ origin }) => origin))
  const machines = readNetrc(indexes.netrc)
  return (url) => {
    const file = new URL(url)
    const near = addresses
      .filter(({ origin, username }) => origin === file.origin && username !== '')
      .sort((a, b) => shared(b.pathname, file.pathname) - shared(a.pathname, file.pathname))[0]
    if (near) return basic(plain(near.username), plain(near.password))
    if (file.protocol !== 'https:' && !origins.has(file.origin)) return undefined
    const machine: Machine | undefined = machines.find(({ host }) => host === file.hostname)
    return machine && basic(machine.login, machine.password)
  }
}

function shared(a: string, b: string): number {
  const parts = b.split('/')
  const differ = a.split('/').findIndex((part, i) => part !== parts[i])
  return differ < 0 ? parts.length : differ
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
