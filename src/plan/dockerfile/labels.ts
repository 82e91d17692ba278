import type { RunContext } from '../../context.ts'
import type { Requirements } from '../../project/metadata.ts'

export interface LabelFacts {
  readonly metadata: Requirements
  readonly version: string
  readonly revision: string
  /** The commit's time, in seconds since 1970. */
  readonly epoch: number
  readonly python: string
  readonly extras: readonly string[]
  readonly lockSha256: string
  /** What it is made from, as far as that is known before anything is built. */
  readonly source: string
  readonly parent: string
  readonly parentDigest: string
}

const OCI = 'org.opencontainers.image.'
/** What images of this packager say alone. */
const OWN = 'io.pypackager.'

/** Labels that are read back from images, by their whole names. */
export const LABEL = {
  version: `${OCI}version`,
  revision: `${OCI}revision`,
  source: `${OCI}source`,
  parent: `${OCI}base.name`,
  parentDigest: `${OCI}base.digest`,
  extras: `${OWN}extras`,
  python: `${OWN}python`,
} as const

/** Whether an image was made by this packager, by its labels: others may mean something else by the common ones. */
export function isOurs(labels: Readonly<Record<string, string>>): boolean {
  return Object.keys(labels).some((name) => name.startsWith(OWN))
}

/** The address of the repository that an image is of; '' where that is not told. */
export function sourceOf({ serverUrl, repository }: Pick<RunContext, 'serverUrl' | 'repository'>): string {
  return repository ? `${serverUrl}/${repository}` : ''
}

/**
 * The image's labels; those without a value are left out. `created` is the commit's time, not the clock's.
 * @param given labels of the user, which are added or take the place of the OCI ones; an empty value takes one away
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function planLabels(
  facts: LabelFacts,
  context: RunContext,
  given: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const source = sourceOf(context)
  const oci: Record<string, string> = {
    title: facts.metadata.name,
    description: facts.metadata.summary,
    url: source,
    source,
    version: facts.version,
    revision: facts.revision,
    created: new Date(facts.epoch * 1000).toISOString(),
    licenses: facts.metadata.license.length <= 100 ? facts.metadata.license : '', // older projects put the whole text there
    'base.name': facts.parent,
    'base.digest': facts.parentDigest,
  }
  const own: Record<string, string> = {
    python: facts.python,
    extras: facts.extras.join(','),
    lock: facts.lockSha256,
    source: facts.source,
  }
  const all = {
    ...Object.fromEntries(Object.entries(oci).map(([key, value]) => [`${OCI}${key}`, value])),
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`${OWN}${key}`, value])),
    ...given,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}
