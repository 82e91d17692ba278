import * as v from 'valibot'
import {
  debianName,
  debName,
  entries,
  indexedRequirement,
  line,
  listOf,
  normalizedName,
  packageName,
  type Read,
  requirement,
  sha256Text,
  wheelName,
} from '../../grammar.ts'
import { CHECK_NAMES } from '../../judge/checks/check.ts'
import { targetSchema } from '../../plan/wheels/wheel-tags.ts'

/** What layers were read for where the run knew no secret: that may leave this machine. */
export const NO_SECRETS = 'no secrets'

/** Names of parts are shown in the log, so they must be such as we write. */
const parts = v.record(v.pipe(v.string(), v.regex(/^[\w .-]{1,40}$/)), v.string())

/** Images of runs that were killed one after the other. */
export const MOST_PASSING = 50

/** A fingerprint of ours. */
const print = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

const requirements = v.object({
  name: packageName,
  summary: line(10_000),
  license: line(100_000),
  requiresPython: line(),
  requires: v.array(requirement),
  extras: v.array(normalizedName),
})

/** Without the names in the wheel, see `lasting`. */
const contents = v.object({
  scripts: v.record(line(200), line()),
  roots: v.array(
    v.pipe(
      v.object({ prefix: line(4096), packages: v.exactOptional(v.array(line(200))) }),
      v.transform(({ prefix, packages }) => ({ prefix, packages })),
    ),
  ),
})

/** Layers by digest that were read and found clean, and what secrets they were looked through for: `NO_SECRETS`, or a hash of them. */
const scans = (open: boolean) =>
  entries(
    line(200),
    v.pipe(
      v.object({ version: line(40), print: line(200), layers: v.array(v.pipe(v.string(), v.regex(/^[\w:.-]{1,200}$/))) }),
      v.check((scan) => (scan.print === NO_SECRETS) === open),
    ),
  )

const check = v.object({
  name: v.picklist(CHECK_NAMES),
  level: v.picklist(['error', 'warning']),
  state: v.picklist(['passed', 'failed', 'undone']),
  text: v.string(),
  next: v.string(),
  port: v.optional(v.number()),
  page: v.optional(line(200)),
  needs: v.optional(listOf(line(200), 100)),
  lacks: v.optional(listOf(line(200), 100)),
  asks: v.optional(line(200)),
  scripts: v.optional(listOf(line(200), 10_000)),
  sets: v.optional(listOf(line(500), 100)),
  host: v.optional(line(300)),
  refuses: v.optional(v.boolean()),
  secure: v.optional(v.boolean()),
  ended: v.optional(v.boolean()),
  data: v.optional(v.object({ is: line(20_000), options: line(5000), writable: v.array(line(4096)), beside: v.array(line(4096)) })),
  shut: v.optional(line(4096)),
  keeps: v.optional(v.object({ options: line(1000), volume: v.optional(line(200)) })),
})

/** A lock of build requirements, and the wheels that it chose. */
const buildLock = v.object({ sha256: sha256Text, files: v.record(wheelName, sha256Text) })
export type BuildLock = Read<typeof buildLock>

/** The fingerprint of a release, and lines such as `notice: …`. */
const trialSaid = v.object({ release: print, lines: listOf(line(5000), 300) })
export type Said = Read<typeof trialSaid>

/**
 * What either file of the wheelhouse may say: one comes from a cache, and the folder from wherever a workflow got it.
 * A record of another shape is none.
 */
export const RESOLUTION = {
  target: v.object({ parts, target: targetSchema }),
  lock: v.object({ parts, sha256: sha256Text }),
  /** By the fingerprint of what they were resolved from. */
  buildLocks: entries(print, buildLock),
  /** What the project's last wheel said of itself, and the hash of the files that define it. */
  told: v.object({ definition: line(200), requirements, contents }),
  /** What building the project's wheel took beyond what its files say, and the hash of those files. */
  own: v.object({ definition: line(200), requires: v.array(indexedRequirement), compiled: v.boolean() }),
  debian: v.object({ parts, files: v.record(debName, sha256Text) }),
  /** By tag suffix; here those of runs that knew no secret. */
  scans: scans(true),
  /** What `base`, `builder` and the release of each tag suffix were made from the last time: told to the user, never believed. */
  images: entries(line(200), parts),
} as const

export const LOCAL = {
  project: v.object({
    parts,
    file: wheelName,
    sha256: sha256Text,
    metadata: v.string(),
    /** That own the libraries it links. */
    packages: v.array(debianName),
    /** Building it called git, which no build has. */
    calledGit: v.exactOptional(v.boolean()),
  }),
  /** SBOMs by their file's name: of what they were made, and the sha256 of the text. */
  sboms: entries(line(255), v.object({ print: line(200), sha256: sha256Text })),
  /** The fingerprint of the last release image, by tag suffix. */
  releases: entries(line(200), parts),
  /** Fingerprints of release images whose names are being given or taken away, by tag suffix: a run that was killed leaves some. */
  passing: entries(line(200), listOf(print, MOST_PASSING)),
  /** What the trial of the last release said to the user, by tag suffix. */
  said: entries(line(200), trialSaid),
  /** The last image that passed its checks, by tag suffix, and the fingerprint of how it was checked. */
  proofs: entries(line(200), v.object({ image: line(200), print: line(200), checks: v.array(check) })),
  scans: scans(false),
} as const
