import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { ContainerEnd, ContainerRequest, Docker } from '../../../src/effects/docker-port.ts'
import { readContents } from '../../../src/judge/sbom/image-contents.ts'
import { isDescribed, type SbomRequest, writeSbom } from '../../../src/run/proof/write-sbom.ts'
import type { Wheelhouse } from '../../../src/run/wheels/wheelhouse.ts'
import { faultsOf, type Sbom } from '../../support/cyclonedx.ts'
import { tempFolder } from '../../support/temp.ts'
import { listener, worldIn } from '../../support/world.ts'

const ANSWER = JSON.stringify({
  os: { ID: 'debian', VERSION_ID: '12' },
  python: { version: '3.13.1', file: '/usr/local/bin/python3.13' },
  debian: [{ name: 'dash', version: '0.5', architecture: 'amd64', source: '', licences: [] }],
  distributions: [],
})

function request(id = 'sha256:1'): SbomRequest {
  const house = {
    app: undefined,
    metadata: { name: 'Shop' },
    lockSha256: 'ab',
    wheels: [{ name: 'flask', version: '3', file: 'flask-3-py3-none-any.whl', sha256: 'a'.repeat(64) }],
    target: { markers: {} },
  } as unknown as Wheelhouse
  const release = { references: ['acme/shop:1'], id, size: 1, how: 'built', command: undefined, labels: {} } as const
  return {
    release,
    house,
    version: '1.0+x',
    suffix: '-test',
    extras: [],
    epoch: 0,
    parent: 'python:3.13-slim',
    own: false,
    python: 'python3',
  }
}

/** A daemon whose containers answer alike, and what it was asked. */
function daemon(report: Partial<ContainerEnd>) {
  const asked: ContainerRequest[] = []
  const part: Partial<Docker> = {
    run: async (container) => {
      asked.push(container)
      return { code: 0, stdout: '', stderr: '', timedOut: false, ...report }
    },
  }
  return { docker: part as Docker, asked }
}

describe('writing an SBOM', () => {
  test('asks the image once, in a container without a network, and not again while the image is the same', async () => {
    await using folder = await tempFolder()
    const { docker, asked } = daemon({ stdout: ANSWER })
    const world = worldIn(folder.path, { docker })
    const first = await writeSbom(world, request())
    expect(path.relative(folder.path, first.file)).toBe('wheelhouse/.build/sbom/shop-1.0-x-test.cdx.json')
    expect(asked).toEqual([expect.objectContaining({ image: 'sha256:1', entrypoint: 'python3', network: 'none' })])
    expect((await writeSbom(world, request())).how).toBe('the image was described before')
    expect(asked).toHaveLength(1)
    await writeSbom(world, request('sha256:2'))
    expect(asked).toHaveLength(2)
  })

  test('does not ask an image that has told already, whoever asked it', async () => {
    await using folder = await tempFolder()
    const { docker, asked } = daemon({ stdout: ANSWER })
    const world = worldIn(folder.path, { docker })
    expect(await isDescribed(world, request())).toBe(false)
    const { how, file } = await writeSbom(world, request(), readContents(JSON.parse(ANSWER)))
    expect({ how, asked }).toEqual({ how: '0 Python and 1 Debian packages', asked: [] })
    expect(await isDescribed(world, request())).toBe(true)
    const text = await readFile(file, 'utf8')
    await world.files.remove(file)
    await writeSbom(world, request())
    expect(asked).toHaveLength(1)
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  test('does not believe a file that was changed since', async () => {
    await using folder = await tempFolder()
    const { docker, asked } = daemon({ stdout: ANSWER })
    const world = worldIn(folder.path, { docker })
    const { file } = await writeSbom(world, request())
    const text = await readFile(file, 'utf8')
    await world.files.write(file, text.replace('dash', 'evil'))
    await writeSbom(world, request())
    expect(asked).toHaveLength(2)
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  test.each([
    {
      name: 'has no Python',
      report: { code: 127, stderr: 'docker: …\nexec: "python3": not found' },
      says: /could not be asked .*python3": not found/,
    },
    { name: 'does not answer', report: { code: 137, timedOut: true }, says: /no answer/ },
    { name: 'answers nonsense', report: { stdout: 'hello' }, says: /knows only the wheels/ },
  ])('of an image that $name lists the wheels alone, with a notice', async ({ report, says }) => {
    await using folder = await tempFolder()
    const log = listener()
    const { file } = await writeSbom(worldIn(folder.path, { docker: daemon(report).docker, log }), request())
    expect(log.lines.join('\n')).toMatch(says)
    const sbom = JSON.parse(await readFile(file, 'utf8')) as Sbom
    expect(faultsOf(sbom)).toEqual([])
    expect(sbom.components.map(({ name }) => name)).toEqual(['flask'])
  })
})
