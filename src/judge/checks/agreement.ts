import { UNEXPLAINED } from '../causes/import-fault.ts'
import { type Check, failed, undone } from './check.ts'
import { answered, type Started } from './start-checks.ts'
import { type EndFacts, leftBehind } from './start-ends.ts'

// What one check has seen, another one does not deny.

/**
 * The checks of a container beside how the start went: where that answered, the modules that it names can be imported.
 * @param command its words
 */
export function agreeing(checks: readonly Check[], started: Started | undefined, command: readonly string[]): readonly Check[] {
  if (!answered(started)) return checks
  const words = command.join(' ').split(/[\s"'=:]+/)
  return checks.map((check) => {
    const { module, said } = check
    const served = module !== undefined && words.some((word) => word === module || word.startsWith(`${module}.`))
    if (!served) return check
    return undone('imports', `import of ${module}`, { why: `it fails beside the start command, which answers (${check.text})`, said })
  })
}

/** The check of templates, static files and data, where the start command asks for one of them in vain. */
export function contentBeside(check: Check, started: Started | undefined, facts: Pick<EndFacts, 'besideWheel'>): Check {
  const line = started && 'lastLine' in started ? started.lastLine : ''
  const left = check.state === 'passed' ? leftBehind(line, facts) : undefined
  return left === undefined
    ? check
    : failed('content', `not in the image: ${left}, which the start command asks for`, 'The line of the start command says what to do.')
}

/** Imports that fail without a known cause, beside files that the image lacks: settings that lie in one are not there either. */
export function withLackedFiles(checks: readonly Check[]): readonly Check[] {
  const content = checks.find(
    ({ name, state, files }) => name === 'content' && state === 'failed' && files?.some((file) => DATA.test(file)),
  )
  const file = content?.files?.find((one) => DATA.test(one))
  if (!content || file === undefined) return checks
  return checks.map((check) =>
    check.name === 'imports' && check.state === 'failed' && check.cause === undefined && check.next === UNEXPLAINED
      ? { ...check, next: `The image lacks ${file}, which may be why. ${content.next}` }
      : check,
  )
}

/** What settings are read from. */
const DATA = /\.(?:toml|ini|cfg|ya?ml|json|conf|env|properties)$/

/**
 * The files of a source that a wheel does not hold.
 * @param source paths of the source
 * @param held paths below the folder of packages
 */
export function notHeld(source: readonly string[], held: readonly string[]): readonly string[] {
  const there = new Set(held)
  return source.filter((file) => {
    const parts = file.split('/')
    return !parts.some((_, i) => there.has(parts.slice(i).join('/')))
  })
}
