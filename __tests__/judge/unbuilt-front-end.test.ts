import { expect, test } from '@jest/globals'
import { failed } from '../../src/judge/checks/check.ts'
import { withFrontEnd } from '../../src/judge/unbuilt-front-end.ts'

const BUILD = '(cd frontend && npm ci && npm run build)'
const PATHS = ['app.py', 'frontend/package.json', 'templates/about.html']
const BUILT = `is not in the source, and a node build may make it. Build it, then release again: ${BUILD}`

test.each([
  { name: 'a template', said: 'jinja2.exceptions.TemplateNotFound: index.html', next: `index.html ${BUILT}` },
  { name: 'a folder', said: "RuntimeError: Directory 'frontend/dist' does not exist", next: `frontend/dist ${BUILT}` },
  {
    name: 'a manifest',
    said: "FileNotFoundError: [Errno 2] No such file or directory: '/app/static/manifest.json'",
    next: `/app/static/manifest.json ${BUILT}`,
  },
  { name: 'a page', said: 'RuntimeError: File at path dist/index.html does not exist.', next: `dist/index.html ${BUILT}` },
  { name: 'no template that is there', said: 'jinja2.exceptions.TemplateNotFound: about.html', next: 'Another.' },
  {
    name: 'no file that nothing builds',
    said: "FileNotFoundError: [Errno 2] No such file or directory: '/data/shop.yaml'",
    next: 'Another.',
  },
  { name: 'nothing that is of no file', said: 'ValueError: no', next: 'Another.' },
])('a failed start is told what a node build would make: $name', ({ said, next }) => {
  expect(withFrontEnd([failed('start', 'x', { next: 'Another.', said })], { build: BUILD, paths: PATHS })[0]?.next).toBe(next)
})

test('where the log says nothing of a 500, the build is one of the reasons', () => {
  const silent = failed('start', 'the start command starts, and GET / on port 8000 answers 500', { next: 'Look.', said: '' })
  expect(withFrontEnd([silent], { build: BUILD, paths: PATHS })[0]?.next).toContain(
    `If the page is of a front end that is not built: ${BUILD}`,
  )
})

test('without a node build nothing is changed', () => {
  const check = failed('start', 'x', { next: 'Another.', said: 'jinja2.exceptions.TemplateNotFound: index.html' })
  expect(withFrontEnd([check], { build: undefined, paths: PATHS })).toEqual([check])
})
