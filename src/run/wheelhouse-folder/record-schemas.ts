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
  requirement,
  sha256Text,
  wheelName,
} from '../../grammar.ts'
import { CHECK_NAMES } from '../../judge/checks/check-list.ts'
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
})

/**
 * What either file of the wheelhouse may say: one comes from a cache, and the folder from wherever a workflow got it.
 * A record of another shape is none.
 */
export const RESOLUTION = {
  target: v.object({ parts, target: targetSchema }),
  lock: v.object({ parts, sha256: sha256Text }),
  buildLocks: entries(print, v.object({ sha256: sha256Text, files: v.record(wheelName, sha256Text) })),
  told: v.object({ definition: line(200), requirements, contents }),
  own: v.object({ definition: line(200), requires: v.array(indexedRequirement), compiled: v.boolean() }),
  debian: v.object({ parts, files: v.record(debName, sha256Text) }),
  scans: scans(true),
  images: entries(line(200), parts),
} as const

export const LOCAL = {
  project: v.object({
    parts,
    file: wheelName,
    sha256: sha256Text,
    metadata: v.string(),
    packages: v.array(debianName),
    calledGit: v.exactOptional(v.boolean()),
  }),
  sboms: entries(line(255), v.object({ print: line(200), sha256: sha256Text })),
  releases: entries(line(200), parts),
  passing: entries(line(200), listOf(print, MOST_PASSING)),
  said: entries(line(200), v.object({ release: print, lines: listOf(line(5000), 300) })),
  proofs: entries(line(200), v.object({ image: line(200), print: line(200), checks: v.array(check) })),
  scans: scans(false),
} as const
