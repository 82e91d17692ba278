import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { checkoutOf, PUBLIC_PROJECTS } from '../support/public-projects.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type TempFolder, tempFolder } from '../support/temp.ts'

// Real public projects as their maintainers publish them, packaged with nothing said but `path`, `extras` and a start command,
// each proved by its own command in the release image.

jest.setTimeout(900_000)

const NAMESPACE = 'pt-projects'

let daemon: MachineDaemon
let folder: TempFolder

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  folder = await tempFolder('projects')
})

afterAll(async () => {
  await folder?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

describe.each(PUBLIC_PROJECTS.map((row) => ({ ...row, row })))('$name', ({ row }) => {
  const image = `${NAMESPACE}/${row.image ?? row.sdist}:main`
  let result: ActionResult

  beforeAll(async () => {
    result = await runAction({
      workspace: await checkoutOf(row, folder),
      inputs: { namespace: NAMESPACE, path: row.path ?? '', extras: row.extras ?? '', command: row.start ?? '' },
      env: { DOCKER_HOST: daemon.host },
    })
  })

  test('is packaged', () => {
    expect(result.errors).toEqual([])
    expect(result.code).toBe(0)
    expect(result.outputs['release-tag']).toBe(image)
  })

  test('runs its own command in the release image, as its user and without a compiler', async () => {
    expect(await images(daemon.host).run(image, row.command)).toMatch(row.says)
    expect(await images(daemon.host).run(image, ['sh', '-c', 'id -u; command -v gcc || echo none'])).toBe('10001\nnone')
  })
})
