import { normalizeName } from '../../project/names.ts'
import type { OfferedExtra } from '../../project/requirements/offered-extras.ts'
import type { Check } from '../checks/check.ts'

/**
 * Parts of a project that want an extra which nobody chose, as `shop[server]` beside the tool `shop`: they are optional by the
 * project's own word, so an image that starts is good without them.
 * @param tool it starts as a command line tool, which the checks give no arguments
 */
export function withUnchosenExtra(
  checks: readonly Check[],
  { offered, tool }: { readonly offered: readonly OfferedExtra[]; readonly tool: boolean },
): readonly Check[] {
  const start = checks.find(({ name }) => name === 'start')
  const starts = start?.state === 'passed' || (start?.state === 'undone' && tool)
  return checks.map((check) => {
    if (check.state !== 'failed' || !['imports', 'scripts', 'start'].includes(check.name)) return check
    if (starts && isPlugin(check)) return { ...check, level: 'warning' as const, next: OF_PLUGIN }
    const module = /No module named '(\w+)/.exec(check.said ?? '')?.[1]
    const found = module && offered.find(({ packages }) => packages.includes(normalizeName(module)))
    if (!found) return check
    const next = `The project's extra ${found.extra} brings ${module}. Set extras: ${found.extra}`
    return { ...check, next, ...(starts && { level: 'warning' as const }) }
  })
}

/** A part of a namespace, such as `beetsplug.bpd`, that says in words of its own what it lacks. */
function isPlugin({ name, module = '', said = '' }: Check): boolean {
  return name === 'imports' && module.includes('.') && /^ImportError: (?!cannot import name|DLL|\S*\.so\b)/.test(said)
}

const OF_PLUGIN =
  'It is a plugin beside others, and the image starts without it. Set packages or runtime-packages to what it asks for, if it is used.'
