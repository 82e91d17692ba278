import { readdir } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { fillWheelhouse } from '../../../src/run/wheels/fill-wheelhouse.ts'
import { failedBuild, indexOf, type Left, planOf, pylock, scriptedEngine, TARGET_JSON } from '../../support/engine.ts'
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
const NEWER_SIX = wheelOf('six', '1.18.0')
const SHOP = wheelOf('shop', '1.0', ['six'])
const PYPROJECT = '[project]\nname = "shop"\nversion = "1.0"\ndependencies = ["six"]\n[build-system]\nrequires = ["setuptools"]\n'

type Script = Parameters<typeof scriptedEngine>[0]

/** What the stages leave where all goes well. */
const WELL: Script = {
  'target-files': () => ({ 'target.json': TARGET_JSON }),
  'build-lock-files': () => ({ '0/pylock.toml': pylock(SETUPTOOLS) }),
  'app-wheel-files': () => ({ [SHOP.file]: SHOP.bytes }),
  'lock-files': () => ({ 'pylock.toml': pylock(SIX) }),
}

interface Run {
  readonly script?: Script
  readonly pyproject?: string
  readonly source?: string
  readonly releaseFollows?: boolean
  /** Files beside, that say something of Python. */
  readonly others?: Readonly<Record<string, string>>
  readonly given?: Readonly<Record<string, string>>
}

/** One run after the other on the same folder, as on a machine that keeps it. */
async function fill(folder: TempFolder, run: Run = {}) {
  const { script = {}, pyproject = PYPROJECT, source = 'A = 1\n', releaseFollows = false, others = {}, given = {} } = run
  await writeFiles(folder.at('work'), { 'pyproject.toml': pyproject, 'shop.py': source })
  const engine = scriptedEngine({ ...WELL, ...script })
  const { downloads, fetched } = indexOf(SETUPTOOLS, SIX, NEWER_SIX)
  const log = listener()
  const outside = worldIn(folder.path, { docker: engine.docker, downloads, log })
  const world = { ...outside, paths: { ...outside.paths, project: folder.at('work') } }
  const plan = planOf({ 'pyproject.toml': pyproject, ...others }, given)
  const filling = fillWheelhouse(world, SETUP, { plan, inputs: inputsWith(given), releaseFollows })
  const house = await filling.catch((error: Error) => error)
  return { house, targets: engine.targets, fetched, log: log.lines, world }
}

const wheelsIn = async (folder: TempFolder) => (await readdir(folder.at('wheelhouse'))).filter((name) => name.endsWith('.whl')).sort()

describe('a wheelhouse', () => {
  test("is filled with the project's wheel and what that requires", async () => {
    await using folder = await tempFolder()
    const { house, targets, fetched } = await fill(folder)
    expect(house).toMatchObject({
      app: { file: SHOP.file },
      metadata: { name: 'shop', requires: ['six'] },
      wheels: [{ name: 'six', version: '1.17.0', origin: 'downloaded' }],
      packages: [],
      folders: [],
      lockedBefore: undefined,
    })
    expect(targets).toEqual(['target-files', 'build-lock-files', 'app-wheel-files', 'lock-files'])
    expect(fetched).toEqual([SETUPTOOLS.file, SIX.file])
    expect(await wheelsIn(folder)).toEqual([SHOP.file, SIX.file])
  })

  test('that is full takes no build and no index', async () => {
    await using folder = await tempFolder()
    await fill(folder)
    const { house, targets, fetched } = await fill(folder)
    expect({ targets, fetched }).toEqual({ targets: [], fetched: [] })
    expect(house).toMatchObject({ app: { file: SHOP.file, seconds: 0 }, wheels: [{ origin: 'reused' }] })
    expect((house as { lockedBefore: readonly unknown[] }).lockedBefore).toHaveLength(1)
  })

  test.each([
    { name: "the project's wheel is left to a release that follows", releaseFollows: true, built: [] },
    { name: 'and built where none follows', releaseFollows: false, built: ['app-wheel-files'] },
  ])('of a changed line is what it was; $name', async ({ releaseFollows, built }) => {
    await using folder = await tempFolder()
    await fill(folder)
    const { house, targets } = await fill(folder, { source: 'A = 2\n', releaseFollows })
    expect(targets).toEqual(built)
    expect((house as { app: unknown }).app === undefined).toBe(releaseFollows)
  })

  test('of other requirements is resolved anew, says why, and loses what nobody names any more', async () => {
    await using folder = await tempFolder()
    await fill(folder)
    const script: Script = {
      'app-wheel-files': () => {
        const other = wheelOf('shop', '1.0', ['six>=1.18'])
        return { [other.file]: other.bytes }
      },
      'lock-files': () => ({ 'pylock.toml': pylock(NEWER_SIX) }),
    }
    const { house, targets, log } = await fill(folder, { script, pyproject: PYPROJECT.replace('"six"', '"six>=1.18"') })
    expect(targets).toEqual(['app-wheel-files', 'lock-files'])
    expect(log).toContain("  resolving 1 requirement of the project's metadata, nothing newer than 2026-01-02 (changed: requirements)")
    expect(house).toMatchObject({ wheels: [{ version: '1.18.0' }], lockedBefore: [{ name: 'six', version: '1.17.0' }] })
    expect(await wheelsIn(folder)).toEqual([SHOP.file, NEWER_SIX.file])
  })

  test.each([
    { name: 'a wheel that was changed is fetched again', file: SIX.file, targets: [], fetched: [SIX.file] },
    { name: 'a lock that was changed is made again', file: 'pylock.toml', targets: ['lock-files'], fetched: [] },
    { name: "the project's wheel that was changed is built again", file: SHOP.file, targets: ['app-wheel-files'], fetched: [] },
    {
      name: 'a build requirement that was changed is fetched again',
      file: `.build/requires/${SETUPTOOLS.file}`,
      targets: ['build-lock-files'],
      fetched: [SETUPTOOLS.file],
    },
  ])('believes nothing by its name: $name', async ({ file, targets, fetched }) => {
    await using folder = await tempFolder()
    await fill(folder)
    await writeFiles(folder.at('wheelhouse'), { [file]: 'changed' })
    const again = await fill(folder)
    expect(again.house).not.toBeInstanceOf(Error)
    expect({ targets: again.targets, fetched: again.fetched }).toEqual({ targets, fetched })
  })

  test("whose lock cannot be made keeps the project's wheel, and a next run goes on from there", async () => {
    await using folder = await tempFolder()
    const broken: Script = { 'lock-files': (): Left => failedBuild('lock', 'error: No solution found: because six is gone') }
    const { house, world } = await fill(folder, { script: broken })
    expect(house).toMatchObject({ kind: 'unresolvable' })
    expect((await recordsOf(world)).project?.file).toBe(SHOP.file)
    expect((await fill(folder)).targets).toEqual(['lock-files'])
  })

  test('is for the Python of the image: a project that wants another is refused', async () => {
    await using folder = await tempFolder()
    const pyproject = PYPROJECT.replace('[build-system]', 'requires-python = ">=3.14"\n[build-system]')
    expect((await fill(folder, { pyproject })).house).toMatchObject({ message: 'shop requires Python >=3.14, the image has 3.13.1' })
  })

  const ALPINE = { Dockerfile: 'FROM python:3.11-alpine3.19\nCMD ["shop"]\n' }
  const PARENT = { 'parent-image': 'debian:trixie' }

  test.each([
    { given: PARENT, by: 'parent-image' },
    { given: { 'base-image': 'acme/base' }, by: 'base-image' },
  ])("tells that the image has another Python than the project's Dockerfile, as $by decides", async ({ given, by }) => {
    await using folder = await tempFolder()
    const { log } = await fill(folder, { others: ALPINE, given })
    expect(log).toContain(`Its Dockerfile says Python 3.11, and the image has 3.13.1, as ${by} decides.`)
  })

  test.each([
    { name: 'it is the same', run: { others: { Dockerfile: 'FROM python:3.13-slim\n' }, given: PARENT } },
    { name: 'nobody gave the base, as the plan took it', run: { others: ALPINE } },
    { name: 'python-version says which', run: { others: ALPINE, given: { ...PARENT, 'python-version': '3.13' } } },
    { name: 'a file pins the one of the image', run: { others: { ...ALPINE, '.python-version': '3.13\n' }, given: PARENT } },
    { name: 'that Dockerfile makes the image', run: { others: ALPINE, given: { ...PARENT, dockerfile: 'Dockerfile' } } },
    {
      name: 'the project does not allow it',
      run: { others: ALPINE, given: PARENT, pyproject: PYPROJECT.replace('[build-system]', 'requires-python = ">=3.12"\n[build-system]') },
    },
  ])("says nothing of the Python of the project's Dockerfile where $name", async ({ run }) => {
    await using folder = await tempFolder()
    const { log, house } = await fill(folder, run)
    expect(house).not.toBeInstanceOf(Error)
    expect(log.filter((line) => line.includes('says Python'))).toEqual([])
  })
})

describe("the project's wheel", () => {
  test('is built again with what its backend asks for, and once with that in the next run', async () => {
    await using folder = await tempFolder()
    let asked = 0
    const script: Script = {
      'build-lock-files': () => ({ '0/pylock.toml': pylock(SETUPTOOLS) }),
      'app-wheel-files': (): Left => (asked++ === 0 ? { 'requires.json': '["wheel"]' } : { [SHOP.file]: SHOP.bytes }),
    }
    const { house, targets, log } = await fill(folder, { script })
    expect(house).not.toBeInstanceOf(Error)
    expect(targets.filter((target) => target === 'app-wheel-files')).toHaveLength(2)
    expect(log).toContain('  the build backend asks for wheel too')
    expect((await fill(folder, { source: 'A = 2\n' })).targets).toEqual(['app-wheel-files'])
  })

  test('that asks on and on is an error that says for what', async () => {
    await using folder = await tempFolder()
    const { house } = await fill(folder, { script: { 'app-wheel-files': () => ({ 'requires.json': '["wheel"]' }) } })
    expect(house).toMatchObject({ message: 'the build backend of shop asks for wheel again and again' })
  })

  test('that wants a compiler is built in the builder, at once in the next run', async () => {
    await using folder = await tempFolder()
    const script: Script = {
      'app-wheel-files': (request): Left =>
        request.args.WORKSHOP === 'builder'
          ? { [SHOP.file]: SHOP.bytes }
          : failedBuild('app-wheel', "error: command 'gcc' failed: No such file or directory"),
    }
    const { house, targets } = await fill(folder, { script })
    expect(house).not.toBeInstanceOf(Error)
    expect(targets.filter((target) => target === 'app-wheel-files')).toHaveLength(2)
    expect((await fill(folder, { script, source: 'A = 2\n' })).targets).toEqual(['app-wheel-files'])
  })
})
