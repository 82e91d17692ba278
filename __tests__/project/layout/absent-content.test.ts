import { describe, expect, test } from '@jest/globals'
import { sortAbsent } from '../../../src/project/layout/absent-content.ts'

const FILES = ['pyproject.toml', 'shop/__init__.py', 'shop/web/views.py', 'src/till/cash.py', 'models/big.bin']

describe('content that a checkout lacks', () => {
  test.each([
    { name: 'in a package is shipped', absent: 'shop/model.bin', shipped: true },
    { name: 'in a folder of a package is shipped', absent: 'shop/static/theme', shipped: true },
    { name: 'in a package below src/ without __init__.py is shipped', absent: 'src/till/rates.bin', shipped: true },
    { name: 'in docs below templates is shipped', absent: 'shop/templates/docs/logo.png', shipped: true },
    { name: 'beside the packages may be left alone', absent: 'models/big.bin', beside: true },
    { name: 'beside the packages is shipped with a source that is copied', absent: 'models/big.bin', whole: true, shipped: true },
    { name: 'of tests is nobody’s loss', absent: 'tests/data/a.bin' },
    { name: 'of tests in a package is none either', absent: 'shop/tests/a.bin' },
    { name: 'of documentation is none in a source that is copied', absent: 'docs/logo.png', whole: true },
  ])('$name', ({ absent, whole = false, shipped = false, beside = false }) => {
    expect(sortAbsent([absent], FILES, whole)).toEqual({ shipped: shipped ? [absent] : [], beside: beside ? [absent] : [] })
  })
})
