import path from 'node:path'
import { UserError } from '../../errors.ts'
import { type Project, statedName } from '../../project/project.ts'
import { holds } from '../../project/requirements/marker.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'
import type { SourceChoice } from '../../project/tools/uv-sources.ts'
import type { Member } from '../../project/tools/uv-workspace.ts'
import { withoutLogin } from '../../text/addresses.ts'
import { listed } from '../../text/words.ts'
import { readTree } from '../prepare/read-tree.ts'
import type { World } from '../world.ts'
import { NOTHING_BESIDE, type PlacesBeside, type WantedLocal, wantedBy } from './wanted-packages.ts'

/**
 * Where requirements files say that packages come from, though their lines do not count: whoever installs with them gets
 * `mycorp-base` from `-e ../base`, so no index may answer for that name.
 * @returns by normalised name
 * @throws UserError for a folder that is not there, or whose name is not told: an index might answer for it
 */
export async function placesBeside(world: World, project: Project, member: Member, choice: SourceChoice): Promise<PlacesBeside> {
  const { requirements } = project
  if (!requirements || requirements.fault) return NOTHING_BESIDE
  const at = { top: world.context.workspace, from: requirements.files.join(', ') }
  const said = wantedBy(requirements.lines, { member, choice, ...at })
  const here = requirements.places.filter(({ marker }) => holds(marker, choice.environment, choice.chosen))
  const nameless = await Promise.all(
    here.map(async ({ source }): Promise<WantedLocal | undefined> => {
      if (source.kind !== 'directory') return undefined
      const name = await nameAt(world, path.resolve(member.folder, source.path), at.from)
      return { name, source, base: member.folder }
    }),
  )
  const locals = [...said.locals, ...nameless.filter((one) => one !== undefined)]
  const bare = requirements.lines.filter((line) => /^\s*[a-z+]+:\/\//i.test(line))
  const unnamed = [...here.flatMap(({ source }) => (source.kind === 'git' ? [source.url] : [])), ...bare]
  if (unnamed.length > 0) world.log.notice(`${at.from} names ${listed(unnamed.map(withoutLogin), 3)} without a package. ${UNNAMED}`)
  const addresses = requirements.lines.filter((line) => !bare.includes(line)).flatMap((line) => addressIn(line, choice))
  return { locals: new Map(locals.map((one) => [one.name, one])), files: said.files, addresses: new Map(addresses) }
}

function addressIn(line: string, { environment, chosen }: SourceChoice): readonly (readonly [name: string, url: string])[] {
  const { name, url = '', marker } = readRequirement(line)
  return /^https?:/.test(url) && holds(marker, environment, chosen) ? [[name, url]] : []
}

const UNNAMED = 'If that is one that the project requires, an index answers for it: write "NAME @ …".'

async function nameAt(world: World, folder: string, by: string): Promise<string> {
  const { workspace } = world.context
  const place = path.relative(workspace, folder)
  if (place.startsWith('..') || !(await world.files.exists(folder))) {
    throw new UserError(
      'project',
      `${by} names the folder ${place}, which is not in the workspace: a package of an index might take its place`,
      'Check it out too, or take the line away.',
    )
  }
  const name = statedName(await readTree({ project: folder, workspace }, [], world.files))
  if (name !== undefined) return name
  throw new UserError(
    'project',
    `${by} names the folder ${place || '.'}, whose files do not state its name as a text: a package of an index might take its place`,
    'State the name in its pyproject.toml or setup.cfg, or name that line "NAME @ file:…".',
  )
}
