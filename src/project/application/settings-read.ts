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
/** `Env(DEBUG=(bool, False))` names what a variable is where it is not set, and so does an `environ.setdefault`. */
const DEFAULTS = /\bEnv\(([^#]{0,2000}?)\)\s{0,20}(?:\n|$)/g
const SET = new RegExp(String.raw`\benviron(?:\.setdefault\(\s{0,50}${NAME}|\[\s{0,50}${NAME}\s{0,50}\]\s{0,50}=[^=])`, 'g')
const COMMENT = /(?:^|[ \t])#.*$/gm

/**
 * The variables of the environment that settings read and give no default, as far as their text shows: one that stands behind a
 * condition may not be needed.
 * @param texts of the modules of settings
 * @returns names, each once, in the order in which they are read
 */
export function settingsRead(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) => {
    const code = text.replace(COMMENT, '')
    const given = new Set([...code.matchAll(SET)].map(([, a, b]) => a ?? b))
    for (const [, inside = ''] of code.matchAll(DEFAULTS))
      for (const [, name] of inside.matchAll(/\b([A-Z][A-Z0-9_]*)\s*=/g)) given.add(name)
    const read = READS.flatMap((pattern) => [...code.matchAll(pattern)].map(({ 1: name = '', index }) => ({ name, index })))
    return read.filter(({ name }) => !given.has(name)).sort((a, b) => a.index - b.index)
  })
  return [...new Set(names.map(({ name }) => name))]
}
