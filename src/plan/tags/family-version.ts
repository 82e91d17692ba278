import type { Inputs } from '../../inputs.ts'
import { imageAlone } from '../goal.ts'
import type { RunPlan } from '../run-plan.ts'

/** The tag of base and builder, which serve every leg: without the leg's suffix, unless such an image is all that is asked for. */
export function familyVersion({ target, tagSuffix }: Pick<Inputs, 'target' | 'tagSuffix'>, { tags, leg, suffix }: RunPlan): string {
  const { primary } = tags
  if (imageAlone(target) && (tagSuffix || leg.from.some((name) => name !== 'extras'))) return primary
  return suffix ? primary.slice(0, -suffix.length) : primary
}
