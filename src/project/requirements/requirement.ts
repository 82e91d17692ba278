import { validRange } from '@renovatebot/pep440'
import { UserError } from '../../errors.ts'
import { normalizeName } from '../names.ts'

/** A requirement as packages and projects state it. */
export interface Requirement {
  /** Normalised, PEP 503. */
  readonly name: string
  /** Normalised. */
  readonly extras: readonly string[]
  /** e.g. `>=4.2,<6`; '' for any version. */
  readonly specifier: string
  /** Of `name @ url`. */
  readonly url: string | undefined
  /** '' where it always applies. */
  readonly marker: string
}

const HEAD = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/

/**
 * Reads a requirement line, e.g. `uvicorn[standard]>=0.30 ; python_version < '3.14'`.
 * @throws UserError where it is none
 * @see PEP 508
 */
export function readRequirement(line: string): Requirement {
  const head = HEAD.exec(line)
  if (!head) throw malformed(line, 'it does not begin with a name')
  const rest = line.slice(head[0].length).trim()
  const named = {
    name: normalizeName(head[1] ?? ''),
    extras: (head[2] ?? '')
      .split(',')
      .filter((extra) => extra.trim())
      .map(normalizeName),
  }
  if (rest.startsWith('@')) {
    // An address may hold a semicolon: the one before a marker has a blank before it.
    const [, url = '', marker = ''] = /^@\s*(\S+)(?:\s+;([\s\S]*))?$/.exec(rest) ?? []
    if (!url) throw malformed(line, 'after @ comes one address')
    return { ...named, specifier: '', url, marker: marker.trim() }
  }
  const [range = '', ...markers] = rest.split(';')
  const specifier = range
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .split(',')
    .map((part) => part.replace(/\s+/g, ''))
    .filter(Boolean)
    .join(',')
  if (!validRange(specifier)) throw malformed(line, `"${range.trim()}" is no version specifier`)
  return { ...named, specifier, url: undefined, marker: markers.join(';').trim() }
}

function malformed(line: string, why: string): UserError {
  return new UserError('project', `the requirement "${line.trim()}" cannot be read: ${why}`, 'Write it as PEP 508 says, e.g. name>=1.2.')
}
