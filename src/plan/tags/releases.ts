import { explain, gt, valid } from '@renovatebot/pep440'

/** A version by semver.org: its parts and its pre-release; a `v` may stand before it. */
export const SEMVER =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/** `v1.2.3`, `shop-v1.2.3` and `shop/v1.2.3` (of the image shop) read as 1.2.3: a version by PEP 440 or semver.org. */
export function releaseFromTag(tag: string, imageName: string): string | undefined {
  const version = (afterName(tag, imageName) ?? tag).replace(/^v(?=\d)/i, '')
  // `2026` or a branch-like name is a version to PEP 440 too; a release has at least two parts.
  return /^\d+\.\d/.test(version) && isVersion(version) ? version : undefined
}

/**
 * What follows the image's own name in a tag, however that is written; undefined where the tag does not begin with it.
 * @see https://packaging.python.org/en/latest/specifications/name-normalization/
 */
function afterName(tag: string, imageName: string): string | undefined {
  const words = lastPart(imageName)
    .split(/[-_.]+/)
    .filter(Boolean)
  const own = words.length > 0 && new RegExp(`^${words.join('[-_.]+')}[-/]`, 'i').exec(tag)
  return own ? tag.slice(own[0].length) : undefined
}

function lastPart(imageName: string): string {
  return imageName.split('/').at(-1) ?? imageName
}

/** Names of git tags that are releases by the image's own name: `shop-v1.2.3`. */
export function ownReleases(names: readonly string[], imageName: string): readonly string[] {
  return names.filter((name) => afterName(name, imageName) !== undefined && releaseFromTag(name, imageName) !== undefined)
}

/** By PEP 440 or semver.org. */
export function isVersion(text: string): boolean {
  return valid(text) !== null || SEMVER.test(text)
}

/** Neither a pre-, post- or dev-release nor a local version. */
export function isFinal(version: string): boolean {
  const parts = explain(version)
  return parts !== null && !parts.is_prerelease && !parts.is_postrelease && !parts.is_devrelease && !version.includes('+')
}

/**
 * Final releases among the tags of a repository, as `releasesIn`.
 * @param marked names of git tags whose release is marked as a pre-release: it is none of them
 */
export function finalReleases(names: readonly string[], imageName: string, marked: readonly string[] = []): readonly string[] {
  const own = ownReleases(names, imageName).length > 0
  const others = releasesIn(own ? ownReleases(marked, imageName) : marked, imageName)
  return releasesIn(names, imageName).filter((release) => isFinal(release) && !others.includes(release))
}

/** Releases among the tags of a repository: those by the image's own name where there are some, as plain ones are of something else then. */
export function releasesIn(names: readonly string[], imageName: string): readonly string[] {
  const own = ownReleases(names, imageName)
  return (own.length > 0 ? own : names).map((name) => releaseFromTag(name, imageName)).filter((release) => release !== undefined)
}

/**
 * Final releases that the registry has of an image, as its git tags would name them.
 * @param tags of the registry @param names of git tags: a plain one beside those by the image's own name is of something else
 */
export function releasesInRegistry(tags: readonly string[], names: readonly string[], imageName: string): readonly string[] {
  const released = finalReleases(tags, '')
  const own = ownReleases(names, imageName)
  if (own.length === 0) return released
  const plain = finalReleases(names, '')
  return released.filter((release) => !plain.includes(release)).map((release) => `${lastPart(imageName)}-${release}`)
}

/** Negative where the first is lower; what PEP 440 does not read is lower than all that it reads, and no release lower still. */
export function compareReleases(a: string | undefined, b: string | undefined): number {
  const [first, second] = [a, b].map((one) => (one !== undefined && valid(one) ? one : undefined))
  if (first !== undefined && second !== undefined) return gt(first, second) ? 1 : gt(second, first) ? -1 : 0
  const rank = (one: string | undefined, read: string | undefined) => (read !== undefined ? 2 : one === undefined ? 0 : 1)
  return rank(a, first) - rank(b, second)
}

/** A tag that goes to the newest release of a line, and the release that has it in the place of the one in hand. */
export interface MovingTag {
  readonly tag: string
  /** The highest release that claims the tag; undefined where it is the one in hand. */
  readonly claimedBy: string | undefined
}

/** A line of releases and the image's tag for it, which may have a prefix and a suffix. */
export interface Line {
  readonly tag: string
  /** `1.2`, `1` or `latest`. */
  readonly line: string
  /** The higher release that has it; undefined where this one does. */
  readonly claimedBy: string | undefined
}

/**
 * `1.2`, `1` and `latest` of 1.2.3, as its parts are written (`2025.06` of 2025.06.1); never `0`.
 * @param others final releases
 */
export function movingTags(release: string, others: readonly string[]): readonly MovingTag[] {
  const { written, claim } = claims(release, others)
  const lines = Array.from({ length: written.length - 1 }, (_, i) => written.length - 1 - i)
  return [
    ...lines.map((length) => ({ tag: written.slice(0, length).join('.'), claimedBy: claim(length) })),
    { tag: 'latest', claimedBy: claim(0) },
  ].filter(({ tag }) => !/^0+$/.test(tag))
}

/** The tag of a release itself, which is a line too: 1.2.1 claims `1.2` of 1.2. @param others final releases */
export function ownLine(release: string, others: readonly string[]): MovingTag {
  // As it is written: `01.2` is no tag of 1.2.3.
  const { written, claim } = claims(
    release,
    others.filter((other) => other.startsWith(`${release}.`)),
  )
  return { tag: release, claimedBy: claim(written.length) }
}

function claims(release: string, others: readonly string[]) {
  const written = (/^\d+(?:\.\d+)*/.exec(release)?.[0] ?? '').split('.')
  const higher = others.filter((other) => gt(other, release)).toSorted((a, b) => compareReleases(b, a) || b.length - a.length)
  const claim = (length: number) => higher.find((other) => written.slice(0, length).every((part, i) => Number(part) === segment(other, i)))
  return { written, claim }
}

function segment(version: string, i: number): number {
  return Number(explain(version)?.release[i] ?? 0)
}

/** The version at the end of a tag such as `backend-v2.22.0`; undefined where it holds none. */
export function versionIn(tag: string): { readonly prefix: string; readonly version: string } | undefined {
  const [, prefix = '', version = ''] = /^(.*?[^0-9A-Za-z.!]|[A-Za-z]+\.?)v?(\d+(?:\.\d+)+[0-9A-Za-z.+-]*)$/i.exec(tag) ?? []
  return prefix && isVersion(version) ? { prefix, version } : undefined
}

/** The line of `tags` that would read the version in a tag such as `backend-v2.22.0`; undefined where it holds none. */
export function ruleFor(tag: string): string | undefined {
  const { prefix = '', version = '' } = versionIn(tag) ?? {}
  if (!version) return undefined
  const before = prefix.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return `type=${valid(version) ? 'pep440' : 'semver'},pattern={{version}},match=^${before}v?(.+)$`
}

/** What stands before the suffix of a leg, where that is numbers; nothing for none. */
export function ofLeg(tag: string): readonly string[] {
  return /^\d+(?:\.\d+)*(?=[-_])/.exec(tag.replace(/^v/i, '')) ?? []
}
