/** Reads the text of one input. @throws UserError naming the input, the value and the legal ones */
export type Reader<T> = (input: string, text: string) => T

/** How an input is written on the command line. */
export interface Flag {
  /** What stands for its value in the help; undefined where it takes none. */
  readonly value: string | undefined
  /** A few words for the help. */
  readonly means: string
  /** Without the dashes, the first one is shown; left out where it is the input's own. */
  readonly names?: readonly string[]
  readonly short?: string
  /** One value each time it is given; else what is given more than once are further lines of one value. */
  readonly repeatable?: true
}

/**
 * What the table [tool.pypackager] may say of an input. Whoever clones a repository has not written it: what reaches out of
 * the image (folders, ports, networks, passwords of this machine, commands with the network) takes the user's word.
 */
export interface TableSay {
  readonly needsWord: boolean
  /** What it decides over. */
  readonly over: string
  /** It decides where a push goes: on a laptop that is shown before, in a workflow nobody looks. */
  readonly whereTo?: true
}

/** All that is said of one input; action.yml has its description. */
export interface Row<T = unknown> {
  readonly read: Reader<T>
  /** The text that nothing stands for. */
  readonly default?: string
  /** Never printed. @returns what of its text is secret */
  readonly secret?: (text: string) => readonly string[]
  /** Not refused for its characters. */
  readonly verbatim?: true
  readonly flag?: Flag
  /** Why there is no flag, and where it is set instead. */
  readonly noFlag?: string
  /** No setting of a laptop. */
  readonly ofWorkflows?: true
  /** Left out where the table has no say. */
  readonly table?: TableSay
  /** Legs of a matrix may differ by it: its place in the suffix of their tags, or that it names them apart itself. */
  readonly leg?: number | 'name'
  /** The image is the same whatever it says, or what it says counts in another way, as indexes do. */
  readonly beside?: boolean
  /** Without effect where a custom Dockerfile makes the release. */
  readonly generated?: true
}

export type Rows = Readonly<Record<string, Row>>

/** Rows of which all tell the same, but those that say otherwise. */
export function each<Some extends Rows>(told: Partial<Row>, rows: Some): Some {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...told, ...row }])) as Some
}

type FlagMore = Omit<Flag, 'value' | 'means'>

/** A flag with a value, such as `HOST`. */
export function flag(value: string, means: string, more: FlagMore = {}): Pick<Row, 'flag'> {
  return { flag: { value, means, ...more } }
}

/** A flag without a value: `--no-NAME` is its opposite. */
export function switchFlag(means: string): Pick<Row, 'flag'> {
  return { flag: { value: undefined, means } }
}

export function ofWorkflows(why = 'it is of workflows alone'): Pick<Row, 'noFlag' | 'ofWorkflows'> {
  return { noFlag: why, ofWorkflows: true }
}

/** Of the environment alone: a list of processes shows every command line. */
export function ofEnvironment(variable: string): Pick<Row, 'noFlag'> {
  return { noFlag: `set ${variable}, where no list of processes shows it` }
}

/** The table's say takes the user's word. */
export function asked(over: string): Pick<Row, 'table'> {
  return { table: { needsWord: true, over } }
}

/** The table decides over nothing but the image, its wheels and their names. */
export function harmless(over: string): Pick<Row, 'table'> {
  return { table: { needsWord: false, over } }
}

/** Harmless on a laptop, where it is shown before a push. */
export function whereTo(over: string): Pick<Row, 'table'> {
  return { table: { needsWord: false, over, whereTo: true } }
}
