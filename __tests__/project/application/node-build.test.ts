import { expect, test } from '@jest/globals'
import { nodeBuild, packageFiles } from '../../../src/project/application/node-build.ts'

const BUILD = '{"scripts": {"build": "vite build"}}'

test.each([
  { name: 'npm', file: 'package.json', lock: 'package-lock.json', line: 'npm ci && npm run build' },
  {
    name: 'Yarn, in a folder',
    file: 'vue3/package.json',
    lock: 'vue3/yarn.lock',
    line: '(cd vue3 && npx --yes yarn install --frozen-lockfile && npx --yes yarn build)',
  },
  { name: 'pnpm', file: 'package.json', lock: 'pnpm-lock.yaml', line: 'npx --yes pnpm install --frozen-lockfile && npx --yes pnpm build' },
  {
    name: 'none, whose lock lies elsewhere',
    file: 'web/package.json',
    lock: 'yarn.lock',
    line: '(cd web && npm install && npm run build)',
  },
])('a front end of $name is built by its line', ({ file, lock, line }) => {
  expect(nodeBuild(file, BUILD, [file, lock])).toBe(line)
})

test.each([
  { name: 'without scripts', text: '{"private": true}' },
  { name: 'without a build', text: '{"scripts": {"lint": "eslint"}}' },
  { name: 'that is no JSON', text: '{' },
])('a package.json $name builds nothing', ({ text }) => {
  expect(nodeBuild('package.json', text, [])).toBeUndefined()
})

test('those of dependencies are not looked at', () => {
  expect(packageFiles(['vue3/package.json', 'package.json', 'a/b/package.json', 'a/package.json.md'])).toEqual([
    'package.json',
    'vue3/package.json',
  ])
})
