import path from 'node:path'

/** Names inside the wheelhouse. */
export const SHELF = {
  lock: 'pylock.toml',
  resolution: '.build/resolution.json',
  local: '.build/local.json',
  uv: '.build/uv',
  requires: '.build/requires',
  locks: '.build/locks',
  manifests: '.build/manifests',
  debian: '.build/debian',
  sbom: '.build/sbom',
  imported: '.build/imported',
} as const

/** The wheelhouse of what only the test image has, below the wheelhouse. */
export const TEST_SHELF = '.build/test'

/** A place in the wheelhouse, absolute. */
export function inWheelhouse({ paths }: { readonly paths: { readonly wheelhouse: string } }, ...names: string[]): string {
  return path.join(paths.wheelhouse, ...names)
}
