import * as v from 'valibot'
import { line, type Read } from '../../grammar.ts'

/**
 * The interpreter and system that wheels are chosen for, as `stages/target/describe.py` reports it: a given base has any
 * Python, and its numbers are counted up to.
 */
export const targetSchema = v.object({
  /** e.g. `3.11.2` */
  python: v.pipe(line(60), v.regex(/^3\.\d{1,2}(\.\d{1,3})?([a-z+][\w.+]*)?$/)),
  /** e.g. `x86_64` */
  machine: v.pipe(line(60), v.regex(/^\w+$/)),
  /** e.g. `2.36` */
  glibc: v.pipe(line(20), v.regex(/^\d\.\d{1,2}(\.\d{1,3})?$/)),
  soabi: line(100),
  /** Of the Python beneath the virtual environment, absolute. */
  executable: v.pipe(line(500), v.regex(/^\/[\w./+-]+$/)),
  /** e.g. `debian 12` */
  distribution: line(200),
  /** The values that markers are judged by, e.g. `python_version`: `3.11` (PEP 508). */
  markers: v.record(v.pipe(v.string(), v.regex(/^[a-z_]{1,60}$/)), line(200)),
})
export type Target = Read<typeof targetSchema>

/**
 * The tags that CPython on a glibc Linux accepts, best first.
 * @see PEP 425 (tags), PEP 600 (manylinux); the order is that of packaging.tags.sys_tags
 */
export function supportedTags(target: Target): readonly string[] {
  const [major = 3, minor = 0] = target.python.split('.').map(Number)
  const platforms = [...manylinux(target), `linux_${target.machine}`]
  const own = `cp${major}${minor}`
  const older = Array.from({ length: minor - 1 }, (_, i) => minor - 1 - i)
  const on = (tags: readonly string[]) => tags.flatMap((tag) => platforms.map((platform) => `${tag}-${platform}`))
  return [
    ...on([`${own}-${own}`, `${own}-abi3`, `${own}-none`]),
    ...on(older.map((n) => `cp${major}${n}-abi3`)),
    ...on([`py${major}${minor}-none`, `py${major}-none`, ...older.concat(0).map((n) => `py${major}${n}-none`)]),
    ...[own, `py${major}${minor}`, `py${major}`, ...older.concat(0).map((n) => `py${major}${n}`)].map((tag) => `${tag}-none-any`),
  ]
}

const LEGACY: Readonly<Record<string, string>> = { '2.17': 'manylinux2014', '2.12': 'manylinux2010', '2.5': 'manylinux1' }

function manylinux(target: Target): readonly string[] {
  const [major = 2, minor = 17] = target.glibc.split('.').map(Number)
  const oldest = target.machine === 'x86_64' || target.machine === 'i686' ? 5 : 17
  const tags: string[] = []
  for (let n = minor; n >= oldest; n--) {
    tags.push(`manylinux_${major}_${n}_${target.machine}`)
    const legacy = LEGACY[`${major}.${n}`]
    if (legacy) tags.push(`${legacy}_${target.machine}`)
  }
  return tags
}

/**
 * The place of a wheel among the supported tags (0 is best), or undefined where it does not fit.
 * @param file a wheel's file name: `name-version[-build]-python-abi-platform.whl` (PEP 427)
 */
export function wheelRank(file: string, supported: readonly string[]): number | undefined {
  const parts = file.replace(/\.whl$/, '').split('-')
  if (!file.endsWith('.whl') || parts.length < 5 || parts.length > 6) return undefined
  const [pythons = '', abis = '', platforms = ''] = parts.slice(-3)
  const places = pythons
    .split('.')
    .flatMap((python) =>
      abis.split('.').flatMap((abi) => platforms.split('.').map((platform) => supported.indexOf(`${python}-${abi}-${platform}`))),
    )
    .filter((place) => place >= 0)
  return places.length > 0 ? Math.min(...places) : undefined
}
