import path from 'node:path'
import type { Place } from '../../effects/registry-port.ts'
import { LABEL } from '../../plan/dockerfile/labels.ts'
import { reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { PushSource } from '../../plan/tags/push-source.ts'
import type { World } from '../world.ts'

/** Who has pushed to the branch or the request after us, and has its tags. */
export interface Newer {
  /** Whether a tag moves with it. */
  readonly watches: (tag: string) => boolean
  /**
   * Whose push has a tag in the place of ours; asked right before it is pushed.
   * @param held the digest of what is meant, where that is not what the registry has under the tag
   */
  readonly of: (tag: string, held?: string) => Promise<string | undefined>
}

const COMMIT = /^[0-9a-f]{40,64}$/

/**
 * A push that is older and ends last does not take the branch's tags back: where the origin's branch is at another commit by
 * now, the image under the tag tells by its label which commit has it. Who was asked by hand goes on, and says so.
 */
export function newerPushes(world: World, { source, tags, revision }: RunPlan, place: Place): Newer {
  const watches = (tag: string) => source !== undefined && tags.moving.includes(tag)
  const of: Newer['of'] = async (tag, digest) => {
    if (!source || !watches(tag)) return undefined
    const now = await world.git.originRefs(world.paths.project, [source.ref, ...(source.merge ? [source.merge] : [])])
    const head = now?.get(source.ref)
    if (head === source.revision) return undefined
    const labels = (await world.registry.image(place, digest ?? tag))?.labels
    if (!labels && (await world.registry.has(place, tag)) === false) return undefined
    const held = labels?.[LABEL.revision] ?? ''
    if (held === revision) return undefined
    const newer = now && COMMIT.test(held) ? await isNewer(world, source, { held, head, merge: now.get(source.merge ?? '') }) : undefined
    if (newer === false) return undefined
    const [ours = '', theirs = ''] = [source.revision, held].map((commit) => (COMMIT.test(commit) ? commit.slice(0, 7) : 'another commit'))
    const what = `${reference(place, tag)} ${labels ? `is ${theirs}` : 'tells no commit'}`
    const where = source.ref.replace(/^refs\/(heads\/)?/, '')
    if (newer === undefined) {
      const is = head
        ? `${where} is at ${head.slice(0, 7)}, whose run has it next`
        : `the origin ${now ? `has no ${where}` : 'did not answer'}`
      world.log.notice(`${what}, and whether that is newer than ${ours} is not known; ${is}.`)
      return undefined
    }
    const theirPush = `${theirs}, which was pushed to ${where} after ${ours}`
    if (!source.byHand) return theirPush
    world.log.notice(`${reference(place, tag)} is ${theirPush}, and goes back to ${ours}: this run was started by hand.`)
    return undefined
  }
  return { watches, of }
}

/** Whether what the registry holds was pushed after ours. @returns undefined where nobody tells */
async function isNewer(
  { git, paths }: World,
  { revision, merge: isRequest }: PushSource,
  { held, head, merge }: { readonly held: string; readonly head: string | undefined; readonly merge: string | undefined },
): Promise<boolean | undefined> {
  if (held === head || held === merge) return true
  const leads = (older: string, newer: string) => git.leadsTo(paths.project, { older, newer }, path.join(paths.temp, 'history'))
  const after = await leads(revision, held)
  // What the branch was taken back from is not on it any more.
  return after && head && !isRequest ? leads(held, head) : after
}
