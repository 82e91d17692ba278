import { describe, expect, test } from '@jest/globals'
import { checkGiven, givenBase, placesTaken, planFamily } from '../../src/plan/given-images.ts'
import { inputsWith } from '../support/values.ts'

describe('inputs of which only one can be followed', () => {
  test.each([
    {
      name: 'a ready base and a Dockerfile for it',
      inputs: { 'base-image': 'b', 'base-dockerfile': 'Dockerfile.base' },
      says: /base-image and base-dockerfile are both set/,
    },
    {
      name: 'a ready base and a parent',
      inputs: { 'base-image': 'b', 'parent-image': 'debian' },
      says: /base-image and parent-image are both set/,
    },
    {
      name: 'a ready base and updates of it',
      inputs: { 'base-image': 'b', updates: 'security' },
      says: /base-image and updates are both set/,
    },
    {
      name: 'an own base and updates of it',
      inputs: { 'base-dockerfile': 'b', updates: 'security' },
      says: /base-dockerfile and updates are both set/,
    },
    {
      name: 'a ready builder and a Dockerfile for it',
      inputs: { 'builder-image': 'b', 'builder-dockerfile': 'x' },
      says: /builder-image and builder-dockerfile/,
    },
    {
      name: 'a ready base that is to be built',
      inputs: { 'base-image': 'b', target: 'base' },
      says: /target is base, and base-image is ready/,
    },
    {
      name: 'a ready builder that is to be built',
      inputs: { 'builder-image': 'b', target: 'builder' },
      says: /target is builder, and builder-image is ready/,
    },
  ])('$name are refused', ({ inputs, says }) => {
    expect(() => checkGiven(inputsWith(inputs))).toThrow(says)
  })

  test.each([
    { name: 'a parent for an own base', inputs: { 'base-dockerfile': 'docker/base/Dockerfile', 'parent-image': 'debian' } },
    { name: 'a ready pair', inputs: { 'base-image': 'b', 'builder-image': 'c' } },
    { name: 'a ready base for another builder', inputs: { 'base-image': 'b', target: 'builder' } },
  ])('$name are not', ({ inputs }) => {
    expect(checkGiven(inputsWith(inputs))).toEqual([])
  })
})

test.each([
  {
    name: 'build-packages beside an own builder',
    inputs: { 'builder-dockerfile': 'b', 'build-packages': 'gettext' },
    says: 'build-packages is without effect: the builder is b.',
  },
  {
    name: 'inputs of the generated release beside an own one',
    inputs: { dockerfile: 'Dockerfile', user: 'root', healthcheck: 'tcp' },
    says: 'Without effect, as Dockerfile makes the release: user, healthcheck.',
  },
])('$name are said to be without effect', ({ inputs, says }) => {
  expect(checkGiven(inputsWith(inputs))).toEqual([says])
})

test('an own Dockerfile gives its image the name of its folder', () => {
  const family = planFamily({ registry: 'ghcr.io', path: 'acme/shop' }, inputsWith({ 'base-dockerfile': 'docker/runtime/Dockerfile' }))
  expect([family.base.path, family.builder.path]).toEqual(['acme/shop-runtime', 'acme/shop-builder'])
})

test('whatever gives the base decides over Python', () => {
  expect(givenBase(inputsWith())).toBeUndefined()
  expect(givenBase(inputsWith({ 'parent-image': 'debian' }))).toBe('parent-image')
  expect(givenBase(inputsWith({ 'base-dockerfile': 'x', 'parent-image': 'debian' }))).toBe('base-dockerfile')
})

test('a plan names what stands in the place of generated stages', () => {
  const inputs = { 'base-image': 'b@sha256:1', dockerfile: 'Dockerfile', 'build-command': 'make' }
  expect(placesTaken(inputsWith(inputs))).toEqual([
    '# base: b@sha256:1, in the place of what is generated',
    '# release: Dockerfile, in the place of what is generated',
    "# build-command, in the builder before the application's wheel: make",
  ])
  expect(placesTaken(inputsWith())).toEqual([])
})
