import { FLAG_GROUPS, FLAGS, type Flag } from '../inputs/flags.ts'
import { VERBS, type Verb } from './verbs.ts'

const WIDEST = 38

/** The help of the tool: how to begin, the verbs, where settings come from. */
export function toolHelp(): string {
  return `${[
    'pypackager turns a Python or Django project into wheels and a lean Docker image.',
    section('Begin in the folder of your project:', [
      ['pypackager plan', 'what would be made, and why'],
      ['pypackager release', 'makes the image'],
      ['pypackager run -p 8000:8000', 'starts it'],
    ]),
    section(
      'Verbs (pypackager <verb> --help tells more):',
      VERBS.map(({ name, usage, does }) => [`${name} ${usage.replace('[<flag>…] [--] ', '')}`.trimEnd(), does] as const),
    ),
    [
      'Settings come from flags, then the environment (PYPACKAGER_IMAGE_NAME and the like; also REPO_NS, REPO_VERSION,',
      'IMAGE_NAME, and with blanks between their items PORTS, VOLUMES and ENV_VARS), then [tool.pypackager] in',
      'pyproject.toml, where they have the names of the flags, then defaults. The first that is set counts, whole.',
      'What that table sets of this machine (volumes, ports, commands …) takes your word: you are asked once.',
    ].join('\n'),
    ...FLAG_GROUPS.map(({ title, flags }) => section(`Flags: ${uncapital(title)}`, flags.map(flagRow), FLAG_WIDTH)),
    section('Flags of the tool:', [
      ['-h, --help', 'this help, or that of a verb'],
      ['-V, --version', "the tool's own version, if it stands alone"],
      ['--json', 'the result as JSON on stdout; all else goes to stderr'],
      ['--verbose', 'what docker says, too'],
      ['--write', 'of init and eject: writes without asking, over what is there'],
      ['--trust-project', 'follows what [tool.pypackager] sets of this machine, without asking'],
    ]),
    EXIT_CODES,
  ].join('\n\n')}\n`
}

const EXIT_CODES = section('Exit codes:', [
  ['0', 'done'],
  ['1', 'failed: the last line says why, and what to do'],
  ['2', 'a wrong argument or setting'],
  ['75', 'the network, an index, a registry or the daemon failed: another try may do'],
  ['130', 'interrupted (143: terminated)'],
  ['other', 'of run, manage and build cmd: that of the command itself (125: Docker could not start it)'],
])

/** The help of one verb. */
export function verbHelp(verb: Verb): string {
  const flags = verb.flags.flatMap((input) => FLAGS.filter((flag) => flag.input === input))
  return `${[
    `pypackager ${[verb.name, verb.usage].filter(Boolean).join(' ')}`,
    [`${capital(verb.does)}.`, ...verb.more].flatMap(wrapped).join('\n'),
    section(
      'Examples:',
      verb.examples.map(([line, does]) => [`pypackager ${line}`, does] as const),
    ),
    ...(flags.length > 0 ? [section('Flags that matter most here (pypackager --help shows all):', flags.map(flagRow))] : []),
  ].join('\n\n')}\n`
}

/** Columns that groups of flags share. */
const FLAG_WIDTH = Math.max(...FLAGS.map((flag) => shownFlag(flag).length))

/** A flag as it is typed. */
export function shownFlag({ names, short, value }: Flag): string {
  return `${short ? `-${short}, ` : ''}--${names[0]}${value === undefined ? '' : ` ${value}`}`
}

function flagRow(flag: Flag): readonly [string, string] {
  return [shownFlag(flag), `${flag.means}${flag.repeatable ? '; may be given several times' : ''}`]
}

/** Rows in two columns; what is too long for the first one has a line of its own. @param least columns of the first one */
function section(title: string, rows: readonly (readonly [string, string])[], least = 0): string {
  const width = Math.min(WIDEST, Math.max(least, ...rows.map(([left]) => left.length)))
  const lines = rows.map(([left, right]) => {
    if (!right) return `  ${left}`
    return left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`
  })
  return [title, ...lines].join('\n')
}

/** A paragraph in lines that fit a terminal. */
function wrapped(text: string): readonly string[] {
  return text
    .replace(/(.{1,108})(?: |$)/g, '$1\n')
    .trimEnd()
    .split('\n')
}

function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
