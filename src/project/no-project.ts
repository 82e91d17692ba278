import { UserError } from '../errors.ts'
import { listed } from '../text/words.ts'
import { projectFolders } from './project-folders.ts'
import type { Table } from './toml.ts'

/** What was found in the folder, as far as it was read. */
interface Looked {
  readonly folder: string
  readonly files: readonly string[]
  readonly texts: ReadonlyMap<string, string>
}

/** Says what was looked for, and of what is there what to do with it. */
export function noMetadata(tree: Looked, pyproject: Table): UserError {
  const where = tree.folder === '.' ? 'the workspace' : `"${tree.folder}"`
  const known = ALONE.find(({ file }) => tree.files.some((one) => file.test(one)))
  const script = [...tree.texts].find(([file, text]) => file.endsWith('.py') && /^# \/\/\/ script\s*$/m.test(text))?.[0]
  const several = tree.files.filter((file) => /^requirements[^/]*\.txt$/.test(file))
  if (several.length <= 1 && (known || script)) {
    const next =
      known?.next ?? `Write them as [project] dependencies of a pyproject.toml, or as requirements.txt ("uv export --script ${script}").`
    return new UserError(
      'project',
      `${known?.says ?? `${script} states its dependencies as a script (PEP 723)`} in ${where}, which is not read`,
      next,
    )
  }
  if (tree.files.length === 0) {
    return new UserError(
      'project',
      `there are no files in ${where}`,
      'In a workflow, run actions/checkout before this step; else set path.',
    )
  }
  return new UserError(
    'project',
    Object.keys(pyproject).length > 0
      ? `pyproject.toml in ${where} has neither [project] nor [build-system], and there is no setup.py`
      : `no pyproject.toml, setup.py, setup.cfg or requirements.txt in ${where} or its src/`,
    several.length > 1 ? `Say which of ${several.join(', ')} counts in the input requirements.` : elsewhere(tree),
  )
}

const MOST_FOLDERS = 6

/** Folders below that look like projects. */
function elsewhere({ folder, files }: Looked): string {
  const below = projectFolders(files).filter((one) => one !== '.')
  const folders = below.map((one) => (folder === '.' ? one : `${folder}/${one}`))
  if (folders.length === 0) {
    const such = files.includes('manage.py') ? 'such as Django and gunicorn' : 'an empty one where that is nothing: touch requirements.txt'
    const code = files.some((file) => file.endsWith('.py'))
    return `${code ? `Name what it installs in requirements.txt (${such}), or set` : 'Set'} path to the folder that holds the project.`
  }
  const beside = files.filter((file) => /^[^/]+\/requirements[^/]*\.txt$/.test(file))
  // The site is here, and what it installs is noted elsewhere: that folder alone is no project.
  if (files.includes('manage.py') && beside.length > 0)
    return `Set the input requirements to ${listed(beside, MOST_FOLDERS).replace(/, /g, ' or ')}.`
  if (folders.length === 1) return `Set path to ${folders[0]}, which has one.`
  return `Set path to one that has: ${listed(folders, MOST_FOLDERS)}.`
}

/** What some keep instead of metadata. */
const ALONE: readonly { readonly file: RegExp; readonly says: string; readonly next: string }[] = [
  { file: /^Pipfile$/, says: 'there is a Pipfile without its Pipfile.lock', next: 'Run "pipenv lock" and commit Pipfile.lock.' },
  {
    file: /^(environment|conda)[^/]*\.ya?ml$/,
    says: 'there is the environment of conda',
    next: 'State what pip installs in requirements.txt or pyproject.toml; libraries of Debian go to the input runtime-packages.',
  },
  {
    file: /^(pixi\.toml|pixi\.lock)$/,
    says: 'there is a workspace of pixi',
    next: 'State what pip installs in requirements.txt or pyproject.toml.',
  },
  {
    file: /^requirements[^/]*\.in$/,
    says: 'there is a requirements.in that nothing was compiled from',
    next: 'Run "pip-compile" or "uv pip compile" and commit requirements.txt, or name the file in the input requirements.',
  },
]
