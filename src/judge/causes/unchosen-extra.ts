import { normalizeName } from '../../project/names.ts'
import type { OfferedExtra } from '../../project/requirements/offered-extras.ts'
import { listed } from '../../text/words.ts'
import { type Check, undone } from '../checks/check.ts'
import { packageOfModule } from './module-packages.ts'

/**
 * Parts of a project that want an extra which nobody chose, as `shop[server]` beside the tool `shop`: they are optional by the
 * project's own word, so an image that starts is good without them.
 * @param tool it starts as a command line tool, which the checks give no arguments
 */
export function withUnchosenExtra(
  checks: readonly Check[],
  {
    offered,
    tool,
    command = [],
  }: { readonly offered: readonly OfferedExtra[]; readonly tool: boolean; readonly command?: readonly string[] },
): readonly Check[] {
  const start = checks.find(({ name }) => name === 'start')
  const starts = start?.state === 'passed' || (start?.state === 'undone' && tool)
  return checks.map((check) => {
    if (check.state !== 'failed' || !['imports', 'scripts', 'start'].includes(check.name)) return check
    if (starts && isPlugin(check)) return { ...check, level: 'warning' as const, next: OF_PLUGIN }
    const aside = scriptAside(check, offered, command)
    if (aside) return aside
    const module = /No module named '(\w+)/.exec(check.said ?? '')?.[1]
    const found = module && offered.find(({ packages }) => packages.includes(packageOf(module)))
    if (!found) return check
    const next = `The project's extra ${found.extra} brings ${module}. Set extras: ${found.extra}`
    return { ...check, next, ...(starts && { level: 'warning' as const }) }
  })
}

/**
 * Scripts of an extra that was not chosen, but for the one that starts the image: pip installs them all the same, and what they
 * lack is known by its module, or by their own words (`pip install shop[server]`).
 */
function scriptAside(
  { name, said = '', scripts = [] }: Check,
  offered: readonly OfferedExtra[],
  command: readonly string[],
): Check | undefined {
  const words = command.join(' ').split(/[\s"'=;&|]+/)
  if (name !== 'scripts' || scripts.length === 0 || scripts.some((script) => words.some((word) => word.split('/').at(-1) === script)))
    return undefined
  const module = /No module named '(\w+)/.exec(said)?.[1]
  const named = [...said.matchAll(/[A-Za-z0-9]\[([A-Za-z0-9][\w.,\s-]*)\]/g)].flatMap((match) =>
    (match[1] ?? '').split(',').map(normalizeName),
  )
  const found = offered.find(
    ({ extra, packages }) => named.includes(extra) || (module !== undefined && packages.includes(packageOf(module))),
  )
  if (!found) return undefined
  const who = `the script${scripts.length === 1 ? '' : 's'} ${listed(scripts)}`
  const why = `what it takes comes with the project's extra ${found.extra}, which is not chosen`
  return undone('scripts', who, { why, next: `If it is used, set extras: ${found.extra}`, said })
}

/** Of a module the package, normalised. */
function packageOf(module: string): string {
  return normalizeName((packageOfModule(module) ?? module).replace(/[<>=].*/, ''))
}

/** A part of a namespace, such as `beetsplug.bpd`, that says in words of its own what it lacks. */
function isPlugin({ name, module = '', said = '' }: Check): boolean {
  return name === 'imports' && module.includes('.') && /^ImportError: (?!cannot import name|DLL|\S*\.so\b)/.test(said)
}

const OF_PLUGIN =
  'It is a plugin beside others, and the image starts without it. Set packages or runtime-packages to what it asks for, if it is used.'
