import { describe, expect, test } from '@jest/globals'
import { fits } from '../../../src/grammar.ts'
import { supportedTags, type Target, targetSchema, wheelRank } from '../../../src/plan/wheels/wheel-tags.ts'

const bookworm: Target = {
  python: '3.13.2',
  machine: 'x86_64',
  glibc: '2.36',
  executable: '/usr/bin/python3',
  soabi: 'cpython-313-x86_64-linux-gnu',
  distribution: 'debian 12',
  markers: {},
}
const supported = supportedTags(bookworm)

describe('the supported tags', () => {
  test('begin with the newest glibc of the interpreter itself', () => {
    expect(supported.slice(0, 2)).toEqual(['cp313-cp313-manylinux_2_36_x86_64', 'cp313-cp313-manylinux_2_35_x86_64'])
  })

  test('name each old manylinux right after the glibc that it stands for', () => {
    const platforms = supported.filter((tag) => tag.startsWith('cp313-cp313-')).map((tag) => tag.slice('cp313-cp313-'.length))
    expect(platforms.slice(19)).toEqual([
      'manylinux_2_17_x86_64',
      'manylinux2014_x86_64',
      'manylinux_2_16_x86_64',
      'manylinux_2_15_x86_64',
      'manylinux_2_14_x86_64',
      'manylinux_2_13_x86_64',
      'manylinux_2_12_x86_64',
      'manylinux2010_x86_64',
      'manylinux_2_11_x86_64',
      'manylinux_2_10_x86_64',
      'manylinux_2_9_x86_64',
      'manylinux_2_8_x86_64',
      'manylinux_2_7_x86_64',
      'manylinux_2_6_x86_64',
      'manylinux_2_5_x86_64',
      'manylinux1_x86_64',
      'linux_x86_64',
    ])
  })

  test('end with the oldest Python 3 on any platform', () => {
    expect(supported.slice(-3)).toEqual(['py32-none-any', 'py31-none-any', 'py30-none-any'])
  })

  test('are in the order of packaging.tags: kinds of tags, without platforms', () => {
    const kinds = [
      ...new Set(
        supported.map((tag) =>
          tag
            .split('-')
            .slice(0, 2)
            .join('-')
            .concat(tag.endsWith('-any') ? '-any' : ''),
        ),
      ),
    ]
    expect(kinds.filter((kind) => !/(cp|py)3(0|1|2|3|4|5|6|7|8|9|10|11)-/.test(kind))).toEqual([
      'cp313-cp313',
      'cp313-abi3',
      'cp313-none',
      'cp312-abi3',
      'py313-none',
      'py3-none',
      'py312-none',
      'cp313-none-any',
      'py313-none-any',
      'py3-none-any',
      'py312-none-any',
    ])
  })

  test('on ARM begin with glibc 2.17, before which there was none', () => {
    const arm = supportedTags({ ...bookworm, machine: 'aarch64' }).filter((tag) => tag.startsWith('cp313-cp313-'))
    expect(arm.slice(-3)).toEqual(['cp313-cp313-manylinux_2_17_aarch64', 'cp313-cp313-manylinux2014_aarch64', 'cp313-cp313-linux_aarch64'])
  })
})

describe('what describes a target', () => {
  test.each([{ python: '3.13.0rc1' }, { python: '3.11.2+' }, { python: '3.14.0a1+debug' }, { glibc: '2.17' }])('may say %j', (said) => {
    expect(fits(targetSchema, { ...bookworm, ...said })).toBe(true)
  })

  // Tags are made for each minor version below: a number without end would take all memory.
  test.each([{ python: '3.999999999' }, { python: '3.100' }, { python: '3' }, { glibc: '2.99999999' }, { glibc: '2.36.1e9' }])(
    'never says %j',
    (said) => expect(fits(targetSchema, { ...bookworm, ...said })).toBe(false),
  )
})

describe('a wheel', () => {
  test.each([
    { name: 'of pure Python fits', file: 'django-5.2-py3-none-any.whl', fits: true },
    { name: 'for Python 2 and 3 fits', file: 'six-1.17.0-py2.py3-none-any.whl', fits: true },
    { name: 'for this Python and an older glibc fits', file: 'x-1-cp313-cp313-manylinux_2_28_x86_64.whl', fits: true },
    { name: 'for this Python and this glibc fits', file: 'x-1-cp313-cp313-manylinux_2_36_x86_64.whl', fits: true },
    { name: 'for a newer glibc does not fit', file: 'x-1-cp313-cp313-manylinux_2_37_x86_64.whl', fits: false },
    { name: 'with the stable ABI of an older Python fits', file: 'x-1-cp38-abi3-manylinux2014_x86_64.whl', fits: true },
    { name: 'with the stable ABI of a newer Python does not fit', file: 'x-1-cp314-abi3-manylinux2014_x86_64.whl', fits: false },
    { name: 'for another Python does not fit', file: 'x-1-cp312-cp312-manylinux2014_x86_64.whl', fits: false },
    { name: 'for Python without the GIL does not fit', file: 'x-1-cp313-cp313t-manylinux2014_x86_64.whl', fits: false },
    { name: 'for musl does not fit', file: 'x-1-cp313-cp313-musllinux_1_2_x86_64.whl', fits: false },
    { name: 'for another machine does not fit', file: 'x-1-cp313-cp313-manylinux2014_aarch64.whl', fits: false },
    { name: 'for Windows does not fit', file: 'x-1-cp313-cp313-win_amd64.whl', fits: false },
    {
      name: 'for two manylinux at once fits by one of them',
      file: 'x-1-cp313-cp313-manylinux_2_40_x86_64.manylinux2014_x86_64.whl',
      fits: true,
    },
    { name: 'with a build number fits', file: 'x-1-2-py3-none-any.whl', fits: true },
    { name: 'made on this very machine fits', file: 'x-1-cp313-cp313-linux_x86_64.whl', fits: true },
    { name: 'with too few parts does not fit', file: 'x-py3-none-any.whl', fits: false },
    { name: 'with too many parts does not fit', file: 'a-b-1-2-py3-none-any.whl', fits: false },
    { name: 'that is an egg does not fit', file: 'x-1-py3-none-any.egg', fits: false },
  ])('$name', ({ file, fits }) => {
    expect(wheelRank(file, supported) !== undefined).toBe(fits)
  })

  test('ranks by the best of its compressed tags', () => {
    expect(wheelRank('x-1-py2.py3-none-any.whl', supported)).toBe(supported.indexOf('py3-none-any'))
    expect(wheelRank('x-1-cp313-cp313-manylinux_2_36_x86_64.manylinux2014_x86_64.whl', supported)).toBe(0)
  })
})
