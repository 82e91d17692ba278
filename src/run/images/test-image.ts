import { chosenNames, type Inputs } from '../../inputs.ts'
import { renderTest, type TestStages } from '../../plan/dockerfile/dockerfile-test.ts'
import { changedParts, fingerprint, fingerprintTag, type Parts, sha256 } from '../../plan/fingerprint.ts'
import { repositoryName } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { reloading } from '../../plan/start/servers.ts'
import { WORK } from '../../plan/start/start-place.ts'
import { otherSettings } from '../../project/application/test-settings.ts'
import type { ReleaseResult, SideImageResult } from '../../report/outcome.ts'
import { inWheelhouse, TEST_SHELF } from '../../shelf.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { buildTarget } from '../build/build-target.ts'
import { scriptsPrint } from '../build/stage-scripts.ts'
import { type Unfinished, unfinishedName } from '../build/unfinished-images.ts'
import { ensureUvImage } from '../build/uv-image.ts'
import { layOutWheels } from '../wheelhouse-folder/wheel-files.ts'
import { layOutProject } from '../wheels/project-wheel.ts'
import { fillTestShelf, type TestExtras, type TestQuestion, type TestShelf, withoutShelf } from '../wheels/test-wheels.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { WheelhouseRequest } from '../wheels/wheelhouse-request.ts'
import type { World } from '../world.ts'
import { pythonPath } from './release-image.ts'

/** Made from the release: what tests run in, and what one develops in. */
export type SideImage = 'test' | 'dev'

export interface SideImageRequest {
  readonly kind: SideImage
  readonly plan: RunPlan
  readonly inputs: Inputs
  readonly request: WheelhouseRequest
  readonly house: Wheelhouse
  readonly release: ReleaseResult
}

/** The test image or the dev image by its fingerprint's tag: found on this machine, or built. */
export async function makeSideImage(
  world: World,
  setup: BuildSetup,
  wanted: SideImageRequest,
): Promise<{ readonly result: SideImageResult; readonly unfinished?: Unfinished }> {
  const { kind, plan, request, house, release } = wanted
  const shelf = await ensureShelf(world, setup, { request, house })
  const name = repositoryName(plan.repository, `-${kind}`)
  const stages = await stagesOf(world, wanted, shelf)
  const parts: Parts = {
    kind,
    release: release.id,
    wheels: fingerprint(Object.fromEntries(shelf.wheels.map((wheel) => [wheel.file, wheel.sha256]))),
    'Debian packages': fingerprint(shelf.debian),
    source: fingerprint(house.source.parts),
    settings: sha256(renderTest(stages)),
    scripts: await scriptsPrint(world, 'install', 'system'),
  }
  const print = fingerprint(parts)
  const reference = `${name}:${fingerprintTag(print)}`
  const tag = `${name}:${plan.tags.primary}`
  const found = plan.settings.anew ? undefined : await world.docker.inspect(reference, true)
  if (found) return { result: { reference: tag, id: found.id, size: found.size, how: 'unchanged' } }
  const record = `${kind}${plan.suffix}`
  const before = (await world.records.get('releases'))?.[record]
  if (before) world.log.info(`  changed: ${changedParts(before, parts).join(', ')}`)
  const labelled = { ...stages, labels: { ...stages.labels, 'io.pypackager.fingerprint': print } }
  const tools = await ensureUvImage(world, setup)
  await layOutProject(world, house.source)
  await layOutWheels(
    shelf.world,
    shelf.wheels.map((wheel) => wheel.file),
    Object.keys(shelf.debian),
  )
  const from = unfinishedName(world, 'from')
  await world.docker.tag(release.id, from)
  const unfinished = unfinishedName(world, kind)
  await buildTarget(world, plan.settings, {
    dockerfile: shelf.dockerfile + renderTest(labelled),
    target: kind,
    tags: [unfinished],
    localOnly: true,
    base: setup.base,
    release: from,
    tools,
    offline: true,
  }).finally(() => world.docker.untag(from))
  const built = await world.docker.inspect(unfinished, true)
  if (!built) throw new Error(`${unfinished} was built but is not on the daemon`)
  const { id, size } = built
  return { result: { reference: tag, id, size, how: 'built' }, unfinished: { id, name, record, parts } }
}

/** Nothing is resolved where the test image takes the extras that the release has. */
export async function ensureShelf(world: World, setup: BuildSetup, { request, house }: Omit<TestQuestion, 'test'>): Promise<TestShelf> {
  const { inputs } = request
  const test: TestExtras = {
    extras: [...new Set([...inputs.extras, ...inputs.testExtras])],
    groups: [...new Set([...inputs.groups, ...inputs.testGroups])],
  }
  if (chosenNames(test).length > chosenNames(inputs).length) return fillTestShelf(world, setup, { request, house, test })
  await world.files.remove(inWheelhouse(world, TEST_SHELF))
  return withoutShelf(world, house)
}

async function stagesOf(world: World, { plan, inputs, house, release }: SideImageRequest, shelf: TestShelf): Promise<TestStages> {
  const { project } = plan
  const paths = house.source.snapshot.map((file) => file.path)
  const settings = otherSettings(paths, inputs.imageEnv.DJANGO_SETTINGS_MODULE ?? project.django?.settings, project.pytestSettings)
  const dev = settings.dev ?? settings.test
  const named = (module: string | undefined) => (module ? { DJANGO_SETTINGS_MODULE: module } : {})
  if (settings.test) world.log.info(`  DJANGO_SETTINGS_MODULE=${settings.test} in the test image`)
  const django = house.wheels.some(({ name }) => name === 'django')
  return {
    wheels: shelf.wheels.length > 0,
    debian: Object.keys(shelf.debian).length > 0,
    uid: plan.uid,
    env: {
      test: named(settings.test),
      dev: {
        ...named(dev),
        PYTHONPATH: pythonPath(house, release.command) || WORK,
        PYTHONDONTWRITEBYTECODE: '1',
        HOME: '/tmp',
      },
    },
    labels: {},
    devCommand: django ? ['sh', '-c', `exec python -m django runserver 0.0.0.0:\${PORT:-8000}`] : changing(release.command?.argv),
  }
}

/** A start command whose server looks for changes of the source. */
function changing([shell, flag, line = '']: readonly string[] = []): readonly string[] | undefined {
  const changed = shell === 'sh' && flag === '-c' ? reloading(line) : undefined
  return changed === undefined ? undefined : ['sh', '-c', changed]
}
