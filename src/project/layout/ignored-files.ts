import { fitsPath } from '../glob.ts'

interface Pattern {
  readonly not: boolean
  readonly parts: readonly string[]
}

/**
 * The files that a .dockerignore leaves out, as Docker reads it: the last pattern that fits a file or a folder above it counts.
 * @param text of the .dockerignore
 * @param paths relative to its folder
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function ignoredBy(text: string, paths: readonly string[]): readonly string[] {
  const patterns = patternsOf(text)
  return paths.filter((path) => {
    const places = path.split('/')
    const last = patterns.findLast(({ parts }) => places.some((_, i) => fitsPath(parts, places.slice(0, i + 1))))
    return last !== undefined && !last.not
  })
}

function patternsOf(text: string): readonly Pattern[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.flatMap((line) => {
    const trimmed = line.trim()
    const not = trimmed.startsWith('!')
    const parts = (not ? trimmed.slice(1) : trimmed).trim().split('/')
    const clean = parts.filter((part) => part !== '' && part !== '.')
    return clean.length === 0 || line.startsWith('#') ? [] : [{ not, parts: clean }]
  })
}
