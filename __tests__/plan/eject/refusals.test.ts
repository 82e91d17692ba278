import { describe, expect, test } from '@jest/globals'
import { type Material, refuseMaterial, refuseSettings } from '../../../src/plan/eject/refusals.ts'

const NONE = { dockerfile: '', baseDockerfile: '', baseImage: '', builderImage: '', builderDockerfile: '', buildCommand: [] }
const PLAIN = { name: 'shop', above: false }

describe('settings with which docker build alone cannot make the release', () => {
  test.each([
    [
      'an own Dockerfile',
      { ...NONE, dockerfile: 'docker/web/Dockerfile' },
      PLAIN,
      'docker/web/Dockerfile is a Dockerfile or an image of your own',
    ],
    ['a ready builder', { ...NONE, builderImage: 'acme/builder' }, PLAIN, 'acme/builder is a Dockerfile'],
    ['commands on the source', { ...NONE, buildCommand: ['make'] }, PLAIN, 'build-command changes the source'],
    ['a build that reads above', NONE, { ...PLAIN, above: true }, 'building shop reads above its folder'],
  ])('%s', (_, inputs, project, why) => {
    expect(() => refuseSettings(inputs, project)).toThrow(why)
  })

  test('no other is refused', () => {
    expect(() => refuseSettings(NONE, PLAIN)).not.toThrow()
  })
})

describe('material that cannot be had by name, version and hash', () => {
  const file = {
    file: 'click-8.1.8-py3-none-any.whl',
    url: 'https://index.example/click-8.1.8-py3-none-any.whl',
    sha256: 'a'.repeat(64),
    size: 1,
  }
  const click = { name: 'click', version: '8.1.8', wheels: [file], sdist: undefined, folder: false }
  const plain: Material = { folders: [], locked: [click], lock: '[[packages]]\nname = "click"\n', snapshot: [{ path: 'a.py', print: '-' }] }

  test.each<[string, Partial<Material>, string]>([
    ['a folder or a repository', { folders: ['billing'] }, 'billing comes as a folder or a repository'],
    [
      'a wheel beside the project',
      { locked: [{ ...click, wheels: [{ ...file, url: 'file:vendor/x.whl' }] }] },
      'click is a file of the project',
    ],
    ['a file of this run', { locked: [{ ...click, wheels: [{ ...file, at: '/x.whl' }] }] }, 'click is a file of the project'],
    [
      'an address',
      { lock: '[[packages]]\nname = "click"\narchive = { url = "https://index.example/x.whl" }\n' },
      'click comes from an address of its own',
    ],
    ['a file that only the build has', { snapshot: [{ path: 'PKG-INFO', print: '-', text: '' }] }, 'PKG-INFO is written for the build'],
    [
      'a link out of the project',
      { snapshot: [{ path: 'shared.py', print: '-', real: '/repo/shared.py' }] },
      'shared.py is written for the build, or lies elsewhere',
    ],
  ])('%s', (_, part, why) => {
    expect(() => refuseMaterial({ ...plain, ...part })).toThrow(why)
  })

  test('what an index has is not refused', () => {
    expect(() => refuseMaterial(plain)).not.toThrow()
  })
})
