import { type Rendered, whole } from './dockerfile/dockerfile-words.ts'

/** Whom the release runs as. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/** The uid, and the gid where it is another number: base has always been made for the first alone. */
export function userWords({ uid, gid }: User): readonly Rendered[] {
  return (uid === gid ? [uid] : [uid, gid]).map(whole)
}

/** @param text the input `user`: `root`, a uid, or `uid:gid`; a uid alone is its own group */
export function planUser(text: string): User {
  const [uid = '', gid = uid] = (text === 'root' ? '0' : text).split(':')
  return { uid: Number(uid), gid: Number(gid) }
}
