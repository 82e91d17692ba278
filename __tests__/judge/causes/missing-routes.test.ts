import { describe, expect, test } from '@jest/globals'
import type { Routes } from '../../../src/judge/causes/missing-routes.ts'
import { type Started, startChecks } from '../../../src/judge/checks/start-checks.ts'

const NOT_FOUND: Started = {
  kind: 'listening',
  port: 8000,
  wanted: 8000,
  loopback: undefined,
  socket: undefined,
  status: 404,
  lastLine: '',
  stopped: 0.2,
  waited: 3,
}

const ROUTES: Routes = { application: 'shop.web:app', count: 0, paths: [], settled: true }
const start = (routes: Routes | undefined, status = 404, scripts: readonly string[] = []) =>
  startChecks({ ...NOT_FOUND, status }, { command: [], besideWheel: [], routes, scripts })[0]

describe('an application that answers 404', () => {
  test('without a route serves nothing', () => {
    expect(start(ROUTES)).toMatchObject({
      state: 'failed',
      level: 'error',
      text: 'the start command starts, and shop.web:app has no route: it answers 404 on port 8000 for all',
      next: 'What registers its routes does not run so. Set the input command to what does; or name another application.',
    })
    expect(start(ROUTES, 404, ['octoprint'])?.next).toContain('Set the input command to that, such as: octoprint;')
  })

  test('without a route as yet may come to some', () => {
    expect(start({ ...ROUTES, settled: false })).toMatchObject({ state: 'failed', level: 'warning' })
  })

  test.each([
    {
      name: 'with others',
      routes: { ...ROUTES, count: 3, paths: ['/docs', '/api'] },
      says: ': none of its 3 routes is that; see /docs',
      page: '/docs',
    },
    { name: 'with another one', routes: { ...ROUTES, count: 1 }, says: ': its only route is another', page: undefined },
    { name: 'with one that no line may show', routes: { ...ROUTES, count: 2, paths: ['/$(id)', '/a'] }, says: '; see /a', page: '/a' },
    { name: 'whose routes nobody knows', routes: undefined, says: 'answers 404', page: undefined },
  ])('$name starts', ({ routes, says, page }) => {
    const check = start(routes)
    expect(check).toMatchObject({ state: 'passed', port: 8000 })
    expect(check?.text.endsWith(says)).toBe(true)
    expect(check?.page).toBe(page)
  })

  test('is asked for its routes alone', () => {
    expect(start(ROUTES, 200)).toMatchObject({ state: 'passed', text: expect.stringMatching(/answers 200$/) })
  })
})

describe('a database that cannot be opened', () => {
  const next = (home: string | undefined) =>
    startChecks(
      { ...NOT_FOUND, status: 500, lastLine: 'sqlite3.OperationalError: unable to open database file' },
      { command: [], besideWheel: [], home },
    )[0]?.next ?? ''

  test('may lie beside the code of a wheel, which nobody may write', () => {
    expect(next('/appenv/lib/python3.13/site-packages/blog')).toMatch(
      /^If .* beside the code, set writable: \/appenv\/lib\/python3\.13\/site-packages\/blog; /,
    )
    expect(next('/appenv/lib/python3.13/site-packages/blog').length).toBeLessThanOrEqual(160)
    expect(next(undefined)).toMatch(/^The database's folder is not there/)
  })
})
