import type { ImageInfo } from '../../effects/docker-port.ts'
import type { LeftOutFiles } from '../../judge/causes/left-out.ts'
import type { Unset } from '../../judge/causes/missing-settings.ts'
import type { OwnDatabase } from '../../judge/causes/own-database.ts'
import type { Check } from '../../judge/checks/check.ts'
import type { Application } from '../../judge/checks/container-checks.ts'
import type { Wanted } from '../../judge/checks/layer-checks.ts'
import type { LentKeys } from '../../judge/checks/lent-keys.ts'
import type { KnownSecret } from '../../plan/secrets.ts'
import type { OfferedExtra } from '../../project/requirements/offered-extras.ts'
import type { BuildSettings, TargetRequest } from '../build/build-target.ts'

/** An image, and what it should be. */
export interface ProofRequest {
  readonly image: ImageInfo
  /** The Python that asks: a path that nothing of the wheelhouse is installed to, or a name where the image is not ours. */
  readonly python: string
  readonly wanted: Omit<Wanted, 'secrets'>
  readonly application: Application & {
    /** The folder of the source where the project has no package, else ''. */
    readonly source: string
    /** What the start command imports. */
    readonly modules: readonly string[]
    /** Of Django, '' for those that the image's environment names. */
    readonly settings: string
    /** The folder that the start command works in, and those that it imports from, absolute. */
    readonly folder: string
    readonly paths: readonly string[]
  }
  /** The parent of an image that our own Dockerfile made on it by copies; undefined for one that may hold anything. */
  readonly parent: string | undefined
  /** Layers that were read before for the same secrets, and hold nothing of what is looked for. */
  readonly clean: readonly string[]
  /** The build that made the image, where this run did: it can make the layers of a change by themselves. */
  readonly changes: { readonly settings: BuildSettings; readonly build: TargetRequest } | undefined
  /** For the containers, beside what the image brings; keys that are lent among them. */
  readonly env: Readonly<Record<string, string>>
  readonly lent: LentKeys
  /** What is known of where its database may lie. */
  readonly database: Omit<OwnDatabase, 'file'> & { readonly mounted: readonly string[] }
  /** Files of the project that no build gets. */
  readonly leftOut: LeftOutFiles
  /** Paths of the whole source, in the image or not. */
  readonly paths: readonly string[]
  /** What its settings read of the environment, and it is not given. */
  readonly unset: Unset
  readonly secrets: readonly KnownSecret[]
  /** sha256 of the wheelhouse's wheels. */
  readonly wheels: readonly string[]
  /** Paths of the project's source where the image holds it as a wheel; none where it holds the source. */
  readonly source: readonly string[]
  /** What the files of the project's package in the image tell of those of the source. */
  readonly content: (files: readonly string[]) => Check | undefined
  /** It starts by a console script, as a command line tool does. */
  readonly tool: boolean
  /** Extras of the project that nobody chose. */
  readonly offered: readonly OfferedExtra[]
  /** The option of its console script that takes an address to listen on. */
  readonly hostOption?: string | undefined
  /** A web framework or a server is among its packages. */
  readonly web: boolean
  /** Whether it is asked for what an SBOM takes, too. */
  readonly describe: boolean
}
