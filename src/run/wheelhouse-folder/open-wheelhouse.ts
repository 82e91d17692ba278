import path from 'node:path'
import { UserError } from '../../errors.ts'
import { inWheelhouse, SHELF, TEST_SHELF } from '../../shelf.ts'
import type { World } from '../world.ts'

/** More than any wheelhouse holds; counting, hashing and saving all follow from how many there are. */
const MOST_ENTRIES = 20_000

/** Folders of a shelf: all are written to. */
const FOLDERS = ['.build', SHELF.uv, SHELF.requires, SHELF.locks, SHELF.manifests, SHELF.debian, SHELF.sbom, SHELF.imported]

/**
 * Looks whether the folder can be used as a wheelhouse; nothing is written.
 * @throws UserError for a folder of it that is a link or no folder, and for too many files
 */
export async function checkShelves(world: World): Promise<void> {
  const { files, paths } = world
  const shown = shownName(world)
  for (const folder of [...FOLDERS, TEST_SHELF, ...FOLDERS.map((name) => `${TEST_SHELF}/${name}`)]) {
    const at = inWheelhouse(world, folder)
    const what = (await files.isLink(at)) ? 'is a symbolic link' : (await isFolder(world, at)) ? '' : 'is not a folder'
    if (what) throw refused(`${shown}/${folder} ${what}`, `Remove it: rm ${shown}/${folder}`)
  }
  if ((await files.count(paths.wheelhouse, MOST_ENTRIES)) > MOST_ENTRIES) {
    throw refused(`${shown} holds more than ${MOST_ENTRIES} files, as no wheelhouse does`, 'Remove the folder, or name another one.')
  }
}

/** Removes what earlier runs left, where the folder is a wheelhouse at all. */
export async function emptyWheelhouse(world: World): Promise<void> {
  const { files, paths } = world
  const ours = await Promise.all([SHELF.resolution, SHELF.local].map((name) => files.exists(inWheelhouse(world, name))))
  if (!ours.includes(true)) return
  await files.remove(paths.wheelhouse)
  world.records.reload()
  world.log.info(`  no-cache: ${shownName(world)} is emptied`)
}

/** Makes the wheelhouse where there is none. @throws UserError where it cannot be written */
export async function openWheelhouse(world: World): Promise<void> {
  const { files } = world
  const shown = shownName(world)
  try {
    await files.write(inWheelhouse(world, '.gitignore'), '*\n')
    await files.makeFolder(inWheelhouse(world, '.build'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = WORDS[code ?? '']
    if (why === undefined) throw error
    throw refused(`${shown} cannot be written: ${why} (${message.split(',')[0]})`, 'Let the workspace be writable, or name another folder.')
  }
}

function shownName({ paths, context }: World): string {
  return path.relative(context.workspace, paths.wheelhouse) || '.'
}

const WORDS: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  ENAMETOOLONG: 'its path is too long',
}

async function isFolder({ files }: World, at: string): Promise<boolean> {
  return (await files.status(at))?.folder ?? true
}

function refused(cause: string, next: string): UserError {
  return new UserError('wheelhouse', cause, next)
}

/** With a signing key: forgets the records that it did not sign, and says which. */
export async function forgetUnsigned({ records, log }: World): Promise<void> {
  const names = await records.unsigned()
  if (names.length === 0) return
  log.info(`  not used, as not signed with cache-signing-key: records of ${names.join(', ')}`)
  await records.dropUnsigned()
}
