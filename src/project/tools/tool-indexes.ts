import { tablesAt } from '../locks/pins.ts'
import { normalizeName } from '../names.ts'
import type { Chosen } from '../requirements/marker.ts'
import { type Table, textAt, textsAt } from '../toml.ts'
import type { IndexPin, NamedLogin, ProjectIndexes } from './index-pins.ts'
import { conditionOf, poetryEntries } from './poetry-project.ts'

/**
 * Poetry's sources. Primary ones take the place of the public index unless that is named among them; a supplemental one is
 * asked before it, where Poetry asks it after: nothing public then takes the place of what is private.
 * @see https://python-poetry.org/docs/repositories/#package-sources
 */
export function readPoetryIndexes(poetry: Table, login: NamedLogin, chosen: Chosen): ProjectIndexes {
  const written = tablesAt(poetry, 'source').map((source) => {
    const name = textAt(source, 'name') ?? ''
    const url = textAt(source, 'url') ?? ''
    return {
      name,
      isPublic: isPublic(name) && url === '',
      url: url && login(name, url),
      priority: (textAt(source, 'priority') ?? 'primary').toLowerCase(),
    }
  })
  const unfollowed = written
    .filter(({ url, isPublic: open }) => !open && !isAddress(url))
    .map(({ name }) => `[[tool.poetry.source]] ${name}`)
  const known = written.filter(({ url, isPublic: open }) => open || isAddress(url))
  const common = known.filter(({ priority }) => priority !== 'explicit')
  const primary = common.filter(({ priority }) => priority === 'primary' || priority === 'default')
  const others = common.filter((source) => !primary.includes(source))
  const asksPublic = primary.length === 0 || primary.some((source) => source.isPublic)
  const urls = [...primary, ...others].filter((source) => !source.isPublic).map(({ url }) => url)
  const pins: Record<string, readonly IndexPin[]> = {}
  const indexes: Record<string, string> = {}
  for (const { name, entry, group } of poetryEntries(poetry)) {
    const source = textAt(entry, 'source')
    if (source === undefined || (group !== undefined && !chosen.groups.includes(group))) continue
    const from = known.find((one) => one.name === source)
    if (from?.isPublic || (!from && isPublic(source))) {
      if (urls.length > 0) unfollowed.push(`${name} of the source ${source}`)
    } else if (from) {
      pins[name] = [...(pins[name] ?? []), { index: indexName(source), marker: conditionOf(entry) }]
      indexes[indexName(source)] = from.url
    } else unfollowed.push(`${name} of the source ${source}`)
  }
  return {
    indexUrl: asksPublic ? '' : (urls.at(-1) ?? ''),
    extraIndexUrls: asksPublic ? urls : urls.slice(0, -1),
    pins: { indexes, packages: pins },
    unfollowed,
  }
}

/**
 * PDM's sources: one of the name `pypi` is the default index, and packages that one names come from that alone.
 * @see https://pdm-project.org/latest/usage/config/#configure-the-package-indexes
 */
export function readPdmIndexes(pdm: Table, login: NamedLogin): ProjectIndexes {
  const unfollowed: string[] = []
  const packages: Record<string, readonly IndexPin[]> = {}
  const indexes: Record<string, string> = {}
  const common: { name: string; url: string }[] = []
  for (const source of tablesAt(pdm, 'source')) {
    const name = textAt(source, 'name') ?? ''
    const url = textAt(source, 'url') ?? ''
    const included = textsAt(source, 'include_packages') ?? []
    const patterned = [...included, ...(textsAt(source, 'exclude_packages') ?? [])].some((one) => !/^[\w.-]+$/.test(one))
    if (!isAddress(url) || textAt(source, 'type') === 'find_links' || patterned || 'exclude_packages' in source) {
      unfollowed.push(`[[tool.pdm.source]] ${name}`)
      continue
    }
    const address = login(name, url)
    common.push({ name, url: address })
    for (const one of included)
      packages[normalizeName(one)] = [...(packages[normalizeName(one)] ?? []), { index: indexName(name), marker: '' }]
    if (included.length > 0) indexes[indexName(name)] = address
  }
  return {
    indexUrl: common.find(({ name }) => name === 'pypi')?.url ?? '',
    extraIndexUrls: common.filter(({ name }) => name !== 'pypi').map(({ url }) => url),
    pins: { indexes, packages },
    unfollowed,
  }
}

function isPublic(name: string): boolean {
  return name.toLowerCase() === 'pypi'
}

function isAddress(url: string): boolean {
  return /^https?:\/\/[^$\s]+$/.test(url)
}

/** As uv takes names of indexes. */
function indexName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, '-')
}
