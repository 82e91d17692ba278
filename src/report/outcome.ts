import type { Check, ChecksMode } from '../judge/checks/check.ts'
import type { ImageParts } from '../judge/image-parts.ts'
import type { CommandKind } from '../plan/command-lines.ts'
import type { StartCommand, Unserved } from '../plan/start/start-command.ts'
import type { PackageChanges } from '../plan/wheels/package-changes.ts'

/** One wheel of the wheelhouse, as the output `wheels` lists it. */
export interface WheelResult {
  readonly name: string
  readonly version: string
  readonly file: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly origin: 'reused' | 'downloaded' | 'compiled' | 'project'
  /** Seconds that getting it took; 0 for reused ones. */
  readonly seconds: number
}

export interface ImageResult {
  readonly reference: string
  /** How it came to be, e.g. `built`, `reused`. */
  readonly how: string
}

/** What base is made from. */
export interface ParentResult {
  readonly name: string
  /** '' where no registry gave it one. */
  readonly digest: string
  /** Days since it was made; undefined where it does not say. */
  readonly days: number | undefined
  /** What its tag names in the registry by now, where that is another image. */
  readonly newer: string | undefined
}

export interface WheelsResult {
  /** Relative to the workspace. */
  readonly folder: string
  readonly lock: string
  readonly wheels: readonly WheelResult[]
  readonly cacheHit: boolean
  readonly cacheKey: string
  readonly python: string
  readonly assets: readonly string[]
}

export interface ReleaseResult {
  /** Full references, the primary one first; none where no rule of `tags` is for the event. */
  readonly references: readonly string[]
  readonly id: string
  /** Bytes. */
  readonly size: number
  readonly how: 'built' | 'unchanged'
  readonly command: StartCommand | undefined
  /** Why it has no start command, and what gives it one. */
  readonly noCommand?: string
  /** The command that may have been meant then. */
  readonly advice?: string
  /** The application that is there all the same. */
  readonly unserved?: Unserved | undefined
  /** What else is to say of its start. */
  readonly notices?: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

/** The test image or the dev image. */
export interface SideImageResult {
  /** By its version's tag, which it carries when all went well. */
  readonly reference: string
  readonly id: string
  /** Bytes. */
  readonly size: number
  readonly how: 'built' | 'unchanged'
}

/** What was checked on the release before its tags were set. */
export interface ChecksResult {
  readonly mode: ChecksMode
  /** Names of the variables that the user gave the containers of the checks. */
  readonly env?: readonly string[]
  readonly list: readonly Check[]
}

export interface PublishResult {
  readonly repository: string
  /** Those that were pushed; none where every one was left to a higher release. */
  readonly references: readonly string[]
  readonly digest: string
}

/** A line that ran well in a container. */
export interface CommandResult {
  readonly kind: CommandKind
  readonly line: string
  readonly seconds: number
}

export interface StepTime {
  readonly step: 'base' | 'builder' | 'wheels' | 'release' | 'test' | 'dev' | 'checks' | 'commands' | 'sbom' | 'push'
  readonly how: string
  readonly seconds: number
}

/** What a run came to: the source of the outputs, the summary and the last line of the log. */
export interface Outcome {
  readonly version: string
  /** Of a plan: whether the image would be another one than the registry has. */
  readonly changed?: boolean | undefined
  readonly parent?: ParentResult | undefined
  readonly base?: ImageResult | undefined
  readonly builder?: ImageResult | undefined
  readonly wheels?: WheelsResult | undefined
  readonly release?: ReleaseResult | undefined
  readonly test?: SideImageResult | undefined
  readonly dev?: SideImageResult | undefined
  /** What ran in the test image and in the release. */
  readonly commands?: readonly CommandResult[]
  readonly checks?: ChecksResult | undefined
  /** The SBOM, relative to the workspace. */
  readonly sbom?: string | undefined
  readonly published?: PublishResult | undefined
  /** Warnings of the run, in their order. */
  readonly warnings?: readonly string[]
  /** Since the wheelhouse of the run before; undefined where there is none. */
  readonly changes?: PackageChanges | undefined
  /** What the release weighs, by part; undefined where our Dockerfile did not make it. */
  readonly parts?: ImageParts | undefined
  readonly steps: readonly StepTime[]
  /** Seconds of the whole run. */
  readonly seconds: number
}

/** The image's references, the primary one first: what a higher release claimed meanwhile was not pushed, other registries have it too. */
export function tagged({ release, published }: Pick<Outcome, 'release' | 'published'>): readonly string[] {
  const named = release?.references ?? []
  if (!published) return named
  return [...named.filter((name) => published.references.includes(name)), ...published.references.filter((name) => !named.includes(name))]
}
