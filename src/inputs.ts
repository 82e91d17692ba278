import { together, UserError } from './errors.ts'
import { type Chosen, GROUP, refuseControls } from './inputs/readers.ts'
import type { Row } from './inputs/row.ts'
import { type InputName, TABLE } from './inputs/table.ts'

type Table = typeof TABLE

/** `image-name` as `imageName`. */
type FieldOf<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<FieldOf<Rest>>}` : Name

type Values = { readonly [Name in InputName as FieldOf<Name>]: ReturnType<Table[Name]['read']> }

/** What the user asks for: each row of the table by its name; an empty text means "not given". */
export interface Inputs extends Omit<Values, 'registry' | 'extras' | 'testExtras'> {
  /** The first of those that are pushed to; with others `host/namespace` too. */
  readonly registry: string
  /** Others, which get the same image. */
  readonly mirrors: readonly string[]
  /** As typed, for comparison with the matrix. */
  readonly extrasText: string
  readonly extras: readonly string[]
  /** Dependency groups: `group:NAME` in the input extras. */
  readonly groups: readonly string[]
  readonly testExtras: readonly string[]
  readonly testGroups: readonly string[]
  /** Names that the project's own table sets in the place of the step. */
  readonly ofProject: readonly string[]
}

/** The names in action.yml. */
export const INPUT_NAMES = Object.keys(TABLE) as readonly InputName[]

/** Inputs whose rows tell a fact, with their fields and what is told. */
export function inputsThat<Fact extends keyof Row>(fact: Fact): readonly (Told & { readonly told: NonNullable<Row[Fact]> })[] {
  return INPUT_NAMES.flatMap((name) => {
    const told = (TABLE[name] as Row)[fact]
    return told ? [{ name, field: fieldOf(name) as Told['field'], told }] : []
  })
}

interface Told {
  readonly name: InputName
  readonly field: keyof Inputs & keyof Values
}

/** Inputs that are never printed, and what of their texts is secret. */
export const SECRET_INPUTS = inputsThat('secret').map(({ name, told }) => [name, told] as const)

/** Whether an input says something else than its default. */
export function isGiven(inputs: Inputs, name: InputName): boolean {
  return JSON.stringify(inputs[fieldOf(name) as keyof Inputs]) !== JSON.stringify(readRow(name, ''))
}

/**
 * Reads and checks every input.
 * @param get gives the trimmed text of an input, '' where it is not set
 * @param found faults that are told with those found here
 * @param ofProject names whose texts the project's own table gives
 * @throws UserError naming the input, the value and the legal ones; with one for each further wrong value
 */
export function readInputs(get: (name: string) => string, found: readonly UserError[] = [], ofProject: readonly string[] = []): Inputs {
  const faults = [...found]
  const read = INPUT_NAMES.flatMap((name) => {
    try {
      return [[fieldOf(name), readRow(name, get(name))] as const]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(error)
      return []
    }
  })
  const wrong = together(faults)
  if (wrong) throw wrong
  const { registry, extras, testExtras, ...values } = Object.fromEntries(read) as unknown as Values
  return {
    ...values,
    registry: registry[0] ?? '',
    mirrors: registry.slice(1),
    extrasText: extras.text,
    extras: extras.extras,
    groups: extras.groups,
    testExtras: testExtras.extras,
    testGroups: testExtras.groups,
    ofProject,
  }
}

function readRow(name: InputName, text: string): unknown {
  const row: Row = TABLE[name]
  return row.read(name, (row.verbatim ? text : refuseControls(name, text, row.secret !== undefined)) || (row.default ?? ''))
}

/** The field of an input in `Inputs`. */
function fieldOf(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** Extras and groups as one list, as the user would write them. */
export function chosenNames({ extras, groups }: Pick<Chosen, 'extras' | 'groups'>): readonly string[] {
  return [...extras, ...groups.map((name) => `${GROUP}${name}`)]
}
