import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { files } from '../../../src/effects/files/files.ts'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import { gitClient } from '../../../src/effects/git/git.ts'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { errorLine } from '../../../src/errors.ts'
import { findProject, makePlan, type Runner } from '../../../src/run/prepare/make-plan.ts'
import { type Project, projectOf } from '../../support/project.ts'
import { contextWith, inputsWith } from '../../support/values.ts'
import { worldIn } from '../../support/world.ts'

// A matrix by folder in a repository in which folders have projects of one name: their legs would overwrite each other.

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, url) => url, sourcePaths }
const named = (name: string, more = '') => `[project]\nname = "${name}"\nversion = "1"\n${more}`

let repository: Project

beforeAll(async () => {
  repository = await projectOf({
    'backend/api/pyproject.toml': named('api'),
    'frontend/api/pyproject.toml': named('Api'),
    'frontend/web/pyproject.toml': named('web'),
    'frontend/api/plugins/pyproject.toml': named('api'),
    'services/cart/requirements.txt': '',
    'services/shop/pyproject.toml': named('cart', '[tool.pypackager]\nimage-name = "shop"\n'),
    'services/storefront/pyproject.toml': named('storefront', '[tool.pypackager]\nimage-name = "web"\n'),
    'services/broken/pyproject.toml': '[project',
    'examples/web/pyproject.toml': named('web'),
  })
})

afterAll(async () => {
  await repository?.[Symbol.asyncDispose]()
})

async function planned(given: Readonly<Record<string, string>>, matrix: unknown): Promise<string> {
  const { workspace } = repository
  const world = worldIn(workspace, { context: { ...contextWith(), workspace }, git: gitClient(), registry: {} as Registry })
  const project = await findProject(workspace, given.path ?? '.', files)
  const inputs = inputsWith({ push: 'true', matrix: JSON.stringify(matrix), ...given })
  const plan = makePlan(inputs, { ...world, paths: { ...world.paths, project } }, RUNNER)
  return plan.then(({ repository: { path } }) => path, errorLine)
}

const REFUSED =
  'inputs: the matrix gives each leg a folder, and frontend/api and backend/api both have the image api: they would push the same tags. Give one of the projects another name, or set image-name by the matrix.'

test.each([
  { name: 'the whole path in the matrix', given: {}, matrix: { path: 'frontend/api' } },
  { name: 'a part of it', given: {}, matrix: { side: 'frontend' } },
  { name: 'beside what only the suffix tells', given: { 'python-version': '3.12' }, matrix: { path: 'frontend/api', python: '3.12' } },
])('two projects of one name are refused before anything is built: $name', async ({ given, matrix }) => {
  expect(await planned({ path: 'frontend/api', ...given }, matrix)).toBe(REFUSED)
})

test('a name in the own table of the project counts', async () => {
  expect(await planned({ path: 'frontend/web' }, { path: 'frontend/web' })).toContain(
    'frontend/web and services/storefront both have the image web',
  )
})

test.each([
  { name: 'where the matrix gives only folders beside it', path: 'frontend/api', given: {}, matrix: { project: 'api' }, image: 'acme/api' },
  { name: 'of examples', path: 'frontend/web', given: {}, matrix: { project: 'web' }, image: 'acme/web' },
  { name: 'whose table names another image', path: 'services/cart', given: {}, matrix: { project: 'cart' }, image: 'acme/cart' },
  {
    name: 'with an image each',
    path: 'frontend/api',
    given: { 'image-name': 'frontend-api' },
    matrix: { side: 'frontend' },
    image: 'acme/frontend-api',
  },
  {
    name: 'with a suffix each',
    path: 'frontend/api',
    given: { 'tag-suffix': '-frontend' },
    matrix: { side: 'frontend' },
    image: 'acme/api',
  },
  {
    name: 'with a namespace each',
    path: 'frontend/api',
    given: { namespace: 'fe' },
    matrix: { side: 'frontend', to: 'fe' },
    image: 'fe/api',
  },
  { name: 'outside a matrix', path: 'frontend/api', given: {}, matrix: null, image: 'acme/api' },
  { name: 'where nothing is pushed', path: 'frontend/api', given: { push: 'false' }, matrix: { side: 'frontend' }, image: 'acme/api' },
])('projects of one name are no matter $name', async ({ path, given, matrix, image }) => {
  expect(await planned({ path, ...(given as Record<string, string>) }, matrix)).toBe(image)
})
