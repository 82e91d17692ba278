import type { StartCommand } from './plan/command.ts'

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
  /** Full references, the primary one first. */
  readonly references: readonly string[]
  readonly id: string
  /** Bytes. */
  readonly size: number
  readonly how: 'built' | 'unchanged'
  readonly command: StartCommand | undefined
  readonly labels: Readonly<Record<string, string>>
}

export interface PublishResult {
  readonly repository: string
  readonly digest: string
}

export interface StepTime {
  readonly step: 'base' | 'builder' | 'wheels' | 'release' | 'sbom' | 'push'
  readonly how: string
  readonly seconds: number
}

/** What a run came to: the source of the outputs, the summary and the last line of the log. */
export interface Outcome {
  readonly version: string
  readonly base?: ImageResult | undefined
  readonly builder?: ImageResult | undefined
  readonly wheels?: WheelsResult | undefined
  readonly release?: ReleaseResult | undefined
  /** The SBOM, relative to the workspace. */
  readonly sbom?: string | undefined
  readonly published?: PublishResult | undefined
  readonly steps: readonly StepTime[]
  /** Seconds of the whole run. */
  readonly seconds: number
}
