import { isVendored } from '../../project/application/vendored.ts'
import type { Check } from '../checks/check.ts'

/** The source, as far as it tells of a module that lacks. */
export interface SourceFacts {
  /** Of its files. */
  readonly paths: readonly string[]
  /** The module of Django's settings, '' where there is none. */
  readonly settings: string
}

const SAMPLE = '(?:sample|example|template|tmpl|dist|default)'
const IS_SAMPLE = new RegExp(`(?:^|[._])${SAMPLE}(?:_|$)|_${SAMPLE}$`)

/**
 * Modules that everybody makes by themselves, as settings with passwords: the file to copy lies beside them, and other
 * settings that are there may be meant.
 */
export function withUncommitted(checks: readonly Check[], source: SourceFacts): readonly Check[] {
  return checks.map((check) => {
    const module = check.state === 'failed' ? /No module named '([\w.]+)'/.exec(check.said ?? '')?.[1] : undefined
    const next = module && (advice(module, source) ?? vendoredAdvice(module, source))
    return next ? { ...check, next } : check
  })
}

function advice(module: string, { paths, settings }: SourceFacts): string | undefined {
  const inside = module.replaceAll('.', '/')
  const [, folder = '', name = ''] = /^(.*\/)?([^/]+)$/.exec(inside) ?? []
  const at = folder.replace(/[/.]/g, '\\$&')
  const copied = new RegExp(`(^|/)${at}(?:${SAMPLE}[._-]${name}\\.py|${name}(?:\\.py[._-]${SAMPLE}|[._-]${SAMPLE}(?:\\.py)?))$`, 'i')
  const sample = paths.find((path) => copied.test(path))
  const others = module === settings ? otherSettings(module, paths) : []
  if (!sample && others.length === 0) return undefined
  const file = sample ? `${sample.slice(0, sample.lastIndexOf('/') + 1)}${name}.py` : `${inside}.py`
  const copy = sample ? `cp ${sample} ${file}, and fill that in` : 'add it'
  const or = others.length > 0 ? `; or set image-env: DJANGO_SETTINGS_MODULE=${others.join(' or ')}` : ''
  return `${file} is not in the source: ${copy}${or}.`
}

/** What lies among other projects' copies is found from their folder, which a script puts on the path when it runs. */
function vendoredAdvice(module: string, { paths }: SourceFacts): string | undefined {
  const [top = ''] = module.split('.')
  const file = paths.find((path) => isVendored(path) && (path.endsWith(`/${top}/__init__.py`) || path.endsWith(`/${top}.py`)))
  if (!file) return undefined
  const folder = file.slice(0, file.lastIndexOf(`/${top}`))
  return `${top} lies in ${folder}, which nothing that runs puts on Python's path: start it by the script that does, or set image-env: PYTHONPATH=/app:/app/${folder}`
}

/** Modules of settings that are there: those of the same folder, else `settings` of the package. */
function otherSettings(module: string, paths: readonly string[]): readonly string[] {
  const folder = `${module.split('.').slice(0, -1).join('/')}/`
  const [top = ''] = module.split('.')
  const names = (pattern: RegExp, at: string) =>
    paths
      .filter((path) => path.startsWith(at) && pattern.test(path.slice(at.length)))
      .map((path) => path.replace(/\.py$/, '').replaceAll('/', '.'))
  const beside = folder === '/' ? [] : names(/^(?!__|test)[a-z]\w*\.py$/, folder)
  const known = beside.filter((name) => /settings|config/.test(folder) || /settings/.test(name))
  return [...new Set([...known, ...names(/^settings\.py$/, `${top}/`)])]
    .filter((name) => name !== module && !IS_SAMPLE.test(name))
    .slice(0, 2)
}
