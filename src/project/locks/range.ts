import { satisfies } from '@renovatebot/pep440'

/**
 * Whether a locked version is in a specifier. Pre-releases count: the tool that made the lock has chosen them.
 * @param version '' where the lock has none, which fits all
 * @see PEP 440
 */
export function rangeAccepts(specifier: string, version: string): boolean {
  return version === '' || specifier === '' || satisfies(version, specifier, { prereleases: true })
}
