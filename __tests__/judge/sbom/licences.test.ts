import { describe, expect, test } from '@jest/globals'
import { KNOWN_IDS, licencesOfDebian, licencesOfWheel } from '../../../src/judge/sbom/licences.ts'
import { metadataFields } from '../../../src/project/metadata.ts'
import { spdxIds } from '../../support/cyclonedx.ts'

describe('the licences of a wheel', () => {
  const mit = 'Classifier: License :: OSI Approved :: MIT License'
  test.each([
    {
      name: 'are its expression before all else',
      metadata: `License-Expression: MIT OR Apache-2.0\n${mit}`,
      licences: [{ expression: 'MIT OR Apache-2.0' }],
    },
    { name: 'follow from a classifier that means one', metadata: mit, licences: [{ id: 'MIT' }] },
    {
      name: 'are the name of a classifier that may mean several',
      metadata: 'Classifier: License :: OSI Approved :: BSD License',
      licences: [{ name: 'BSD License' }],
    },
    {
      name: 'are certain by the older field, where the classifier is not',
      metadata: 'License: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License',
      licences: [{ id: 'BSD-3-Clause' }],
    },
    { name: 'follow from words of the older field', metadata: 'License: Apache License, Version 2.0', licences: [{ id: 'Apache-2.0' }] },
    { name: 'follow from other words of the older field', metadata: 'License: The MIT License', licences: [{ id: 'MIT' }] },
    {
      name: 'are both, where two are declared',
      metadata: `${mit}\nClassifier: License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)`,
      licences: [{ id: 'MIT' }, { id: 'MPL-2.0' }],
    },
    { name: 'are named once', metadata: `License: MIT\n${mit}`, licences: [{ id: 'MIT' }] },
    { name: 'keep a name that nobody knows', metadata: 'License: Acme Internal', licences: [{ name: 'Acme Internal' }] },
    { name: 'are none where a whole text stands there', metadata: `License: ${'Permission is hereby granted '.repeat(9)}`, licences: [] },
    { name: 'are none where none is declared', metadata: 'License: UNKNOWN', licences: [] },
    { name: 'are none where the classifier names none', metadata: 'Classifier: License :: OSI Approved', licences: [] },
    { name: 'do not follow from a property of objects', metadata: 'License: constructor', licences: [{ name: 'constructor' }] },
  ])('$name', ({ metadata, licences }) => {
    expect(licencesOfWheel(metadataFields(`Name: x\n${metadata}\n`))).toEqual(licences)
  })
})

describe('the licences of a Debian package', () => {
  test.each([
    { said: 'GPL-2+', licence: { id: 'GPL-2.0-or-later' } },
    { said: 'GPL-3', licence: { id: 'GPL-3.0-only' } },
    { said: 'LGPL-2.1+', licence: { id: 'LGPL-2.1-or-later' } },
    { said: 'Expat', licence: { id: 'MIT' } },
    { said: 'BSD-3-clause', licence: { id: 'BSD-3-Clause' } },
    { said: 'MIT', licence: { name: 'MIT' } },
    { said: 'GPL', licence: { name: 'GPL' } },
    { said: 'GPL-3+ with Bison exception', licence: { name: 'GPL-3+ with Bison exception' } },
  ])('$said', ({ said, licence }) => {
    expect(licencesOfDebian([said])).toEqual([licence])
  })

  test('are named once', () => {
    expect(licencesOfDebian(['BSD-3-clause', 'Expat', 'Expat'])).toEqual([{ id: 'BSD-3-Clause' }, { id: 'MIT' }])
  })
})

test('every id that is given is on SPDX’s list', () => {
  const list = spdxIds()
  expect(list.length).toBeGreaterThan(500)
  expect(KNOWN_IDS.filter((id) => !list.includes(id))).toEqual([])
})
