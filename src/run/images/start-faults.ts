import { UserError } from '../../errors.ts'
import type { Inputs } from '../../inputs.ts'
import { extraAdvice, extraWith } from '../../plan/start/server-gift.ts'
import { serverOf } from '../../plan/start/servers.ts'
import type { StartCommand } from '../../plan/start/start-command.ts'
import {
  type Held,
  placeFault,
  type StartFault,
  type StartPlace,
  scriptFault,
  startPlace,
  startScripts,
  TAKE_SOURCE,
} from '../../plan/start/start-place.ts'
import type { Project } from '../../project/project.ts'
import { moduleText } from '../prepare/module-text.ts'
import { ignoredFiles } from '../wheels/project-wheel.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'
import { extrasOf } from './choose-start.ts'

type Asked = Pick<Inputs, 'writable' | 'checks'>

/**
 * Looks at what a start command names of the project before anything runs: folders and scripts.
 * @throws UserError where it certainly fails, and `checks` is `error` or `strict`; else that is a warning
 */
export async function checkStart(
  world: World,
  { project, house, command }: { readonly project: Project; readonly house: Wheelhouse; readonly command: StartCommand },
  { writable, checks }: Asked,
): Promise<void> {
  if (checks === 'off') return
  const wheel = project.sourceOnly === undefined
  const ignored = new Set(await ignoredFiles(world, house.source))
  const files = new Map(
    house.source.snapshot.map(({ path, print }) => [
      path,
      { executable: !print.startsWith('-'), link: print.startsWith('link '), ignored: ignored.has(path) },
    ]),
  )
  const held: Held = {
    files: new Map(wheel ? [] : [...files].filter(([, { ignored: out }]) => !out)),
    made: writable,
    wheel,
    source: [...files.keys()],
  }
  const place = startPlace(command.argv)
  const fault = serverFault(place, project, house) ?? placeFault(place, held) ?? (await faultOfScripts(world, place, files, wheel))
  if (!fault) return
  if (checks !== 'warn') throw new UserError('release', fault.text, fault.next)
  world.log.warning(`${fault.text[0]?.toUpperCase()}${fault.text.slice(1)}. ${fault.next}`)
}

/** A server that an extra of the project brings, and nobody asked for that. One that only the system may have is left to the checks. */
function serverFault({ steps }: StartPlace, project: Project, { wheels }: Wheelhouse): StartFault | undefined {
  const [program = ''] = steps.at(-1)?.words ?? []
  const packages = serverOf(program)?.packages ?? []
  if (packages.length === 0 || wheels.some(({ name }) => packages.includes(name))) return undefined
  const gift = extraWith(extrasOf(project), packages)
  return gift && { text: `the start command calls ${program}, which is not among the packages`, next: extraAdvice(gift) }
}

async function faultOfScripts(
  world: World,
  place: StartPlace,
  files: ReadonlyMap<string, { readonly executable: boolean; readonly link: boolean; readonly ignored: boolean }>,
  wheel: boolean,
): Promise<StartFault | undefined> {
  for (const script of startScripts(place)) {
    const found = files.get(script.file)
    if (!found || found.link) continue
    if (wheel) {
      return {
        text: `the start command runs ${script.written}, which is in the source and not in the project's wheel`,
        next: `Let its package bring it ([project.scripts]), or ${TAKE_SOURCE}.`,
      }
    }
    if (found.ignored) {
      return {
        text: `the start command runs ${script.written}, which .dockerignore leaves out`,
        next: `Let it in by a line !${script.file} in .dockerignore.`,
      }
    }
    const fault = scriptFault(script, found.executable, await moduleText(world, script.file))
    if (fault) return fault
  }
  return undefined
}
