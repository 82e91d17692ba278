/** Variables that Django's projects by custom take their key from. */
const BY_CUSTOM = ['SECRET_KEY', 'DJANGO_SECRET_KEY']

/** `SECRET_KEY = os.environ["SHOP_KEY"]`, `app.secret_key = getenv(\n "…"`, `app.config["SECRET_KEY"] = env.str("…")`: the first name in capitals. */
const READ = /\bsecret_key\b["']?\]?[ \t]*(?::[ \t]*[\w.[\] |]{1,60})?=[^\n#"']{0,200}?[([]\s{0,100}["']([A-Z][A-Z0-9_]{2,60})["']/gi
/** What a key is called, and what no key is. */
const NAME = /KEY|SECRET|SALT|TOKEN/
const PLACE = /(?:FILE|PATH|DIR|URL|NAME|ARN)$/

/**
 * The variables of the environment that a key of the application comes from, as far as its code shows.
 * @param texts of its settings' modules
 * @returns the names by custom first
 */
export function keyVariables(texts: readonly string[]): readonly string[] {
  return [...new Set([...BY_CUSTOM, ...keysRead(texts)])]
}

/** Those of them that the code is seen to read. */
export function keysRead(texts: readonly string[]): readonly string[] {
  const read = texts.flatMap((text) => [...text.matchAll(READ)].map((match) => match[1] ?? ''))
  return [...new Set(read.filter((name) => NAME.test(name) && !PLACE.test(name)).sort())]
}
