import * as v from 'valibot'
import { said, size } from '../../grammar.ts'
import { normalizeName } from '../../project/names.ts'

/** Where a fault was raised, as the traceback of the import tells; what is in an image, anybody may have written. */
export const faultPlace = v.object({
  /** Below the folder of packages, or that of the source. */
  file: said(300),
  line: size,
  /** The package that the file is of, `flasgger 0.9.5`; '' where it is of none. */
  of: said(200),
  /** The package without the name that is imported from it; '' where that is not known. */
  lacks: said(200),
})
export type FaultPlace = v.InferOutput<typeof faultPlace>

interface Package {
  readonly name: string
  readonly version: string
}

/** @returns undefined where the words name no package with a version */
export function packageIn(words: string): Package | undefined {
  const [, name, version] = /^([A-Za-z0-9][\w.-]{0,99}) (\d[\w.+!-]{0,60})$/.exec(words) ?? []
  return name && version ? { name: normalizeName(name), version } : undefined
}

/** A place as the project sees it: what is of its own package is of none that could be required otherwise. */
export function placeIn(place: FaultPlace, project: string): FaultPlace {
  return packageIn(place.of)?.name === normalizeName(project) ? { ...place, of: '' } : place
}

/** `(flasgger/base.py, line 28, of flasgger 0.9.5)` */
export function placeText({ file, line: at, of }: FaultPlace): string {
  return `(${file}, line ${at}${packageIn(of) ? `, of ${of}` : ''})`
}

/** What asks for a newer version, `flasgger>0.9.5`. @see PEP 440 */
export function newer({ name, version }: Package): string {
  return `${name}>${version}`
}

/** What asks for one before the series of a version, `flask<3.1`. */
export function older({ name, version }: Package): string {
  const [, major = '', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return `${name}<${major}${minor === '0' ? '' : `.${minor}`}`
}

/** The requirement that holds a package at one version, such as `flask==1.1.4`; a newer one goes by that line alone. */
export function pinOf({ name }: Package, lines: readonly string[]): string | undefined {
  const found = lines.find((one) => normalizeName(/^[\w.-]*/.exec(one)?.[0] ?? '') === name && /===?/.test(one))
  return found?.replace(/\s*[;#].*$/, '').slice(0, 60)
}
