import type { Check } from './check.ts'

/** Why a wheel with nothing in it is said of. */
export interface EmptyWheel {
  readonly level: Check['level']
  readonly text: string
  readonly next: string
}

/** A project that says outright, or by having no code, that it only requires others. */
const SAYS_SO = /^[ \t]*(bypass-selection[ \t]*=[ \t]*true|(packages|py[-_]modules)[ \t]*=[ \t]*\[[ \t]*\])/m
const CODE = /^(?!(?:.*\/)?(?:tests?|docs?|examples?|setup|conftest|noxfile|tasks|fabfile|hatch_build|pdm_build|build)(?:\/|\.py$)).*\.py$/

/**
 * A wheel that holds no file but its metadata, as backends make it without a word where the folder that they are told is not
 * there. Nothing of the project would be in the image.
 * @param names in the wheel
 * @param source paths of the project's files
 * @param definition texts of setup.py, setup.cfg and pyproject.toml
 */
export function emptyWheel(names: readonly string[], source: readonly string[], definition: string): EmptyWheel | undefined {
  if (names.some((name) => !/^[^/]+\.dist-info(\/|$)/.test(name)) || SAYS_SO.test(definition)) return undefined
  const byPyproject = /^\[build-system\]/m.test(definition) || /^\[project\]/m.test(definition)
  return {
    level: byPyproject || source.some((file) => CODE.test(file)) ? 'error' : 'warning',
    text: "the project's wheel holds nothing but its metadata: none of its modules is in the image",
    next: 'Check which packages its build backend is told, and that their folders are there; or take the source as it is: wheel: never.',
  }
}
