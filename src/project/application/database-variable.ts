/** How settings are told where the database lies. */
export interface DatabaseVariable {
  readonly name: string
  /** The path of a file, an address such as `sqlite:////data/db.sqlite3`, or the folder that the file lies in. */
  readonly form: 'path' | 'address' | 'folder'
}

const NAME = `["']([A-Z][A-Z0-9_]{1,60})["']`
/** `"NAME": os.environ.get("DB_NAME", …)`, `"NAME": env("DB_NAME", default=…)`, `"NAME": os.environ["DB_NAME"]` */
const PATH = new RegExp(String.raw`["']NAME["']\s{0,50}:\s{0,50}[\w.]{1,60}[([]\s{0,50}${NAME}`)
/** `env.db()` of django-environ, `dj_database_url.config()`; a name may be given. */
const ADDRESS = new RegExp(String.raw`\b(?:env\.(?:dj_)?db(?:_url)?|dj_database_url\.config)\((?:\s{0,50}(?:env\s{0,5}=\s{0,5})?${NAME})?`)
/** `dj_database_url.parse(os.environ["DB"])` */
const PARSED = new RegExp(String.raw`\bdj_database_url\.parse\(\s{0,50}[\w.]{1,60}[([]\s{0,50}${NAME}`)

/** Any other name of a database: which of several counts is not told by their text. Password validators have names too. */
const PLAIN = /["']NAME["']\s{0,50}:(?!\s{0,50}["'][\w.]{0,200}\bpassword_validation\b)/g

/**
 * The variable of the environment that names the database of Django's settings, as far as their text shows.
 * @param texts of the modules of settings
 * @see https://django-environ.readthedocs.io/en/latest/types.html, https://github.com/jazzband/dj-database-url
 */
export function databaseVariable(texts: readonly string[]): DatabaseVariable | undefined {
  const code = texts.map((text) => text.replace(/(?:^|[ \t])#.*$/gm, '')).join('\n')
  const path = PATH.exec(code)?.[1]
  const names = code.match(PLAIN)?.length ?? 0
  if (names > (path === undefined ? 0 : 1)) return undefined
  if (path !== undefined) return { name: path, form: 'path' }
  const parsed = PARSED.exec(code)?.[1]
  if (parsed !== undefined) return { name: parsed, form: 'address' }
  const address = ADDRESS.exec(code)
  return address ? { name: address[1] ?? 'DATABASE_URL', form: 'address' } : undefined
}
