/** A name in quotes, as variables of the environment are called. */
const NAME = `["']([A-Z][A-Z0-9_]{1,60})["']`

/**
 * How Python reads a variable that must be there: `os.environ["A"]`, django-environ's and environs' `env("A")` and `env.int("A")`,
 * decouple's `config("A")` and `config("A", cast=int)`. With a default the closing bracket, or `cast`, would not follow.
 */
const READS = [
  new RegExp(String.raw`\benviron\[\s{0,50}${NAME}\s{0,50}\](?!\s{0,50}=[^=])`, 'g'),
  new RegExp(String.raw`\benv(?:\.[a-z_]{2,30})?\(\s{0,50}${NAME}\s{0,50},?\s{0,50}\)`, 'g'),
  new RegExp(String.raw`\bconfig\(\s{0,50}${NAME}\s{0,50}(?:,\s{0,50}cast\s{0,5}=\s{0,5}[\w.]{1,60})?\s{0,50},?\s{0,50}\)`, 'g'),
]
/** How Python reads one that may be unset, and then is None: `os.getenv("A")`, `environ.get("A")`, `environ.get("A", None)`. */
const MAY_READ = [
  new RegExp(String.raw`\b(?:getenv|environ\.get)\(\s{0,50}${NAME}\s{0,50}(?:,\s{0,50}None\s{0,50})?,?\s{0,50}\)(?!\s{0,50}or\b)`, 'g'),
]
/** `Env(DEBUG=(bool, False))` names what a variable is where it is not set, and so does an `environ.setdefault`. */
const DEFAULTS = /\bEnv\(([^#]{0,2000}?)\)\s{0,20}(?:\n|$)/g
const SET = new RegExp(String.raw`\benviron(?:\.setdefault\(\s{0,50}${NAME}|\[\s{0,50}${NAME}\s{0,50}\]\s{0,50}=[^=])`, 'g')
const COMMENT = /(?:^|[ \t])#.*$/gm

/** Variables of the environment that nobody gives a default, each once, in the order in which they are read. */
export interface SettingsRead {
  /** Without them it ends: `os.environ["A"]`. */
  readonly required: readonly string[]
  /** Without them it goes on with None: `os.getenv("A")`. */
  readonly optional: readonly string[]
}

/**
 * The variables of the environment that settings read and give no default, as far as their text shows: one that stands behind a
 * condition may not be needed.
 * @param texts of the modules of settings
 */
export function settingsRead(texts: readonly string[]): SettingsRead {
  return { required: namesRead(texts, READS), optional: namesRead(texts, MAY_READ) }
}

function namesRead(texts: readonly string[], patterns: readonly RegExp[]): readonly string[] {
  const names = texts.flatMap((text) => {
    const code = text.replace(COMMENT, '')
    const given = new Set([...code.matchAll(SET)].map(([, a, b]) => a ?? b))
    for (const [, inside = ''] of code.matchAll(DEFAULTS))
      for (const [, name] of inside.matchAll(/\b([A-Z][A-Z0-9_]*)\s*=/g)) given.add(name)
    const read = patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(({ 1: name = '', index }) => ({ name, index })))
    return read.filter(({ name }) => !given.has(name)).sort((a, b) => a.index - b.index)
  })
  return [...new Set(names.map(({ name }) => name))]
}
