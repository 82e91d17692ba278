/** Files that make a folder a project, or may. */
const PROJECT_FILE = /^((?:[^/]+\/){0,3})(?:pyproject\.toml|setup\.py|setup\.cfg|requirements\.txt|Pipfile\.lock)$/
const ASIDE = /(^|\/)(node_modules|tests?|docs?|examples?|benchmarks?|templates?|\.[^/]*)\//

/** Folders that look like projects, the uppermost first; `.` is the one that the paths are relative to. */
export function projectFolders(files: readonly string[]): readonly string[] {
  const found = files.flatMap((file) => (ASIDE.test(file) ? [] : (PROJECT_FILE.exec(file)?.[1] ?? [])))
  const folders = [...new Set(found.map((folder) => folder.replace(/\/$/, '') || '.'))]
  return folders.sort((one, other) => depth(one) - depth(other) || (one < other ? -1 : 1))
}

function depth(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length
}
