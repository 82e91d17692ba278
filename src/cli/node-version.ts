const OLDEST = 24

/** What to tell whose Node is too old; undefined where it is not. @param version such as `20.11.1` */
export function tooOld(version: string): string | undefined {
  const major = Number.parseInt(version, 10)
  if (major >= OLDEST) return undefined
  return `error: pypackager needs Node ${OLDEST} or later, and this is Node ${version}. Install a newer one, or put it first on PATH.`
}
