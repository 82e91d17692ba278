import { causeOf } from './failure-causes.ts'

export const GIVE = 'Give the settings that it needs by the input env.'

/** What to do where something could not be looked at, by the words of why. */
export function wanting(why: string): string {
  return causeOf(why)?.next ?? GIVE
}

/** Whether an import asks for a database of its own, which no check has: where the image runs, there may be one. */
export function wantsDatabase(fault: string): boolean {
  return causeOf(fault.slice(-1000))?.kind === 'database' && !/no such table|relation "[^"]*" does not exist/i.test(fault)
}

/** What to do about an import that failed. */
export function mend(said: string): string {
  const fault = said.slice(-2000) // the reason stands at the end
  const module = /No module named '([\w.]+)'/.exec(fault)?.[1]
  if (module === 'pkg_resources') return 'Add setuptools<82 to the requirements: later ones are without it.'
  const unnamed = /PackageNotFoundError: (?:No package metadata was found for )?([\w.-]{1,100})/.exec(fault)?.[1]
  if (unnamed)
    return `It asks for the metadata of ${unnamed}: require that; those of the project itself come with its wheel alone, not with wheel: never.`
  const cause = causeOf(fault)
  if (cause?.kind === 'python') return cause.next
  const [, name, from] = /cannot import name '(\w+)' from '(\w+)[\w.]*' \([^()]*\/(?:site|dist)-packages\//.exec(fault) ?? []
  if (name) return `The ${from} that is installed has no ${name}: require a version of it (or a newer one of what imports it) that fits.`
  if (module?.includes('.')) {
    const [top = '', ...rest] = module.split('.')
    return `${top} is there, and no ${rest.join('.')} in it: correct the name, add the requirement (or the version) that brings it, or let the wheel have it.`
  }
  if (module) return `Add ${module} to the requirements, or its folder to the packages of the wheel.`
  if (cause && !['setting', 'network', 'none-met'].includes(cause.kind)) return cause.next
  return `${cause ? cause.next : GIVE} checks: warn lets it pass.`
}
