import { UserError } from '../../errors.ts'
import { readToml, type Table, tableAt, textAt } from '../toml.ts'
import { tablesAt } from './pins.ts'
import { toRanges } from './poetry-constraint.ts'

/**
 * What a lock says of the Python that it is for, before anything of it is chosen.
 * @param file its name tells the format
 * @returns a PEP 440 specifier, or alternatives with `||`; undefined where the lock tells none, and where it cannot be
 * read: whoever follows it says what is wrong with it
 */
export function lockedPython(file: string, text: string): string | undefined {
  const name = file.split('/').at(-1) ?? ''
  if (name === 'Pipfile.lock') return ofPipenv(tableAt(readJson(text), 'lock'))
  const lock = readTomlIfAny(file, text)
  if (name === 'poetry.lock') return toRanges(textAt(tableAt(lock, 'metadata'), 'python-versions') ?? '*') || undefined
  if (name === 'pdm.lock') return ofPdm(tableAt(lock, 'metadata'))
  return textAt(lock, 'requires-python')
}

/** Pipenv names one Python; of a full version the release of the image's Python may be another. */
function ofPipenv(lock: Table): string | undefined {
  const requires = tableAt(lock, '_meta', 'requires')
  const version = textAt(requires, 'python_full_version') ?? textAt(requires, 'python_version') ?? ''
  const series = /^3\.\d+/.exec(version)?.[0]
  return series === undefined ? undefined : `==${series}.*`
}

/** Several targets are alternatives. */
function ofPdm(metadata: Table): string | undefined {
  const targets = new Set(tablesAt(metadata, 'targets').map((target) => textAt(target, 'requires_python') ?? ''))
  return targets.size === 0 || targets.has('') ? undefined : [...targets].join(' || ')
}

function readTomlIfAny(file: string, text: string): Table {
  try {
    return readToml(file, text)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {}
  }
}

function readJson(text: string): Table {
  try {
    return { lock: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {}
  }
}
