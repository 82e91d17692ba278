/** What the tool is started with. */
export interface Surroundings {
  /** Without node and the script. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The folder that holds the stages' scripts; package.json is beside it. */
  readonly dist: string
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}
