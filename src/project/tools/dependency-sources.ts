import { UserError } from '../../errors.ts'
import { isArchive, readGit, readPath } from '../locks/pins.ts'
import { normalizeName } from '../names.ts'
import { holds } from '../requirements/marker.ts'
import { type Table, tableAt, textAt } from '../toml.ts'
import { conditionOf, poetryEntries } from './poetry-project.ts'
import { type SourceChoice, type UvSource, uvSources } from './uv-sources.ts'
import { type Member, uvOf } from './uv-workspace.ts'

/** The names that a project says a source of, normalised: by [tool.uv.sources], else by Poetry's tables. */
export function sourcedNames(member: Member): ReadonlySet<string> {
  const uv = Object.keys(uvOf(member).sources)
  return new Set(
    [
      ...uv,
      ...poetryEntries(poetryOf(member))
        .filter(({ entry }) => hasSource(entry))
        .map(({ name }) => name),
    ].map(normalizeName),
  )
}

/**
 * The sources that count for a project here, by normalised name. Poetry's tables tell them even where [project] names
 * what is required: they enrich it (Poetry 2).
 * @returns a function that gives one, so that only a source that is wanted can be an error
 * @throws UserError (of that function) where it cannot be followed: an index must not answer in its place
 * @see https://python-poetry.org/docs/dependency-specification/#projectdependencies-and-toolpoetrydependencies
 */
export function sourcesOf(member: Member, choice: SourceChoice): (name: string) => UvSource | undefined {
  const uv = uvSources(member, choice)
  const entries = poetryEntries(poetryOf(member)).filter(({ group }) => group === undefined || choice.chosen.groups.includes(group))
  return (name) => {
    const found = uv(name)
    if (found) return found
    const written = entries.find(
      (one) => one.name === name && hasSource(one.entry) && holds(conditionOf(one.entry), choice.environment, choice.chosen),
    )
    return written && readPoetry(name, written.entry, member.folder)
  }
}

function poetryOf({ pyproject }: Member): Table {
  return tableAt(pyproject, 'tool', 'poetry')
}

function hasSource(entry: Table): boolean {
  return ['path', 'file', 'git', 'url', 'source'].some((key) => key in entry)
}

function readPoetry(name: string, entry: Table, base: string): UvSource {
  const [git, url, index] = ['git', 'url', 'source'].map((key) => textAt(entry, key))
  const subdirectory = textAt(entry, 'subdirectory')
  if (git) {
    const revision = textAt(entry, 'rev') ?? textAt(entry, 'tag') ?? textAt(entry, 'branch') ?? ''
    const address = /^[\w.-]+@[^/]+:/.test(git) ? `ssh://${git.replace(':', '/')}` : git
    return { kind: 'local', source: { ...readGit(address), revision, ...(subdirectory ? { subdirectory } : {}) }, base }
  }
  if (url) return { kind: 'address', url: subdirectory ? `${url}#subdirectory=${subdirectory}` : url }
  if (index) return { kind: 'index', index }
  const place = textAt(entry, 'path') ?? textAt(entry, 'file')
  if (place === undefined) throw unreadable(name, entry)
  if (isArchive(place)) return { kind: 'file', path: readPath(place), base }
  return { kind: 'local', source: { kind: 'directory', path: readPath(subdirectory ? `${place}/${subdirectory}` : place) }, base }
}

function unreadable(name: string, entry: Table): UserError {
  return new UserError(
    'project',
    `[tool.poetry.dependencies] says of ${name} { ${Object.keys(entry).join(', ')} }, which is not understood`,
    'Fix it: a name with dots stands in quotes, and a source is a path, a repository, an address or the name of one.',
  )
}
