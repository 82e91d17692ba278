import { reference } from '../reference.ts'
import type { RunPlan } from '../run-plan.ts'

/** The tags of a plan, a line each: which would be pushed, which of them move, and which are left to a higher release. */
export function tagLines(plan: Pick<RunPlan, 'tags' | 'push' | 'repository' | 'mirrors'>): readonly string[] {
  const { tags, push } = plan
  const name = (tag: string) => reference(plan.repository, tag)
  const places = [plan.repository, ...plan.mirrors]
  const given = places.flatMap((place) => tags.tags.map((tag) => `#   ${reference(place, tag)} ${howOf(tags, tag)}`))
  const left = tags.lines.filter(({ tag, claimedBy }) => claimedBy && !tags.tags.includes(tag))
  const kept = left.map(({ tag, claimedBy }) => `#   ${name(tag)} stays with ${claimedBy}`)
  const title = given.length === 0 ? '# No tag is for this event.' : `# Tags that would be ${push.push ? 'pushed' : 'set, and not pushed'}:`
  return [title, ...given, ...kept]
}

/** Whether a tag moves, in words. */
function howOf({ moving }: RunPlan['tags'], tag: string): string {
  return moving.includes(tag) ? '(moves)' : '(stays)'
}
