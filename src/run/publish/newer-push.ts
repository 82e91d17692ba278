import path from 'node:path'
import type { Credentials } from '../../effects/ports.ts'
import { LABEL } from '../../plan/dockerfile/labels.ts'
import { type Repository, reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { PushSource } from '../../plan/tags/push-source.ts'
import type { World } from '../world.ts'

/** Says of a tag that moves why it is not ours any more; asked right before it is pushed. */
export type Newer = (tag: string) => Promise<string | undefined>

const COMMIT = /^[0-9a-f]{40,64}$/

/**
 * A push that is older and ends last does not take the branch's tags back: where the origin's branch is at another commit by
 * now, the image under the tag tells by its label which commit has it. Who was asked by hand goes on, and says so.
 */
export function newerPushes(
  world: World,
  { source, tags, revision }: RunPlan,
  repository: Repository,
  login: Credentials | undefined,
): Newer {
  return async (tag) => {
    if (!source || !tags.moving.includes(tag)) return undefined
    const now = await world.git.originRefs(world.paths.project, [source.ref, ...(source.merge ? [source.merge] : [])])
    const head = now?.get(source.ref)
    if (!head || head === source.revision) return undefined
    const labels = await world.registry.labels(repository.registry, repository.path, tag, login)
    const held = labels?.[LABEL.revision] ?? ''
    if (!labels || held === revision) return undefined
    const newer = COMMIT.test(held) ? await isNewer(world, source, { held, head, merge: now?.get(source.merge ?? '') }) : undefined
    if (newer === false) return undefined
    const [ours = '', theirs = ''] = [source.revision, held].map((commit) => (COMMIT.test(commit) ? commit.slice(0, 7) : 'another commit'))
    const what = `${reference(repository, tag)} is ${theirs}`
    const where = source.ref.replace(/^refs\/(heads\/)?/, '')
    if (newer === undefined) {
      world.log.notice(
        `${what}, and whether that is newer than ${ours} is not known; ${where} is at ${head.slice(0, 7)}, whose run has it next.`,
      )
      return undefined
    }
    if (!source.byHand) return `is left to ${theirs}, which was pushed to ${where} after ${ours}`
    world.log.notice(`${what}, which was pushed to ${where} after ${ours}, and goes back to ${ours}: this run was started by hand.`)
    return undefined
  }
}

/** Whether what the registry holds was pushed after ours. @returns undefined where nobody tells */
async function isNewer(
  { git, paths }: World,
  { revision, merge: isRequest }: PushSource,
  { held, head, merge }: { readonly held: string; readonly head: string; readonly merge: string | undefined },
): Promise<boolean | undefined> {
  if (held === head || held === merge) return true
  const leads = (older: string, newer: string) => git.leadsTo(paths.project, older, newer, path.join(paths.temp, 'history'))
  const after = await leads(revision, held)
  // What the branch was taken back from is not on it any more.
  return after && !isRequest ? leads(held, head) : after
}
