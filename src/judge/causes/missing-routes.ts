import { type Check, failed } from '../checks/check.ts'

/** The routes of an application, as it tells them itself. */
export interface Routes {
  /** As the start command names it, `shop.web:app`. */
  readonly application: string
  /** Of its own: without static files, and without pages that describe the others. */
  readonly count: number
  /** Some of theirs that can be asked for as they stand, the shortest first. */
  readonly paths: readonly string[]
  /** None can come when it starts or later, as ASGI's lifespan may add them. */
  readonly settled: boolean
}

/** An application that was made and has nothing to answer with: what would give it routes does not run here. */
export function withoutRoutes(
  { application, settled }: Routes,
  port: number | undefined,
  { scripts = [] }: { readonly scripts?: readonly string[] },
): Check {
  const text = `the start command starts, and ${application} has no route: it answers 404 on port ${port} for all`
  const [script] = scripts
  const other = script === undefined ? 'Set the input command to what does' : `Set the input command to that, such as: ${script}`
  const next = `What registers its routes does not run so. ${other}; or name another application.`
  return failed('start', text, { next, level: settled ? 'error' : 'warning', said: '' })
}

/** A start that has no page at `/`, with one to look at instead where its routes tell any. */
export function withPage(check: Check, routes: Routes | undefined): Check {
  if (!routes) return check
  const page = routes.paths.find((path) => /^\/[\w./-]{1,100}$/.test(path))
  const others = routes.count === 1 ? 'its only route is another' : `none of its ${routes.count} routes is that`
  return { ...check, text: `${check.text}: ${others}${page === undefined ? '' : `; see ${page}`}`, ...(page !== undefined && { page }) }
}
