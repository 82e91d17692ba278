import { normalizeName } from '../names.ts'
import type { Chosen } from '../requirements/marker.ts'
import { type Table, tableAt, textAt, textsAt } from '../toml.ts'
import type { IndexPin, IndexPins, NamedLogin, ProjectIndexes } from './index-pins.ts'
import { readPdmIndexes, readPoetryIndexes } from './tool-indexes.ts'
import { type Member, uvOf } from './uv-workspace.ts'

/** An index that a file names for which the inputs speak. */
export interface AskedIndex {
  /** Where, e.g. `requirements.txt:3: --extra-index-url`. */
  readonly at: string
  /** Without its login. */
  readonly url: string
  /** As it stands there, where a requirements file names it. */
  readonly address?: string
  /** What says it here. */
  readonly input: 'index-url' | 'extra-index-urls'
}

/**
 * Reads `[[tool.uv.index]]` and the `[tool.uv.sources]` that name one, of a workspace's root too, and the sources of
 * Poetry and PDM. The first that has a package gives it, as uv has it. What is not followed is said.
 * @param chosen extras and groups that are installed: a source for another one does not count
 * @see https://docs.astral.sh/uv/concepts/indexes/
 */
export function readProjectIndexes(
  member: Member,
  login: NamedLogin = (_name, address) => address,
  chosen: Chosen = { extras: [], groups: [] },
): ProjectIndexes {
  const tool = tableAt(member.pyproject, 'tool')
  const { indexes, sources, settings } = uvOf(member)
  const written = [...indexes, ...olderIndexes(settings)].map((index) => ({
    name: textAt(index, 'name') ?? '',
    url: textAt(index, 'url') ?? '',
    isDefault: index.default === true,
    isExplicit: index.explicit === true,
  }))
  const known = written.filter(({ url }) => isAddress(url)).map((index) => ({ ...index, url: login(index.name, index.url) }))
  const common = known.filter(({ isExplicit }) => !isExplicit)
  const uv = readPins(sources, new Map(known.map(({ name, url }) => [name, url])), chosen)
  const poetry = readPoetryIndexes(tableAt(tool, 'poetry'), login, chosen)
  const pdm = readPdmIndexes(tableAt(tool, 'pdm'), login)
  return {
    indexUrl: common.find(({ isDefault }) => isDefault)?.url || poetry.indexUrl || pdm.indexUrl,
    extraIndexUrls: [
      ...common.filter(({ isDefault }) => !isDefault).map(({ url }) => url),
      ...poetry.extraIndexUrls,
      ...pdm.extraIndexUrls,
    ],
    pins: {
      indexes: { ...pdm.pins.indexes, ...poetry.pins.indexes, ...uv.pins.indexes },
      packages: { ...pdm.pins.packages, ...poetry.pins.packages, ...uv.pins.packages },
    },
    unfollowed: [
      ...written.filter(({ url }) => !isAddress(url)).map(({ name }) => `[[tool.uv.index]] ${name || '(without a name)'}`),
      ...uv.unfollowed,
      ...poetry.unfollowed,
      ...pdm.unfollowed,
    ],
  }
}

/** Variables in it are for the tool to fill in, and are not. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[^$\s]+$/.test(url)
}

/** `index-url` and `extra-index-url`, which uv still reads beside its list, as entries of that. */
function olderIndexes(settings: Table): readonly Table[] {
  const [url, extra] = [textAt(settings, 'index-url'), textsAt(settings, 'extra-index-url') ?? []]
  return [...extra.map((address) => ({ url: address })), ...(url ? [{ url, default: true }] : [])]
}

/** @see https://docs.astral.sh/uv/concepts/indexes/#pinning-a-package-to-an-index */
function readPins(sources: Table, known: ReadonlyMap<string, string>, chosen: Chosen): { pins: IndexPins; unfollowed: readonly string[] } {
  const indexes: Record<string, string> = {}
  const packages: Record<string, readonly IndexPin[]> = {}
  const unfollowed: string[] = []
  for (const [name, value] of Object.entries(sources)) {
    const entries = ((Array.isArray(value) ? value : [value]) as readonly Table[]).filter((entry) => isChosen(entry, chosen))
    const named = entries.filter((entry) => textAt(entry, 'index') !== undefined)
    if (named.length === 0) continue
    const pins = named.map((entry) => ({ index: textAt(entry, 'index') ?? '', marker: textAt(entry, 'marker') ?? '' }))
    // Beside sources of other kinds, and of several indexes, markers tell which of them counts.
    const apart = entries.length === 1 || entries.every((entry) => 'marker' in entry)
    if (!apart || !pins.every(({ index }) => known.has(index))) {
      unfollowed.push(`[tool.uv.sources] ${name}`)
      continue
    }
    packages[normalizeName(name)] = pins
    for (const { index } of pins) indexes[index] = known.get(index) ?? ''
  }
  return { pins: { indexes, packages }, unfollowed }
}

/** Whether a source counts for the extras and groups that are installed; `all` stands for every extra. */
function isChosen(entry: Table, { extras, groups }: Chosen): boolean {
  const among = (key: string, names: readonly string[]) => {
    const name = textAt(entry, key)
    return name === undefined || names.map(normalizeName).some((one) => one === normalizeName(name) || (key === 'extra' && one === 'all'))
  }
  return among('extra', extras) && among('group', groups)
}

/** An address without its login, however that is written. */
export function bareAddress(url: string): string {
  return url.replace(/\S+/g, (word) => {
    const [slashes, at] = [word.indexOf('//'), word.lastIndexOf('@')]
    return slashes >= 0 && at > slashes ? `${word.slice(0, slashes)}//${word.slice(at + 1)}` : word
  })
}
