import { usageError } from './usage.ts'
import type { Job } from './work.ts'

/** `image`: an own Dockerfile. */
export async function buildImage(_job: Job): Promise<number> {
  throw usageError('image is not there yet', 'Wait.')
}
