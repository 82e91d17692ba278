import path from 'node:path'
import type { Files } from './effects/ports.ts'
import { FILE_SETTINGS } from './inputs/flags.ts'
import { projectTable } from './inputs/project-table.ts'
import { relativePath } from './inputs/readers.ts'
import { byFile } from './inputs/settings.ts'
import { NEED_WORD, WHERE_TO } from './inputs/trust.ts'
import { findProject } from './run/prepare/make-plan.ts'

/** The settings of a workflow's step: its inputs, and where they say nothing the table [tool.pypackager] of the project. */
export interface StepSettings {
  /** The text of an input, '' where nobody sets it. */
  readonly get: (input: string) => string
  /** Inputs that the table sets. */
  readonly ofProject: readonly string[]
  /** Lines for the log: what the table set, and what it may not. */
  readonly info: readonly string[]
  readonly notices: readonly string[]
}

/** Whoever opens a pull request writes the table, so it has no say over these: the workflow has. */
const OF_THE_WORKFLOW: readonly string[] = [...NEED_WORD, ...WHERE_TO]

interface Checkout {
  readonly workspace: string
  readonly files: Files
  /** Whether the files of a folder may be anybody's: then they do not name the image either. */
  readonly byStrangers?: (project: string) => Promise<boolean>
}

/**
 * @param given the trimmed text of an input of the step, '' where it is not set
 * @throws UserError for a wrong `path`, and for a table with a key or a value that is none, as the command line
 */
export async function stepSettings(
  given: (input: string) => string,
  { workspace, files, byStrangers = async () => false }: Checkout,
): Promise<StepSettings> {
  const project = await findProject(workspace, relativePath('path', given('path') || '.'), files)
  const file = path.join(path.relative(workspace, project), 'pyproject.toml')
  const written = byFile(file, await projectTable(files, workspace, file))
  const set = FILE_SETTINGS.filter((input) => given(input) === '' && written(input))
  const ofTheWorkflow = set.includes('image-name') && (await byStrangers(project)) ? [...OF_THE_WORKFLOW, 'image-name'] : OF_THE_WORKFLOW
  const followed = set.filter((input) => !ofTheWorkflow.includes(input))
  const withheld = set.filter((input) => ofTheWorkflow.includes(input))
  return {
    get: (input) => given(input) || (followed.includes(input) ? (written(input)?.value ?? '') : ''),
    ofProject: followed,
    info: followed.length > 0 ? [`From ${file} [tool.pypackager]: ${followed.join(', ')}`] : [],
    notices:
      withheld.length > 0
        ? [
            `${file} [tool.pypackager] sets ${withheld.join(', ')}: of a workflow only the step's own inputs do. Set them there if you mean them.`,
          ]
        : [],
  }
}
