import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@jest/globals'
import type { BuildRequest, Docker } from '../../../src/effects/docker-port.ts'
import type { RunPlan } from '../../../src/plan/run-plan.ts'
import { runBuildCommand } from '../../../src/run/wheels/build-command.ts'
import { layOutSource, sourcePrint } from '../../../src/run/wheels/project-wheel.ts'
import type { WheelhouseRequest } from '../../../src/run/wheels/wheelhouse-request.ts'
import { inTempFolder } from '../../support/in-temp-folder.ts'
import { writeFiles } from '../../support/temp.ts'
import { inputsWith } from '../../support/values.ts'
import { listener, SETUP, worldIn } from '../../support/world.ts'

const _SETTINGS = { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: 'host', builder: '' }
/** The commands' stage, as it would leave these files. */
function fakeDocker(made: Readonly<Record<string, string>>, removed: readonly string[]) {
  const built: BuildRequest[] = []
  const docker: Partial<Docker> = {
    inspect: async () => undefined,
    async build(request) {
      built.push(request)
      if (request.output) await writeFiles(request.output, { ...made, 'removed.json': JSON.stringify(removed) })
      return { seconds: 1 }
    },
  }
  // uv is at hand.
  docker.inspect = async (reference) => (reference.startsWith('pypackager-tools') ? ({} as never) : undefined)
  return { docker: docker as Docker, built }
}

function requestOf(secrets: Readonly<Record<string, string>>): WheelhouseRequest {
  const inputs = inputsWith({ 'build-command': 'make\nrm old.txt' })
  return { plan: { epoch: 7 } as RunPlan, inputs: { ...inputs, secrets }, releaseFollows: false }
}

test('what the commands change is the source from there on, and the user’s own files stay as they are', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, {
      'work/app.py': 'app\n',
      'work/old.txt': 'old\n',
      'work/same.txt': 'same\n',
      'work/.dockerignore': '*.mo',
      'wheelhouse/a-1-py3-none-any.whl': 'A',
    })
    const { docker, built } = fakeDocker(
      { 'files/app.py': 'changed\n', 'files/locale/de.mo': 'mo', 'files/words.sqlite3': 'db', 'files/.env': 'x' },
      ['old.txt'],
    )
    const world = worldIn(folder, { docker })
    const there = { ...world, paths: { ...world.paths, project: path.join(folder, 'work') } }
    const before = {
      snapshot: await world.source.snapshot(there.paths.project, world.paths.wheelhouse),
      parts: { source: 'before', buildLock: 'x' },
    }
    const after = await runBuildCommand(there, SETUP, requestOf({ token: 's3cret' }), { source: before, wheels: ['a-1-py3-none-any.whl'] })

    expect(after.snapshot.map((file) => file.path)).toEqual(['.dockerignore', 'app.py', 'locale/de.mo', 'same.txt', 'words.sqlite3'])
    expect(after.parts).toEqual({ buildLock: 'x', source: sourcePrint(after.snapshot) })
    expect(built[0]).toMatchObject({ target: 'build-command-files', network: 'none', args: { BUILDER: 'builder' } })
    expect(built[0]?.dockerfile).toContain('--mount=type=secret,id=token')
    expect(JSON.stringify(built)).not.toContain('s3cret')
    const context = (file: string) => readFile(path.join(folder, 'context', file), 'utf8')
    expect(JSON.parse(await context('build-command/commands.json'))).toEqual(['make', 'rm old.txt'])
    expect(await readdir(path.join(folder, 'context/wheels'))).toEqual(['a-1-py3-none-any.whl'])

    expect(await context('source/old.txt')).toBe('old\n') // as the commands saw it
    await layOutSource(there, after)
    expect(await context('source/app.py')).toBe('changed\n')
    expect((await readdir(path.join(folder, 'context/source'))).sort()).toEqual([
      '.dockerignore',
      'app.py',
      'locale',
      'same.txt',
      'words.sqlite3',
    ])
    expect(await context('.dockerignore')).toBe('source/*.mo\n!source/app.py\n!source/locale/de.mo\n!source/words.sqlite3')
    expect(await readFile(path.join(folder, 'work/app.py'), 'utf8')).toBe('app\n')
    expect((await readdir(path.join(folder, 'work'))).sort()).toEqual(['.dockerignore', 'app.py', 'old.txt', 'same.txt'])
  }))

test('links that the commands make are named at every run, also where their stage was run before', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, { 'work/app.py': 'app\n' })
    const { docker } = fakeDocker({ 'files/new.txt': 'x', 'links.json': JSON.stringify(['static', 'docs/api']) }, [])
    const world = worldIn(folder, { docker })
    const log = listener()
    const there = { ...world, log, paths: { ...world.paths, project: path.join(folder, 'work') } }
    const source = { snapshot: await world.source.snapshot(there.paths.project, world.paths.wheelhouse), parts: {} }
    await runBuildCommand(there, SETUP, requestOf({}), { source, wheels: [] })
    expect(log.lines).toContain('build-command made the links static, docs/api, which are left out: copy what they lead to')
  }))

test('the same files are the same source, wherever they lie', () => {
  const file = { path: 'a', print: '- 1' }
  expect(sourcePrint([{ ...file, folder: '/one' }])).toBe(sourcePrint([{ ...file, folder: '/two' }]))
  expect(sourcePrint([{ ...file, print: '- 2' }])).not.toBe(sourcePrint([file]))
})
