import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { must } from '../__tests__/support/command.ts'
import type { Daemon } from '../__tests__/support/daemon.ts'
import { type ActionResult, runAction } from '../__tests__/support/runner.ts'
import type { TempFolder } from '../__tests__/support/temp.ts'
import { indexDownloads } from '../src/effects/network/downloads.ts'
import { runnerCaBundle, runnerIndexes, trustBundle } from '../src/effects/runner-settings.ts'
import { loginsOf } from '../src/plan/wheels/index-settings.ts'
import { readLock } from '../src/project/resolved-lock.ts'
import { CA, PARENT, timed } from './contender.ts'

/** The newest of the day that this was measured, and one that has --uploaded-prior-to (26.0 and later). */
export const PIP = '26.3'

/** What the action did in a workspace, and how long its parts took. */
export interface Made extends ActionResult {
  /** Of the step `wheels` alone. */
  readonly step: number
}

export interface Workbench {
  readonly folder: TempFolder
  readonly daemon: Daemon
  readonly cores: number
  /** MB, of each run of the action that told it. */
  memory(): readonly number[]
  /**
   * The action up to its wheels; `fresh`: the wheelhouse and BuildKit's cache are emptied before; `debug`: its log
   * tells all, the memory too, which takes time.
   */
  wheels(workspace: string, fresh: boolean, debug?: boolean): Promise<Made>
  /**
   * `pip wheel` in the builder, as the methodology's builder does it, to a fresh folder and without a cache; a current
   * pip, which is asked the same question: what there was on that day.
   */
  pip(builder: string, source: string, day: string, ...what: string[]): Promise<number>
  /** uv alone resolves a requirements file in the base image; then 16 parallel requests fetch what it chose. */
  uvAndFetch(base: string, source: string, day: string): Promise<number>
  /** A repository of one commit at a day. */
  commit(at: string, day: string): Promise<string>
  project(name: string, day: string, files: Readonly<Record<string, string>>): Promise<string>
}

export function workbench(daemon: Daemon, folder: TempFolder): Workbench {
  const memory: number[] = []
  const env = { DOCKER_HOST: daemon.host }
  const trust = CA ? ['--volume', `${CA}:/ca.pem:ro`, '--env', 'PIP_CERT=/ca.pem', '--env', 'SSL_CERT_FILE=/ca.pem'] : []

  async function wheels(workspace: string, fresh: boolean, debug = false): Promise<Made> {
    if (fresh) {
      await rm(path.join(workspace, 'wheelhouse'), { recursive: true, force: true })
      await daemon.docker('builder', 'prune', '--all', '--force')
    }
    const inputs = { 'parent-image': PARENT, target: 'wheels', 'image-name': 'bench' }
    const result = await runAction({ workspace, inputs, env: { ...env, ...(debug && { RUNNER_DEBUG: '1' }) } })
    if (result.code !== 0) throw new Error(`${result.errors.join('; ')}\n${result.log.slice(-2000)}`)
    const used = /memory: (\d+) MB/.exec(result.log)?.[1]
    if (used) memory.push(Number(used))
    return { ...result, step: Number(/^\| wheels \|.*\| ([\d.]+) s \|$/m.exec(result.summary)?.[1]) }
  }

  async function pip(builder: string, source: string, day: string, ...what: string[]): Promise<number> {
    const wheel = await currentPip()
    const out = folder.at('pip')
    await rm(out, { recursive: true, force: true })
    await mkdir(out)
    const index = process.env.PIP_INDEX_URL ? ['--env', 'PIP_INDEX_URL'] : []
    const command = `cp -R /application /tmp/source && cd /tmp/source && python /${path.basename(wheel)}/pip wheel --quiet --no-cache-dir --uploaded-prior-to ${day}T00:00:00Z --wheel-dir /wheelhouse ${what.join(' ')}`
    const mounts = [
      '--volume',
      `${source}:/application:ro`,
      '--volume',
      `${out}:/wheelhouse`,
      '--volume',
      `${wheel}:/${path.basename(wheel)}:ro`,
    ]
    return timed('docker', ['run', '--rm', ...trust, ...index, ...mounts, builder, 'sh', '-c', command], env)
  }

  async function uvAndFetch(base: string, source: string, day: string): Promise<number> {
    const { indexUrl } = await runnerIndexes(process.env)
    const bundle = runnerCaBundle(process.env)
    if (bundle) await trustBundle(bundle)
    const out = folder.at('uv')
    await rm(out, { recursive: true, force: true })
    await mkdir(out)
    const index = indexUrl ? ['--env', `UV_DEFAULT_INDEX=${indexUrl}`] : []
    const mounts = ['--volume', `${source}:/application:ro`, '--volume', `${out}:/out`, '--volume', `${await uv()}:/uv:ro`]
    const compile = `/uv pip compile --quiet --no-header --format pylock.toml --python /appenv/bin/python --exclude-newer ${day}T00:00:00Z --output-file /out/pylock.toml /application/requirements.txt`
    const resolving = await timed('docker', ['run', '--rm', ...trust, ...index, ...mounts, base, 'sh', '-c', compile], env)
    const lock = readLock('pylock.toml', await must('cat', [path.join(out, 'pylock.toml')]))
    // Of several wheels of a package the last is as good a guess as any: the sizes differ little.
    const files = lock.flatMap(({ wheels: all, sdist }) => all.at(-1) ?? sdist ?? [])
    const started = performance.now()
    const downloads = indexDownloads(loginsOf({ indexUrl, extraIndexUrls: [], netrc: '' }))
    const queue = [...files].sort((a, b) => (b.size ?? 0) - (a.size ?? 0))
    const worker = async () => {
      for (let file = queue.shift(); file; file = queue.shift()) await downloads.fetch(file, path.join(out, file.file))
    }
    await Promise.all(Array.from({ length: 16 }, worker))
    return resolving + (performance.now() - started) / 1000
  }

  /** pip's own wheel, which runs as it is. Debian's pip knows no bound by date. */
  async function currentPip(): Promise<string> {
    const to = folder.at('current-pip')
    await mkdir(to, { recursive: true })
    if ((await readdir(to)).length === 0)
      await must('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', to, `pip==${PIP}`])
    return path.join(to, `pip-${PIP}-py3-none-any.whl`)
  }

  /** The binary that the action's own tools image holds. */
  async function uv(): Promise<string> {
    const binary = folder.at('uv-binary')
    const [image = ''] = (await daemon.docker('images', '--format', '{{.Repository}}:{{.Tag}}', 'pypackager-tools')).split('\n')
    const container = await daemon.docker('create', image, 'x')
    await daemon.docker('cp', `${container}:/uv`, binary)
    await daemon.docker('rm', container)
    return binary
  }

  async function commit(at: string, day: string): Promise<string> {
    const date = `${day}T12:00:00Z`
    const who = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    const git = (...args: string[]) =>
      must('git', ['-C', at, '-c', 'user.name=B', '-c', 'user.email=b@example.invalid', ...args], { env: who })
    await git('init', '--quiet')
    await git('add', '--all', '--force')
    await git('commit', '--quiet', '--allow-empty', '--message', 'Bench')
    return at
  }

  async function project(name: string, day: string, files: Readonly<Record<string, string>>): Promise<string> {
    const at = folder.at(name)
    await mkdir(at, { recursive: true })
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(at, file), text)
    return commit(at, day)
  }

  return { folder, daemon, cores: availableParallelism(), memory: () => memory, wheels, pip, uvAndFetch, commit, project }
}
