import { expect, test } from '@jest/globals'
import type { Docker } from '../../../src/effects/docker-port.ts'
import { staleVolume } from '../../../src/run/commands/stale-volume.ts'
import { tempFolder } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const OWN = 'aa /app/shop/urls.py\nbb /app/shop/views.py\n'

/** What the image tells of its own code, and of that in a volume over it. */
async function told(volume: string, lines: readonly string[], code = 0) {
  await using folder = await tempFolder('stale-volume')
  const run: Docker['run'] = ({ volumes = [] }) =>
    Promise.resolve({ code, stdout: volumes.length > 0 ? volume : OWN, stderr: '', timedOut: false })
  return staleVolume(worldIn(folder.path, { docker: { run } as Docker }), 'acme/shop:latest', lines)
}

test('a volume that holds the code of another release is told', async () => {
  expect(await told('aa /app/shop/urls.py\ncc /app/shop/views.py\n', ['shop:/app'])).toMatch(
    /^The volume shop has code of its own, as of an older release, and that runs: \/app\/shop\/views\.py of the image is not in it\. "docker volume rm shop" /,
  )
})

test.each([
  { name: 'that was filled from this image', volume: `${OWN}dd /app/more.py\n`, lines: ['shop:/app'], code: 0 },
  { name: 'over no code', volume: '', lines: ['shop:/app/media', './data:/app'], code: 0 },
  { name: 'of an image that cannot tell', volume: '', lines: ['shop:/app'], code: 127 },
])('nothing is said of one $name', async ({ volume, lines, code }) => {
  expect(await told(volume, lines, code)).toBeUndefined()
})
