import { describe, expect, test } from '@jest/globals'
import { imageInfo, sizeOfLayers } from '../../../../src/effects/docker/images/image-info.ts'

const IMAGE = { Id: 'sha256:1', Size: 367, Architecture: 'amd64', RootFS: { Layers: ['sha256:2'] } }

describe('what an engine says of an image', () => {
  test.each([
    { engine: '20.10', driver: { Name: 'overlay2', Data: { MergedDir: '/var/lib/docker/overlay2/1/merged' } }, unpacked: true },
    { engine: "29 with containerd's store", driver: { Name: 'overlayfs', Data: null }, unpacked: false },
    { engine: 'one that tells no driver', driver: undefined, unpacked: false },
  ])('is read from $engine, and whether its size is that of the layers unpacked', ({ driver, unpacked }) => {
    const read = imageInfo([{ ...IMAGE, ...(driver && { GraphDriver: driver }) }])
    expect(read?.unpacked).toBe(unpacked)
    expect(read?.info).toMatchObject({ id: 'sha256:1', size: 367, layers: ['sha256:2'], variant: '', labels: {}, digests: [] })
  })

  test('may be nothing', () => {
    expect(imageInfo([])).toBeUndefined()
  })
})

test('the size of the layers is the sum over the history, with steps that made none', () => {
  expect(sizeOfLayers('0\n25490\n\n191082496\n')).toBe(191107986)
})
