import { changedParts, type Parts, sha256 } from '../plan/fingerprint.ts'
import type { Dependencies } from '../project/dependencies.ts'
import { type Resolver, resolve } from './requires.ts'
import { inWheelhouse, SHELF, type State } from './state.ts'
import type { World } from './world.ts'

/** The kept lock where it answers the same question, else a new one. */
export async function ensureLock(world: World, resolver: Resolver, state: State, { lines, constraints, from }: Dependencies) {
  const sorted = [...lines].sort()
  const parts: Parts = {
    ...resolver.parts,
    requirements: sorted.join('\n'),
    ...(constraints.length > 0 && { constraints: constraints.join('\n') }),
  }
  const file = inWheelhouse(world, SHELF.lock)
  const kept = await world.files.read(file)
  const record = state.lock
  if (record && kept !== undefined && sha256(kept) === record.sha256 && JSON.stringify(record.parts) === JSON.stringify(parts)) {
    world.log.info('  pylock.toml: the requirements are unchanged')
    return { state, text: kept, sha256: record.sha256 }
  }
  const changed = record ? changedParts(record.parts, parts) : []
  world.log.info(
    `  resolving ${sorted.length} requirements of ${from} (${changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no lock is kept'})`,
  )
  const text = sorted.length > 0 ? await resolve(world, resolver, 'lock', { lines: sorted, constraints }) : 'lock-version = "1.0"\n'
  await world.files.write(file, text)
  const lock = { parts, sha256: sha256(text) }
  return { state: { ...state, lock }, text, sha256: lock.sha256 }
}
