import { absentPrograms, calledPrograms, NOT_CALLING } from '../../judge/causes/called-programs.ts'
import type { System } from '../../judge/checks/container-checks.ts'
import { modulesInWheel } from '../../judge/checks/files-beside.ts'
import { inWheelhouse } from '../../shelf.ts'
import { moduleText } from '../prepare/module-text.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'

/** Modules that are read. */
const MOST_MODULES = 1000

interface Asked {
  /** What the image has. */
  readonly system: System
  /** It is a command line tool. */
  readonly tool: boolean
}

/**
 * Tells of programs that the code of the image calls by their names, and that the image does not have: what calls them may be a tool's very work, and no check does that.
 */
export async function tellAbsentPrograms(world: World, { app, source }: Wheelhouse, { system, tool }: Asked): Promise<void> {
  const paths = source.snapshot.map((file) => file.path)
  const names = app && (await world.archives.list(inWheelhouse(world, app.file)))
  const modules = names ? modulesInWheel(paths, names) : paths.filter((file) => file.endsWith('.py'))
  const code = new Map<string, string>()
  for (const file of modules.filter((one) => !NOT_CALLING.test(one)).slice(0, MOST_MODULES)) code.set(file, await moduleText(world, file))
  const absent = absentPrograms(calledPrograms(code, tool), system.programs)
  if (absent) world.log.notice(absent)
}
