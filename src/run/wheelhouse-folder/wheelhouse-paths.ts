import path from 'node:path'

/** A place in the wheelhouse, absolute. */
export function inWheelhouse({ paths }: { readonly paths: { readonly wheelhouse: string } }, ...names: string[]): string {
  return path.join(paths.wheelhouse, ...names)
}
