import { FLAGS, whyNoFlag } from '../inputs/flags.ts'

/** What messages call by the words of a workflow, and how a laptop's user says it. */
const WORDS: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/,? and in a workflow [^.;]*/g, ''],
  [/\bIn a workflow, [^.;]*; else set\b/g, 'Set'],
  [/Let actions\/checkout fetch the history \([^)]*\)( with its credentials)?/g, 'Fetch the history (git fetch --unshallow --tags)'],
  [/Let actions\/checkout fetch them \([^)]*\)( with its credentials)?/g, 'Fetch them (git fetch --tags)'],
  [/Let actions\/checkout fetch it \(lfs: true\)/g, 'Fetch it (git lfs pull)'],
  [/Let actions\/checkout fetch it \(submodules: recursive\)/g, 'Fetch it (git submodule update --init --recursive)'],
  [/(?: the input env, a line each:|(?<==(?:…|127\.0\.0\.1)),) (\w+=(?:…|127\.0\.0\.1))/g, ' -e $1'],
  [/\bjob\.container\.network or host\b/g, 'host'],
  [/log in before this step( \([^)]*\))?/g, 'log in first (docker login)'],
  [/ before this step( \([^)]*\))?/g, ' first'],
  [/\(submodules: true\?\)/g, '(git submodule update --init)'],
  [/\b([Aa])(n?) (Linux )?runner\b/g, '$1$2 $3machine'],
  [/\b(the|this) runner\b/g, 'this machine'],
  [/ Nothing was pushed\./g, ''],
  [/\bIt must be lines of ([^.,;]*)/g, 'It must be $1 (each in a line, or by the flag again)'],
  [/\bchecks: (warn|off)\b/g, '--checks $1'],
  [/\bin the workspace\b/g, 'in this folder'],
  [/\bthe workspace\b/g, 'the repository'],
]

/** Settings by their names, as one sets them here. */
const SHOWN = new Map([
  ...FLAGS.map(({ input, names }) => [input, `--${names[0]}`] as const),
  ...['password', 'index-credentials', 'secrets', 'github-token'].flatMap((input) => {
    const name = /PYPACKAGER_\w+/.exec(whyNoFlag(input) ?? '')?.[0]
    return name ? [[input, name] as const] : []
  }),
])
const NAME = `(?:${[...SHOWN.keys()].sort((a, b) => b.length - a.length).join('|')})`
const ROW = `${NAME}(?:(?:,| and| or|, and|, or) ${NAME})*(?![\\w-])`
/** `the input path`, `the inputs path and requirements` */
const THE_INPUT = new RegExp(`\\b[Tt]he inputs? (${ROW})`, 'g')
/** `Set network to`, `Check path.`: what follows is no further word of a name. */
const IMPERATIVE = new RegExp(`\\b(Set|set|Check|check|Write|by|in) (${ROW})(?=[,;)]|\\.(?!\\w)|$| to | or | and | if | for |: )`, 'g')
/** Names with a hyphen are words of ours alone, but in what is quoted, assigned or part of a path. */
const HYPHENED = new RegExp(`(?<![\\w./"'\`=\\[-]|\\[tool\\.uv\\] )((?=[a-z]+-)${NAME})(?![\\w/="'\`\\]-])`, 'g')
/** `build-packages: libpq-dev`, as a workflow's file has it; what follows a comma is of the sentence. */
const WITH_VALUE = /(--[a-z-]+): ([^\s",;][^",;]*?)(?=[,;]|\.? *$|\. )/g

/** A note, a warning or an error in the words of the command line: flags for inputs, this machine for a runner. */
export function laptopWords(text: string): string {
  if (text.includes('[tool.pypackager]')) return inputsAsFlags(text) // there they are keys
  return inputsAsFlags(text)
    .replace(IMPERATIVE, (_all, verb: string, row: string) => `${verb} ${flags(row)}`)
    .replace(HYPHENED, (name) => SHOWN.get(name) ?? name)
    .replace(WITH_VALUE, (_all, flag: string, value: string) => `${flag} ${/[\s<>[\]!*]/.test(value) ? `"${value}"` : value}`)
}

/** The same for lines that show values too: only what is plainly called an input. */
export function inputsAsFlags(text: string): string {
  return WORDS.reduce((line, [pattern, word]) => line.replace(pattern, word), text).replace(THE_INPUT, (_all, row: string) => flags(row))
}

function flags(row: string): string {
  return row.replace(new RegExp(NAME, 'g'), (name) => SHOWN.get(name) ?? name)
}
