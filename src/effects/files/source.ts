import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { lstat, mkdir, readdir, readFile, readlink, realpath, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import { NEVER_IN_A_BUILD } from '../../never-in-a-build.ts'
import { SHELF } from '../../shelf.ts'
import { isBelow } from '../../text/paths.ts'
import type { Source, SourceFile } from '../ports.ts'
import { files, linkOrCopy } from './files.ts'
import { lfsPointers } from './lfs-pointers.ts'
import { withheldFiles } from './withheld.ts'

const NEVER = new Set(NEVER_IN_A_BUILD)
/** `gha-creds-*.json` is what google-github-actions/auth writes into the workspace, under another name each time. */
const NEVER_PATTERN = /\.egg-info$|\.py[co]$|^id_(rsa|dsa|ecdsa|ed25519)$|^\.env\.(?!example$|sample$|template$|dist$)|^gha-creds-.*\.json$/
/** Logins that lie in a folder whose other files may be the project's. */
const NEVER_IN_FOLDER = /(^|\/)(\.config\/gcloud|\.docker\/config\.json)$/
/** What setuptools leaves behind: modules of an older build would end in the wheel. */
const NEVER_AT_TOP = /^build\/(lib|lib\..*|bdist\..*|temp\..*)(\/|$)/
const ENVIRONMENT = new Set(['pyvenv.cfg', 'bin', 'lib', 'lib64', 'include'])
const AT_ONCE = 32

export const source: Source = {
  async snapshot(folder, wheelhouse, { withheld = [], top } = {}) {
    const found = await sentPaths(folder, wheelhouse, top)
    withheld.push(...found.withheld)
    return printed(folder, found.paths, found.real)
  },

  async chosen(folder, paths) {
    const plain: string[] = []
    for (const relative of paths) {
      const stat = await lstat(path.join(folder, relative)).catch(() => undefined)
      if ((stat?.isFile() || stat?.isSymbolicLink()) && !isExcluded(relative)) plain.push(relative)
    }
    const withheld = await withheldFiles(folder, plain)
    return printed(
      folder,
      plain.filter((file) => !withheld.has(file)),
    )
  },

  pointers: lfsPointers,

  async made(folder) {
    const paths: string[] = []
    await walk({ root: folder, wheelhouse: '', found: paths, real: new Map(), above: [] }, '')
    return printed(folder, paths.sort())
  },

  async stage(folder, snapshot, target) {
    const folders = new Set(snapshot.map((file) => path.dirname(path.join(target, file.path))))
    await mkdir(target, { recursive: true })
    for (const needed of folders) await mkdir(needed, { recursive: true })
    await inParallel(snapshot, async (file) => {
      const to = path.join(target, file.path)
      if (file.text === undefined) await place(file.real ?? path.join(file.folder ?? folder, file.path), to)
      // A new file, never through a link to the user's; `wx`: there is none yet.
      else await writeFile(to, file.text, { flag: 'wx', mode: file.print.startsWith('x') ? 0o755 : 0o644 })
    })
  },
}

function printed(folder: string, paths: readonly string[], all: ReadonlyMap<string, string> = new Map()): Promise<SourceFile[]> {
  return inParallel(paths, async (relative) => {
    const real = all.get(relative)
    return { path: relative, print: await print(real ?? path.join(folder, relative)), ...(real !== undefined && { real }) }
  })
}

/** Paths of the files of a project folder, as a snapshot would hold them. @param withheld gets those that are left out as secrets */
export async function sourcePaths(folder: string, withheld: string[] = [], top?: string): Promise<readonly string[]> {
  const found = await sentPaths(folder, '', top)
  withheld.push(...found.withheld)
  return found.paths
}

async function sentPaths(
  folder: string,
  wheelhouse: string,
  top?: string,
): Promise<{ readonly paths: readonly string[]; readonly real: ReadonlyMap<string, string>; readonly withheld: ReadonlySet<string> }> {
  const paths: string[] = []
  const real = new Map<string, string>()
  await walk({ root: folder, wheelhouse, found: paths, real, top: top && (await realpath(top)), above: [] }, '')
  paths.sort()
  const withheld = new Set(await withheldFiles(folder, paths))
  // Whatever a link is called, a secret stays one.
  const led = [...real].map(([link, to]) => [link, path.relative(top ?? folder, to)] as const)
  const secrets = await withheldFiles(
    top ?? folder,
    led.map(([, to]) => to),
  )
  for (const [link, to] of led) if (secrets.has(to)) withheld.add(link)
  return { paths: paths.filter((file) => !withheld.has(file)), real, withheld }
}

interface Walk {
  readonly root: string
  readonly wheelhouse: string
  readonly found: string[]
  /** Where files behind links out of the root really are. */
  readonly real: Map<string, string>
  /** Links are followed as far as they stay below it. */
  readonly top?: string | undefined
  /** The folder, where that is behind a link. */
  readonly at?: string | undefined
  /** All that it lies in by links. */
  readonly above: readonly string[]
}

async function walk(walking: Walk, below: string): Promise<void> {
  const { root, wheelhouse, found, real, at } = walking
  const entries = await readdir(at ?? path.join(root, below), { withFileTypes: true })
  const environment = entries.some((entry) => entry.name === 'pyvenv.cfg')
  if (environment && below) return
  // A wheelhouse of another project: `libs/billing` may be packaged by itself too.
  if (below && entries.some(({ name }) => name === '.build') && (await files.exists(path.join(root, below, SHELF.resolution)))) return
  for (const entry of entries) {
    // `python -m venv .` mixes an environment with the project: only its own folders stay out.
    if (environment && ENVIRONMENT.has(entry.name)) continue
    const relative = below ? `${below}/${entry.name}` : entry.name
    if (excluded(entry, relative) || path.join(root, relative) === wheelhouse) continue
    if (entry.name.includes('\uFFFD')) await checkName(path.join(at ?? path.join(root, below), entry.name), relative)
    if (entry.isDirectory()) await walk({ ...walking, at: at && path.join(at, entry.name) }, relative)
    else if (entry.isSymbolicLink()) await follow(walking, relative, path.join(at ?? path.join(root, below), entry.name))
    else if (entry.isFile()) {
      found.push(relative)
      if (at !== undefined) real.set(relative, path.join(at, entry.name))
    }
  }
}

/** Of a name that is not UTF-8 Node tells another one, by which there is nothing. */
async function checkName(file: string, shown: string): Promise<void> {
  if ((await lstat(file).catch(() => undefined)) !== undefined) return
  throw new UserError('project', `the name ${shown} is not UTF-8`, 'Rename that file or folder, or leave it out of the checkout.')
}

/** A link within the folder stays one; of one that leads to elsewhere in the checkout the files are there. */
async function follow(walking: Walk, relative: string, link: string): Promise<void> {
  const { root, top, found, real, above } = walking
  const to = top === undefined ? undefined : await realpath(link).catch(() => undefined)
  const home = await realpath(root)
  const led = to === undefined || top === undefined ? undefined : path.relative(top, to)
  const plain = led === undefined || /^\.\.(\/|$)/.test(led) || path.isAbsolute(led) || isExcluded(led)
  const circular = to !== undefined && [home, ...above].some((folder) => isBelow(folder, to))
  if (to === undefined || plain || circular || (isBelow(to, home) && above.length === 0)) return void found.push(relative)
  const stat = await lstat(to)
  if (stat.isDirectory()) return walk({ ...walking, at: to, above: [...above, to] }, relative)
  if (!stat.isFile()) return
  found.push(relative)
  real.set(relative, to)
}

/** Whether a path leads through what is never part of a build. */
function isExcluded(relative: string): boolean {
  return NEVER_IN_FOLDER.test(relative) || relative.split('/').some((name) => NEVER.has(name) || NEVER_PATTERN.test(name))
}

function excluded(entry: Dirent, relative: string): boolean {
  return NEVER.has(entry.name) || NEVER_PATTERN.test(entry.name) || NEVER_AT_TOP.test(relative) || NEVER_IN_FOLDER.test(relative)
}

async function print(file: string): Promise<string> {
  const stat = await lstat(file)
  if (stat.isSymbolicLink()) return `link ${await readlink(file)}`
  const hash =
    stat.size < 1 << 20
      ? createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
      : await files.sha256(file)
  return `${stat.mode & 0o100 ? 'x' : '-'} ${hash}`
}

async function place(from: string, to: string): Promise<void> {
  const stat = await lstat(from)
  if (stat.isSymbolicLink()) await symlink(await readlink(from), to)
  else await linkOrCopy(from, to)
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, items.length) }, async () => {
      while (next < items.length) {
        const index = next++
        results[index] = await work(items[index] as T)
      }
    }),
  )
  return results
}

export type { SourceFile }
