import { withoutEnd } from '../../cuts.ts'
import { normalizeName } from '../../names.ts'
import { type Table, tableAt, textAt, textsAt } from '../../toml.ts'
import { names, readGit, readPath, tablesAt } from '../pins.ts'
import type { StatedMetadata, StatedPackage, StatedRequirement, StatedSource, UvStated } from './stated.ts'

/**
 * Reads what a uv.lock was made from: `package.metadata` of the projects, `[manifest]` and `[options]`.
 * @see https://github.com/astral-sh/uv/blob/main/crates/uv-resolver/src/lock/mod.rs (`satisfies`)
 */
export function readUvStated(lock: Table): UvStated {
  const manifest = tableAt(lock, 'manifest')
  const options = tableAt(lock, 'options')
  return {
    packages: new Map(
      tablesAt(lock, 'package').flatMap((entry) => {
        const stated = readPackage(entry)
        return stated ? [[normalizeName(textAt(entry, 'name') ?? ''), stated] as const] : []
      }),
    ),
    constraints: tablesAt(manifest, 'constraints').map(readStated),
    overrides: tablesAt(manifest, 'overrides').map(readStated),
    excludes: names(textsAt(manifest, 'excludes') ?? []),
    metadata: readMetadata(manifest),
    options: { resolution: textAt(options, 'resolution-mode'), prerelease: textAt(options, 'prerelease-mode') },
  }
}

/** Of `[manifest]` in a lock, and of `[tool.uv]`. @see https://docs.astral.sh/uv/reference/settings/#dependency-metadata */
export function readMetadata(table: Table): StatedMetadata[] {
  return tablesAt(table, 'dependency-metadata').map((entry) => ({
    name: normalizeName(textAt(entry, 'name') ?? ''),
    version: textAt(entry, 'version') ?? '',
    requires: textsAt(entry, 'requires-dist') ?? [],
  }))
}

/** A package without dependencies has no such table, and neither has one that an early uv locked. */
function readPackage(entry: Table): StatedPackage | undefined {
  const source = tableAt(entry, 'source')
  if (!['editable', 'virtual', 'directory'].some((kind) => kind in source)) return undefined
  const early = !('metadata' in entry) && ['dependencies', 'optional-dependencies', 'dev-dependencies'].some((key) => key in entry)
  if (early) return undefined
  const metadata = tableAt(entry, 'metadata')
  const groups = tableAt(metadata, 'requires-dev')
  return {
    requires: tablesAt(metadata, 'requires-dist').map(readStated),
    groups: Object.fromEntries(Object.keys(groups).map((group) => [normalizeName(group), tablesAt(groups, group).map(readStated)])),
  }
}

function readStated(entry: Table): StatedRequirement {
  return {
    name: normalizeName(textAt(entry, 'name') ?? ''),
    extras: names(textsAt(entry, 'extras') ?? textsAt(entry, 'extra') ?? []),
    specifier: textAt(entry, 'specifier') ?? '',
    marker: textAt(entry, 'marker') ?? '',
    source: readSource(entry),
  }
}

function readSource(entry: Table): StatedSource | undefined {
  const [git, url, index] = ['git', 'url', 'index'].map((key) => textAt(entry, key))
  if (git !== undefined) {
    const [, address = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(git) ?? []
    const asked = new URLSearchParams(query)
    const revision = asked.get('rev') ?? asked.get('tag') ?? asked.get('branch') ?? ''
    return { kind: 'git', at: gitAt(address, asked.get('subdirectory') ?? undefined), revision }
  }
  if (url !== undefined) return { kind: 'address', at: plainAddress(url) }
  if (index !== undefined) return { kind: 'index', at: plainAddress(index) }
  const place = ['directory', 'editable', 'virtual', 'path'].map((key) => textAt(entry, key)).find((one) => one !== undefined)
  return place === undefined ? undefined : { kind: 'place', at: readPath(place) }
}

/** A repository, with the folder in it where one is named. */
export function gitAt(url: string, subdirectory: string | undefined): string {
  return `${plainAddress(url)}${subdirectory ? `#${subdirectory}` : ''}`
}

/** An address by what tells it from others: no login, fragment, `.git` or slash at its end. */
export function plainAddress(address: string): string {
  const { url } = /^git\+/.test(address) ? readGit(address) : { url: address }
  const plain = url.replace(/#.*$/, '').replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1')
  const tidy = withoutEnd(plain, '/').replace(/\.git$/, '')
  return URL.canParse(tidy) ? withoutEnd(new URL(tidy).href, '/') : tidy
}
