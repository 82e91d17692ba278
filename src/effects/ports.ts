/**
 * The outside world as the rest of the code sees it: small interfaces, plain values. Tests pass their
 * own objects here; `index.ts` passes the real ones.
 */

export interface Log {
  /** Hides texts in all that is printed from now on. */
  mask(secrets: readonly string[]): void
  /** A plain line. */
  info(line: string): void
  /** A line of somebody else's program: nothing in it is obeyed by the runner. */
  foreign(lines: readonly string[]): void
  notice(text: string): void
  warning(text: string): void
  debug(line: string): void
  /** What is at work just now, for a line that is written over. */
  progress?(text: string): void
  /** Shows the lines of `work` under one foldable title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}

export interface Download {
  readonly url: string
  readonly sha256: string
  /** Bytes, where they are known: more are not taken, and fewer are a file that was cut short. */
  readonly size?: number | undefined
}

export interface Downloads {
  /**
   * Fetches a file and checks its sha256 while it streams.
   * @returns bytes and seconds
   * @throws UserError for a wrong hash or size, an index that fails, does not answer or takes too long
   */
  fetch(file: Download, destination: string): Promise<{ bytes: number; seconds: number }>
  /** The same with logins: `login` gives the Authorization header for an address. */
  withLogins(login: (url: string) => string | undefined): Downloads
}

/** Keeps folders between runs. What goes wrong is told to the user by the service itself, once. */
export interface CacheService {
  /**
   * @param folder is emptied first; its name is part of what the service looks for
   * @param prefixes of keys, the best first
   * @returns the key of the entry whose files are now in `folder`, or undefined; never throws
   */
  restore(folder: string, prefixes: readonly string[]): Promise<string | undefined>
  /** @returns true where the entry was stored; never throws */
  save(folder: string, key: string): Promise<boolean>
}

export interface Commit {
  readonly revision: string
  /** Seconds since 1970. */
  readonly epoch: number
}

/** Which tags may be named, and the tag that this run is for, '' for none. */
export interface DescribeRequest {
  readonly match: readonly string[]
  readonly exclude: readonly string[]
  readonly firstParent: boolean
  readonly annotated: boolean
  readonly tag: string
}

/** What git says of a checkout, without changing it or running what its settings name. */
export interface Described {
  readonly revision: string
  /** The nearest tag, the commits since it, and the commit's name as git shortens it; undefined without a tag. */
  readonly nearest: { readonly tag: string; readonly distance: number; readonly node: string } | undefined
  /** Where the tag that this run is for points to; `absent` where the clone does not know it. */
  readonly tag: 'here' | 'elsewhere' | 'absent'
  /** Commits that the clone knows. */
  readonly count: number
  /** Tracked files that are not as committed. */
  readonly changed: readonly string[]
  readonly shallow: boolean
  /** `HEAD` where no branch is checked out. */
  readonly branch: string
}

/** What is checked out. */
export interface Head {
  readonly revision: string
  /** '' where none is checked out. */
  readonly branch: string
  /** What the branch follows on its remote, such as `refs/pull/7/head`; '' where that is not set. */
  readonly follows: string
  /** Full names of the refs that point to it. */
  readonly refs: readonly string[]
}

export interface Git {
  /** As `git describe` does; undefined outside a repository, and in one without a commit. */
  describe(folder: string, request: DescribeRequest): Promise<Described | undefined>
  commit(folder: string): Promise<Commit | undefined>
  /** What is checked out, and the names of it; undefined outside a repository, and in one without a commit. */
  head(folder: string): Promise<Head | undefined>
  /** Tags that the clone knows; it is whole where it has no remote that may have more. */
  tags(folder: string): Promise<{ readonly names: readonly string[]; readonly whole: boolean } | undefined>
  /** Tags of the origin (else of the first remote), which is asked for them; undefined where there is none, or none that answers. */
  originTags(folder: string): Promise<readonly string[] | undefined>
  /** What refs of the origin name, by their full names; an annotated tag's commit is that of `NAME^{}`. Undefined where it does not answer. */
  originRefs(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>
  /**
   * Whether a commit is among those that led to another one, by what the origin tells of its last thousand.
   * @param to a folder for that history, which may be there from an earlier call
   * @returns undefined where the origin does not give it
   */
  leadsTo(folder: string, commits: { readonly older: string; readonly newer: string }, to: string): Promise<boolean | undefined>
  /** Files below a folder that the repository tracks, relative to it; none where there is no such folder. */
  tracked(folder: string): Promise<readonly string[]>
  /**
   * Brings a repository's files at a revision (a commit, tag or branch, '' for its default) to a folder, with submodules.
   * @returns the commit
   * @throws UserError where git cannot fetch it
   */
  fetch(url: string, revision: string, to: string): Promise<string>
  /** Files below a folder whose content is in Git LFS: what `fetch` brought are pointers to them, as no filter runs. */
  keptByLfs(folder: string): Promise<readonly string[]>
  /** Submodules below a folder, relative to it, whether their files are there or not; not those of submodules. */
  submodules(folder: string): Promise<readonly string[]>
  /** Brings the history and the tags of what `fetch` brought; a folder below it will do. @throws UserError as above */
  fetchHistory(folder: string): Promise<void>
  /** `owner/name` of the remote origin. */
  origin(folder: string): Promise<string | undefined>
}

/** Tags of the repository by the forge's API; undefined where it does not answer. */
export interface Forge {
  tags(repository: string, token: string): Promise<readonly string[] | undefined>
  /** Those whose release is marked as a pre-release. */
  prereleases(repository: string, token: string): Promise<readonly string[] | undefined>
}

export interface SourceFile {
  /** Relative to the project folder, with `/`. */
  readonly path: string
  /** sha256 of content, of a link's target for links; with the executable bit. */
  readonly print: string
  /** What is laid out in the place of the user's file, where that is not the file itself. */
  readonly text?: string
  /** Where the file is, where that is not the project's folder; no part of what it is. */
  readonly folder?: string
  /** The file that a link out of the project's folder leads to, absolute: it is laid out in the link's place. */
  readonly real?: string
}

/** Files: the user's tree (read only), our own temporary folder, the wheelhouse. */
export interface Files {
  exists(path: string): Promise<boolean>
  /** A file of our own: of this run, the wheelhouse, the stages. What the user's tree holds is read by `readInside`. */
  read(path: string): Promise<string | undefined>
  /**
   * The text of a regular file that really lies below `root`, undefined where there is none.
   * @param root the workspace, or a repository that was fetched
   * @param limit bytes
   * @throws UserError for what leads out by a link, for other kinds of files, for more bytes, and for text that is no UTF-8
   */
  readInside(root: string, path: string, limit: number): Promise<string | undefined>
  /** @throws UserError that names the link where a path leads out of `root` */
  checkInside(root: string, path: string): Promise<void>
  /** The text of a regular file of at most so many bytes; undefined for anything else, such as a link, a folder or a pipe. */
  readKept(path: string, most: number): Promise<string | undefined>
  write(path: string, text: string): Promise<void>
  /** Names in a folder, sorted; empty where there is no folder. */
  list(folder: string): Promise<readonly string[]>
  /** Paths of all regular files below a folder, relative to it, sorted. Links and other entries are not listed. */
  walk(folder: string): Promise<readonly string[]>
  /** How many entries are below a folder; counting ends there where they are more than `most`. */
  count(folder: string, most: number): Promise<number>
  size(path: string): Promise<number>
  /** '' for what is no regular file, a link among it. */
  sha256(path: string): Promise<string>
  /** Hard link, or a copy across devices. Parents are made. */
  link(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  makeFolder(path: string): Promise<void>
  /** Removes from a folder whatever is no regular file or folder: links, devices, sockets. */
  removeIrregular(folder: string): Promise<void>
  /** Whether a path is a symbolic link. */
  isLink(path: string): Promise<boolean>
  /** Where a path really is, without links; undefined where there is nothing. */
  real(path: string): Promise<string | undefined>
  /** What is there, links followed; when it was changed, in whole seconds. */
  status(
    path: string,
  ): Promise<{ readonly folder: boolean; readonly uid: number; readonly gid: number; readonly changed: number } | undefined>
  /** Why nothing is at a path and no folder can be made there, in the system's words; '' where one is or can be. */
  whyNotMade(path: string): Promise<string>
  /** Makes a folder and its missing parents; they belong to the owner of the folder they lie in, as far as we may say so. */
  makeOwned(path: string): Promise<void>
  /** Who we are. */
  caller(): { readonly uid: number; readonly gid: number }
}

export interface Snapshot {
  /** Gets the paths of those that are left out as secrets or as local databases. */
  readonly withheld?: string[]
  /** Links out of the folder that stay below it are followed, so that what they lead to is there; none where it is left out. */
  readonly top?: string
}

export interface Source {
  /**
   * Files of the user's project that may enter a build: no VCS data, secrets, environments, nor the wheelhouse.
   */
  snapshot(folder: string, wheelhouse: string, how?: Snapshot): Promise<readonly SourceFile[]>
  /** Those of the named files that may enter a build. @param paths relative to the folder */
  chosen(folder: string, paths: readonly string[]): Promise<readonly SourceFile[]>
  /** Those of the named files that are pointers of Git LFS in the place of their content. @param paths relative to the folder */
  pointers(folder: string, paths: readonly string[]): Promise<readonly string[]>
  /** All files of a folder that a command of the user's made: what it left there is wanted. */
  made(folder: string): Promise<readonly SourceFile[]>
  /** Lays the snapshot out below `target` as hard links. */
  stage(folder: string, snapshot: readonly SourceFile[], target: string): Promise<void>
}

export interface Archives {
  /** Writes one member of a zip file (by its path's end) to `to`, executable. */
  unzipMember(archive: string, memberEnd: string, to: string): Promise<void>
  /** Paths of an sdist's or a wheel's members. */
  list(archive: string): Promise<readonly string[]>
  /** The text of a member, undefined where there is none. */
  readMember(archive: string, member: string): Promise<string | undefined>
}
