import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import { sourcePaths } from '../../../src/effects/files/source.ts'
import type { Registry } from '../../../src/effects/registry-port.ts'
import { SOURCE_LABEL, sourcePrint, wouldChange } from '../../../src/run/prepare/image-source.ts'
import { makePlan, type Runner } from '../../../src/run/prepare/make-plan.ts'
import { inTempFolder, writeFiles } from '../../support/temp.ts'
import { contextWith, inputsWith } from '../../support/values.ts'
import { worldIn } from '../../support/world.ts'

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, url) => url, sourcePaths }
const DIGEST = `sha256:${'a'.repeat(64)}`
const FILES = {
  'shop/pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["six"]\n[build-system]\nrequires = ["hatchling"]\n',
  'shop/shop/__init__.py': '',
  'lib/lib.py': '',
}
const INPUTS = { path: 'shop', registry: 'index.example', 'exclude-newer': '2026-01-02' }
const PULL = contextWith({
  event: 'pull_request',
  ref: 'refs/pull/7/merge',
  refName: '7/merge',
  baseRef: 'main',
  pullRequest: { number: 7, fork: false },
})

interface Change {
  readonly files?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  readonly context?: typeof PULL
  /** What the parent's tag names by now. */
  readonly parent?: string
  /** The digest that the image of before names, '' for a parent of one machine alone. */
  readonly madeFrom?: string
  readonly told?: (line: string) => void
  /** Where the image of before is. */
  readonly tag?: string
  /** Files of before, too. */
  readonly always?: Readonly<Record<string, string>>
  /** A link of the project, and where it leads to. */
  readonly link?: readonly [at: string, to: string]
}

/** Whether the image would change after a change. */
const changed = ({
  files = {},
  inputs = {},
  context = contextWith(),
  parent = DIGEST,
  tag = 'main',
  always = {},
  link,
  madeFrom = DIGEST,
  told,
}: Change) =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, { ...FILES, ...always })
    if (link) await symlink(link[1], path.join(folder, link[0]))
    let labels: Readonly<Record<string, string>> = {}
    const registry: Partial<Registry> = {
      existingLogin: async () => undefined,
      image: async ({ registry: host, path }, asked) =>
        `${host}/${path}:${asked}` === `index.example/acme/shop:${tag}` ? { labels, architecture: 'amd64' } : undefined,
      digest: async () => parent || undefined,
    }
    const world = worldIn(folder, { context: { ...context, workspace: folder }, registry: registry as Registry })
    const paths = { ...world.paths, project: `${folder}/shop`, wheelhouse: `${folder}/shop/wheelhouse` }
    const log = { ...world.log, ...(told && { notice: told }) }
    const here = { ...world, paths, log }
    const printOf = async (given: Readonly<Record<string, string>>) => {
      const read = inputsWith({ ...INPUTS, ...given })
      return { read, plan: await makePlan(read, here, RUNNER) }
    }
    const before = await printOf(inputs.dockerfile || inputs['base-dockerfile'] ? inputs : {})
    labels = { [SOURCE_LABEL]: await sourcePrint(here, before.read, before.plan), 'org.opencontainers.image.base.digest': madeFrom }
    await writeFiles(folder, files)
    const now = await printOf(inputs)
    return wouldChange(here, now.read, now.plan)
  })

const LOCK = { 'shop/pylock.toml': 'lock-version = "1.0"\ncreated-by = "x"\npackages = []\n' }
const BESIDE = { 'shop/requirements.txt': '-e ../lib\n' }

const ownBase = (text: string) => ({ always: { 'shop/base/Dockerfile': text }, inputs: { 'base-dockerfile': 'base/Dockerfile' } })
const ownRelease = (more: string) => ({
  always: { 'shop/Dockerfile': `ARG BASE_IMAGE\nFROM \${BASE_IMAGE}\n${more}` },
  inputs: { dockerfile: 'Dockerfile' },
})

test.each<Change & { name: string; is: boolean | undefined }>([
  { name: 'nothing changed', is: false },
  { name: 'a file of the project did', files: { 'shop/shop/__init__.py': 'x = 1\n' }, is: true },
  { name: 'a file of another project did', files: { 'lib/lib.py': 'x = 1\n' }, is: false },
  { name: 'a file beside it did, to which it refers', always: BESIDE, files: { 'lib/lib.py': 'x = 1\n' }, is: true },
  {
    name: 'a file beside it did, to which a link of it leads',
    link: ['shop/shop/shared.py', '../../lib/lib.py'],
    files: { 'lib/lib.py': 'x = 1\n' },
    is: true,
  },
  {
    name: 'a file of a folder beside it did, to which a link of it leads',
    link: ['shop/shop/lib', '../../lib'],
    files: { 'lib/lib.py': 'x = 1\n' },
    is: true,
  },
  ...Object.entries({
    "a file of a member of its workspace did, which the root's sources name": {
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["*"]\n[tool.uv.sources]\nlib = { workspace = true }\n',
    },
    'a file beside it did, which a hook of its build reads': { 'shop/hatch_build.py': 'ROOT = Path(self.root).parent\n' },
    'a file beside it did, to which hatch refers': { 'shop/requirements.txt': 'lib @ {root:parent:uri}/lib\n' },
    'a file of the folder above did, to which it refers': { 'shop/requirements.txt': 'lib @ file:..\n-e ".."\n' },
  }).map(([name, always]) => ({ name, always, files: { 'lib/lib.py': 'x = 1\n' }, is: true })),
  { name: 'an input that shapes the image did', inputs: { user: '1234' }, is: true },
  { name: 'an input of another kind did', inputs: { checks: 'warn', env: 'A=b', timeout: '9', 'no-cache': 'true' }, is: false },
  { name: 'a package beside the project did', inputs: { packages: 'gunicorn' }, is: true },
  { name: 'the day of a project without a lock did', inputs: { 'exclude-newer': '2026-01-03' }, is: true },
  { name: 'the day of one with a lock did', always: LOCK, inputs: { 'exclude-newer': '2026-01-03' }, is: false },
  { name: "the parent's tag names another image", parent: `sha256:${'b'.repeat(64)}`, is: true },
  { name: 'the registry does not tell what the parent is by now', parent: '', is: true },
  { name: 'a base by an own Dockerfile is of a tag', ...ownBase('FROM debian:13\n'), is: true },
  { name: 'a base by an own Dockerfile is of a digest', ...ownBase(`FROM debian@${DIGEST}\n`), is: false },
  { name: 'a base by an own Dockerfile is of the parent', ...ownBase('ARG PARENT_IMAGE\nFROM ${PARENT_IMAGE}\n'), is: false },
  { name: 'an own Dockerfile takes files of a tag', ...ownRelease('COPY --from=node:24 /a /a\n'), is: true },
  { name: 'an own Dockerfile starts from base alone', ...ownRelease(''), is: false },
  { name: 'a pull request is as its branch', context: PULL, is: false },
  { name: 'a pull request is as its branch with a slash', context: { ...PULL, baseRef: 'release/1.x' }, tag: 'release-1.x', is: false },
  { name: 'a pull request goes to a branch called as a release', context: { ...PULL, baseRef: '1.2' }, tag: '1.2', is: true },
  { name: 'a pull request has an image of its own', context: PULL, tag: 'pr-7', is: false },
  { name: 'the registry has no such image', tag: 'other', is: true },
  { name: 'no registry is named', inputs: { registry: '' }, is: undefined },
])('where $name, the image would change: $is', async ({ is, ...change }) => {
  expect(await changed(change)).toBe(is)
})

test('a parent that was on one machine alone is compared by its name, and that is told', async () => {
  const lines: string[] = []
  expect(await changed({ madeFrom: '', told: (line) => void lines.push(line) })).toBe(false)
  expect(lines.at(-1)).toMatch(/^Whether \S+ is another image by now is not known: it was on the machine alone/)
})
