import type { RunContext } from '../context.ts'
import type { Archives, CacheService, Docker, Downloads, Files, Forge, Git, Log, Registry, Source } from '../effects/ports.ts'
import type { Signer } from '../plan/signature.ts'

/** Everything outside, and where things are. */
export interface World {
  readonly log: Log
  readonly docker: Docker
  readonly registry: Registry
  readonly downloads: Downloads
  readonly cache: CacheService
  readonly git: Git
  readonly forge: Forge
  readonly files: Files
  readonly source: Source
  readonly archives: Archives
  /** Of the manifests of compiled wheels. */
  readonly signer: Signer
  readonly context: RunContext
  readonly paths: Paths
  /** The time now. */
  readonly now: () => Date
}

/** Absolute folders. */
export interface Paths {
  /** The project: the folder that holds its metadata. */
  readonly project: string
  readonly wheelhouse: string
  /** The build context that `run/` lays out. */
  readonly context: string
  /** For this run alone; removed at its end. */
  readonly temp: string
  /** The scripts of the Dockerfile's stages, shipped with the action. */
  readonly stages: string
}
