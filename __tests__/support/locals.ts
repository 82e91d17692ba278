import { type Following, type LaidOut, layOutLocals } from '../../src/run/lock/local-packages.ts'
import { VendoredFiles } from '../../src/run/lock/vendored-files.ts'
import type { Wants } from '../../src/run/lock/wanted-packages.ts'
import type { World } from '../../src/run/world.ts'

/** Lays out what comes as a folder or a file, as a resolution does. */
export async function laidOutIn(world: World, wanted: Wants, following: Following | undefined): Promise<LaidOut> {
  return layOutLocals(world, wanted, following, await VendoredFiles.open(world))
}
