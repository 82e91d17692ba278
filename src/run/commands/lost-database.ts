import path from 'node:path'
import { keepDatabase, type OwnDatabase, volumeAdvice } from '../../judge/causes/own-database.ts'
import type { Keeping } from '../../judge/checks/check.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { databaseVariable } from '../../project/application/database-variable.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import type { World } from '../world.ts'

const DATABASE = /\.(sqlite3?|db3?)$/i
/** Of the image's user; whoever owns a mounted folder has none there, and gets another HOME. */
const HOME = '/app'

/**
 * The warning about a database of SQLite that a command made in its own container, which goes with it.
 * @param files and folders that the command left in the container, absolute
 * @param verb after which the options go
 */
export async function lostDatabase(
  world: World,
  plan: RunPlan,
  { files, verb }: { readonly files: readonly string[]; readonly verb: string },
): Promise<string | undefined> {
  const file = files.find((one) => DATABASE.test(one) && !/^\/(tmp|var\/tmp|dev)\//.test(one))
  if (file === undefined) return undefined
  const image = plan.repository.path.split('/').at(-1) ?? ''
  const own: OwnDatabase = { file, variable: databaseVariable(await settingsFiles(world, plan)), image }
  const lost = `${file} was made in the container of this command, and went with it.`
  // The checks of the release have seen what moves it.
  const seen = (await world.records.all()).proofs?.[plan.suffix]?.checks.find(({ name }) => name === 'start')?.keeps
  const keeps = seen ?? keepingOf(own, files)
  const after = `(right after ${verb})`
  if (seen || plan.project.django?.settings !== undefined)
    return `${lost} To have one that stays, give this command and pypackager run ${keeps.options} too ${after}. ${volumeAdvice(keeps)}`.trim()
  if (keeps.volume === undefined) return `${lost} To have one that stays, give the same command ${keeps.options} too ${after}.`
  const folder = file.slice(0, file.lastIndexOf('/')) || '/'
  return `${lost} ${folder} is of the image, and a folder mounted there hides what it has. To have one that stays, let arguments or configuration name a file in /data, and give the same command -v ~/${image}-data:/data too ${after}.`
}

/** A fresh volume over a folder that the image has not is root's; a folder of the machine is its user's. */
function keepingOf(own: OwnDatabase, files: readonly string[]): Keeping {
  const parents = own.file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))
  const made = parents.find((folder) => files.includes(folder))
  if (own.variable || made === undefined) return keepDatabase(own)
  const home = made.startsWith(`${HOME}/.`) ? ` -e HOME=${HOME}` : ''
  return { options: `-v ~/${own.image}-data:${made}${home}` }
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
