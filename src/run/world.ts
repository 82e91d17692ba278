import type { RunContext } from '../context.ts'
import type { Docker } from '../effects/docker-port.ts'
import type { Archives, CacheService, Downloads, Files, Forge, Git, Log, Source } from '../effects/ports.ts'
import type { Registry } from '../effects/registry-port.ts'
import type { Signer } from '../plan/signature.ts'
import type { Records } from './wheelhouse-folder/records.ts'

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
  /** Of the wheelhouse's records, and the manifests of compiled wheels. */
  readonly signer: Signer
  /** What the wheelhouse knows of the runs before. */
  readonly records: Records
  readonly context: RunContext
  /** The name of this run. */
  readonly run: string
  readonly paths: Paths
  /** The time now. */
  readonly now: () => Date
  /** Lets so many seconds go by; rejects where the signal ends it. */
  readonly pause: (seconds: number, signal?: AbortSignal) => Promise<void>
}

/** Absolute folders. */
export interface Paths {
  /** The project: the folder that holds its metadata. */
  readonly project: string
  readonly wheelhouse: string
  /**
   * The build contexts that `run/` lays out: of the project and its release; of images and resolutions, which need
   * no source; of the dependencies that are built. One for all would be sent again and again, as BuildKit forgets of
   * a context what the build in hand has no use for.
   */
  readonly context: string
  readonly leanContext: string
  readonly wheelsContext: string
  /** For this run alone; removed at its end. */
  readonly temp: string
  /** The scripts of the Dockerfile's stages, shipped with the action. */
  readonly stages: string
}
