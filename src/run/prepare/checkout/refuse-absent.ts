import path from 'node:path'
import { UserError } from '../../../errors.ts'
import { sortAbsent } from '../../../project/layout/absent-content.ts'
import { ignoredBy } from '../../../project/layout/ignored-files.ts'
import { listed } from '../../../text/words.ts'
import type { World } from '../../world.ts'

/** What is looked at of a checkout. */
export interface CheckedOut {
  /** Absolute. */
  readonly folder: string
  /** As people know it, with a slash at its end; '' for the project's own. */
  readonly shown: string
  /** Paths that a build gets, relative to the folder. */
  readonly files: readonly string[]
  /** The source is copied as it is: no wheel chooses among its files. */
  readonly whole: boolean
  /** The text of its .dockerignore, where that counts. */
  readonly ignore: string | undefined
}

/** How a checkout lacks content, and what brings it. */
const KINDS = {
  pointer: {
    is: ' is a pointer of Git LFS: its content is not in the checkout',
    next: 'Let actions/checkout fetch it (lfs: true)',
  },
  submodule: {
    is: ' is an empty folder: the submodule is not checked out',
    next: 'Let actions/checkout fetch it (submodules: recursive)',
  },
} as const

/**
 * Refuses a checkout whose packages hold pointers of Git LFS or empty submodules, as actions/checkout leaves them by default:
 * the image would hold a text of three lines, or nothing.
 * @throws UserError that names them; what lies beside the packages is a notice
 * @see https://github.com/actions/checkout#usage (`lfs`, `submodules`)
 */
export async function refuseAbsent(world: World, at: CheckedOut): Promise<void> {
  const absent = {
    pointer: await world.source.pointers(at.folder, at.files),
    submodule: await emptySubmodules(world, at.folder),
  }
  for (const kind of ['pointer', 'submodule'] as const) {
    const left = new Set(at.ignore === undefined ? [] : ignoredBy(at.ignore, absent[kind]))
    const found = absent[kind].filter((file) => !left.has(file))
    const { shipped, beside } = sortAbsent(found, at.files, at.whole)
    const { is, next } = KINDS[kind]
    const [first] = shipped
    if (first !== undefined) {
      const more = shipped.length === 1 ? '' : ` (nor are ${shipped.length - 1} more)`
      throw new UserError('project', `${at.shown}${first}${is}${more}`, {
        next: at.ignore === undefined && at.shown ? `${next}.` : `${next}; .dockerignore leaves out what no image needs.`,
        details: shipped.length === 1 ? [] : shipped.slice(0, MOST).map((file) => `${at.shown}${file}`),
      })
    }
    const names = beside.map((file) => `${at.shown}${file}`)
    if (names.length > 0) world.log.notice(`${listed(names, 3)}${is}. ${next}, if a build needs it.`)
  }
}

const MOST = 20

/** Submodules below a folder that are empty, those of submodules too. */
async function emptySubmodules(world: World, folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const inside of await world.git.submodules(folder)) {
    const at = path.join(folder, inside)
    if (await world.files.isLink(at)) continue
    if ((await world.files.list(at)).length === 0) found.push(inside)
    else found.push(...(await emptySubmodules(world, at)).map((more) => `${inside}/${more}`))
  }
  return found
}
