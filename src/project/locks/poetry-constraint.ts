import { satisfies, validRange } from '@renovatebot/pep440'

/**
 * Whether a version is in a constraint as Poetry writes them: `^1.2`, `~1.2`, `1.*`, `>=1,<2 || >3`, `1.2`, `*`.
 * A constraint that cannot be read takes nothing.
 * @see https://python-poetry.org/docs/dependency-specification/
 */
export function accepts(constraint: string, version: string): boolean {
  return alternatives(constraint).some((range) => satisfies(version, range, { prereleases: true }))
}

/** The constraint as a PEP 440 specifier; undefined where there is none that says the same. */
export function toSpecifier(constraint: string): string | undefined {
  const all = alternatives(constraint)
  return all.length === 1 && all[0] !== undefined && validRange(all[0]) ? all[0] : undefined
}

/** The same with `||` between alternatives; undefined where a part of it cannot be said. */
export function toRanges(constraint: string): string | undefined {
  const all = alternatives(constraint)
  if (all.includes('')) return ''
  return all.every((range) => validRange(range)) ? all.join(' || ') : undefined
}

/** The ranges that a constraint allows, each as a PEP 440 specifier; '' takes everything. */
export function alternatives(constraint: string): readonly string[] {
  return constraint.split(/\|\|?/).map((one) =>
    one
      .trim()
      .replace(/^\((.*)\)$/, '$1')
      .replace(/([<>=!~^])\s+/g, '$1')
      .split(/[,\s]+/)
      .filter((part) => part && part !== '*')
      .map(ranged)
      .join(','),
  )
}

function ranged(part: string): string {
  const [, sign = '', version = ''] = /^(\^|~(?!=)|={1,3}|!=|~=|<=?|>=?)?(.*)$/.exec(part) ?? []
  const release = (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number)
  if (sign === '^') {
    // The first number that is not 0 must stay; of 0.0 the last one.
    const kept = release.findIndex((number) => number !== 0)
    return `>=${version},<${above(release, kept < 0 ? release.length - 1 : kept)}`
  }
  if (sign === '~') return `>=${version},<${above(release, Math.min(1, release.length - 1))}`
  if (sign === '' || sign === '=') return `==${version}`
  return part
}

function above(release: readonly number[], place: number): string {
  return [...release.slice(0, place), (release[place] ?? 0) + 1].join('.')
}
