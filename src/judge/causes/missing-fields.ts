const SEVERAL = /\bValidationError: \d+ validation errors? for /
const MISSING = /^Field required\b/

/**
 * A fault of pydantic with the names that it lists in the lines below, as they are said in an import's one line.
 * @param lines trimmed, the fault among them
 * @see https://docs.pydantic.dev/latest/errors/errors/
 */
export function withFields(fault: string, lines: readonly string[]): string {
  if (!SEVERAL.test(fault)) return fault
  const below = lines.slice(lines.lastIndexOf(fault) + 1)
  return [fault, ...below.filter((_, i) => MISSING.test(below[i + 1] ?? '')).map((name) => `${name} Field required`)].join(' ')
}
