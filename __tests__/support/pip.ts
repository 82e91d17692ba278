import path from 'node:path'
import { decoded } from '../../src/effects/files/encoding.ts'
import { UserError } from '../../src/errors.ts'
import type { Source } from '../../src/project/locks/pins.ts'
import { readRequired } from '../../src/project/requirements/required.ts'
import { readLines } from '../../src/project/requirements/requirement-lines.ts'
import { must } from './command.ts'

/** Requirements files by their paths; the first is `requirements.txt`. */
export type RequirementsTexts = Readonly<Record<string, string | Buffer>>

/** What a file requires, one text a requirement; or why it is refused. */
export type Judgement = readonly string[] | { readonly refused: string }

interface Told {
  readonly name: string
  readonly extras: readonly string[]
  readonly specifier: string
  readonly marker: string
  readonly place: string
  readonly editable: boolean
  readonly constraint: boolean
  readonly hashes: readonly string[]
}

/** Folders that the judge has beside the files; the last is no project. */
const PROJECTS = ['.', 'libs/billing', 'libs/my lib', 'core', '../shared']

/** What pip says of each: its own parser, run by this machine's Python. @param python one with pip */
export async function askPip(cases: readonly RequirementsTexts[], python = 'python3'): Promise<readonly Judgement[]> {
  const input = JSON.stringify(
    cases.map((files) => Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')]))),
  )
  const said = await must(python, [path.join(import.meta.dirname, 'pip_judge.py')], { input })
  return (JSON.parse(said) as (string | readonly Told[])[]).map((one) =>
    typeof one === 'string' ? { refused: one } : one.map(shown).sort(),
  )
}

/** What we say of one. */
export function askOurs(files: RequirementsTexts): Judgement {
  const texts = new Map(Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? text : decoded(text)]))
  try {
    const { lines } = readLines('requirements.txt', { texts, strict: false })
    const read = lines.map(({ text, editable, constraint, hashes }) => {
      const { name, extras, specifier, marker, source } = readRequired(text, editable)
      if (source?.kind === 'archive' && !/^https?:/.test(source.url)) throw new UserError('project', `${source.url} is not there`, '')
      if (source?.kind === 'directory' && !PROJECTS.includes(source.path)) throw new UserError('project', `${source.path} is not there`, '')
      return {
        name,
        extras: [...extras].sort(),
        specifier,
        marker,
        place: placeOf(source),
        editable,
        constraint,
        hashes: [...hashes].sort(),
      }
    })
    return read.map(shown).sort()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { refused: error.message }
  }
}

/** What pip would install of an index, as `name version`, sorted. */
export async function pipChooses(
  lines: readonly string[],
  { index, ca }: { readonly index: string; readonly ca: string },
): Promise<readonly string[]> {
  const words = ['install', '--dry-run', '--ignore-installed', '--quiet', '--report', '-', '--index-url', index, '--cert', ca]
  const env = { ...process.env, REQUESTS_CA_BUNDLE: ca } // they go before --cert (psf/requests#3829)
  const said = await must('python3', ['-m', 'pip', '--isolated', '--no-cache-dir', ...words, ...lines], { env })
  const { install } = JSON.parse(said) as { install: { metadata: { name: string; version: string } }[] }
  return install.map(({ metadata }) => `${metadata.name} ${metadata.version}`).sort()
}

/** The packages that pip would install for a project's folder, of the index that this machine has; without the project itself. */
export async function pipRequires(project: string): Promise<readonly string[]> {
  const words = ['install', '--dry-run', '--ignore-installed', '--quiet', '--report', '-']
  const said = await must('python3', ['-m', 'pip', ...words, project])
  const { install } = JSON.parse(said) as { install: { metadata: { name: string }; requested: boolean }[] }
  return install.flatMap(({ metadata, requested }) => (requested ? [] : [metadata.name])).sort()
}

function placeOf(source: Source | undefined): string {
  if (!source) return ''
  if (source.kind === 'directory') return source.path
  if (source.kind === 'git') {
    const { url, revision, subdirectory } = source
    return `git+${url}${revision ? `@${revision}` : ''}${subdirectory ? `|${subdirectory}` : ''}`
  }
  const below = /[#&]subdirectory=([^&]*)/.exec(source.url)?.[1]
  return `${source.url.replace(/#.*$/, '')}${below ? `|${below}` : ''}`
}

function shown({ name, extras, specifier, marker, place, editable, constraint, hashes }: Told): string {
  return JSON.stringify({
    name,
    extras,
    specifier: specifier.split(',').sort().join(','),
    marker: marker.replace(/[\s()]/g, '').replaceAll("'", '"'),
    place,
    editable,
    constraint,
    hashes,
  })
}
