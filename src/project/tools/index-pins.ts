/** Packages that come from one index alone, whatever the others have. */
export interface IndexPins {
  /** Addresses by the names that `packages` uses. */
  readonly indexes: Readonly<Record<string, string>>
  /** By normalised name; of several, the one whose marker holds. */
  readonly packages: Readonly<Record<string, readonly IndexPin[]>>
}

export interface IndexPin {
  readonly index: string
  /** PEP 508, '' for always. */
  readonly marker: string
}

export const NO_PINS: IndexPins = { indexes: {}, packages: {} }

/** What a project says of indexes in its pyproject.toml. */
export interface ProjectIndexes {
  /** `default = true`; '' for none */
  readonly indexUrl: string
  readonly extraIndexUrls: readonly string[]
  readonly pins: IndexPins
  /** Settings that are there and not followed: without a lock another index would answer in their place. */
  readonly unfollowed: readonly string[]
}

/** An index's address with the login that the runner has for its name. */
export type NamedLogin = (name: string, address: string) => string
