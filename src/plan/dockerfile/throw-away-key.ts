/** What variables of keys hold while an image is built and checked, and never in it. Long and mixed enough for Django's own check. */
export const THROW_AWAY_KEY = 'for-the-build-only-2xK9vQ7mZr4TnB8wLcYs6HdJf3GpAe5UoWiNqX1'

/**
 * Keys for those variables that nobody has given a value.
 * @param names of variables
 * @param env lines `NAME=value` of the image
 */
export function throwAwayKeys(names: readonly string[], env: readonly string[]): Readonly<Record<string, string>> {
  const missing = names.filter((name) => !env.some((line) => line.startsWith(`${name}=`)))
  return Object.fromEntries(missing.map((name) => [name, THROW_AWAY_KEY]))
}
