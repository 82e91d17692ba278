import { type Outcome, tagged } from './outcome.ts'

/** Every output of action.yml, in its order. */
export const OUTPUT_NAMES = [
  'release-tag',
  'version',
  'tags',
  'image',
  'digest',
  'imageid',
  'base-image',
  'builder-image',
  'test-image',
  'dev-image',
  'wheelhouse',
  'wheels',
  'lock',
  'cache-hit',
  'cache-key',
  'python-version',
  'command',
  'labels',
  'metadata',
  'sbom',
  'assets',
  'size',
  'changed',
] as const
export type OutputName = (typeof OUTPUT_NAMES)[number]

/**
 * The outputs as texts; a step that was not reached has none. `metadata` is all of them as JSON: a
 * matrix job's outputs keep only the last leg, so legs hand this on as an artefact.
 */
export function outputs(outcome: Outcome): Readonly<Partial<Record<OutputName, string>>> {
  const { release, wheels, published } = outcome
  const names = tagged(outcome)
  const image = published && `${published.repository}@${published.digest}`
  const all: Partial<Record<OutputName, string | undefined>> = {
    version: outcome.version,
    image,
    digest: published?.digest,
    sbom: outcome.sbom,
    changed: outcome.changed === undefined ? undefined : String(outcome.changed),
    'base-image': outcome.base?.reference,
    'builder-image': outcome.builder?.reference,
    'test-image': outcome.test?.reference,
    'dev-image': outcome.dev?.reference,
    ...(wheels && {
      wheelhouse: wheels.folder,
      wheels: JSON.stringify(wheels.wheels),
      lock: wheels.lock,
      'cache-hit': String(wheels.cacheHit),
      'cache-key': wheels.cacheKey || undefined,
      'python-version': wheels.python,
      assets: [...wheels.assets, ...(outcome.sbom ? [outcome.sbom] : [])].join('\n'),
    }),
    ...(release && {
      'release-tag': names[0],
      tags: names.join('\n'),
      image: image ?? names[0],
      imageid: release.id,
      command: release.command ? JSON.stringify(release.command.argv) : '',
      labels: Object.entries(release.labels)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
      size: String(release.size),
    }),
  }
  const set = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<Record<OutputName, string>>
  return { ...set, metadata: JSON.stringify({ ...set, wheels: wheels?.wheels ?? [], labels: release?.labels ?? {} }) }
}
