import { UserError } from '../../errors.ts'

/** What an archive may hold before it is no package any more: an index, or whoever writes to it, can send anything. */
export const LIMITS = {
  members: 100_000,
  /** Bytes of all members together. The largest wheels (of CUDA) have some 3 GB. */
  unpacked: 8 * 2 ** 30,
  /** How many times larger than the archive its members may be, where they are large: text has 20, zeros 1000. */
  ratio: 200,
  large: 256 * 2 ** 20,
  /** Bytes of a member that is read as text. */
  text: 16 * 2 ** 20,
  /** For a program that unpacks it. */
  milliseconds: 300_000,
} as const

/** Adds up what an archive says of its members, before their content is read. @param bytes of the archive itself */
export function archiveMeter(name: string, bytes: number) {
  let members = 0
  let unpacked = 0
  const refuseLarge = (size: number) => {
    if (size > LIMITS.unpacked) throw tooMuch(name, `more than ${LIMITS.unpacked / 2 ** 30} GB when it is unpacked`)
    if (size > LIMITS.large && size > bytes * LIMITS.ratio)
      throw tooMuch(name, `more than ${LIMITS.ratio} times its own size when it is unpacked`)
  }
  return {
    refuseLarge,
    member(size: number) {
      members++
      unpacked += size
      if (members > LIMITS.members) throw tooMuch(name, `more than ${LIMITS.members} members`)
      refuseLarge(unpacked)
    },
  }
}

export function tooMuch(name: string, what: string): UserError {
  return new UserError('wheels', `${name} holds ${what}`, 'No package does: look at where it comes from, and pin another version of it.')
}

export function unreadable(name: string, fault: Error): UserError {
  return new UserError('wheels', `${name} cannot be read: ${fault.message}`, 'It is as the lock names it: pin another version of it.')
}
