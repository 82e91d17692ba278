import path from 'node:path'
import { keepDatabase, type OwnDatabase, volumeAdvice } from '../../judge/causes/own-database.ts'
import { shellLine } from '../../plan/command-lines.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { databaseVariable } from '../../project/application/database-variable.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import type { World } from '../world.ts'

const DATABASE = /\.(sqlite3?|db3?)$/i

/**
 * The warning about a database of SQLite that a command made in its own container, which goes with it.
 * @param files that the command left in the container, absolute
 * @param words of the command; `manage` where they are of manage.py
 */
export async function lostDatabase(
  world: World,
  plan: RunPlan,
  { files, verb, words }: { readonly files: readonly string[]; readonly verb: string; readonly words: readonly string[] },
): Promise<string | undefined> {
  const file = files.find((one) => DATABASE.test(one) && !/^\/(tmp|var\/tmp|dev)\//.test(one))
  if (file === undefined) return undefined
  const variable = databaseVariable(await settingsFiles(world, plan))
  const own: OwnDatabase = { file, variable, image: plan.repository.path.split('/').at(-1) ?? '' }
  // The checks of the release have seen what moves it.
  const seen = (await world.records.all()).proofs?.[plan.suffix]?.checks.find(({ name }) => name === 'start')?.keeps
  const keeps = seen ?? keepDatabase(own)
  return `${file} was made in the container of this command, and went with it. To have one that stays: pypackager ${verb} ${keeps.options} ${shellLine(words)}, and pypackager run with the same options. ${volumeAdvice(keeps)}`.trim()
}

/** The texts that may tell where Django's database lies: of the settings, and of what such modules begin with. */
async function settingsFiles({ files, paths, context }: World, { project }: RunPlan): Promise<readonly string[]> {
  const { settings, from } = project.django ?? {}
  if (settings === undefined || from === undefined) return []
  const at = settings.replaceAll('.', '/')
  const [top = ''] = at.split('/')
  const folders = [...new Set(['', 'src/', from.slice(0, Math.max(0, from.indexOf(`${top}/`)))])]
  const names = [`${at}.py`, `${at}/__init__.py`, `${path.posix.dirname(at)}/base.py`]
  const found = folders.flatMap((folder) => names.map((name) => path.join(paths.project, folder, name)))
  const texts = await Promise.all(found.map((file) => files.readInside(context.workspace, file, TEXT_SIZE)))
  return texts.filter((text) => text !== undefined)
}
