import { listed } from '../../text/words.ts'
import type { World } from '../world.ts'

/** Names what a build does not get though it lies in a folder that is sent. @param where as people know the folder, '' for the project's */
export function tellWithheld({ log }: Pick<World, 'log'>, withheld: readonly string[], where = ''): void {
  const [first] = withheld
  if (first === undefined) return
  log.notice(
    `Left out${where && ` of ${where}`}, as secrets or local databases are not for an image: ${listed(withheld, 10)}. A line such as !${first} in .dockerignore lets one in.`,
  )
}
