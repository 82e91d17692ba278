import type { Message } from '../text/stage-message.ts'

/** Docker as the rest of the code sees it: what is asked of it, and what it says of images and containers. */

/**
 * The repository of images that have no name of their own yet; a tag is the run, and what it makes. So they are found
 * by the run, whatever becomes of it, and no other run has them.
 */
export const UNFINISHED = 'pypackager-unfinished'

export interface Engine {
  readonly client: string
  readonly server: string
  /** `amd64`, `arm64`, … as Docker spells it. */
  readonly architecture: string
  /** What images are for: the platform asked for, else the daemon's own, e.g. `linux/amd64`. */
  readonly platform: string
  /** Builds go through the Buildx plugin (client 23 and later). */
  readonly buildx: boolean
}

export interface ImageInfo {
  readonly id: string
  /** `name:tag` of all that it has on this daemon. */
  readonly names: readonly string[]
  /** `name@sha256:…`, where a registry has it; with containerd's image store of every image that has a name. */
  readonly digests: readonly string[]
  /** Bytes, by the engine's own count. */
  readonly size: number
  /** RFC 3339; whatever its maker says. */
  readonly created: string
  readonly architecture: string
  /** `v7` and the like; '' where the image names none. */
  readonly variant: string
  readonly labels: Readonly<Record<string, string>>
  readonly config: ImageConfig
  /** All of its configuration, as JSON. */
  readonly configuration: string
  /** Digests of its layers, uncompressed, the lowest first. */
  readonly layers: readonly string[]
}

/** What an image says of how it is run. */
export interface ImageConfig {
  readonly user: string
  readonly workingDir: string
  /** `NAME=value` lines. */
  readonly env: readonly string[]
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
}

export interface Secret {
  readonly id: string
  readonly file: string
}

export interface BuildRequest {
  readonly dockerfile: string
  readonly context: string
  /** '' for the last stage. */
  readonly target: string
  /** Tags of the image; empty where files are wanted. */
  readonly tags: readonly string[]
  /** The image stays on this daemon: on newer engines its layers need no compression, which takes most of the time. */
  readonly localOnly?: boolean
  /** Each stage is built anew, once in a run. */
  readonly anew?: boolean
  /** They take the place of those in the Dockerfile. */
  readonly labels?: Readonly<Record<string, string>>
  /** Folder that the target's files are written to, instead of an image. */
  readonly output?: string
  readonly args: Readonly<Record<string, string>>
  readonly secrets: readonly Secret[]
  /** Seconds since 1970: on engines that can, the image is said to be made then, so that the same layers are the same image. */
  readonly epoch?: number
  /** A network mode for the build's RUN steps; undefined is the daemon's default. */
  readonly network: string | undefined
  /** Hears what the target's steps say to us alone while it is built. */
  readonly hears?: Hears | undefined
  /** Hears of a stage when one of its RUN steps is done, or was done before: then it says nothing. */
  readonly onStage?: ((stage: string, before: boolean) => void) | undefined
  /** Hears what a stage says to the user, as soon as it does. */
  readonly onMessage?: ((message: Message) => void) | undefined
}

/**
 * What our scripts say to us, by its kind: lines of `pypackager: imported: …`, which are a text packed by zlib and base64, and end
 * with a dot alone.
 */
export type Hears = Partial<Readonly<Record<'imported', (text: string) => void>>>

export interface BuildReport {
  readonly seconds: number
}

/** Where and how a build failed. */
interface BuildFailure {
  readonly stage: string
  /** The instruction, as the Dockerfile has it; '' where none was reached. */
  readonly step: string
  /** What the failing stage printed; empty where it failed before or beside its commands. */
  readonly output: readonly string[]
  readonly messages: readonly Message[]
  /** Docker's own last lines. */
  readonly client?: readonly string[]
  /** Its limit was over. */
  readonly timedOut?: boolean
}

/** A `docker build` that failed; the message is docker's own last word. */
export class BuildError extends Error implements BuildFailure {
  override readonly name = 'BuildError'
  readonly stage: string
  readonly step: string
  readonly output: readonly string[]
  /** What is shown of it: the same, else docker's own last lines. */
  readonly shown: readonly string[]
  readonly timedOut: boolean
  /** Of its messages those that are errors. */
  readonly messages: readonly Message[]

  constructor(cause: string, { stage, step, output, messages, client = [], timedOut = false }: BuildFailure) {
    super(cause)
    this.timedOut = timedOut
    this.stage = stage
    this.step = step
    this.output = output
    this.shown = output.length > 0 ? output : client
    this.messages = messages
  }
}

/** A push that failed; the message is docker's own last line. */
export class PushError extends Error {
  override readonly name = 'PushError'
  /** `limited`: too many requests. `passing`: the registry is out of order, and docker tried but once. `spent`: the same, and docker tried again and again. */
  readonly why: 'denied' | 'limited' | 'passing' | 'spent' | 'other'

  constructor(why: PushError['why'], said: string) {
    super(said)
    this.why = why
  }
}

export interface Bind {
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
}

/** One container for one command; it is removed when that has ended, however it ended. */
export interface ContainerRequest {
  readonly image: string
  /** The arguments of the image's entrypoint; empty for its own command. */
  readonly command: readonly string[]
  /** In the place of the image's own. */
  readonly entrypoint?: string
  readonly user?: string
  readonly env?: Readonly<Record<string, string>>
  /** `host:container`, as `docker run --publish` takes them. */
  readonly ports?: readonly string[]
  /** `host:container[:ro]`; folders of this machine as absolute paths. */
  readonly volumes?: readonly string[]
  /** Folders and files of this machine that are there, by absolute paths of any characters. */
  readonly binds?: readonly Bind[]
  readonly network?: string
  /** A text for its stdin. */
  readonly input?: string
  /** Milliseconds after which it is stopped. */
  readonly limit?: number
  /** Called with each line of its output as it comes. */
  readonly onLine?: (line: string) => void
}

export interface ContainerEnd {
  /** Exit code of its command; 125 where docker could not start it. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

/** A container that goes on in the background, as its image says, until it is removed. */
export interface Service {
  /** Runs a command inside. */
  exec(command: readonly string[], options: { readonly input?: string; readonly limit: number }): Promise<ContainerEnd>
  /** The exit code where it has ended. @param patience milliseconds to wait for that */
  ended(patience: number): Promise<number | undefined>
  /** The last lines of its output. */
  lastLines(count: number): Promise<readonly string[]>
  /** Files and folders that it wrote in itself, absolute; `added` where its image has none of that name. */
  written(): Promise<readonly { readonly path: string; readonly added: boolean }[]>
  /** The beginning of one of its files, in bytes; undefined for what is no file. */
  head(file: string, bytes: number): Promise<Buffer | undefined>
  remove(): Promise<void>
}

/** A member of a layer's archive, before its content. */
export interface LayerMember {
  readonly path: string
  readonly kind: 'file' | 'link' | 'folder' | 'other'
  /** Bytes. */
  readonly size: number
}

/** What is told of a layer while it is read. Pieces are valid during the call alone. */
export interface LayerVisitor {
  member(member: LayerMember): void
  data(piece: Buffer): void
  end(): void
  /** @param diffId sha256 of the layer as an uncompressed archive, as the image's configuration lists it */
  done(diffId: string): void
}

/** Takes an image apart while it comes from the daemon. */
export interface ImageReader {
  layer(): LayerVisitor
  /** Its configuration, a manifest or an index: JSON. */
  document(text: string): void
}

/** The files of an image as a container sees them. */
export interface OpenImage {
  /** Reads a folder of it. @throws Error where there is none */
  read(folder: string, layer: LayerVisitor): Promise<void>
  close(): Promise<void>
}

/** A file as a registry takes it. */
export interface Blob {
  readonly file: string
  readonly digest: string
  /** Bytes. */
  readonly size: number
  readonly type: string
}

/** An image that can be put to registries without docker: the same bytes to each. */
export interface PushableImage {
  readonly blobs: readonly Blob[]
  /** JSON. */
  readonly manifest: string
  readonly digest: string
}

export interface Docker {
  /** @throws UserError where there is no usable Docker */
  connect(): Promise<Engine>
  /** @param measured `size` is that of the layers unpacked, whatever the engine; asked for where somebody is told */
  inspect(reference: string, measured?: boolean): Promise<ImageInfo | undefined>
  /**
   * @param named how an error calls the image, and what to do next; left out for the parent image
   * @throws UserError naming the image
   */
  pull(reference: string, named?: { readonly step: string; readonly what: string; readonly next: string }): Promise<void>
  tag(source: string, target: string): Promise<void>
  untag(...references: readonly string[]): Promise<void>
  build(request: BuildRequest): Promise<BuildReport>
  /** Runs a command in a container that carries the label of this run. */
  run(request: ContainerRequest): Promise<ContainerEnd>
  /**
   * Starts a container in the background that carries the label of this run. Without `init` the image's
   * own program is PID 1, as it is in production.
   * @throws Error where docker could not start it
   */
  start(request: ContainerRequest): Promise<Service>
  /** Reads an image's layers, configuration and history, without a file. */
  read(image: string, reader: ImageReader): Promise<void>
  /** Lays an image out as registries take it. @param folder that receives the files */
  layOut(image: string, folder: string): Promise<PushableImage>
  /** What made an image, step by step, the newest first: instructions of a Dockerfile, or commands. @throws Error where docker does not say */
  history(image: string): Promise<readonly string[]>
  /** Its layers with their bytes, the newest first. @throws Error where docker does not say */
  layers(image: string): Promise<readonly { readonly by: string; readonly size: number }[]>
  /** Makes a container that never runs. @throws Error where docker could not make it */
  open(image: string): Promise<OpenImage>
  /** Logs in to a private configuration of this run, which push uses. */
  login(registry: string, username: string, password: string): Promise<void>
  /**
   * @param denied asked once, where docker begins to try again: whether the registry refuses us; then docker is stopped
   * @returns the digest that the daemon reports
   * @throws PushError
   */
  push(reference: string, denied: () => Promise<boolean>): Promise<string>
  /** Seconds spent waiting for docker so far. */
  readonly seconds: () => number
}
