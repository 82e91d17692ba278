import { code } from './module-code.ts'

/** A Django project, as the files that start it tell. */
export interface Django {
  /** e.g. `mysite.settings.release` */
  readonly settings: string
  /** The file that names them. */
  readonly from: string
  /** The variable that chooses others where it is set: an image that names its settings would take that away. */
  readonly by?: string
}

/** What is read of the settings of a Django project. */
export interface DjangoFiles {
  readonly django: Django | undefined
  /** The file that computes its settings, so that nobody knows them before it runs. */
  readonly computedBy?: string
}

/** Files that name the settings of a Django project: what serves it before what manages it, as the two may differ. */
const STARTS = ['wsgi.py', 'asgi.py', 'manage.py']
const TESTS = /(^|\/)(tests?|examples?|docs?)\//

/** Whether a file may name the settings of a Django project. */
export function isDjangoStart(file: string): boolean {
  const parts = file.split('/')
  return parts.length <= 4 && STARTS.includes(parts.at(-1) ?? '') && !TESTS.test(file)
}

/** Where a module names the settings, and what it gives. */
const NAMED = /(?:\bsetdefault\(\s*["']DJANGO_SETTINGS_MODULE["']\s*,|\[\s*["']DJANGO_SETTINGS_MODULE["']\s*\]\s*=(?!=))\s*/g
const LITERAL = /^["']([\w.]+)["']\s*,?\s*(?:\)|;|\n|$)/
/** `os.getenv("SHOP_SETTINGS", "shop.settings")` and the like. */
const CHOSEN = /^[\w.]+\(\s*["'](\w+)["']\s*,\s*(?:default\s*=\s*)?["']([\w.]+)["']\s*,?\s*\)\s*,?\s*(?:\)|;|\n|$)/
/** `module = "shop.production" if "HOSTED" in os.environ else "shop.settings"`, as what is given is called. */
const VARIABLE = /^([a-z_]\w{0,60})\s*,?\s*(?:\)|;|\n|$)/
const EITHER = /^\s*(\w{1,60})\s*=\s*\(?\s*["'][\w.]+["']\s+if\s+["'](\w+)["']\s+in\s+os\.environ\s+else\s+["']([\w.]+)["']\s*\)?\s*$/gm
/** Characters of what is given that are looked at. */
const LONGEST = 400

/**
 * A release is served, so wsgi.py decides over its settings where manage.py names others (those of the
 * developer, as many templates of projects have it); of several the one that is nearest to the top. A file that computes
 * them, or names several, decides too: what another one names is not what is served.
 * @param texts by path, of what `isDjangoStart` names
 */
export function readDjango(texts: ReadonlyMap<string, string>): DjangoFiles {
  const files = [...texts.keys()].filter(isDjangoStart).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  for (const start of STARTS) {
    for (const from of files.filter((name) => name.split('/').at(-1) === start)) {
      const [first, ...others] = namedIn(texts.get(from) ?? '')
      if (!first) continue
      const same = others.every(({ settings, by }) => settings === first.settings && by === first.by)
      const { settings, by } = first
      return settings && same ? { django: { settings, from, ...(by && { by }) } } : { django: undefined, computedBy: from }
    }
  }
  return { django: undefined }
}

/** Each settings module that a file names; without a name where it is computed. */
function namedIn(text: string): readonly { readonly settings?: string; readonly by?: string }[] {
  const read = code(text)
  return [...read.matchAll(NAMED)].map((match) => {
    const given = read.slice(match.index + match[0].length).slice(0, LONGEST)
    const [, literal] = LITERAL.exec(given) ?? []
    if (literal) return { settings: literal }
    const [, by, settings] = CHOSEN.exec(given) ?? eitherOf(read, VARIABLE.exec(given)?.[1]) ?? []
    return by && settings ? { settings, ...(by !== 'DJANGO_SETTINGS_MODULE' && { by }) } : {}
  })
}

/** What a variable of the module is, as `CHOSEN` gives it: the variable of the environment, and the settings without that. */
function eitherOf(text: string, name: string | undefined): readonly [unknown, string, string] | undefined {
  const found = name === undefined ? [] : [...text.matchAll(EITHER)].filter((match) => match[1] === name)
  const [, , by, settings] = found[0] ?? []
  return found.length === 1 && by && settings ? [undefined, by, settings] : undefined
}

/** What is told where a variable chooses the settings, so that the image does not. */
export function chosenSettings({ settings, from, by }: Django): string | undefined {
  if (!by) return undefined
  return `${from} chooses the settings by ${by}, so the image names none: without it they are ${settings}, which are checked. Where manage.py names others, set DJANGO_SETTINGS_MODULE in image-env.`
}

/**
 * What is told where Django is there and its settings are not known.
 * @param modules of the project, by name
 * @param computedBy the file that computes them; none where no file names them
 */
export function unnamedSettings(modules: readonly string[], computedBy?: string): string {
  const settings = modules.filter((name) => /(^|\.)settings(\.\w+)?$/.test(name) && !/(^|\.)(tests?|ci|local|dev\w*)(\.|$)/.test(name))
  const [first] = [...settings].sort((a, b) => Number(/\.prod\w*$/.test(b)) - Number(/\.prod\w*$/.test(a)) || b.length - a.length)
  const example = first ? `, such as ${first}` : ''
  const why = computedBy ? `${computedBy} computes the name of its settings` : 'neither wsgi.py nor manage.py names its settings'
  return `Django is among the packages, and ${why}: no static files are collected, and the site is not checked. Set DJANGO_SETTINGS_MODULE in image-env${example}.`
}

function depth(file: string): number {
  return file.split('/').length
}
