import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { unpackSdist } from '../__tests__/support/sdist.ts'
import { parseMetadata, requirementsFor } from '../src/project/metadata.ts'
import { PARENT } from './contender.ts'
import type { Wanted } from './wanted.ts'
import type { Made, Workbench } from './workbench.ts'

const BIG = { name: 'azure-cli', version: '2.78.0', day: '2025-10-15' }
const FOUR = ['uWSGI==2.0.31', 'mysqlclient==2.2.7', 'psycopg2==2.9.10', 'python-ldap==3.4.4']

export interface Row {
  readonly id: string
  readonly title: string
  /** What issue 4 asks for. */
  readonly wanted: Wanted
  /** Seconds. */
  readonly ours: () => Promise<number>
  readonly beside?: { readonly name: string; readonly run: () => Promise<number> }
}

/** Makes the projects and the images that are there when the clocks start. */
export async function prepare(bench: Workbench): Promise<readonly Row[]> {
  const { folder, wheels, pip, project } = bench
  await bench.daemon.load(PARENT)
  await mkdir(folder.at('unpacked'))
  const big = await bench.commit(await unpackSdist(BIG.name, BIG.version, folder.at('unpacked')), BIG.day)
  const first = await wheels(big, true, true)
  const local = JSON.parse(await readFile(path.join(big, 'wheelhouse/.build/local.json'), 'utf8')) as { project: { metadata: string } }
  const requires = `${requirementsFor(parseMetadata(local.project.metadata), []).join('\n')}\n`
  const lock = await readFile(path.join(big, 'wheelhouse/pylock.toml'), 'utf8')
  const pins = `${[...lock.matchAll(/^name = "(.+)"\nversion = "(.+)"$/gm)].map(([, name, version]) => `${name}==${version}`).join('\n')}\n`
  const dependencies = await project('dependencies', BIG.day, { 'requirements.txt': requires })
  const pinned = await project('pinned', BIG.day, { 'requirements.txt': pins })
  const four = await project('four', BIG.day, { 'requirements.txt': `${FOUR.join('\n')}\n` })
  const built = await wheels(four, true, true) // makes the builder with the headers of the four
  const builder = built.outputs['builder-image'] ?? ''
  const base = first.outputs['base-image'] ?? ''
  const count = pins.trim().split('\n').length
  console.error(`${count} pins; base ${base}, builder ${builder}`)
  let added = 0

  return [
    {
      id: 'fetched',
      title: `${count} dependencies: resolved and fetched, the step alone`,
      wanted: { kind: 'at most theirs', times: 1.5 },
      ours: async () => (await wheels(dependencies, true)).step,
      beside: { name: 'uv, then 16 parallel requests', run: () => bench.uvAndFetch(base, dependencies, BIG.day) },
    },
    {
      id: 'dependencies',
      title: `${count} dependencies from nothing`,
      wanted: { kind: 'faster', times: 4 },
      ours: async () => (await wheels(dependencies, true)).seconds,
      beside: {
        name: '`pip wheel -r`',
        run: () => pip(builder, dependencies, BIG.day, '--requirement', 'requirements.txt'),
      },
    },
    {
      id: 'whole',
      title: `${BIG.name} with its own wheel from nothing`,
      wanted: { kind: 'faster', times: 2.5 },
      ours: async () => (await wheels(big, true)).seconds,
      beside: { name: '`pip wheel .`', run: () => pip(builder, big, BIG.day, '.') },
    },
    {
      id: 'source',
      title: `${BIG.name}, a line of its source changed`,
      wanted: { kind: 'proved', what: 'resolves nothing' },
      ours: async () => {
        await appendFile(path.join(big, 'azure/cli/__main__.py'), '# changed\n')
        return without(await wheels(big, false), /^ {2}(build-)?lock: |resolving /m, 'was resolved').seconds
      },
    },
    {
      id: 'unchanged',
      title: `${BIG.name}, nothing changed, the step alone`,
      wanted: { kind: 'seconds', atMost: 1 },
      ours: async () => (await wheels(big, false)).step,
    },
    {
      id: 'added',
      title: 'one dependency added to a warm wheelhouse',
      wanted: { kind: 'proved', what: 'fetches that one' },
      ours: async () => {
        await writeFile(path.join(pinned, 'requirements.txt'), pins)
        await wheels(pinned, false)
        await writeFile(path.join(pinned, 'requirements.txt'), `${pins}whitenoise==6.${(added++ % 9) + 1}.0\n`)
        return without(await wheels(pinned, false), /(?<! 1) downloaded/, 'were downloaded where 1 was added').seconds
      },
    },
    {
      id: 'compiled',
      title: 'uWSGI, mysqlclient, psycopg2 and python-ldap from nothing',
      wanted: { kind: 'faster', times: 1.15 },
      ours: async () => (await wheels(four, true)).seconds,
      beside: { name: '`pip wheel -r`', run: () => pip(builder, four, BIG.day, '--requirement', 'requirements.txt') },
    },
  ]
}

/** @throws Error where the log holds what must not be */
function without(made: Made, what: RegExp, complaint: string): Made {
  const found = what.exec(made.log)
  if (found) throw new Error(`${complaint}: …${made.log.slice(Math.max(0, found.index - 300), found.index + 300)}`)
  return made
}
