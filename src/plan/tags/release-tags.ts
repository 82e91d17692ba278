import { valid } from '@renovatebot/pep440'
import type { RunContext } from '../../context.ts'
import { UserError } from '../../errors.ts'
import type { Flavoring } from './flavoring.ts'
import { finalReleases, isFinal, type Line, movingTags, ownLine, ownReleases, releaseFromTag, releasesIn, ruleFor } from './releases.ts'
import type { NamedTag } from './tag-names.ts'
import type { RuledTag } from './tag-rules.ts'

/** Tags for one run, and what is told of them. */
export interface ChosenTags {
  readonly tags: readonly RuledTag[]
  readonly release: string | undefined
  readonly lines: readonly Line[]
  readonly notices: readonly string[]
}

/** Whose releases there are. */
interface Releases {
  readonly imageName: string
  readonly folder?: string
  readonly known: readonly string[] | undefined
  readonly prereleases?: readonly string[]
}

/**
 * The tags of a release by its git tag: its version, and those of its lines that no higher release claims.
 * @param release its version
 */
export function releaseTags(release: string, request: Releases & { readonly context: RunContext }, flavored: Flavoring): ChosenTags {
  const { context } = request
  const { tag, notice } = tagOfRelease(release, request)
  const exact = { tag, moves: false }
  const told = notice ? [notice] : []
  const only = (...more: string[]): ChosenTags => ({ tags: flavored.all([exact]), release, lines: [], notices: [...told, ...more] })
  if (!isFinal(release)) return only(...(flavored.always ? [`flavor gives latest to ${release}, which is no final release.`] : []))
  const alone = flavored.always ? `Only ${release} is tagged, and latest by the flavor` : `Only ${release} is tagged`
  if (context.prerelease) return only(`${alone}: the release is marked as a pre-release.`)
  if (request.known === undefined) {
    return only(
      `${alone}: the repository's other tags could not be listed, so whether ${release} is the newest is not known. ` +
        'Let actions/checkout fetch them (fetch-depth: 0) with its credentials, or pass github-token.',
    )
  }
  const apart = ofSomethingElse(request, context.refName)
  if (apart) return only(`${alone}: ${apart}`)
  const others = finalReleases(request.known, request.imageName, request.prereleases)
  const own = ownLine(release, others)
  const lines = movingTags(release, others)
  const due = lines.filter(({ claimedBy }) => claimedBy === undefined).map(({ tag: line }) => ({ tag: line, moves: true }))
  const newest = lines.find((line) => line.tag === 'latest')?.claimedBy
  return {
    tags: flavored.all([...(own.claimedBy ? [] : [exact]), ...due]),
    release,
    lines: flavored.lines([own, ...lines]),
    notices: [
      ...told,
      ...(own.claimedBy ? [`The tag ${release} is that of ${own.claimedBy} now, a higher release of its line, and stays there.`] : []),
      ...(newest && flavored.always ? [`flavor gives latest to ${release}, although ${newest} is out.`] : []),
    ],
  }
}

/** The version; the `+` of a local one becomes `-`, or `_` where that would be another release. */
export function tagOfRelease(release: string, { known, imageName }: Pick<Releases, 'known' | 'imageName'>): NamedTag {
  if (!release.includes('+')) return { tag: release }
  const dash = release.replaceAll('+', '-')
  const other = valid(dash) !== null || (known ?? []).some((name) => releaseFromTag(name, imageName) === dash)
  const tag = other ? release.replaceAll('+', '_') : dash
  return { tag, notice: `The release ${release} is tagged ${tag}: a tag cannot hold a +.` }
}

/** @throws UserError where a leg's tag of this release is that of another release: `1.2.3-test` of v1.2.3-test and of the leg `-test` */
export function refuseOtherRelease(release: string, tag: string, { known = [], imageName }: Releases): void {
  if (tag === release || !releasesIn(known, imageName).includes(tag)) return
  throw new UserError('inputs', `the tag ${tag} of this leg of ${release} is that of the release ${tag}, which the repository has too`, {
    next: `Set a tag-suffix that no release ends in, such as ${tag.slice(release.length).replace(/^-/, '_')}.`,
    input: 'tag-suffix',
  })
}

/** @throws UserError for a suffix that makes another version of one: 1.2 and `.1` are 1.2.1, 1 and `3.12` are 13.12 */
export function checkSuffix(suffix: string): void {
  if (suffix === '' || /^[-_]/.test(suffix) || valid(`1.2${suffix}`) === null) return
  throw new UserError('inputs', `tag-suffix "${suffix}" makes the tag 1.2${suffix} of the release 1.2, which is another version`, {
    next: `Write -${suffix.replace(/^\./, '')}.`,
    input: 'tag-suffix',
  })
}

/** Of several images in one repository, whose tags have the name of each, a plain tag is not known to be of this one. */
function ofSomethingElse({ known = [], imageName, folder = '' }: Releases, name: string): string | undefined {
  if (ownReleases([name], imageName).length > 0) return undefined
  const told = (own: string, how: string) =>
    `${own} is how this repository names releases of this project, so ${name} may be one of something else. ${how}`
  const [own] = ownReleases(known, imageName)
  if (own) return told(own, `A tag that begins as ${own} does moves latest.`)
  const [ofFolder] = ownReleases(known, folder)
  return ofFolder && told(ofFolder, `To read those, set tags: ${ruleFor(ofFolder)}`)
}
