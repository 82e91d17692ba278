import { chosenNames, type Inputs } from '../inputs.ts'
import { type Parts, sha256 } from './fingerprint.ts'
import type { RunPlan } from './run-plan.ts'
import { indexPrint } from './wheels/index-settings.ts'

/** Entries of an older layout are not asked for, and records of one are not read. */
export const LAYOUT = 2

/** Downloads anybody could fetch again; compiled wheels are small and live long. */
export type Entry = 'downloads' | 'compiled'

/** What the keys of a run follow from. */
export interface CacheFacts {
  /** As Docker spells it; with its variant, where the platform names one. */
  readonly architecture: string
  /** The project's folder as the user gives it: projects of one repository do not share entries. */
  readonly folder: string
  readonly suffix: string
  readonly parent: string
  /** '' where the parent image decides. */
  readonly python: string
  /** Of the indexes' addresses, without logins. */
  readonly index: string
  /** Texts of the files that define the project's dependencies. */
  readonly definition: string
  /** Of the release, and those of the test image as `test:NAME`. */
  readonly extras: readonly string[]
  readonly newest: string
  readonly buildPackages: readonly string[]
}

/** Inputs to the keys. */
type Keyed = Pick<
  Inputs,
  'path' | 'cacheSuffix' | 'baseDockerfile' | 'extras' | 'groups' | 'testExtras' | 'testGroups' | 'buildPackages' | 'packages'
>

/** The facts of a run. @param architecture that the image is for */
export function cacheFacts(plan: RunPlan, inputs: Keyed, architecture: string): CacheFacts {
  return {
    architecture,
    folder: inputs.path,
    suffix: inputs.cacheSuffix,
    parent: [plan.parent, inputs.baseDockerfile].filter(Boolean).join(' '),
    python: plan.python ?? '',
    index: indexPrint(plan.settings),
    definition: [plan.project.definition, ...inputs.packages].join('\n'),
    extras: [
      ...chosenNames(inputs),
      ...chosenNames({ extras: inputs.testExtras, groups: inputs.testGroups }).map((name) => `test:${name}`),
    ],
    newest: plan.newest.day,
    buildPackages: plan.settings.builder ? [plan.settings.builder] : inputs.buildPackages,
  }
}

/**
 * The keys of one entry. A key reads `pypackager-LAYOUT-ARCHITECTURE-SCOPE-ENTRY-PARTS-CONTENT`; each
 * part is a code of its own, so that a key alone tells what differs from another run's.
 */
export interface EntryKeys {
  /** What every key begins with whose entry may be used at all. */
  readonly family: string
  /** Codes by the names that the log uses, in the key's order: what changes most often comes last. */
  readonly parts: Parts
}

export type CacheKeys = Readonly<Record<Entry, EntryKeys>>

/** The one maker of cache keys. */
export function cacheKeys(facts: CacheFacts): CacheKeys {
  const scope = code(JSON.stringify([facts.folder, facts.suffix]))
  const start = `pypackager-${LAYOUT}-${facts.architecture}-${scope}`
  const image = { 'parent image': code(facts.parent), python: code(facts.python) }
  // Legs of a matrix prune each other's wheels, so each keeps entries of its own.
  const extras = code([...facts.extras].sort().join(','))
  return {
    downloads: {
      family: `${start}-downloads-`,
      parts: {
        ...image,
        'package index': code(facts.index),
        extras,
        'files that define the project': code(facts.definition),
        'exclude-newer': code(facts.newest),
      },
    },
    // Which compiled wheel is used again, its manifest decides: the requirements are no part of the key.
    compiled: {
      family: `${start}-compiled-`,
      parts: { ...image, extras, 'build-packages': code([...facts.buildPackages].sort().join(' ')) },
    },
  }
}

/** What a key for these very parts begins with; the content's code follows. */
export function ownPrefix({ family, parts }: EntryKeys): string {
  return `${family}${Object.values(parts).join('.')}-`
}

/** What to ask the cache service for, the best first: fewer and fewer parts are the same. */
export function prefixes(keys: EntryKeys): readonly string[] {
  const codes = Object.values(keys.parts)
  const shorter = codes.slice(0, -1).map((_, i) => `${keys.family}${codes.slice(0, codes.length - 1 - i).join('.')}.`)
  return [ownPrefix(keys), ...shorter, keys.family]
}

/** Whether an entry is that of the same parts, not only of the same project. */
export function isOwn(keys: EntryKeys, found: string | undefined): boolean {
  return found?.startsWith(ownPrefix(keys)) ?? false
}

/** The parts in which a found entry differs, by the names that the log uses. */
export function changedSince(keys: EntryKeys, found: string): readonly string[] {
  const codes = found.slice(keys.family.length).split('-')[0]?.split('.') ?? []
  return Object.entries(keys.parts).flatMap(([name, now], i) => (codes[i] === now ? [] : [name]))
}

function code(text: string): string {
  return sha256(text).slice(0, 8)
}
