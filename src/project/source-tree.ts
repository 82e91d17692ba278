/** Files of a project folder, as texts. */
export interface SourceTree {
  /** The project folder relative to the workspace, `.` for the workspace itself. */
  readonly folder: string
  /** Paths of all files, relative to the folder, with `/`. */
  readonly files: readonly string[]
  /** Texts of the files that `READ` names, of Django's starting points, and of requirements files with what they include. */
  readonly texts: ReadonlyMap<string, string>
}
