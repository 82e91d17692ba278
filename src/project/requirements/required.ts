import { UserError } from '../../errors.ts'
import { withoutExtras } from '../cuts.ts'
import { decoded, isArchive, readAddress, readGit, type Source } from '../locks/pins.ts'
import { normalizeName } from '../names.ts'
import { checkMarker } from './marker.ts'
import { readRequirement } from './requirement.ts'

/** What a line of a requirements file requires. */
export interface Required {
  /** Normalised; '' where a folder, a repository or an archive is named by its place alone. */
  readonly name: string
  /** Normalised. */
  readonly extras: readonly string[]
  /** '' for any version. */
  readonly specifier: string
  /** '' where it always applies. */
  readonly marker: string
  /** The place as it was written, without extras and name; undefined for a package of an index. */
  readonly place: string | undefined
  /** Paths are relative to the folder that pip runs in, the project's. */
  readonly source: Source | undefined
}

/** A name, in front of the @ of a direct reference (PEP 508). */
const DIRECT = /^[A-Za-z0-9][\w.-]*[ \t]*(?:\[[^\]]*\][ \t]*)?@/
const ADDRESS = /^(?:https?|ftp|file|(?:git|hg|svn|bzr)(?:\+[a-z]+)?):/i

/**
 * Reads what a line requires, as pip does: a path has a slash or begins with a dot, and what is neither that nor an
 * address is a requirement of PEP 508.
 * @param text without its options; of `-e` its value
 * @throws UserError for a line that pip would refuse, and for what is not followed
 * @see https://pip.pypa.io/en/stable/cli/pip_install/#argument-handling
 */
export function readRequired(text: string, editable: boolean): Required {
  const required = isDirect(text) ? direct(text) : editable ? editablePlace(text) : plain(text)
  checkMarker(required.marker)
  return required
}

/** `name @ address`. */
export function isDirect(text: string): boolean {
  return DIRECT.test(text)
}

function plain(text: string): Required {
  const separator = ADDRESS.test(text) ? '; ' : ';'
  const cut = text.indexOf(separator)
  const place = (cut < 0 ? text : text.slice(0, cut)).trim()
  const marker = cut < 0 ? '' : text.slice(cut + separator.length).trim()
  if (ADDRESS.test(place)) return placed(place, '', marker)
  const { before: path, extras } = withoutExtras(place)
  if (isArchive(path) || path.includes('/') || path.startsWith('.')) return placed(path, extras, marker)
  const named = readRequirement(text)
  return { ...named, place: undefined, source: undefined }
}

/** pip takes the first semicolon for that of the marker, a blank before it or none. */
function direct(text: string): Required {
  const cut = text.indexOf(';')
  const { name, extras, url = '' } = readRequirement(cut < 0 ? text : text.slice(0, cut))
  return { name, extras, specifier: '', marker: cut < 0 ? '' : text.slice(cut + 1).trim(), place: url, source: sourceOf(url, text) }
}

/** A folder, whatever its name, or a repository: an index is never asked. */
function editablePlace(text: string): Required {
  const repository = /^(?:git|hg|svn|bzr)[+:]/i.test(text)
  const { before: path, extras } = repository ? { before: text, extras: '' } : withoutExtras(text)
  if (/^(?:https?|ftp):/i.test(path)) {
    throw refused(text, 'what -e names is a folder or a repository', 'Take -e away, or write git+ before the address.')
  }
  return placed(path, extras, '')
}

function placed(place: string, extras: string, marker: string): Required {
  const source = sourceOf(place, place)
  const told = nameIn(place)
  return {
    name: told.name,
    extras: [...new Set([...told.extras, ...namesIn(extras)])],
    specifier: '',
    marker: [told.marker, marker].filter(Boolean).join(' and '),
    place,
    source,
  }
}

function sourceOf(place: string, text: string): Source {
  if (/^git:/i.test(place)) return readGit(place)
  if (/^(?:hg|svn|bzr)[+:]/i.test(place)) {
    throw refused(text, 'of repositories only those of git are followed', 'Name the address of an archive, or a folder.')
  }
  const source = readAddress(place.replace(/^[A-Za-z+]+(?=:)/, (scheme) => scheme.toLowerCase()))
  return source.kind === 'directory' ? { ...source, path: decoded(source.path) } : source
}

/** The name that an address tells: its egg, or that of the wheel. */
function nameIn(place: string): Pick<Required, 'name' | 'extras' | 'marker'> {
  const egg = decoded(/[#&]egg=([^&]*)/.exec(place)?.[1] ?? '')
  if (egg) {
    const { name, extras, marker } = readRequirement(egg)
    return { name, extras, marker }
  }
  const wheel = /(?:^|[/\\])([A-Za-z0-9][\w.]*)-[^/\\-]+(?:-[^/\\-]+){3,4}\.whl(?:[?#]|$)/.exec(place)?.[1]
  return { name: wheel === undefined ? '' : normalizeName(wheel), extras: [], marker: '' }
}

function namesIn(extras: string): readonly string[] {
  return extras
    .split(',')
    .filter((extra) => extra.trim())
    .map(normalizeName)
}

function refused(text: string, why: string, next: string): UserError {
  return new UserError('project', `the requirement "${text.trim()}" is not followed: ${why}`, next)
}
