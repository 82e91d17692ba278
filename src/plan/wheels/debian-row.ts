/** One thing of Debian that Python packages need, in all the forms in which it is asked for. */
export interface DebianThing {
  /** Debian packages with its headers and tools, for the builder. */
  readonly headers?: readonly string[]
  /** Python packages that are compiled with the headers, normalised. */
  readonly compiles?: readonly string[]
  /** Those of them, and others, that come without a wheel for Linux. */
  readonly noWheels?: readonly string[]
  /** What a failed build says for want of the headers. */
  readonly wants?: RegExp
  /** Debian packages for the release; where a name differs between releases of Debian, the one that all know. */
  readonly runtime?: readonly string[]
  /** Its libraries, as programs link them. */
  readonly library?: RegExp
  /** Its programs, as they are called. */
  readonly programs?: readonly string[]
  /** What is said by those that look for it and do not find it, where neither library nor program stands there in full. */
  readonly misses?: RegExp
  /** Python packages that open the library by name or call the program, normalised: nothing in their files tells of it. */
  readonly users?: readonly string[]
  /** Packages that bring it along, or require one of the users and do without it: then no user counts that the project does not require. */
  readonly unless?: readonly string[]
}
