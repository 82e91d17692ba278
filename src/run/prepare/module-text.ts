import path from 'node:path'
import { UserError } from '../../errors.ts'
import { TEXT_SIZE } from '../../project/text-size.ts'
import type { World } from '../world.ts'

/**
 * The text of a module or script of the project, to look for what it names. One that is no text, or far too long for one
 * (parsers and tables that were generated), is no fault of the project and tells nothing.
 * @param file relative to the project's folder
 * @returns '' for a link, as what it leads to is looked at where it lies
 */
export async function moduleText({ files, paths, context, log }: World, file: string): Promise<string> {
  const at = path.join(paths.project, file)
  if (await files.isLink(at)) return ''
  try {
    return (await files.readInside(context.workspace, at, TEXT_SIZE)) ?? ''
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    log.debug(`not looked into: ${error.message}`)
    return ''
  }
}
