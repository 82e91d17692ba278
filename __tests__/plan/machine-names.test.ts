import { describe, expect, test } from '@jest/globals'
import { isFor, isWheelFor, machineName, machineOf } from '../../src/plan/machine-names.ts'

describe('an image', () => {
  test.each([
    { name: 'of the machine asked for is right', image: { architecture: 'arm64', variant: '' }, platform: 'linux/arm64', right: true },
    { name: 'of another machine is not', image: { architecture: 'amd64', variant: '' }, platform: 'linux/arm64', right: false },
    {
      name: 'that names its variant is right where none is asked',
      image: { architecture: 'arm64', variant: 'v8' },
      platform: 'linux/arm64',
      right: true,
    },
    { name: 'of another variant is not', image: { architecture: 'arm', variant: 'v6' }, platform: 'linux/arm/v7', right: false },
    { name: 'of the variant asked for is right', image: { architecture: 'arm', variant: 'v7' }, platform: 'linux/arm/v7', right: true },
    { name: 'without a variant is taken for any', image: { architecture: 'arm', variant: '' }, platform: 'linux/arm/v7', right: true },
    {
      name: 'of a machine by its other name is right',
      image: { architecture: 'arm64', variant: '' },
      platform: 'linux/aarch64',
      right: true,
    },
  ])('$name', ({ image, platform, right }) => {
    expect(isFor(image, platform)).toBe(right)
  })
})

test('a machine is one word, with its variant where it has one', () => {
  expect(machineName(machineOf('linux/arm/v7'))).toBe('arm/v7')
  expect(machineName(machineOf('linux/amd64'))).toBe('amd64')
})

describe('a wheel of compiled code', () => {
  const file = (machine: string) => `uv-0.13.9-py3-none-manylinux_2_17_${machine}.manylinux2014_${machine}.whl`
  test.each([
    { machine: 'x86_64', platform: 'linux/amd64', right: true },
    { machine: 'aarch64', platform: 'linux/arm64', right: true },
    { machine: 'aarch64', platform: 'linux/amd64', right: false },
    { machine: 's390x', platform: 'linux/s390x', right: true },
    { machine: 'armv7l', platform: 'linux/arm/v7', right: true },
  ])('for $machine is right for $platform: $right', ({ machine, platform, right }) => {
    expect(isWheelFor(file(machine), platform)).toBe(right)
  })
})
