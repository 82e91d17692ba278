import path from 'node:path'
import { type Inputs, inputsThat } from '../../inputs.ts'
import { imagesOf } from '../../plan/dockerfile/custom-dockerfile.ts'
import { LABEL } from '../../plan/dockerfile/labels.ts'
import { fingerprint, sha256 } from '../../plan/fingerprint.ts'
import { ownDockerfiles } from '../../plan/given-images.ts'
import { parentPlace } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { isReserved, tagOfName } from '../../plan/tags/tag-names.ts'
import { withoutLogin } from '../../text/addresses.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { readDockerfile } from '../images/custom-image.ts'
import { heldDigest } from '../images/parent-age.ts'
import type { World } from '../world.ts'
import { loginFor } from './known-tags.ts'
import { readMember } from './workspace-members.ts'

/** The label that holds what an image was made from, as far as that is known before anything is built. */
export const SOURCE_LABEL = 'io.pypackager.source'

/** Inputs that leave an image as it is, with what is read beside them. */
const BESIDE: readonly string[] = [...inputsThat('beside').map(({ field }) => field), 'mirrors', 'extrasText', 'testGroups', 'ofProject']

/** Stages whose scripts make what is in an image. */
const STAGES = ['base', 'builder', 'install', 'lock', 'system', 'wheel']

/** A folder beside the project in its files, as pip, uv and Poetry name it, or hatch (`{root:parent:uri}`). */
const REFERS_BESIDE = /\.\.["'/\\]|workspace\s*=\s*true|\{root:parent/

/**
 * What an image is made from, before anything is built: the project's files (all of the workspace where it refers to what is
 * beside it), the inputs that shape it, the version from git, our own scripts, and where no lock tells the versions, their bound.
 */
export async function sourcePrint(world: World, inputs: Inputs, plan: RunPlan): Promise<string> {
  const { project } = plan
  const { root } = await readMember({ files: world.files, top: world.context.workspace }, world.paths.project)
  const beside = REFERS_BESIDE.test(project.definition) || project.above !== undefined || root !== undefined
  const { workspace } = world.context
  const files = await world.source.snapshot(beside ? workspace : world.paths.project, world.paths.wheelhouse, { top: workspace })
  const locked = inputs.requirements.length === 0 && (project.lock ?? project.requirementsLock)
  return fingerprint({
    files: sha256(JSON.stringify(files.map(({ path, print }) => [path, print]))),
    definition: sha256(project.definition),
    inputs: sha256(JSON.stringify(shaping(inputs))),
    // Without what is secret in them: the print is in a label.
    indexes: [inputs.indexUrl, ...inputs.extraIndexUrls].map(withoutLogin).join(' '),
    version: JSON.stringify(plan.ownVersion.env),
    bound: locked ? '' : plan.newest.day,
    week: plan.updates === 'none' ? '' : plan.week,
    python: plan.python ?? '',
    parent: plan.parent,
    scripts: await scriptsPrint(world, ...STAGES),
  })
}

/** In an order of their own: a row of the table that moves changes no image. */
function shaping(inputs: Inputs): readonly (readonly [string, unknown])[] {
  const fields = Object.entries(inputs).filter(([field]) => !BESIDE.includes(field))
  return fields.sort(([one], [other]) => (one < other ? -1 : 1))
}

/**
 * Whether the image would be another one than that which the registry has: under its first tag, on a pull request under that
 * of the branch it goes to. What cannot be asked has changed; undefined where no registry is named.
 */
export async function wouldChange(world: World, inputs: Inputs, plan: RunPlan): Promise<boolean | undefined> {
  if (!inputs.registry && !inputs.push) return undefined
  const place = { ...plan.repository, login: await loginFor(world, inputs) }
  const { pullRequest, baseRef } = world.context
  const base = pullRequest && baseRef ? [`${tagOfName('branch', baseRef, { owned: isReserved }).tag}${plan.suffix}`] : []
  for (const tag of [plan.tags.primary, ...base]) {
    const labels = (await world.registry.image(place, tag))?.labels
    if (!labels) continue
    return (
      labels[SOURCE_LABEL] !== (await sourcePrint(world, inputs, plan)) ||
      (await imagesMoved(world, inputs, { parent: plan.parent, digest: labels[LABEL.parentDigest] }))
    )
  }
  return true
}

/**
 * Whether a tag that the image was made from names another image by now: that of the parent, and in Dockerfiles of the user
 * any that is not named by its digest, as nobody remembers which one it was.
 * @param made from that parent; the digest is that of its tag then
 */
async function imagesMoved(
  world: World,
  inputs: Inputs,
  { parent, digest }: { readonly parent: string; readonly digest: string | undefined },
): Promise<boolean> {
  const args = { ...inputs.buildArgs, PARENT_IMAGE: parent, BASE_IMAGE: '', BUILDER_IMAGE: '' }
  for (const [input, file] of ownDockerfiles(inputs)) {
    const { text } = await readDockerfile(world, input, path.join(world.context.workspace, inputs.path, file))
    const others = imagesOf(text, args).filter((image) => !(image === parent && digest))
    if (others.some((image) => !image.includes('@sha256:'))) return true
  }
  if (!digest && inputs.baseDockerfile === '') {
    world.log.notice(
      `Whether ${parent} is another image by now is not known: it was on the machine alone that made the last one, so its name is compared.`,
    )
  }
  const place = digest ? parentPlace(parent) : undefined
  if (!place) return false
  return (await heldDigest(world, place)) !== digest
}
