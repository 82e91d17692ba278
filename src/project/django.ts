import type { SourceTree } from './project.ts'

/** A Django project, as its manage.py and files tell. */
export interface Django {
  /** e.g. `mysite.settings.release` */
  readonly settings: string
  /** e.g. `mysite.wsgi`, where the file exists. */
  readonly wsgi: string | undefined
  readonly asgi: string | undefined
}

/** Django projects name their settings in manage.py and keep wsgi.py and asgi.py in the package above the settings. */
export function readDjango(tree: Pick<SourceTree, 'files' | 'texts'>): Django | undefined {
  const settings = /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']/.exec(tree.texts.get('manage.py') ?? '')?.[1]
  if (!settings) return undefined
  const site = settings.split('.')[0] ?? ''
  const module = (name: string) => (tree.files.includes(`${site}/${name}.py`) ? `${site}.${name}` : undefined)
  return { settings, wsgi: module('wsgi'), asgi: module('asgi') }
}
