import type { Table } from '../toml.ts'
import { type Literal, readLiteral } from './python-literals.ts'

/** Settings that setup.py gives to setuptools_scm. */
export interface ScmKeyword {
  /** As far as they stand there literally. */
  readonly settings: Table
  /** Those that are computed; `use_scm_version` for all of them. */
  readonly computed: readonly string[]
}

const GIVEN = /\buse_scm_version\s*=(?!=)|["']use_scm_version["']\s*:/
const NAME = /^\s*([A-Za-z_]\w*)\s*[,)}\n]/

/**
 * The dict of `use_scm_version=` in setup.py, which counts over pyproject.toml; nothing is executed.
 * @returns undefined where setup.py does not give it
 * @see https://setuptools-scm.readthedocs.io/en/latest/usage/#setuppy-usage-deprecated
 */
export function scmKeyword(setupPy: string): ScmKeyword | undefined {
  const code = setupPy.replace(/^[ \t]*#.*$/gm, '')
  const given = GIVEN.exec(code)
  if (!given) return undefined
  const at = given.index + given[0].length
  const name = NAME.exec(code.slice(at))?.[1] ?? ''
  const assigned = new RegExp(`^${name}\\s*(?::[^=\\n]*)?=(?!=)`, 'm').exec(name ? code : '')
  const changed = name !== '' && new RegExp(`^[ \\t]*${name}(\\[|\\.|\\s*\\|=)`, 'm').test(code)
  const value = readLiteral(code, assigned && !changed ? assigned.index + assigned[0].length : at)
  if (value === true) return { settings: {}, computed: [] }
  if (!isDict(value)) return { settings: {}, computed: ['use_scm_version'] }
  const set = Object.entries(value).filter(([, one]) => one !== null)
  return {
    settings: Object.fromEntries(set.filter(([, one]) => isKnown(one))),
    computed: set.filter(([, one]) => !isKnown(one)).map(([key]) => key),
  }
}

function isDict(value: Literal): value is { readonly [key: string]: Literal } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Read as a whole. */
function isKnown(value: Literal): boolean {
  if (Array.isArray(value)) return value.every(isKnown)
  return isDict(value) ? Object.values(value).every(isKnown) : value !== undefined
}
