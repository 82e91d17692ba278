import path from 'node:path'
import type * as v from 'valibot'
import { UserError } from '../../errors.ts'
import { readJson } from '../../grammar.ts'
import type { World } from '../world.ts'

/** Bytes of a document that a stage may leave; what is asked takes a thousandth of it. */
const MOST = 8 << 20

/** A file that a stage left, and how an error calls it. */
export interface Answer {
  readonly folder: string
  readonly file: string
  readonly step: string
  /** Who left it: `the build backend of polls`. */
  readonly from: string
  /** What it should be: `list of requirements`. */
  readonly what: string
  /** Bytes. */
  readonly most?: number
}

/**
 * The door for documents that come out of stages: nothing of them is used before it passed here.
 * @returns undefined where the stage left no such file
 * @throws UserError where it is too large, or not of its kind
 */
export async function readAnswer<S extends v.GenericSchema>(
  world: World,
  answer: Answer,
  schema: S,
): Promise<v.InferOutput<S> | undefined> {
  const text = await readText(world, answer)
  if (text === undefined) return undefined
  const read = readJson(schema, text)
  if (read !== undefined) return read
  throw odd(answer, `is no ${answer.what}: ${text.slice(0, 80)}`)
}

/** The same for a text, whose kind its reader judges. */
export async function readText(world: World, answer: Answer): Promise<string | undefined> {
  const { folder, file, most = MOST } = answer
  const place = path.join(folder, file)
  const status = await world.files.status(place)
  if (status === undefined) return undefined
  if (status.folder) throw odd(answer, 'is a folder')
  const bytes = await world.files.size(place)
  if (bytes > most) throw odd(answer, `has ${bytes} bytes, more than the ${most} that are read`)
  return world.files.read(place)
}

function odd({ step, from, file }: Answer, how: string): UserError {
  return new UserError(step, `${from} left a ${file} that ${how}`, 'Whatever wrote it must be corrected or left out.')
}
