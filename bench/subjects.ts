import path from 'node:path'
import { pollsProject } from '../__tests__/support/project.ts'
import { checkoutOf, PUBLIC_PROJECTS, type PublicProject } from '../__tests__/support/public-projects.ts'
import type { TempFolder } from '../__tests__/support/temp.ts'

const HERE = path.join(import.meta.dirname, 'handwritten')

/** A project whose image is made by the action and from a hand-written Dockerfile. */
export interface Subject {
  readonly name: string
  /** Its repository, on the commit that is packaged. */
  readonly workspace: string
  readonly inputs: Readonly<Record<string, string>>
  /** The wheelhouse of the action, where the lock lies. */
  readonly wheelhouse: string
  readonly handwritten: {
    readonly dockerfile: string
    readonly args: readonly string[]
    /** Where in the build's context the repository goes, and the file of the lock's versions. */
    readonly source: string
    readonly pins: string
  }
  /** What is started where starts are measured; those projects are made with each kind of byte code. */
  readonly start?: readonly string[]
}

/** The sample and the public projects of the end-to-end tests. */
export async function subjects(folder: TempFolder, all: AsyncDisposableStack): Promise<readonly Subject[]> {
  const sample = all.use(await pollsProject())
  const found: Subject[] = [
    {
      name: 'polls, the sample',
      workspace: sample.workspace,
      inputs: {},
      wheelhouse: sample.at('wheelhouse'),
      handwritten: { dockerfile: path.join(HERE, 'Dockerfile'), args: [], source: '.', pins: 'requirements.txt' },
      start: ['manage.py', 'check'],
    },
  ]
  for (const project of PUBLIC_PROJECTS) found.push(subjectOf(project, await checkoutOf(project, folder)))
  return found
}

function subjectOf(project: PublicProject, workspace: string): Subject {
  const { sdist, version, released, extras, start, path: inside = '.' } = project
  return {
    name: project.path ? `${project.image} of ${sdist} ${version}` : `${sdist}${extras ? `[${extras}]` : ''} ${version}`,
    workspace,
    inputs: { path: inside === '.' ? '' : inside, extras: extras ?? '', command: start ?? '' },
    wheelhouse: path.join(workspace, inside, 'wheelhouse'),
    handwritten: {
      dockerfile: path.join(HERE, 'project.Dockerfile'),
      args: [`PROJECT=${path.join('/src', inside)}${extras ? `[${extras}]` : ''}`, `UV_EXCLUDE_NEWER=${released}T23:59:59Z`],
      source: 'source',
      pins: 'constraints.txt',
    },
    ...(sdist === 'azure-cli' && { start: ['az', '--version'] }),
  }
}
