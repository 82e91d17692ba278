import { TAKE_SOURCE } from '../../plan/start/start-place.ts'
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
  const astray = INSTALL_PLACE.test(definition) ? strayFolder(names, source) : undefined
  if (astray !== undefined)
    return {
      level: 'error',
      text: `the project's wheel holds its packages below ${astray}/, where nothing imports them: its build says a place of installation`,
      next: `Leave prefix and install-lib out of [install] (setup.cfg, or what setup.py writes there); or ${TAKE_SOURCE}.`,
    }
  if (names.some((name) => !/^[^/]+\.dist-info(\/|$)/.test(name)) || SAYS_SO.test(definition)) return undefined
  const byPyproject = /^\[build-system\]/m.test(definition) || /^\[project\]/m.test(definition)
  return {
    level: byPyproject || source.some((file) => CODE.test(file)) ? 'error' : 'warning',
    text: "the project's wheel holds nothing but its metadata: none of its modules is in the image",
    next: 'Check which packages its build backend is told, and that their folders are there; or take the source as it is: wheel: never.',
  }
}

/** Options of setuptools' install that a wheel of setup.py follows, inside of itself. */
const INSTALL_PLACE = /\binstall[-_](?:pure|plat)?lib\b|\binstall\b['"\]]?[^a-z]{0,10}\bprefix\b/

/** The folder before the packages of a wheel, where it is none of the source and no package lies above it. */
function strayFolder(names: readonly string[], source: readonly string[]): string | undefined {
  const packages = names.filter((name) => name.endsWith('/__init__.py') && !/^[^/]+\.(data|dist-info)\//.test(name))
  const isStray = (name: string) =>
    !source.some((file) => file === name || file.endsWith(`/${name}`)) && source.some((file) => name.endsWith(`/${file}`))
  const [first] = [...packages].sort((a, b) => a.length - b.length)
  return first !== undefined && packages.every(isStray) ? first.split('/').slice(0, -2).join('/') : undefined
}
