import { describe, expect, test } from '@jest/globals'
import type { BuildRequest, Docker, ImageInfo } from '../../../src/effects/docker-port.ts'
import type { ImageFamily } from '../../../src/run/images/base-and-builder.ts'
import { findOrMakeRelease, type Release } from '../../../src/run/images/release.ts'
import { fillWheelhouse } from '../../../src/run/wheels/fill-wheelhouse.ts'
import { indexOf, planOf, pylock, scriptedEngine, TARGET_JSON } from '../../support/engine.ts'
import { type TempFolder, tempFolder, writeFiles } from '../../support/temp.ts'
import { inputsWith } from '../../support/values.ts'
import { testWheel } from '../../support/wheel.ts'
import { listener, recordsOf, SETUP, worldIn } from '../../support/world.ts'

const wheelOf = (name: string, version: string, requires: readonly string[] = []) => ({
  name,
  version,
  ...testWheel(name, version, { requires }),
})
const SETUPTOOLS = wheelOf('setuptools', '80.0')
const SIX = wheelOf('six', '1.17.0')
const TOML = wheelOf('toml', '1.0')
const SHOP = wheelOf('shop', '1.0', ['six'])
const TEXTS = {
  'pyproject.toml': '[project]\nname = "shop"\nversion = "1.0"\ndynamic = ["dependencies"]\n[build-system]\nrequires = ["setuptools"]\n',
  Procfile: 'web: python -m shop\n',
}

const IMAGE: ImageInfo = {
  id: `sha256:${'a'.repeat(64)}`,
  names: [],
  digests: [],
  size: 1000,
  created: '',
  architecture: 'amd64',
  variant: '',
  labels: {},
  config: { user: '', workingDir: '', env: [], entrypoint: [], command: [] },
  configuration: '{}',
  layers: ['sha256:1'],
}

/** A daemon that keeps images from run to run, as names alone. */
class Kept {
  readonly names = new Set<string>()
  readonly tagged: string[] = []
}

/** One run: the wheelhouse is filled where a release follows, then the release is found or made. */
async function release(folder: TempFolder, daemon: Kept, { source = 'A = 1\n', wheel = SHOP, lock = [SIX] } = {}) {
  await writeFiles(folder.at('work'), { ...TEXTS, 'shop.py': source })
  const engine = scriptedEngine({
    'target-files': () => ({ 'target.json': TARGET_JSON }),
    'build-lock-files': () => ({ '0/pylock.toml': pylock(SETUPTOOLS) }),
    'app-wheel-files': () => ({ [wheel.file]: wheel.bytes }),
    'lock-files': () => ({ 'pylock.toml': pylock(...lock) }),
    said: () => ({ 'said.txt': 'notice: your application writes db.sqlite3\n' }),
    release: (request: BuildRequest) => {
      for (const tag of request.tags) daemon.names.add(tag)
      return {}
    },
  })
  const docker: Docker = {
    ...engine.docker,
    inspect: async (reference) => (daemon.names.has(reference) ? IMAGE : engine.docker.inspect(reference)),
    untag: async (...references) => references.forEach((reference) => void daemon.names.delete(reference)),
  }
  const log = listener()
  const outside = worldIn(folder.path, { docker, log, downloads: indexOf(SETUPTOOLS, SIX, TOML).downloads })
  const world = { ...outside, paths: { ...outside.paths, project: folder.at('work') } }
  const [plan, inputs] = [planOf(TEXTS), inputsWith({})]
  const house = await fillWheelhouse(world, SETUP, { plan, inputs, releaseFollows: true })
  const origin = { name: 'python:3.13-slim', digest: '', created: '', layers: [] }
  const images = { origin, version: () => 'main', makeBuilder: async () => 'builder' } as unknown as ImageFamily
  engine.targets.length = 0
  const made = await findOrMakeRelease(world, { plan, inputs, images, setup: SETUP }, house)
  return { made, targets: engine.targets, log: log.lines, world, plan }
}

/** Gives the image the name by which a later run finds it, as the end of a run does. */
function keep(daemon: Kept, { made, plan }: { made: Release; plan: ReturnType<typeof planOf> }): void {
  const print = made.result.labels['io.pypackager.fingerprint'] ?? printOf(made)
  daemon.names.add(`${plan.names.release}:fingerprint-${print}`)
}

function printOf({ build }: Release): string {
  return /io\.pypackager\.fingerprint="?([0-9a-f]{16})/.exec(build?.dockerfile ?? '')?.[1] ?? ''
}

describe('a release', () => {
  test('is built from the filled wheelhouse, and what its trial says is kept', async () => {
    await using folder = await tempFolder()
    const { made, targets, world } = await release(folder, new Kept())
    expect(targets).toEqual(['release'])
    expect(made).toMatchObject({
      result: { how: 'built', command: { argv: ['sh', '-c', 'exec python -m shop'] } },
      house: { app: { file: SHOP.file } },
    })
    expect(made.unfinished?.name).toBe('acme/shop')
    const { images, said } = await recordsOf(world)
    expect([Object.keys(images ?? {}), said?.['']?.lines]).toEqual([['release'], []])
  })

  test('that is on the daemon by its fingerprint is not built', async () => {
    await using folder = await tempFolder()
    const daemon = new Kept()
    const first = await release(folder, daemon)
    keep(daemon, first)
    const { made, targets } = await release(folder, daemon)
    expect(targets).toEqual([])
    expect(made.result.how).toBe('unchanged')
    expect(made.unfinished).toBeUndefined()
  })

  test("of a changed line makes the project's wheel on its way, and says what changed", async () => {
    await using folder = await tempFolder()
    const daemon = new Kept()
    await release(folder, daemon)
    const { made, targets, log } = await release(folder, daemon, { source: 'A = 2\n' })
    expect(targets).toEqual(['release', 'app-wheel-files'])
    expect(made.house.app?.file).toBe(SHOP.file)
    expect(log).toContain('  changed: source')
  })

  test('whose wheel then requires something else is made again by its own word', async () => {
    await using folder = await tempFolder()
    const daemon = new Kept()
    await release(folder, daemon)
    const wheel = wheelOf('shop', '1.0', ['six', 'toml'])
    const { made, targets, log } = await release(folder, daemon, { source: 'A = 2\n', wheel, lock: [SIX, TOML] })
    expect(targets).toEqual(['release', 'app-wheel-files', 'lock-files', 'release'])
    expect(log).toContain('  the project requires something else than before: once more by its own word')
    expect(made.house.wheels.map(({ name }) => name)).toEqual(['six', 'toml'])
  })

  test('that is found without what its trial said asks BuildKit for it', async () => {
    await using folder = await tempFolder()
    const daemon = new Kept()
    const first = await release(folder, daemon)
    keep(daemon, first)
    first.world.records.set('said', {})
    await first.world.records.save()
    const { made, targets, log } = await release(folder, daemon)
    expect([made.result.how, targets]).toEqual(['unchanged', ['said']])
    expect(log.join('\n')).toContain('your application writes db.sqlite3')
  })
})
