import { normalizeName } from '../names.ts'
import type { FormatOption } from './requirement-lines.ts'

/** Packages of which only one kind of file is taken; `:all:` stands for those that the other one does not name. */
export interface Formats {
  /** Built from source, whatever wheels there are. */
  readonly noBinary: readonly string[]
  /** Never built from source. */
  readonly onlyBinary: readonly string[]
}

export const ANY_FORMAT: Formats = { noBinary: [], onlyBinary: [] }

/** Whether nothing is said of kinds of files. */
export function isAny(formats: Formats = ANY_FORMAT): boolean {
  return formats.noBinary.length === 0 && formats.onlyBinary.length === 0
}

const ALL = ':all:'

/**
 * `--no-binary` and `--only-binary` in their order: the last word on a package counts, `:all:` forgets what was said
 * before it, and `:none:` what was said by the same option.
 * @see https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-no-binary
 */
export function readFormats(options: readonly FormatOption[]): Formats {
  const said: Record<'--no-binary' | '--only-binary', Set<string>> = { '--no-binary': new Set(), '--only-binary': new Set() }
  for (const { name, value } of options) {
    const [target, other] = name === '--no-binary' ? [said[name], said['--only-binary']] : [said['--only-binary'], said['--no-binary']]
    const names = value.split(',').map((one) => one.trim())
    const last = names.lastIndexOf(ALL)
    if (last >= 0) {
      other.clear()
      target.clear()
      target.add(ALL)
    }
    for (const one of names.slice(last + 1)) {
      if (one === ':none:') target.clear()
      else if (one) {
        other.delete(normalizeName(one))
        target.add(normalizeName(one))
      }
    }
  }
  return { noBinary: [...said['--no-binary']], onlyBinary: [...said['--only-binary']] }
}

/** The kinds of files that may be taken of a package. @param name normalised */
export function formatOf({ noBinary, onlyBinary }: Formats, name: string): 'any' | 'wheel' | 'sdist' {
  if (onlyBinary.includes(name)) return 'wheel'
  if (noBinary.includes(name)) return 'sdist'
  if (onlyBinary.includes(ALL)) return 'wheel'
  return noBinary.includes(ALL) ? 'sdist' : 'any'
}
