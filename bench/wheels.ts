// Measures the wheels step beside plain pip, on projects fetched from PyPI, in turn:
//   node bench/wheels.ts [--runs 3]
// Takes what bench/run.ts takes. The parent image, base, builder and uv are there; wheelhouse and build cache are empty.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { must } from '../__tests__/support/command.ts'
import { startDaemon } from '../__tests__/support/daemon.ts'
import { type ActionResult, runAction } from '../__tests__/support/runner.ts'
import { unpackSdist } from '../__tests__/support/sdist.ts'
import { tempFolder } from '../__tests__/support/temp.ts'
import { CA, PARENT, timed } from './contender.ts'

const BIG = { name: 'azure-cli', version: '2.78.0', released: '2025-10-15' }
const FOUR = ['uWSGI==2.0.31', 'mysqlclient==2.2.7', 'psycopg2==2.9.10', 'python-ldap==3.4.4']

interface Row {
  readonly title: string
  readonly ours: () => Promise<number>
  readonly pip?: () => Promise<number>
}

await using daemon = await startDaemon()
await using folder = await tempFolder('bench')
const memory: number[] = []

/** The action on a folder; `fresh`: its wheelhouse and BuildKit's cache are emptied before. */
async function wheels(workspace: string, fresh: boolean): Promise<ActionResult> {
  if (fresh) {
    await rm(path.join(workspace, 'wheelhouse'), { recursive: true, force: true })
    await daemon.docker('builder', 'prune', '--all', '--force')
  }
  const result = await runAction({
    workspace,
    inputs: { 'parent-image': PARENT, target: 'wheels', 'image-name': 'bench' },
    env: { DOCKER_HOST: daemon.host, RUNNER_DEBUG: '1' },
  })
  if (result.code !== 0) throw new Error(`${result.errors.join('; ')}\n${result.log.slice(-2000)}`)
  const used = /memory: (\d+) MB/.exec(result.log)?.[1]
  if (used) memory.push(Number(used))
  return result
}

/** `pip wheel` in the builder, as the methodology's builder does it, to a fresh folder and without a cache. */
async function pip(builder: string, source: string, ...what: string[]): Promise<number> {
  const out = folder.at('pip')
  await rm(out, { recursive: true, force: true })
  await mkdir(out)
  const ca = CA ? ['--volume', `${CA}:/ca.pem:ro`, '--env', 'PIP_CERT=/ca.pem'] : []
  const index = process.env.PIP_INDEX_URL ? ['--env', 'PIP_INDEX_URL'] : []
  const command = `cp -R /application /tmp/source && cd /tmp/source && python /opt/wheel-tools/pip wheel --quiet --no-cache-dir --wheel-dir /wheelhouse ${what.join(' ')}`
  const mounts = ['--volume', `${source}:/application:ro`, '--volume', `${out}:/wheelhouse`]
  return timed('docker', ['run', '--rm', ...ca, ...index, ...mounts, builder, 'sh', '-c', command], { DOCKER_HOST: daemon.host })
}

async function project(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const at = folder.at(name)
  await mkdir(at, { recursive: true })
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(at, file), text)
  return commit(at)
}

async function commit(at: string): Promise<string> {
  const date = `${BIG.released}T12:00:00Z`
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  const git = (...args: string[]) => must('git', ['-C', at, '-c', 'user.name=B', '-c', 'user.email=b@example.invalid', ...args], { env })
  await git('init', '--quiet')
  await git('add', '--all', '--force')
  await git('commit', '--quiet', '--allow-empty', '--message', 'Bench')
  return at
}

async function prepare(): Promise<readonly Row[]> {
  await daemon.load(PARENT)
  await mkdir(folder.at('unpacked'))
  const big = await commit(await unpackSdist(BIG.name, BIG.version, folder.at('unpacked')))
  await wheels(big, true)
  const lock = await readFile(path.join(big, 'wheelhouse/pylock.toml'), 'utf8')
  const pins = [...lock.matchAll(/^name = "(.+)"\nversion = "(.+)"$/gm)].map(([, name, version]) => `${name}==${version}`)
  const pinned = await project('pinned', { 'requirements.txt': `${pins.join('\n')}\n` })
  const one = await project('one', { 'requirements.txt': `${pins.join('\n')}\n` })
  const four = await project('four', { 'requirements.txt': `${FOUR.join('\n')}\n` })
  const built = await wheels(four, true) // makes the builder with the headers of the four
  const builder = built.outputs['builder-image'] ?? ''
  console.error(`${pins.length} pins; builder ${builder}`)
  let extra = 0
  return [
    {
      title: `${pins.length} dependencies from nothing`,
      ours: async () => (await wheels(pinned, true)).seconds,
      pip: () => pip(builder, pinned, '--requirement', 'requirements.txt'),
    },
    {
      title: `${BIG.name} with its own wheel from nothing`,
      ours: async () => (await wheels(big, true)).seconds,
      pip: () => pip(builder, big, '.'),
    },
    { title: 'the same, nothing changed', ours: async () => (await wheels(big, false)).seconds },
    {
      title: 'one dependency added to a warm wheelhouse',
      ours: async () => {
        await wheels(one, false)
        await writeFile(path.join(one, 'requirements.txt'), `${pins.join('\n')}\nwhitenoise==6.${++extra}.0\n`)
        const result = await wheels(one, false)
        const fetched = /(\d+) downloaded/.exec(result.log)?.[1]
        if (fetched !== '1') throw new Error(`${fetched} were downloaded where 1 was added`)
        return result.seconds
      },
    },
    {
      title: 'four compiled dependencies from nothing',
      ours: async () => (await wheels(four, true)).seconds,
      pip: () => pip(builder, four, '--requirement', 'requirements.txt'),
    },
  ]
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
const rows = await prepare()
const seconds = rows.map(() => ({ ours: [] as number[], pip: [] as number[] }))
for (let run = 1; run <= Number(values.runs); run++) {
  for (const [i, row] of rows.entries()) {
    const measured = seconds[i] as { ours: number[]; pip: number[] }
    measured.ours.push(await row.ours())
    if (row.pip) measured.pip.push(await row.pip())
    console.error(`run ${run} · ${row.title}: ${measured.ours.at(-1)?.toFixed(1)} s, pip ${measured.pip.at(-1)?.toFixed(1) ?? '-'} s`)
  }
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)] ?? Number.NaN
console.log('|  | this action | pip wheel |\n|---|--:|--:|')
for (const [i, row] of rows.entries()) {
  const { ours, pip: theirs } = seconds[i] as { ours: number[]; pip: number[] }
  const ratio = theirs.length > 0 ? `${median(theirs).toFixed(1)} s (${(median(theirs) / median(ours)).toFixed(1)} ×)` : ''
  console.log(`| ${row.title} | ${median(ours).toFixed(1)} s | ${ratio} |`)
}
console.log(`\nMedians of ${values.runs}. Memory of the action at most ${Math.max(...memory)} MB.`)
