import path from 'node:path'
import { type Project, statedName } from '../../project/project.ts'
import type { SourceChoice } from '../../project/tools/uv-sources.ts'
import type { Member } from '../../project/tools/uv-workspace.ts'
import { readTree } from '../prepare/read-tree.ts'
import type { World } from '../world.ts'
import { type PlacesBeside, type WantedLocal, wantedBy } from './wanted-packages.ts'

/**
 * Where requirements files say that packages come from, though their lines do not count: whoever installs with them gets
 * `mycorp-base` from `-e ../base`, so no index may answer for that name.
 * @returns by normalised name; folders that are not there, or state no name, are left out
 */
export async function placesBeside(world: World, project: Project, member: Member, choice: SourceChoice): Promise<PlacesBeside> {
  const { requirements } = project
  if (!requirements || requirements.fault) return { locals: new Map(), files: new Map() }
  const at = { top: world.context.workspace, from: requirements.files.join(', ') }
  const said = wantedBy(requirements.lines, { member, choice, ...at })
  const nameless = await Promise.all(
    requirements.places.map(async ({ source }): Promise<WantedLocal | undefined> => {
      if (source.kind !== 'directory') return undefined
      const name = await nameAt(world, path.resolve(member.folder, source.path))
      return name === undefined ? undefined : { name, source, base: member.folder }
    }),
  )
  const locals = [...said.locals, ...nameless.filter((one) => one !== undefined)]
  return { locals: new Map(locals.map((one) => [one.name, one])), files: said.files }
}

async function nameAt(world: World, folder: string): Promise<string | undefined> {
  const { workspace } = world.context
  const inside = !path.relative(workspace, folder).startsWith('..') && (await world.files.exists(folder))
  return inside ? statedName(await readTree({ project: folder, workspace }, [], world.files)) : undefined
}
