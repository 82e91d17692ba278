import { causeOf } from './failure-causes.ts'
import { type FaultPlace, newer, older, packageIn, pinOf } from './fault-place.ts'
import { packageOfModule } from './module-packages.ts'

export const GIVE = 'Give the settings that it needs by the input env.'

const LET = 'checks: warn lets it pass.'
/** What to do where nothing tells why. */
export const UNEXPLAINED = `${GIVE} ${LET}`

/** What to do where something could not be looked at, by the words of why. */
export function wanting(why: string): string {
  return causeOf(why)?.next ?? GIVE
}

/** Whether an import asks for a database of its own, which no check has: where the image runs, there may be one. */
export function wantsDatabase(fault: string): boolean {
  return causeOf(fault.slice(-1000))?.kind === 'database' && !/no such table|relation "[^"]*" does not exist/i.test(fault)
}

/** What is known of an import that failed, beside what it said. */
export interface ImportFacts {
  readonly place?: FaultPlace | undefined
  /** Lines of what the project requires. */
  readonly required?: readonly string[]
}

/** What to do about an import that failed. */
export function mend(said: string, facts: ImportFacts = {}): string {
  const fault = said.slice(-2000) // the reason stands at the end
  const unnamed = /PackageNotFoundError: (?:No package metadata was found for )?([\w.-]{1,100})/.exec(fault)?.[1]
  if (unnamed)
    return `It asks for the metadata of ${unnamed}: require that; those of the project itself come with its wheel alone, not with wheel: never.`
  const cause = causeOf(fault)
  if (cause?.kind === 'python') return ofAnotherTime(facts) ?? cause.next
  const wrong = otherVersion(fault, facts) ?? toInstall(fault) ?? missingModule(fault, facts)
  if (wrong) return wrong
  if (cause && !['setting', 'network', 'none-met'].includes(cause.kind)) return cause.next
  if (!cause && /^(?:NameError|UnboundLocalError|SyntaxError|IndentationError|TabError): /.test(fault)) return inCode(facts)
  return cause ? `${cause.next} ${LET}` : UNEXPLAINED
}

/** A package, by its version, that was made for an older Python. */
function ofAnotherTime({ place, required = [] }: ImportFacts): string | undefined {
  const by = packageIn(place?.of ?? '')
  if (!by) return undefined
  const pin = pinOf(by, required)
  const raise = pin ? `raise ${pin} in the requirements` : `set packages: ${newer(by)}`
  return `${by.name} ${by.version} was made for an older Python: ${raise}; or set python-version to that Python.`
}

/** A name that a package has in another version: what imports it is too old, or what it is imported from too new. */
function otherVersion(fault: string, { place, required = [] }: ImportFacts): string | undefined {
  const [, name, from] = /cannot import name '(\w+)' from '(\w+)[\w.]*' \([^()]*\/(?:site|dist)-packages\//.exec(fault) ?? []
  if (!name) return undefined
  const by = packageIn(place?.of ?? '')
  const lacking = packageIn(place?.lacks ?? '')
  if (!lacking || by?.name === lacking.name)
    return `The ${from} that is installed has no ${name}: require a version of it (or a newer one of what imports it) that fits.`
  const its = `${lacking.name} ${lacking.version} has no ${name}`
  // Of the project's own code nobody knows whether it is of before or after.
  if (!by) return `${its}. Set packages: ${newer(lacking)}; or ${older(lacking)}, if the code is older than that; or correct the import.`
  const pin = pinOf(by, required)
  const raise = pin ? `raise ${pin} in the requirements` : `set packages: ${newer(by)}`
  return `${its}: ${raise}; or, for an older ${lacking.name}, set packages: ${older(lacking)}`
}

/** What a module says itself to install: `Install lxml[html_clean] or lxml_html_clean directly.` */
function toInstall(fault: string): string | undefined {
  if (!/^(?:ImportError|ModuleNotFoundError|RuntimeError): /.test(fault)) return undefined
  const [, name] = /\b[Ii]nstall (?:-U )?["'`]?([A-Za-z0-9][\w.-]{0,60}(?:\[[\w.,-]{1,60}\])?)["'`]?(?=[\s.,;]|$)/.exec(fault) ?? []
  return name && !/^(it|the|a|an|this|that|one|with|by|from|and|or)$/i.test(name)
    ? `It says what it lacks. Set packages: ${name.replace(/\.$/, '')}`
    : undefined
}

function missingModule(fault: string, { place }: ImportFacts): string | undefined {
  const module = /No module named '([\w.]+)'/.exec(fault)?.[1]
  if (module === undefined) return undefined
  const by = packageIn(place?.of ?? '')
  const asks = by ? `${by.name} ${by.version} imports it, and does not require it. ` : ''
  if (module === 'pkg_resources') return `${asks}Set packages: setuptools<82 (later ones are without pkg_resources).`
  if (module.includes('.')) {
    const [top = '', ...rest] = module.split('.')
    return `${top} is there, and no ${rest.join('.')} in it: correct the name, add the requirement (or the version) that brings it, or let the wheel have it.`
  }
  const known = packageOfModule(module)
  if (known) return `${asks}Set packages: ${known}; or add that to the requirements.`
  return by
    ? `${asks}Set packages to what brings ${module}.`
    : `Add ${module} to the requirements, or its folder to the packages of the wheel.`
}

/** Code that fails whatever it is given. */
function inCode({ place }: ImportFacts): string {
  const by = packageIn(place?.of ?? '')
  return by
    ? `Set packages: ${newer(by)}; or set python-version to one that it was made for.`
    : 'Correct that in the source, or set python-version to one that it was made for.'
}
