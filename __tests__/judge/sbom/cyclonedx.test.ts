import { describe, expect, test } from '@jest/globals'
import { renderSbom, type SbomFacts } from '../../../src/judge/sbom/cyclonedx.ts'
import { readContents } from '../../../src/judge/sbom/image-contents.ts'
import { danglingRefs, faultsOf, type Sbom } from '../../support/cyclonedx.ts'

const HASH = 'a'.repeat(64)
const wheel = (name: string, file: string) => ({ name, file, sha256: HASH })
const dist = (metadata: string, more: object = {}) => ({
  metadata,
  application: true,
  compiled: false,
  libraries: [],
  sboms: {},
  ...more,
})

const CONTENTS = {
  os: { ID: 'debian', VERSION_ID: '12', VERSION_CODENAME: 'bookworm', PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)' },
  python: { version: '3.13.9', file: '/usr/local/bin/python3.13' },
  debian: [
    { name: 'libstdc++6', version: '12.2.0-14+deb12u1', architecture: 'amd64', source: 'gcc-12', licences: ['GPL-3+', 'Expat'] },
    { name: 'tzdata', version: '2025b-0+deb12u2', architecture: 'all', source: '', licences: ['public-domain'] },
    { name: 'base-files', version: '12.4', architecture: 'amd64', source: '', licences: [] },
    { name: 'openssl', version: '1:3.0~x', architecture: 'amd64', source: 'openssl (3.0)', licences: ['Apache-2.0'] },
  ],
  distributions: [
    dist('Name: Shop\nVersion: 1.2.3\nLicense-Expression: MIT\nRequires-Dist: flask[async]>=3\nRequires-Dist: numpy; extra == "maths"'),
    dist(
      'Name: Flask\nVersion: 3.1.0\nLicense-Expression: BSD-3-Clause\nProvides-Extra: async\nRequires-Dist: werkzeug>=3\n' +
        'Requires-Dist: asgiref; extra == "async"\nRequires-Dist: importlib-metadata; python_version < "3.10"',
    ),
    dist('Name: Werkzeug\nVersion: 3.1.3\nClassifier: License :: OSI Approved :: BSD License'),
    dist('Name: asgiref\nVersion: 3.8.1\nClassifier: License :: OSI Approved :: MIT License'),
    dist('Name: numpy\nVersion: 2.1.0', {
      compiled: true,
      libraries: ['numpy.libs/libgfortran-040039e1.so.5.0.0', 'numpy.libs/libscipy_openblas64_-ff651d7f.so'],
    }),
    dist('Name: gunicorn\nVersion: 23.0.0\nLicense: MIT'),
    dist('Name: pip\nVersion: 25.0\nLicense: MIT', { application: false }),
  ],
}

const LOCK = `lock-version = "1.0"
[[packages]]
name = "flask"
version = "3.1.0"
wheels = [{ url = "https://ada:secret@index.example/flask-3.1.0-py3-none-any.whl#x", hashes = { sha256 = "${HASH}" } }]
[[packages]]
name = "numpy"
version = "2.1.0"
sdist = { url = "https://index.example/numpy-2.1.0.tar.gz", hashes = { sha256 = "${HASH}" } }
[[packages]]
name = "billing"
directory = { path = "billing" }
`

function facts(changes: Partial<SbomFacts> = {}, contents: unknown = CONTENTS): SbomFacts {
  return {
    name: 'Shop',
    version: '1.2.3',
    app: wheel('Shop', 'shop-1.2.3-py3-none-any.whl'),
    extras: ['maths'],
    wheels: [
      wheel('flask', 'flask-3.1.0-py3-none-any.whl'),
      wheel('werkzeug', 'werkzeug-3.1.3-py3-none-any.whl'),
      wheel('asgiref', 'asgiref-3.8.1-py3-none-any.whl'),
      wheel('numpy', 'numpy-2.1.0-cp313-cp313-linux_x86_64.whl'),
      wheel('gunicorn', 'gunicorn-23.0.0-py3-none-any.whl'),
    ],
    lock: LOCK,
    environment: { python_version: '3.13', sys_platform: 'linux' },
    epoch: 1_700_000_000,
    properties: { 'pypackager:image': 'acme/shop:1.2.3', 'pypackager:parent-digest': '' },
    own: false,
    contents: readContents(contents),
    ...changes,
  }
}

const sbomOf = (given: SbomFacts) => JSON.parse(renderSbom(given)) as Sbom
const component = (sbom: Sbom, name: string) => sbom.components.find((entry) => entry.name === name)
const dependsOn = (sbom: Sbom, ref: string) => sbom.dependencies.find((entry) => entry.ref === ref)?.dependsOn

describe('an SBOM', () => {
  const sbom = sbomOf(facts())

  test('is valid CycloneDX 1.6, and every reference has its component', () => {
    expect(faultsOf(sbom)).toEqual([])
    expect(danglingRefs(sbom)).toEqual([])
  })

  test('is held to the schema: one wrong thing would be found', () => {
    expect(faultsOf({ ...sbom, serialNumber: '1' })).not.toEqual([])
    expect(
      faultsOf({ ...sbom, components: [{ type: 'library', name: 'x', licenses: [{ license: { id: 'Not-A-Licence' } }] }] }),
    ).not.toEqual([])
    expect(danglingRefs({ ...sbom, dependencies: [{ ref: 'nobody', dependsOn: [] }] })).toEqual(['nobody'])
  })

  test('says the time of the commit, and numbers itself by its content', () => {
    expect(sbom.metadata.timestamp).toBe('2023-11-14T22:13:20.000Z')
    expect(renderSbom(facts())).toBe(renderSbom(facts()))
    expect(sbomOf(facts({ epoch: 1 })).serialNumber).not.toBe(sbom.serialNumber)
  })

  test('is about the project', () => {
    expect(sbom.metadata.component).toMatchObject({
      type: 'application',
      name: 'Shop',
      version: '1.2.3',
      licenses: [{ expression: 'MIT' }],
      hashes: [{ alg: 'SHA-256', content: HASH }],
    })
    expect(sbom.metadata.properties).toEqual([{ name: 'pypackager:image', value: 'acme/shop:1.2.3' }])
  })

  test('lists wheels with name, version, purl, licence, hash and where they are from, without a login', () => {
    expect(component(sbom, 'Flask')).toEqual({
      type: 'library',
      'bom-ref': 'pkg:pypi/flask@3.1.0',
      name: 'Flask',
      version: '3.1.0',
      hashes: [{ alg: 'SHA-256', content: HASH }],
      licenses: [{ expression: 'BSD-3-Clause' }],
      purl: 'pkg:pypi/flask@3.1.0',
      externalReferences: [{ type: 'distribution', url: 'https://index.example/flask-3.1.0-py3-none-any.whl' }],
      properties: [
        { name: 'pypackager:origin', value: 'downloaded wheel' },
        { name: 'pypackager:wheel', value: 'flask-3.1.0-py3-none-any.whl' },
      ],
    })
    expect(component(sbom, 'numpy')).toMatchObject({
      externalReferences: [{ type: 'source-distribution', url: 'https://index.example/numpy-2.1.0.tar.gz' }],
      properties: [{ value: 'built from its sdist' }, {}],
    })
    expect(JSON.stringify(sbom)).not.toContain('secret')
  })

  test('lists Debian packages by their purl', () => {
    expect(component(sbom, 'libstdc++6')).toEqual({
      type: 'library',
      'bom-ref': 'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12',
      name: 'libstdc++6',
      version: '12.2.0-14+deb12u1',
      licenses: [{ license: { id: 'GPL-3.0-or-later' } }, { license: { id: 'MIT' } }],
      purl: 'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12',
      properties: [{ name: 'pypackager:source-package', value: 'gcc-12' }],
    })
    expect(component(sbom, 'openssl')?.purl).toBe('pkg:deb/debian/openssl@1:3.0~x?arch=amd64&distro=debian-12')
    expect(component(sbom, 'tzdata')?.licenses).toEqual([{ license: { name: 'public-domain' } }])
    expect(component(sbom, 'debian')).toMatchObject({ type: 'operating-system', version: '12' })
  })

  test('lists Python itself where no package owns it', () => {
    expect(component(sbom, 'python')).toMatchObject({ type: 'platform', purl: 'pkg:generic/python@3.13.9' })
    const owned = sbomOf(facts({}, { ...CONTENTS, python: { version: '3.11.2', file: '/usr/bin/python3.11' } }))
    expect(component(owned, 'python')).toBeUndefined()
  })

  test('lists what the Python of the parent image brought along', () => {
    expect(component(sbom, 'pip')).toMatchObject({ version: '25.0', properties: [{ value: 'parent image' }] })
  })

  test('follows requirements by their markers and extras', () => {
    expect(dependsOn(sbom, 'pkg:pypi/flask@3.1.0')).toEqual(['pkg:pypi/asgiref@3.8.1', 'pkg:pypi/werkzeug@3.1.3'])
    expect(dependsOn(sbom, 'pkg:pypi/werkzeug@3.1.3')).toEqual([])
    const without = sbomOf(facts({ extras: [] }))
    expect(dependsOn(sbom, 'project')).toContain('pkg:pypi/numpy@2.1.0')
    expect(without.dependencies.flatMap((entry) => (entry.ref === 'project' ? [] : entry.dependsOn))).not.toContain('pkg:pypi/numpy@2.1.0')
  })

  test('gives what nothing requires to the project: it came from requirements files', () => {
    expect(dependsOn(sbom, 'project')).toEqual([
      'pkg:generic/python@3.13.9',
      'pkg:pypi/flask@3.1.0',
      'pkg:pypi/gunicorn@23.0.0',
      'pkg:pypi/numpy@2.1.0',
    ])
  })

  test('reaches packages that require each other in a circle', () => {
    const circle = {
      ...CONTENTS,
      distributions: [dist('Name: a\nVersion: 1\nRequires-Dist: b'), dist('Name: b\nVersion: 1\nRequires-Dist: a')],
    }
    expect(dependsOn(sbomOf(facts({}, circle)), 'project')).toEqual(['pkg:generic/python@3.13.9', 'pkg:pypi/a@1', 'pkg:pypi/b@1'])
  })

  test('lists bundled libraries by the names of their files, and says that more is not known', () => {
    expect(component(sbom, 'numpy')?.components).toEqual([
      expect.objectContaining({ name: 'libgfortran', version: '5.0.0' }),
      expect.objectContaining({ name: 'libscipy_openblas64_' }),
    ])
    expect(sbom.compositions).toContainEqual({ aggregate: 'incomplete', assemblies: ['pkg:pypi/numpy@2.1.0'] })
  })

  test('takes no dependency for the project, where the source is the application', () => {
    const sbom = sbomOf(facts({ name: 'flask', app: undefined }))
    expect(component(sbom, 'Flask')).toBeDefined()
    expect(sbom.metadata.component).not.toHaveProperty('hashes')
    expect(faultsOf(sbom)).toEqual([])
  })

  test('gives a folder no purl: another package of that name may be on an index', () => {
    const billing = { ...CONTENTS, distributions: [dist('Name: billing\nVersion: 1')] }
    const entry = component(sbomOf(facts({ wheels: [wheel('billing', 'billing-1-py3-none-any.whl')] }, billing)), 'billing')
    expect(entry).toMatchObject({ 'bom-ref': 'local/billing@1', properties: [{ value: 'a folder or repository' }, {}] })
    expect(entry).not.toHaveProperty('purl')
  })
})

describe('what cannot be known', () => {
  const aggregateOf = (sbom: Sbom) => sbom.compositions.find((part) => part.assemblies?.includes('project'))?.aggregate

  test('is unknown of a parent image beside its packages, and incomplete of an own Dockerfile', () => {
    expect(aggregateOf(sbomOf(facts()))).toBe('unknown')
    expect(aggregateOf(sbomOf(facts({ own: true })))).toBe('incomplete')
  })

  test('is unknown of compiled code that says nothing of itself', () => {
    const silent = { ...CONTENTS, distributions: [dist('Name: uWSGI\nVersion: 2.0')] }
    const sbom = sbomOf(facts({ wheels: [wheel('uwsgi', 'uwsgi-2.0-cp313-cp313-linux_x86_64.whl')] }, silent))
    expect(sbom.compositions).toContainEqual({ aggregate: 'unknown', assemblies: ['pkg:pypi/uwsgi@2.0'] })
  })

  test('is nearly everything of an image that could not be asked: its wheels are listed, as incomplete', () => {
    const sbom = sbomOf(facts({ contents: undefined }))
    expect(faultsOf(sbom)).toEqual([])
    expect(danglingRefs(sbom)).toEqual([])
    expect(sbom.components.map(({ name }) => name)).toEqual(['asgiref', 'flask', 'gunicorn', 'numpy', 'werkzeug'])
    expect(aggregateOf(sbom)).toBe('incomplete')
  })
})

describe('SBOMs that wheels carry', () => {
  const carried = (text: string, file = 'x-1.dist-info/sboms/auditwheel.cdx.json') =>
    sbomOf(
      facts(
        {},
        {
          ...CONTENTS,
          distributions: [
            dist('Name: x\nVersion: 1', { compiled: true, libraries: ['x.libs/libz-0123abcd.so.1'], sboms: { [file]: text } }),
          ],
        },
      ),
    )
  const nested = {
    bomFormat: 'CycloneDX',
    specVersion: '1.4',
    components: [
      {
        type: 'library',
        name: 'zlib',
        version: '1.3',
        purl: 'pkg:rpm/almalinux/zlib@1.3',
        licenses: [{ license: { id: 'Zlib' } }],
        hashes: [
          { alg: 'SHA-256', content: HASH },
          { alg: 'MD2', content: 'x' },
        ],
        'bom-ref': 'project',
        components: [
          { type: 'nonsense', name: 'inner', purl: 'no purl', licenses: [{ license: { id: 'Made-Up' } }, { license: { name: 'Other' } }] },
        ],
      },
      { type: 'library' },
      'text',
    ],
  }

  test('are merged below their wheel, in the place of what file names tell', () => {
    const sbom = carried(JSON.stringify(nested))
    expect(faultsOf(sbom)).toEqual([])
    expect(component(sbom, 'x')?.components).toEqual([
      {
        type: 'library',
        'bom-ref': 'pkg:pypi/x@1#x-1.dist-info/sboms/auditwheel.cdx.json/0',
        name: 'zlib',
        version: '1.3',
        hashes: [{ alg: 'SHA-256', content: HASH }],
        licenses: [{ expression: 'Zlib' }],
        purl: 'pkg:rpm/almalinux/zlib@1.3',
      },
      {
        type: 'library',
        'bom-ref': 'pkg:pypi/x@1#x-1.dist-info/sboms/auditwheel.cdx.json/1',
        name: 'inner',
        licenses: [{ license: { name: 'Made-Up' } }, { license: { name: 'Other' } }],
      },
    ])
    expect(sbom.compositions).not.toContainEqual(expect.objectContaining({ aggregate: 'incomplete' }))
  })

  test.each([
    { name: 'of another format', text: '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>' },
    { name: 'that are no SBOMs', text: '{"spdxVersion": "SPDX-2.3"}' },
    { name: 'that are broken', text: '{' },
    { name: 'that are nothing', text: 'null' },
  ])('$name leave their wheel incomplete', ({ text }) => {
    const sbom = carried(text)
    expect(faultsOf(sbom)).toEqual([])
    expect(component(sbom, 'x')?.components).toEqual([expect.objectContaining({ name: 'libz', version: '1' })])
    expect(sbom.compositions).toContainEqual({ aggregate: 'incomplete', assemblies: ['pkg:pypi/x@1'] })
  })
})

describe('the answer of an image', () => {
  test.each([
    { name: 'a word', said: 'Traceback' },
    { name: 'a list', said: [] },
    { name: 'nothing', said: null },
    { name: 'not there', said: undefined },
  ])('that is $name is none', ({ said }) => {
    expect(readContents(said)).toBeUndefined()
  })

  test('may be anything: what is not of its kind is left out', () => {
    expect(readContents({ os: 7, debian: [{ name: 'a' }, { name: 'b', version: '1', licences: [1, 'x'] }, 9], distributions: {} })).toEqual(
      {
        os: { id: '', version: '', codename: '', name: '' },
        python: { version: '', file: '' },
        debian: [{ name: 'b', version: '1', architecture: '', source: '', licences: ['x'] }],
        distributions: [],
      },
    )
  })
})
