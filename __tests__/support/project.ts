import { createHash } from 'node:crypto'
import { cp, lstat, mkdir, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { must } from './command.ts'
import { tempFolder, writeFiles } from './temp.ts'

const POLLS = path.join(import.meta.dirname, '../../examples/polls')

/** The time of every commit: 2026-01-02 03:04:05 UTC, in seconds. */
export const COMMITTED = 1767323045

export interface Project extends AsyncDisposable {
  /** The folder that holds the repository: GITHUB_WORKSPACE. */
  readonly workspace: string
  at(...parts: string[]): string
  git(...args: string[]): Promise<string>
  /** Writes a file, with its folders. */
  write(file: string, text: string): Promise<void>
  /** Commits everything at the fixed time. @returns the commit's name */
  commit(message?: string): Promise<string>
  tag(name: string): Promise<void>
  /** A clone of depth 1, as actions/checkout makes it: no tags, no history. */
  shallow(): Promise<Project>
  /** One hash over path, mode and content of all files outside `wheelhouse/` and `.git/`. */
  hash(): Promise<string>
}

/** A copy of examples/polls (without its wheelhouse) in a repository of its own with one commit. */
export function pollsProject(): Promise<Project> {
  return newProject(async (folder) => {
    await cp(POLLS, folder, { recursive: true, filter: (file) => !/\/(wheelhouse|__pycache__)$|\.sqlite3$/.test(file) })
  })
}

/** A project of the files that are given (path → text), in a repository of its own with one commit. */
export function projectOf(files: Readonly<Record<string, string>>): Promise<Project> {
  return newProject(async (folder) => {
    await writeFiles(folder, files)
  })
}

/** A package without dependencies that says what is in one of its files. */
export function helloFiles(name = 'hello'): Readonly<Record<string, string>> {
  return {
    'setup.py': `from setuptools import setup\nsetup(name="${name}", version="1.0", packages=["hello"], package_data={"hello": ["*.txt"]}, entry_points={"console_scripts": ["hello=hello:main"]})\n`,
    'hello/__init__.py': `import pathlib\ndef main():\n    print(pathlib.Path(__file__).with_name("word.txt").read_text().strip())\n`,
    'hello/word.txt': `${name}\n`,
  }
}

async function newProject(fill: (folder: string) => Promise<void>): Promise<Project> {
  const project = await open()
  await fill(project.workspace)
  await writeFiles(project.workspace, { '.gitignore': 'wheelhouse/\n__pycache__/\n' })
  await project.git('init', '--quiet', '--initial-branch=main')
  await project.commit('Start')
  return project
}

async function open(): Promise<Project> {
  const folder = await tempFolder('project')
  const workspace = folder.at('work')
  await mkdir(workspace)
  const git = (...args: string[]) => must('git', args, { cwd: workspace, env: gitEnvironment() })
  return {
    workspace,
    at: (...parts) => path.join(workspace, ...parts),
    git,
    write: (file, text) => writeFiles(workspace, { [file]: text }),
    async commit(message = 'Change') {
      await git('add', '--all')
      await git('commit', '--quiet', '--allow-empty', '--message', message)
      return git('rev-parse', 'HEAD')
    },
    async tag(name) {
      await git('tag', name)
    },
    async shallow() {
      const clone = await open()
      await clone.git('clone', '--quiet', '--depth=1', '--no-tags', `file://${workspace}`, '.')
      return clone
    },
    hash: () => treeHash(workspace),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** Neither the user's settings nor the clock get into a commit: the same files give the same one. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const who = { NAME: 'Test', EMAIL: 'test@example.invalid', DATE: `${COMMITTED} +0000` }
  const people = Object.entries(who).flatMap(([key, value]) => [`GIT_AUTHOR_${key}`, `GIT_COMMITTER_${key}`].map((name) => [name, value]))
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...Object.fromEntries(people),
  }
}

/** sha256 over path, mode and content of every file, folder and link, in the order of their names. */
export async function treeHash(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const names = (await readdir(folder, { recursive: true })).filter((name) => !/^(wheelhouse|\.git)(\/|$)|\/wheelhouse(\/|$)/.test(name))
  for (const name of names.sort()) {
    const file = path.join(folder, name)
    const stat = await lstat(file)
    const content = stat.isSymbolicLink() ? await readlink(file) : stat.isFile() ? await readFile(file) : ''
    const print = createHash('sha256').update(content).digest('hex')
    hash.update(`${name}\0${stat.mode.toString(8)}\0${print}\n`)
  }
  return hash.digest('hex')
}
