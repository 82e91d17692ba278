/** A Django project, as the files that start it tell. */
export interface Django {
  /** e.g. `mysite.settings.release` */
  readonly settings: string
}

/** Files that name the settings of a Django project: what serves it before what manages it, as the two may differ. */
const STARTS = ['wsgi.py', 'asgi.py', 'manage.py']
const TESTS = /(^|\/)(tests?|examples?|docs?)\//

/** Whether a file may name the settings of a Django project. */
export function isDjangoStart(file: string): boolean {
  const parts = file.split('/')
  return parts.length <= 4 && STARTS.includes(parts.at(-1) ?? '') && !TESTS.test(file)
}

/**
 * A release is served, so wsgi.py decides over its settings where manage.py names others (those of the
 * developer, as many templates of projects have it); of several the one that is nearest to the top.
 * @param texts by path, of what `isDjangoStart` names
 */
export function readDjango(texts: ReadonlyMap<string, string>): Django | undefined {
  const files = [...texts.keys()].filter(isDjangoStart).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  for (const start of STARTS) {
    for (const file of files.filter((name) => name.split('/').at(-1) === start)) {
      const settings = /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']/.exec(texts.get(file) ?? '')?.[1]
      if (settings) return { settings }
    }
  }
  return undefined
}

/**
 * What is told where Django is there and no file names its settings.
 * @param modules of the project, by name
 */
export function unnamedSettings(modules: readonly string[]): string {
  const settings = modules.filter((name) => /(^|\.)settings(\.\w+)?$/.test(name) && !/(^|\.)(tests?|ci|local|dev\w*)(\.|$)/.test(name))
  const [first] = [...settings].sort((a, b) => Number(/\.prod\w*$/.test(b)) - Number(/\.prod\w*$/.test(a)) || b.length - a.length)
  const example = first ? `, such as ${first}` : ''
  return `Django is among the packages, and neither wsgi.py nor manage.py names its settings: no static files are collected, and the site is not checked. Set DJANGO_SETTINGS_MODULE in image-env${example}.`
}

function depth(file: string): number {
  return file.split('/').length
}
