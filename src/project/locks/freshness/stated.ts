/** Where a requirement comes from. Folders and files are told by a path relative to the lock's folder. */
export interface StatedSource {
  readonly kind: 'git' | 'address' | 'place' | 'index'
  /** Without logins; '' where it is not told. */
  readonly at: string
  /** Of git: a branch, tag or commit; '' for the default branch. */
  readonly revision?: string
}

/** A requirement as uv writes down that it read it. */
export interface StatedRequirement {
  readonly name: string
  readonly extras: readonly string[]
  /** PEP 440, '' for any version. */
  readonly specifier: string
  /** PEP 508, '' for always; uv's own spelling of what the project says. */
  readonly marker: string
  /** Undefined for any index. */
  readonly source: StatedSource | undefined
}

/** What uv read of one project of the workspace, or of a folder beside it, when it made the lock. */
export interface StatedPackage {
  readonly requires: readonly StatedRequirement[]
  /** By normalised name; undefined where this uv wrote none down. */
  readonly groups: Readonly<Record<string, readonly StatedRequirement[]>>
}

/** What a project says of another package in the place of that package's own metadata. */
export interface StatedMetadata {
  readonly name: string
  /** '' for any. */
  readonly version: string
  /** PEP 508 lines, as they are written. */
  readonly requires: readonly string[]
}

/** What a uv.lock tells of the texts that it was made from. */
export interface UvStated {
  /** By normalised name. Those of uvs that wrote nothing down are left out. */
  readonly packages: ReadonlyMap<string, StatedPackage>
  readonly constraints: readonly StatedRequirement[]
  readonly overrides: readonly StatedRequirement[]
  /** What `exclude-dependencies` names. */
  readonly excludes: readonly string[]
  /** `dependency-metadata` */
  readonly metadata: readonly StatedMetadata[]
  /** `resolution` and `prerelease`, where they are not the default. */
  readonly options: Readonly<Record<'resolution' | 'prerelease', string | undefined>>
}
