import path from 'node:path'

/** Whether a path is a folder or lies below it, by their words alone. Both absolute. */
export function isBelow(place: string, folder: string): boolean {
  const relative = path.relative(folder, place)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}
