import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { files, linkOrCopy } from './files.ts'
import type { Source, SourceFile } from './ports.ts'
import { withheldFiles } from './withheld.ts'

/** Never part of a build, whatever .dockerignore says: version control, secrets, environments, leftovers. */
const NEVER = new Set([
  '.git',
  '.hg',
  '.svn',
  '.env',
  '.netrc',
  '.pypirc',
  '.git-credentials',
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.venv',
  '.tox',
  '.nox',
  '__pycache__',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  'node_modules',
  '.DS_Store',
])
/** `gha-creds-*.json` is what google-github-actions/auth writes into the workspace, under another name each time. */
const NEVER_PATTERN = /\.egg-info$|\.py[co]$|^id_(rsa|dsa|ecdsa|ed25519)$|^\.env\.(?!example$|sample$|template$|dist$)|^gha-creds-.*\.json$/
/** Logins that lie in a folder whose other files may be the project's. */
const NEVER_IN_FOLDER = /(^|\/)(\.config\/gcloud|\.docker\/config\.json)$/
/** What setuptools leaves behind: modules of an older build would end in the wheel. */
const NEVER_AT_TOP = /^build\/(lib|lib\..*|bdist\..*|temp\..*)(\/|$)/
const ENVIRONMENT = new Set(['pyvenv.cfg', 'bin', 'lib', 'lib64', 'include'])
const AT_ONCE = 32

export const source: Source = {
  async snapshot(folder, wheelhouse, withheld = []) {
    const found = await sentPaths(folder, wheelhouse)
    withheld.push(...found.withheld)
    return printed(folder, found.paths)
  },

  async made(folder) {
    const paths: string[] = []
    await walk(folder, '', '', paths)
    return printed(folder, paths.sort())
  },

  async stage(folder, snapshot, target) {
    const folders = new Set(snapshot.map((file) => path.dirname(path.join(target, file.path))))
    await mkdir(target, { recursive: true })
    for (const needed of folders) await mkdir(needed, { recursive: true })
    await inParallel(snapshot, async (file) => {
      const to = path.join(target, file.path)
      if (file.text === undefined) await place(path.join(file.folder ?? folder, file.path), to)
      // A new file, never through a link to the user's; `wx`: there is none yet.
      else await writeFile(to, file.text, { flag: 'wx', mode: file.print.startsWith('x') ? 0o755 : 0o644 })
    })
  },
}

function printed(folder: string, paths: readonly string[]): Promise<SourceFile[]> {
  return inParallel(paths, async (relative) => ({ path: relative, print: await print(path.join(folder, relative)) }))
}

/** Paths of the files of a project folder, as a snapshot would hold them. @param withheld gets those that are left out as secrets */
export async function sourcePaths(folder: string, withheld: string[] = []): Promise<readonly string[]> {
  const found = await sentPaths(folder, '')
  withheld.push(...found.withheld)
  return found.paths
}

async function sentPaths(
  folder: string,
  wheelhouse: string,
): Promise<{ readonly paths: readonly string[]; readonly withheld: ReadonlySet<string> }> {
  const paths: string[] = []
  await walk(folder, '', wheelhouse, paths)
  paths.sort()
  const withheld = await withheldFiles(folder, paths)
  return { paths: paths.filter((file) => !withheld.has(file)), withheld }
}

async function walk(root: string, below: string, wheelhouse: string, found: string[]): Promise<void> {
  const entries = await readdir(path.join(root, below), { withFileTypes: true })
  const environment = entries.some((entry) => entry.name === 'pyvenv.cfg')
  if (environment && below) return
  // A wheelhouse of another project: `libs/billing` may be packaged by itself too.
  if (below && entries.some(({ name }) => name === '.build') && (await files.exists(path.join(root, below, '.build/resolution.json'))))
    return
  for (const entry of entries) {
    // `python -m venv .` mixes an environment with the project: only its own folders stay out.
    if (environment && ENVIRONMENT.has(entry.name)) continue
    const relative = below ? `${below}/${entry.name}` : entry.name
    if (excluded(entry, relative) || path.join(root, relative) === wheelhouse) continue
    if (entry.isDirectory()) await walk(root, relative, wheelhouse, found)
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(relative)
  }
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
