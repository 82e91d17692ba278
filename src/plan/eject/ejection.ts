import { renderDebianFiles, renderWheelStages, type SourceStage } from '../dockerfile/dockerfile.ts'
import type { ReleaseStages } from '../dockerfile/dockerfile-release.ts'
import { renderRelease } from '../dockerfile/dockerfile-release.ts'
import { type IgnoreFacts, renderIgnore } from './dockerignore.ts'
import { type ReadmeFacts, renderReadme } from './eject-readme.ts'
import { REQUIREMENTS, renderEjected, SDISTS } from './ejected-dockerfile.ts'

/** A package with the hashes that any file of it may have. */
export interface Hashed {
  readonly name: string
  readonly version: string
  readonly sha256: readonly string[]
}

/** A package that is built from its sdist. */
export interface BuiltHere extends SourceStage {
  readonly version: string
  readonly sha256: string
  /** The wheels that it is built with. */
  readonly requires: readonly Hashed[]
}

export interface EjectFacts {
  /** Relative to the project. */
  readonly folder: string
  /** The Dockerfile of the run as far as the project alone tells it. */
  readonly images: string
  readonly release: ReleaseStages
  readonly workshop: 'base' | 'builder'
  readonly downloads: readonly Hashed[]
  readonly built: readonly BuiltHere[]
  /** What the project's own wheel is built with; undefined where it has none. */
  readonly requires: readonly Hashed[] | undefined
  /** Texts of the stages' scripts, by their paths. */
  readonly scripts: Readonly<Record<string, string>>
  readonly ignore: Omit<IgnoreFacts, 'folder'>
  readonly readme: Omit<ReadmeFacts, 'folder' | 'debian' | 'buildRequirements' | 'sdists' | 'sourceOnly'>
}

/** The files of a folder from which plain `docker build` makes the release, by their paths in it. */
export function eject(facts: EjectFacts): Readonly<Record<string, string>> {
  const { folder, release, built } = facts
  const lists = buildLists(facts)
  const buildRequirements = new Map([...lists].map(([name, { file }]) => [name, file]))
  const whole =
    facts.images +
    renderWheelStages(built) +
    renderDebianFiles(release.packages) +
    renderRelease({ ...release, labels: lasting(release.labels) })
  const compiled = built.map(({ name }) => name)
  const dockerfile = renderEjected({ dockerfile: whole, folder, workshop: facts.workshop, compiled, buildRequirements })
  const readme = {
    ...facts.readme,
    folder,
    debian: release.packages,
    buildRequirements: [...new Set(buildRequirements.values())],
    sdists: compiled,
    sourceOnly: release.sourceOnly,
  }
  return {
    Dockerfile: `${MARK}\n\n${dockerfile}`,
    'Dockerfile.dockerignore': renderIgnore({ ...facts.ignore, folder }),
    'README.md': renderReadme(readme),
    [REQUIREMENTS]: renderHashed(facts.downloads),
    [SDISTS]: renderHashed(built.map(({ name, version, sha256 }) => ({ name, version, sha256: [sha256] }))),
    ...Object.fromEntries([...lists.values()].map(({ file, text }) => [file, text])),
    ...Object.fromEntries(
      Object.entries(facts.scripts)
        .filter(([path]) => isMounted(path, dockerfile))
        .map(([path, text]) => [`stages/${path}`, text]),
    ),
  }
}

/** The first line of a Dockerfile of ours: by it a folder is known that may be written again. */
export const MARK = '# Made by pypackager eject; from here on it is yours.'

/** Requirements files of builds, one for each set: those with the same wheels share one. */
function buildLists({ built, requires }: EjectFacts): ReadonlyMap<string, { readonly file: string; readonly text: string }> {
  const lists = new Map<string, { readonly file: string; readonly text: string }>()
  const add = (name: string, packages: readonly Hashed[]) => {
    const text = renderHashed(packages)
    const same = [...lists.values()].find((list) => list.text === text)
    lists.set(name, same ?? { file: name === '' ? 'build-requirements.txt' : `build-requirements-${name}.txt`, text })
  }
  if (requires) add('', requires)
  for (const { name, requires: needed } of built) add(name, needed)
  return lists
}

/** A requirements file as pip takes it with --require-hashes. @see https://pip.pypa.io/en/stable/topics/secure-installs/ */
export function renderHashed(packages: readonly Hashed[]): string {
  return packages
    .map(({ name, version, sha256 }) => [`${name}==${version}`, ...sha256.map((sum) => `--hash=sha256:${sum}`)].join(' \\\n    '))
    .map((line) => `${line}\n`)
    .join('')
}

/** Labels that stay true: those of one run and one commit do not. */
function lasting(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const passing = /^(io\.pypackager\..*|org\.opencontainers\.image\.(revision|created|version))$/
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !passing.test(name)))
}

/** Whether a script lies in a folder that a stage mounts, or is itself mounted. */
function isMounted(path: string, dockerfile: string): boolean {
  const [stage = ''] = path.split('/')
  return dockerfile.includes(`/stages/${stage},target=`) || dockerfile.includes(`/stages/${path},target=`)
}
