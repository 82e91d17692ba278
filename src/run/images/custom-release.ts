import path from 'node:path'
import type { Inputs } from '../../inputs.ts'
import { mentions } from '../../plan/dockerfile/custom-dockerfile.ts'
import { fingerprint, type Parts } from '../../plan/fingerprint.ts'
import { reference } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { WORK } from '../../plan/start/start-place.ts'
import { wantedExtras } from '../../project/dependencies.ts'
import { parseMetadata } from '../../project/metadata.ts'
import type { ReleaseResult } from '../../report/outcome.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import { unfinishedName } from '../build/unfinished-images.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'
import { buildOwnImage, readDockerfile } from './custom-image.ts'
import { labelsOf, type ReleaseMaterial } from './release-image.ts'

/**
 * The release by the user's own Dockerfile. It sees the folder `path` as a snapshot, with `wheelhouse/` of this
 * run's wheels in it, and may name BASE_IMAGE, BUILDER_IMAGE (which is made only then), PACKAGE (the project with
 * its extras and version, for pip) and RUNTIME_PACKAGES (what the compiled wheels link).
 * @param builder makes the builder
 */
export async function releaseByDockerfile(
  world: World,
  { plan, inputs, house, made, builder }: OwnRelease,
): Promise<{ readonly result: ReleaseResult; readonly parts: Parts }> {
  const context = path.join(world.context.workspace, inputs.path)
  const dockerfile = await readDockerfile(world, 'dockerfile', path.join(context, inputs.dockerfile))
  warnOfLibraries(world, house, dockerfile)
  const wheels = [...house.wheels, ...(house.app ? [house.app] : [])]
  const files = [SHELF.lock, ...wheels.map((wheel) => wheel.file)]
  const before = (await world.records.get('releases'))?.[plan.suffix]
  const { info, parts, how } = await buildOwnImage(world, plan.settings, {
    step: 'release',
    dockerfile,
    context,
    beside: Object.fromEntries(files.map((file) => [`wheelhouse/${file}`, inWheelhouse(world, file)])),
    name: plan.names.release,
    version: undefined,
    unfinished: unfinishedName(world, 'release'),
    args: {
      ...inputs.buildArgs,
      BASE_IMAGE: made.base,
      ...(mentions(dockerfile.text, 'BUILDER_IMAGE') && { BUILDER_IMAGE: await builder() }),
      PACKAGE: packageOf(house, inputs),
      RUNTIME_PACKAGES: house.packages.join(' '),
    },
    secrets: inputs.secrets,
    labels: await labelsOf(world, plan, house, made),
    printLabel: 'io.pypackager.fingerprint',
    parts: { lock: house.lockSha256, wheels: fingerprint(Object.fromEntries(wheels.map(({ file, sha256 }) => [file, sha256]))) },
    before,
  })
  if (how !== 'reused') world.log.info(`  ${how}`)
  const { command } = info.config
  const result: ReleaseResult = {
    references: plan.tags.tags.map((tag) => reference(plan.repository, tag)),
    id: info.id,
    size: info.size,
    how: how === 'reused' ? 'unchanged' : 'built',
    command: command.length > 0 ? { argv: command, from: dockerfile.file, modules: [], late: [], folder: WORK, paths: [] } : undefined,
    noCommand: `${dockerfile.file} gives it none. Let it have a CMD.`,
    labels: info.labels,
  }
  return { result, parts }
}

export interface OwnRelease {
  readonly plan: RunPlan
  readonly inputs: Pick<Inputs, 'path' | 'dockerfile' | 'buildArgs' | 'secrets' | 'extras'>
  readonly house: Wheelhouse
  readonly made: ReleaseMaterial
  readonly builder: () => Promise<string>
}

/** `shop[test]==1.2.3`: exactly the wheel of this run, whatever else lies in a wheelhouse; '' where the project has none. */
function packageOf(house: Wheelhouse, inputs: Pick<Inputs, 'extras'>): string {
  if (!house.app) return ''
  const { name, version } = parseMetadata(house.app.metadata)
  const extras = wantedExtras(house.metadata, inputs.extras)
  return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}==${version}`
}

/** What the wheels link, open and call must be in the image, and only its Dockerfile can put it there. */
function warnOfLibraries(world: World, house: Wheelhouse, dockerfile: { readonly file: string; readonly text: string }): void {
  if (Object.keys(house.debian).length === 0 || mentions(dockerfile.text, 'RUNTIME_PACKAGES')) return
  const absent = house.packages.filter((name) => !dockerfile.text.includes(name))
  if (absent.length === 0) return
  world.log.warning(
    `The wheels need ${absent.join(', ')} of Debian. Where base lacks them, install them in ${dockerfile.file}: ARG RUNTIME_PACKAGES holds their names.`,
  )
}
