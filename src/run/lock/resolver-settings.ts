import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { UserLock } from '../../project/locks/pins.ts'
import { isAny } from '../../project/requirements/formats.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import { tableAt } from '../../project/toml.ts'
import { readResolverSettings } from '../../project/tools/pdm-settings.ts'
import { readPoetryFormats } from '../../project/tools/poetry-settings.ts'
import { NO_SETTINGS, readUvSettings, type UvSettings } from '../../project/tools/uv-settings.ts'
import { type Member, uvOf } from '../../project/tools/uv-workspace.ts'
import type { World } from '../world.ts'

/**
 * What a project tells the resolver. A lock says all of versions, and nothing of how packages are built: its own tool's
 * settings count for that.
 */
export async function settingsOf(world: Pick<World, 'files' | 'context'>, member: Member, lock: UserLock | undefined): Promise<UvSettings> {
  const all = lock === undefined ? readResolverSettings(member) : NO_SETTINGS
  const byPoetry = lock ? lock.refresh === POETRY : 'poetry' in tableAt(member.pyproject, 'tool')
  if (byPoetry && isAny(all.formats)) {
    const text = await world.files.readInside(world.context.workspace, path.join(member.folder, 'poetry.toml'), TEXT_SIZE)
    return { ...all, formats: readPoetryFormats(text) }
  }
  if (lock?.stated === undefined) return all
  const { formats, ignoredInBuilds } = readUvSettings(uvOf(member).settings)
  return { ...all, formats, ignoredInBuilds }
}

/** What makes a poetry.lock again. */
const POETRY = 'poetry lock'

/** @throws UserError where an index would answer in the place of the files that the project names */
export function tellUnfollowed({ ignored, ignoredInBuilds }: UvSettings, { settings }: RunPlan, { log }: World): void {
  const places = ignored.filter((key) => key === 'find-links' || key === 'no-index')
  if (places.length > 0 && !settings.indexUrl && settings.extraIndexUrls.length === 0) {
    throw new UserError(
      'lock',
      `[tool.uv] ${places.join(' and ')} of pyproject.toml says where packages come from and is not followed without a lock; an index must not answer in its place`,
      'Commit a uv.lock, or set extra-index-urls to the indexes that are meant.',
    )
  }
  if (ignoredInBuilds.length > 0) {
    const keys = ignoredInBuilds.join(', ')
    log.warning(
      `pyproject.toml has settings of uv for building sdists that are not followed: [tool.uv] ${keys}. Wheels of these packages need none.`,
    )
  }
  if (ignored.length === 0) return
  log.warning(
    `pyproject.toml has settings of uv that are not followed without a lock: [tool.uv] ${ignored.join(', ')}. Commit a uv.lock, or use the inputs (exclude-newer, extra-index-urls).`,
  )
}
