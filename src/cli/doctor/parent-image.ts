import { httpRegistry } from '../../effects/network/registry.ts'
import { parentPlace } from '../../plan/reference.ts'
import { DEFAULT_PYTHON } from '../../plan/version/python-series.ts'
import { type Finding, fault, note, ok } from './diagnosis.ts'

/** The image that a release begins with, as far as the settings tell it: the project may want another Python. */
export function parentName(setting: (input: string) => string): string {
  return setting('base-image') || setting('parent-image') || `python:${setting('python-version') || DEFAULT_PYTHON}-slim`
}

/** @param there whether its registry has it; undefined where that does not tell */
export function parentFinding(name: string, isHere: boolean, there: boolean | undefined): Finding {
  if (isHere) return ok('parent image', `${name} is here`)
  if (there) return ok('parent image', `${name} is not here, and its registry has it`)
  const next = 'Set --parent-image to one that is here, or that can be pulled.'
  return there === false
    ? fault('parent image', `${name} is not here, and its registry does not have it`, next)
    : note('parent image', `${name} is not here, and its registry does not tell whether it can be pulled`, next)
}

/** Whether the registry of an image has it; undefined where that does not tell. */
export async function isAtRegistry(name: string): Promise<boolean | undefined> {
  const place = parentPlace(name)
  if (!place) return undefined
  const api = httpRegistry()
  const asked = async () => api.has({ ...place, login: await api.existingLogin(place.registry) }, place.tag)
  return asked().catch(() => undefined)
}
