import { explain } from '@renovatebot/pep440'
import { UserError } from '../../errors.ts'
import type { Flavor } from './flavor.ts'
import type { Line, MovingTag } from './releases.ts'
import { type ExpressionFacts, globals } from './tag-expressions.ts'
import { latestOf, type RuledTag } from './tag-rules.ts'
import { fillIn } from './tag-template.ts'

/** Tags that no rule makes, as the flavor has them. */
export interface Flavoring {
  /** Whether `latest` is wanted whatever the tags are. */
  readonly always: boolean
  /** A name with the prefix and the suffix. */
  whole(name: string): string
  /** Tags with them where they are for them, and `latest` as the flavor has it. */
  all(tags: readonly RuledTag[], dress?: boolean): readonly RuledTag[]
  /** The lines of a release; `latest` is none where the flavor decides over it. */
  lines(lines: readonly MovingTag[]): readonly Line[]
}

/** @throws UserError for an expression of the flavor that is not known, and for texts that make another version of one */
export function flavoring(facts: ExpressionFacts, flavor: Flavor): Flavoring {
  const expressions = globals(facts, facts.context.ref)
  const fill = (text: string) => fillIn(text, expressions, 'flavor')
  const whole = (name: string) => `${fill(flavor.prefix)}${name}${fill(flavor.suffix)}`
  const latest = latestOf(flavor, expressions)
  checkVersion(whole('1.2'))
  return {
    whole,
    always: flavor.latest === 'true',
    lines: (lines) =>
      lines
        .filter(({ tag }) => tag !== 'latest' || flavor.latest === 'auto')
        .map(({ tag: line, claimedBy }) => ({ tag: line === 'latest' ? latest : whole(line), line, claimedBy })),
    all(tags, dress = true) {
      const others = tags.filter(({ tag }) => tag !== 'latest')
      // Outside GitHub there is no other tag.
      const alone = tags.length > 0 && others.length === 0
      const wanted = flavor.latest === 'auto' ? others.length < tags.length : flavor.latest === 'true' || alone
      const made = others.map(({ tag, moves }) => ({ tag: dress ? whole(tag) : tag, moves }))
      return wanted ? [...made, { tag: latest, moves: true }] : made
    },
  }
}

/** @param tag of the release 1.2: `suffix=.1` makes it that of 1.2.1, `prefix=2.` that of 2.1.2 */
function checkVersion(tag: string): void {
  const read = explain(tag)
  if (!read || (read.release.join('.') === '1.2' && read.epoch === 0 && !read.is_prerelease && !read.is_devrelease)) return
  throw new UserError('inputs', `flavor makes the tag ${tag} of the release 1.2, which is another version`, {
    next: 'Begin the suffix with - or _, or end the prefix with one.',
    input: 'flavor',
  })
}
