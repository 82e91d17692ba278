import path from 'node:path'
import { UserError } from '../errors.ts'

/** What a line `host:container[:mode]` mounts. */
export interface Volume {
  /** A folder (or file) of this machine, or a volume that Docker keeps by its name. */
  readonly kind: 'workspace' | 'absolute' | 'named'
  readonly host: string
  readonly container: string
  /** As Docker takes it, e.g. `ro`; '' for none. */
  readonly mode: string
}

/**
 * Reads a volume. What begins with `.` or holds a `/` is a path: of the workspace unless it begins with `/`.
 * @throws UserError where it is neither a path nor a volume's name
 * @see https://docs.docker.com/engine/storage/volumes/
 */
export function readVolume(line: string): Volume {
  const [, host = '', container = '', mode = ''] = /^([^:,-][^:]*):(\/[^:]*)(?::([a-z,]+))?$/i.exec(line) ?? []
  if (!host) throw illegal(line, 'Write it as host:container[:ro], such as ./media:/app/media.')
  if (host.startsWith('~')) throw illegal(line, 'No shell reads it: write the folder in full, or ./ for one of the workspace.')
  if (host.startsWith('/')) return { kind: 'absolute', host, container, mode }
  if (isPath(host)) return { kind: 'workspace', host, container, mode }
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]+$/.test(host)) return { kind: 'named', host, container, mode }
  throw illegal(line, 'A folder of the workspace begins with ./')
}

function isPath(host: string): boolean {
  return host.startsWith('.') || host.includes('/')
}

/** What a line mounts, before it is known to be one. */
export function hostIn(line: string): string {
  return line.trim().split(':')[0] ?? ''
}

/** The line with its folder as it is meant from another one. */
export function volumeFrom(base: string, line: string): string {
  const host = hostIn(line)
  return isPath(host) && !host.startsWith('~') ? path.resolve(base, host) + line.trim().slice(host.length) : line
}

export function isWritable({ mode }: Volume): boolean {
  return !mode.split(',').some((word) => word === 'ro' || word === 'readonly')
}

function illegal(line: string, next: string): UserError {
  return new UserError('inputs', `the volume "${line}" cannot be mounted`, { next, input: 'volumes' })
}

/** Who owns something, or who asks. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * Whom a container runs as, so that what it writes to folders of this machine belongs to their owner: the owner
 * of the first one that it may write to. Undefined for the image's own user: where there is no such folder, and
 * where it is root's, unless root is who asks.
 * @param owners of the folders that are mounted and writable
 */
export function runsAs(owners: readonly Owner[], caller: Owner): string | undefined {
  const [owner] = owners
  if (!owner || (owner.uid === 0 && caller.uid !== 0)) return undefined
  return `${owner.uid}:${owner.gid}`
}
