import { type Requirements, requirementsFor } from '../metadata.ts'
import { readRequirement } from './requirement.ts'

/** An extra of the project that was not chosen, and what it would bring. */
export interface OfferedExtra {
  readonly extra: string
  /** Normalised names. */
  readonly packages: readonly string[]
}

/** @param chosen names of extras, normalised */
export function offeredExtras(metadata: Requirements, chosen: readonly string[]): readonly OfferedExtra[] {
  const had = new Set(requirementsFor(metadata, chosen))
  return metadata.extras
    .filter((extra) => !chosen.includes(extra))
    .map((extra) => {
      const lines = requirementsFor(metadata, [extra]).filter((line) => !had.has(line))
      return { extra, packages: lines.map((line) => readRequirement(line).name) }
    })
}
