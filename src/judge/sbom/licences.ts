/** A licence as CycloneDX lists them: by its SPDX id where that is certain, else by the name it was given. */
export type Licence = { readonly id: string } | { readonly name: string } | { readonly expression: string }

/** Classifiers that mean one licence of SPDX and no other (PEP 639, "Mapping License Classifiers to SPDX Identifiers"). */
const CLASSIFIERS: Readonly<Record<string, string>> = {
  'MIT License': 'MIT',
  'MIT No Attribution License (MIT-0)': 'MIT-0',
  'ISC License (ISCL)': 'ISC',
  'The Unlicense (Unlicense)': 'Unlicense',
  'Mozilla Public License 1.0 (MPL)': 'MPL-1.0',
  'Mozilla Public License 1.1 (MPL 1.1)': 'MPL-1.1',
  'Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
  'GNU General Public License v2 (GPLv2)': 'GPL-2.0-only',
  'GNU General Public License v2 or later (GPLv2+)': 'GPL-2.0-or-later',
  'GNU General Public License v3 (GPLv3)': 'GPL-3.0-only',
  'GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
  'GNU Lesser General Public License v2 (LGPLv2)': 'LGPL-2.0-only',
  'GNU Lesser General Public License v2 or later (LGPLv2+)': 'LGPL-2.0-or-later',
  'GNU Lesser General Public License v3 (LGPLv3)': 'LGPL-3.0-only',
  'GNU Lesser General Public License v3 or later (LGPLv3+)': 'LGPL-3.0-or-later',
  'GNU Affero General Public License v3': 'AGPL-3.0-only',
  'GNU Affero General Public License v3 or later (AGPLv3+)': 'AGPL-3.0-or-later',
  'Boost Software License 1.0 (BSL-1.0)': 'BSL-1.0',
  'Eclipse Public License 1.0 (EPL-1.0)': 'EPL-1.0',
  'Eclipse Public License 2.0 (EPL-2.0)': 'EPL-2.0',
  'European Union Public Licence 1.1 (EUPL 1.1)': 'EUPL-1.1',
  'European Union Public Licence 1.2 (EUPL 1.2)': 'EUPL-1.2',
  'Universal Permissive License (UPL)': 'UPL-1.0',
  'Blue Oak Model License (BlueOak-1.0.0)': 'BlueOak-1.0.0',
  'CC0 1.0 Universal (CC0 1.0) Public Domain Dedication': 'CC0-1.0',
}

/** SPDX ids by what the free field `License` says, in lower case without blanks and the words that add nothing. */
const FREE_TEXTS: Readonly<Record<string, string>> = {
  mit: 'MIT',
  'mit-0': 'MIT-0',
  'apache-2.0': 'Apache-2.0',
  'apache2.0': 'Apache-2.0',
  'apachesoftware2.0': 'Apache-2.0',
  'bsd-2-clause': 'BSD-2-Clause',
  '2-clausebsd': 'BSD-2-Clause',
  'bsd-3-clause': 'BSD-3-Clause',
  bsd3clause: 'BSD-3-Clause',
  '3-clausebsd': 'BSD-3-Clause',
  isc: 'ISC',
  'mpl-2.0': 'MPL-2.0',
  'mpl2.0': 'MPL-2.0',
  'mozillapublic2.0': 'MPL-2.0',
  'psf-2.0': 'PSF-2.0',
  'python-2.0': 'Python-2.0',
  unlicense: 'Unlicense',
  'zpl-2.1': 'ZPL-2.1',
  'zpl2.1': 'ZPL-2.1',
  'gpl-2.0-only': 'GPL-2.0-only',
  'gpl-2.0-or-later': 'GPL-2.0-or-later',
  'gpl-3.0-only': 'GPL-3.0-only',
  'gpl-3.0-or-later': 'GPL-3.0-or-later',
  'lgpl-2.1-only': 'LGPL-2.1-only',
  'lgpl-2.1-or-later': 'LGPL-2.1-or-later',
  'lgpl-3.0-only': 'LGPL-3.0-only',
  'lgpl-3.0-or-later': 'LGPL-3.0-or-later',
  'agpl-3.0-only': 'AGPL-3.0-only',
  'agpl-3.0-or-later': 'AGPL-3.0-or-later',
}

/** Short names of Debian's copyright files that are one licence of SPDX (Debian's `MIT` may be any of several). */
const DEBIAN: Readonly<Record<string, string>> = {
  Expat: 'MIT',
  ISC: 'ISC',
  X11: 'X11',
  Zlib: 'Zlib',
  zlib: 'Zlib',
  curl: 'curl',
  Beerware: 'Beerware',
  OpenSSL: 'OpenSSL',
  FSFAP: 'FSFAP',
  FSFULLR: 'FSFULLR',
  'Apache-2': 'Apache-2.0',
  'Apache-2.0': 'Apache-2.0',
  'Artistic-2.0': 'Artistic-2.0',
  'BSD-2-clause': 'BSD-2-Clause',
  'BSD-3-clause': 'BSD-3-Clause',
  'BSD-4-clause': 'BSD-4-Clause',
  'BSD-4-clause-UC': 'BSD-4-Clause-UC',
  CC0: 'CC0-1.0',
  'CC0-1.0': 'CC0-1.0',
  'MPL-1.1': 'MPL-1.1',
  'MPL-2.0': 'MPL-2.0',
}

/** All SPDX ids that these tables give, for the test that holds them against SPDX's list. */
export const KNOWN_IDS: readonly string[] = [
  ...Object.values(CLASSIFIERS),
  ...Object.values(FREE_TEXTS),
  ...Object.values(DEBIAN),
  ...['GPL-1', 'GPL-2', 'GPL-3', 'LGPL-2', 'LGPL-2.1', 'LGPL-3', 'AGPL-3', 'GFDL-1.2', 'GFDL-1.3'].flatMap((name) =>
    [gnu(name), gnu(`${name}+`)].filter((id) => id !== undefined),
  ),
]

const LONGEST = 100

/**
 * The licences that a wheel declares: its License-Expression (PEP 639), else what its classifiers and the
 * older field License say. A name that could be several licences is dropped where another one is certain.
 */
export function licencesOfWheel(fields: (key: string) => readonly string[]): readonly Licence[] {
  const expression = fields('license-expression')[0]
  if (expression) return [{ expression }]
  const classifiers = fields('classifier')
    .filter((line) => line.startsWith('License :: '))
    .map((line) => line.split(' :: ').at(-1) ?? '')
    .filter((name) => name !== 'OSI Approved')
  const free = (fields('license')[0] ?? '').trim()
  const known = [...classifiers.map((name) => CLASSIFIERS[name]), freeText(free)].filter((id) => id !== undefined)
  if (known.length > 0) return [...new Set(known)].map((id) => ({ id }))
  const names = classifiers.length > 0 ? classifiers : [free]
  return [...new Set(names)].filter((name) => name !== '' && name !== 'UNKNOWN' && name.length <= LONGEST).map((name) => ({ name }))
}

function freeText(text: string): string | undefined {
  const plain = text.toLowerCase().replace(/\b(the|licen[cs]e|version|v(?=\d))|[\s,]+/g, '')
  return Object.hasOwn(FREE_TEXTS, plain) ? FREE_TEXTS[plain] : undefined
}

/** The licences of a Debian package, by the short names in its machine-readable copyright file. */
export function licencesOfDebian(names: readonly string[]): readonly Licence[] {
  const found = names
    .filter((name) => name.length <= LONGEST)
    .map((name): Licence => {
      const id = Object.hasOwn(DEBIAN, name) ? DEBIAN[name] : gnu(name)
      return id === undefined ? { name } : { id }
    })
  return [...new Map(found.map((licence) => [JSON.stringify(licence), licence])).values()]
}

/** `GPL-2+` is GPL-2.0-or-later; a name without a version, or with more words, could be many. */
function gnu(name: string): string | undefined {
  const [, family, version = '', later] = /^(GPL|LGPL|AGPL|GFDL)-(\d(?:\.\d)?)(\+)?$/.exec(name) ?? []
  if (!family) return undefined
  return `${family}-${version.includes('.') ? version : `${version}.0`}-${later ? 'or-later' : 'only'}`
}
