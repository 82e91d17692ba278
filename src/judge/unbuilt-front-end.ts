import type { Check } from './checks/check.ts'

/** What is known of a project's front end. */
export interface FrontEnd {
  /** The line that builds it; undefined where its source has none. */
  readonly build: string | undefined
  /** Of the source's files. */
  readonly paths: readonly string[]
}

/** A template, a page or a folder that is asked for in vain, as Jinja, Python and Starlette say it. @see https://www.starlette.io/staticfiles/ */
const MISSING =
  /(?:TemplateNotFound|TemplateDoesNotExist): ['"]?([^'"\s]+)|No such file or directory: b?['"]([^'"]+)['"]|Directory ['"]([^'"]+)['"] does not exist|File at path ([^\s'"]+) does not exist/
/** What builds of front ends make. */
const MADE =
  /(?:^|\/)(?:dist|build|out|static|public|assets|www)(?:\/|$)|(?:^|\/)(?:[\w-]*manifest[\w-]*\.json|asset-manifest\.json|stats\.json)$|\.(?:html?|js|css)$/i

/** Failures for want of what a node build makes, with the line that makes it. */
export function withFrontEnd(checks: readonly Check[], { build, paths }: FrontEnd): readonly Check[] {
  if (build === undefined) return checks
  return checks.map((check) => {
    if (check.state !== 'failed' || (check.name !== 'start' && check.name !== 'imports')) return check
    const said = (check.said ?? '').slice(-2000)
    const missing = MISSING.exec(said)?.slice(1).find(Boolean)
    if (missing !== undefined && MADE.test(missing) && !isThere(missing, paths))
      return { ...check, next: `${missing} is not in the source, and a node build may make it. Build it, then release again: ${build}` }
    return said === '' && check.name === 'start' && / answers 5\d\d$/.test(check.text)
      ? { ...check, next: `${check.next} If the page is of a front end that is not built: ${build}, then release again.` }
      : check
  })
}

function isThere(missing: string, paths: readonly string[]): boolean {
  const asked = missing.replace(/^\/app\/|^\.\//, '').replace(/\/$/, '')
  return paths.some((path) => path === asked || path.endsWith(`/${asked}`) || `/${path}`.includes(`/${asked}/`))
}
