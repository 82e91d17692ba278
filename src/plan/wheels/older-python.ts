import type { LockedPackage } from '../../project/resolved-lock.ts'
import { PYTHON_RELEASES } from '../version/python-releases.ts'
import { buildHint, FOR_THIS_PYTHON, IN_ITS_SOURCE, VENDOR } from './build-hints.ts'
import { bestWheel } from './wheel-plan.ts'
import { supportedTags, type Target } from './wheel-tags.ts'

/** Nothing that is younger than the commit is installed, so a newer version alone may not be found. */
const NEWER = 'require a newer version, with exclude-newer set to a later day where the commit is older.'

/**
 * The older Python that a release was made for, as its wheels tell, or the day on which its sdist was uploaded.
 * @param inDockerfile the Python of the project's Dockerfile, with which it was tried
 * @returns what to do about a release that does not build; undefined where it may be for this Python
 */
export function forOlderPython({ name, version, wheels, sdist }: LockedPackage, target: Target, inDockerfile?: string): string | undefined {
  const minor = Number(target.python.split('.')[1])
  const tried = PYTHON_RELEASES.map(([each]) => each).find((each) => `3.${each}` === inDockerfile && each < minor)
  const instead = (older: number) =>
    tried === undefined
      ? `set python-version to 3.${older}, or ${NEWER}`
      : `set python-version to 3.${tried}, which the Dockerfile has, or ${NEWER}`
  const older = PYTHON_RELEASES.map(([each]) => each).filter((each) => each < minor)
  const wheel = older.findLast((each) => bestWheel(wheels, supportedTags({ ...target, python: `3.${each}.0` })))
  if (wheel !== undefined) return `${name} ${version} has a wheel for Python 3.${wheel}, and none for 3.${minor}: ${instead(wheel)}`
  const [, released = ''] = PYTHON_RELEASES.find(([each]) => each === minor) ?? []
  const day = sdist?.uploaded ?? released
  const [then = tried] = PYTHON_RELEASES.findLast(([, at]) => at <= day) ?? []
  if (day >= released || then === undefined) return undefined
  return `${name} ${version} is of ${day}, before Python 3.${minor} (${released}): ${instead(then)}`
}

/** Whether a build may have failed as its package is for another Python: nothing else is known that mends it. */
export function mayBeOfPython(lines: readonly string[]): boolean {
  const { packages, next } = buildHint(lines)
  return packages.length === 0 && (next === undefined || [FOR_THIS_PYTHON, IN_ITS_SOURCE, VENDOR].includes(next))
}
