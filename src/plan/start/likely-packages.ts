import { normalizeName } from '../../project/names.ts'
import { serverWithin } from './servers.ts'

/** Frameworks that bring others which a start is found by. */
const BRINGS: Readonly<Record<string, readonly string[]>> = {
  fastapi: ['starlette'],
  dash: ['flask'],
  apiflask: ['flask'],
}

/** Names of the packages that requirement lines name, with those that these are known to bring. */
export function likelyPackages(lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) => {
    const [, name = '', extras = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?/.exec(line) ?? []
    const package_ = normalizeName(name)
    if (package_ === '') return []
    const brought = [package_, ...extras.split(',').map((extra) => `${package_}[${normalizeName(extra)}]`)].flatMap((one) => [
      ...(BRINGS[one] ?? []),
      ...serverWithin(one),
    ])
    return [package_, ...brought, ...(package_.startsWith('flask-') ? ['flask'] : [])]
  })
  return [...new Set(found)]
}
