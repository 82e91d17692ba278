import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { UserError } from '../errors.ts'
import { FLAGS, type Flag, whyNoFlag } from '../inputs/flags.ts'
import { MEANT } from '../inputs/unknown.ts'
import { didYouMean } from '../project/names.ts'
import { usageError } from './usage.ts'
import { VERBS, type Verb } from './verbs.ts'

/** A command line as the tool understands it. */
export interface Call {
  /** Undefined where only help or the version is asked for. */
  readonly verb: Verb | undefined
  /** What follows the verb, for verbs that take words. */
  readonly words: readonly string[]
  /** A command and its arguments, as they were typed. */
  readonly command: readonly string[]
  /** Settings by the names of action.yml: each the text that the input would have. */
  readonly flags: ReadonlyMap<string, string>
  readonly help: boolean
  /** The tool's own version is asked for. */
  readonly version: boolean
  readonly json: boolean
  readonly verbose: boolean
  /** What the table of the project sets is the user's word, this time. */
  readonly trustProject: boolean
  /** What init proposes is written without asking. */
  readonly write: boolean
}

/** Flags of the tool itself. */
const OWN = ['help', 'json', 'verbose', 'trust-project', 'write']
const OPTIONS: NonNullable<ParseArgsConfig['options']> = {
  ...Object.fromEntries(FLAGS.flatMap(optionsOf)),
  ...Object.fromEntries(OWN.map((name) => [name, { type: 'boolean' as const, ...(name === 'help' && { short: 'h' }) }])),
}
const BY_NAME = new Map(FLAGS.flatMap((flag) => flag.names.map((name) => [name, flag] as const)))

function optionsOf(flag: Flag) {
  const type = flag.value === undefined ? ('boolean' as const) : ('string' as const)
  return flag.names.map((name, i) => [name, { type, ...(flag.short && i === 0 ? { short: flag.short } : {}) }] as const)
}

/**
 * Reads a command line. A verb that takes a command takes everything from its first word on, or from `--` on, and
 * looks at nothing of it.
 * @param argv without node and the script
 * @param env where `--env NAME` takes its value from
 * @throws UserError that says what was probably meant
 */
export function readArguments(argv: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Call {
  const none = { verb: undefined, words: [], command: [], flags: new Map(), help: false, version: false, ...ownFlags(new Set()) }
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return { ...none, version: true }
  const tokens = tokensOf(argv)
  const positionals = tokens.filter((token) => token.kind === 'positional')
  if (positionals[0]?.value === 'help') return { ...none, ...verbOf(positionals.slice(1)), help: true }
  const { verb, length } = verbOf(positionals)
  const end = verb?.takes === 'command' ? commandStart(argv, tokens, positionals[length]) : { options: argv.length, command: argv.length }
  const before = tokens.filter((token) => token.index < end.options)
  const { flags, own } = readFlags(before, env)
  const rest = positionals.slice(length).filter((token) => token.index < end.options)
  if (verb?.takes === 'nothing' && rest[0]) throw usageError(`${verb.name} takes no argument, and "${rest[0].value}" is one`, helpOf(verb))
  if (own.has('write') && verb && !['init', 'eject'].includes(verb.name)) throw usageError('--write is of init and eject', helpOf(verb))
  if (!verb && !own.has('help') && argv.length > 0) throw usageError('no verb is named', 'See pypackager --help.')
  return {
    verb,
    words: rest.map(({ value }) => value),
    command: argv.slice(end.command),
    flags,
    help: own.has('help') || argv.length === 0,
    version: false,
    ...ownFlags(own),
  }
}

function ownFlags(own: ReadonlySet<string>): Pick<Call, 'json' | 'verbose' | 'trustProject' | 'write'> {
  return { json: own.has('json'), verbose: own.has('verbose'), trustProject: own.has('trust-project'), write: own.has('write') }
}

type Token = ReturnType<typeof tokensOf>[number]
type Positional = Extract<Token, { kind: 'positional' }>

function tokensOf(argv: readonly string[]) {
  const how = { strict: false, allowPositionals: true, allowNegative: true, tokens: true } as const
  return parseArgs({ args: [...argv], options: OPTIONS, ...how }).tokens
}

/** The verb, which may have two words (`build cmd`), and how many words it has. */
function verbOf(positionals: readonly Positional[]): { readonly verb: Verb | undefined; readonly length: number } {
  const [first, second] = positionals
  if (!first) return { verb: undefined, length: 0 }
  const two = second && VERBS.find(({ name }) => name === `${first.value} ${second.value}`)
  if (two) return { verb: two, length: 2 }
  const verb = VERBS.find(({ name }) => name === first.value)
  if (verb) return { verb, length: 1 }
  const near = didYouMean(
    first.value,
    VERBS.map(({ name }) => name),
  )
  throw usageError(
    `there is no verb "${first.value}"`,
    near ? `Did you mean ${near}? See pypackager --help.` : `The verbs are ${VERBS.map(({ name }) => name).join(', ')}.`,
  )
}

/** Where the tool's own options end, and where the command begins. */
function commandStart(argv: readonly string[], tokens: readonly Token[], first: Positional | undefined) {
  const dashes = tokens.find((token) => token.kind === 'option-terminator')?.index ?? argv.length
  if (first && first.index < dashes) return { options: first.index, command: first.index }
  return { options: dashes, command: dashes + 1 }
}

function readFlags(tokens: readonly Token[], env: Readonly<Record<string, string | undefined>>) {
  const flags = new Map<string, string>()
  const own = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const negative = token.rawName.startsWith('--no-') && !BY_NAME.has(token.name) ? token.name.replace(/^no-/, '') : token.name
    const flag = BY_NAME.get(token.rawName.slice(2)) ?? BY_NAME.get(negative)
    if (flag) {
      const value = givenValue(flag, token, env)
      const before = flags.get(flag.input)
      flags.set(flag.input, before === undefined || flag.value === undefined ? value : `${before}\n${value}`)
    } else if (OWN.includes(token.name)) own.add(token.name)
    else throw unknownFlag(token.rawName)
  }
  return { flags, own }
}

function givenValue(flag: Flag, token: Extract<Token, { kind: 'option' }>, env: Readonly<Record<string, string | undefined>>): string {
  const { rawName, value } = token
  if (flag.value === undefined) {
    if (value !== undefined) return String(value) // `--sbom=false`
    return flag.names.includes(rawName.slice(2)) ? 'true' : 'false' // `--no-sbom`, and `--no-cache`, whose name that is
  }
  if (value === undefined || (token.inlineValue === false && value.startsWith('--'))) {
    throw usageError(`${rawName} needs a value`, `Write ${rawName} ${flag.value}, or --${flag.names[0]}=… if it begins with a dash.`)
  }
  if (flag.repeatable && value.includes('\n'))
    throw usageError(`a value of ${rawName} has several lines`, `Give ${rawName} once for each value.`)
  if (flag.input !== 'env' || value.includes('=')) return value
  const here = env[value] // as docker run --env NAME
  if (here === undefined) throw usageError(`${rawName} names ${value}, which is not set here`, `Write ${rawName} ${value}=value.`)
  return `${value}=${here}`
}

function unknownFlag(rawName: string): UserError {
  const name = rawName.replace(/^--?/, '')
  const why = whyNoFlag(name)
  if (why) return usageError(`${rawName} is no flag`, `${why.charAt(0).toUpperCase()}${why.slice(1)}.`)
  const near = didYouMean(name, [...BY_NAME.keys(), ...OWN])
  const meant = Object.hasOwn(MEANT, name) && MEANT[name]
  if (meant) return usageError(`there is no flag ${rawName}`, meant)
  return usageError(
    `there is no flag ${rawName}`,
    near && name.length > 1
      ? `Did you mean --${near}? See pypackager --help.`
      : 'See pypackager --help; flags of a command come after the command.',
  )
}

function helpOf(verb: Verb): string {
  return `See pypackager ${verb.name} --help.`
}
