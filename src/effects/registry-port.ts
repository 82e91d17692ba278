import type { Blob } from './docker-port.ts'

export interface Credentials {
  /** '' where an identity token is all that is known. */
  readonly username: string
  readonly password: string
  /** What some registries (Azure's) give at a login, to be exchanged for tokens instead of the password. */
  readonly identityToken?: string
}

/** What a registry says to an upload that is only asked for. */
export interface PushAnswer {
  /** `absent`: there is no such repository, and a push does not make it. `limited`: too many requests. `unknown`: no answer, or one that says neither. */
  readonly answer: 'yes' | 'denied' | 'absent' | 'limited' | 'unknown'
  /** Seconds to wait before the next one, where the registry names them (Retry-After). */
  readonly wait?: number
}

/** A repository of a registry, and the login that it is asked with. */
export interface Place {
  readonly registry: string
  readonly path: string
  readonly login: Credentials | undefined
}

/** A registry's HTTP interface, for what the docker client cannot tell. */
export interface Registry {
  /** Credentials that the user's docker configuration holds for a registry. */
  existingLogin(registry: string): Promise<Credentials | undefined>
  /** Whether docker asks a program for that, which may know what it does not tell us. */
  asksHelper(registry: string): Promise<boolean>
  /** Whether an upload to the repository would be accepted: asked before anything is built, and where docker fails to push. */
  mayPush(place: Place): Promise<PushAnswer>
  /** Whether there is a tag or a digest; undefined where the registry does not say. */
  has(place: Place, reference: string): Promise<boolean | undefined>
  /** The digest that the registry gives for a tag or a digest; undefined where it does not say. */
  digest(place: Place, reference: string): Promise<string | undefined>
  /** What a tag is: the digests of its manifest and of the configuration that it names; undefined where that cannot be told. */
  held(place: Place, tag: string): Promise<Held | undefined>
  /** Gives a tag what another tag of the repository holds. @returns whether the registry took it */
  retag(place: Place, from: string, to: string): Promise<boolean>
  /** The image under a tag or a digest; undefined where that cannot be told. */
  image(place: Place, tag: string): Promise<HeldImage | undefined>
  /** Puts a blob there, where it is not yet. @throws PushError */
  upload(place: Place, blob: Blob): Promise<void>
  /** The text of a manifest under a tag or a digest; undefined where there is none. */
  manifest(place: Place, reference: string): Promise<Manifest | undefined>
  /**
   * Puts a manifest under a tag or its digest.
   * @returns whether the registry lists it among the referrers of its subject by itself
   * @throws PushError
   */
  putManifest(place: Place, reference: string, manifest: Manifest): Promise<boolean>
  /** Tags of a repository; undefined where they cannot be listed. */
  tags(place: Place): Promise<readonly string[] | undefined>
}

export interface Manifest {
  readonly type: string
  /** JSON. */
  readonly body: string
}

export interface HeldImage {
  readonly labels: Readonly<Record<string, string>>
  /** Of the machine that it is for, `amd64`; '' where it names none. */
  readonly architecture: string
}

export interface Held {
  readonly digest: string
  /** `''` of an index of several manifests. */
  readonly config: string
}
