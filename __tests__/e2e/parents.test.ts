import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { builtImage, images } from '../support/image.ts'
import { helloFiles, type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

// What base may be made from: images of Debian in every state, and what is refused with the reason.

jest.setTimeout(600_000)

const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const NAMESPACE = 'pt-parents'

/** Installs 1.0 of three packages, and makes an archive for each that has 2.0: two of them Debian's for security. */
const ARCHIVE = `set -eu
pack() {
  mkdir -p /tmp/p/DEBIAN "/tmp/p/usr/share/$1"
  echo "$2" >"/tmp/p/usr/share/$1/$2"
  printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\nMaintainer: me <me@index.example>\\nDescription: x\\n' "$1" "$2" >/tmp/p/DEBIAN/control
  dpkg-deb --build /tmp/p "$3/$1_$2.deb" && rm -r /tmp/p
}
archive() { # package, label, suite
  mkdir -p "/opt/$3"
  pack "$1" 1.0 /opt && dpkg -i "/opt/$1_1.0.deb"
  pack "$1" 2.0 "/opt/$3"
  cd "/opt/$3"
  { dpkg-deb --field ./*.deb; echo "Filename: ./$1_2.0.deb"; echo "Size: $(wc -c <"$1_2.0.deb")"; echo "SHA256: $(sha256sum "$1_2.0.deb" | cut -d' ' -f1)"; } >Packages
  printf 'Origin: Debian\\nLabel: %s\\nSuite: %s\\nSHA256:\\n %s %s Packages\\n' "$2" "$3" "$(sha256sum Packages | cut -d' ' -f1)" "$(wc -c <Packages)" >Release
  echo "deb [trusted=yes] file:/opt/$3 ./" >>/etc/apt/sources.list
}
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d
archive pt-fixed Debian-Security stable-security
archive pt-second Debian-Security second-security
archive pt-other Debian stable
`

let daemon: MachineDaemon
let hello: Project

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  hello = await projectOf(helloFiles())
})

afterAll(async () => {
  for (const disposable of [hello, daemon]) await disposable?.[Symbol.asyncDispose]()
})

const here = () => images(daemon.host)
const imageOf = (name: string, lines: readonly string[], files = {}) => builtImage(daemon.host, `${NAMESPACE}/${name}:1`, lines, files)

function packaged(project: Project, inputs: Record<string, string>): Promise<ActionResult> {
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, ...inputs }, env: { DOCKER_HOST: daemon.host } })
}

describe('a parent image', () => {
  const local = [
    'RUN version=$(ls /usr/lib | grep -x "python3\\.[0-9]*") && cp "/usr/bin/$version" /usr/local/bin/python3 && cp -r "/usr/lib/$version" /usr/local/lib/ && ln -s python3 "/usr/local/bin/$version" && rm /usr/bin/python3*',
  ]

  test.each([
    {
      name: 'with a user, an entrypoint, a working folder, a shell and variables of its own',
      lines: [
        'RUN mkdir /opt/lib && echo "WORD = 1" >/opt/lib/parental.py',
        'ENV PYTHONPATH=/opt/lib PATH=/opt/company/bin:$PATH',
        'WORKDIR /nowhere',
        'ENTRYPOINT ["/bin/false"]',
        'CMD ["x"]',
        'SHELL ["/bin/bash", "-c"]',
        'USER 1000',
      ],
      python: '/usr',
    },
    { name: 'with Python in /usr/local alone', lines: local, python: '/usr/local' },
  ])('$name works', async ({ lines, python }) => {
    const image = await imageOf('parent', [`FROM ${PARENT}`, ...lines])
    const result = await packaged(hello, { 'parent-image': image, 'image-name': 'parental' })
    expect(result.errors).toEqual([])
    const facts = 'import sys, os; print(sys.prefix, sys.base_prefix, os.getuid(), os.getcwd(), sys.argv[1:])'
    expect(await here().run(`${NAMESPACE}/parental:main`, ['python', '-c', facts, 'a b'])).toBe(`/appenv ${python} 10001 /app ['a b']`)
    expect(await here().run(`${NAMESPACE}/parental:main`, ['hello'])).toBe('hello')
    const env = await here().run(`${NAMESPACE}/parental:main`, ['env'])
    if (python === '/usr') expect(env).toMatch(/^PATH=\/appenv\/bin:\/opt\/company\/bin:/m)
    if (python === '/usr') expect(await here().run(`${NAMESPACE}/parental:main`, ['python', '-c', 'import parental'])).toBe('')
  })

  test('gets the updates of the security archive, and not those of others, where they are asked for', async () => {
    // Another one each time: what a daemon's build cache has is not told again.
    const lines = [`FROM ${PARENT}`, 'COPY archive.sh /', 'RUN sh /archive.sh', `RUN echo ${process.pid} >/opt/run`]
    const image = await imageOf('outdated', lines, { 'archive.sh': ARCHIVE })
    const inputs = { 'parent-image': image, 'image-name': 'updated', target: 'base' }
    const result = await packaged(hello, { ...inputs, updates: 'security' })
    expect([result.errors, result.notices]).toEqual([[], ['security updates: pt-fixed=2.0 pt-second=2.0']])
    const left = '/usr/share/pt-fixed/1.0 /usr/share/pt-second/1.0'
    expect(result.warnings).toEqual([`security updates left files of older packages: ${left}`])
    const again = await packaged(hello, { ...inputs, updates: 'security' })
    expect([again.notices, again.warnings]).toEqual([result.notices, result.warnings])
    expect(result.summary).toMatch(new RegExp(`^Parent \`${image}\` · no digest, as no registry gave it · 0 days old$`, 'm'))
    const versions = [
      'sh',
      '-c',
      "dpkg-query -W -f '${Package} ${Version}\n' 'pt-*'; cat /usr/share/pt-*/*; ls /var/lib/apt/lists | grep -c _opt_ || :",
    ]
    expect((await here().run(`${NAMESPACE}/updated-base:main`, versions)).split('\n')).toEqual([
      'pt-fixed 2.0',
      'pt-other 1.0',
      'pt-second 2.0',
      '1.0',
      '2.0',
      '1.0',
      '1.0',
      '2.0',
      '0',
    ])
    const refused = await packaged(hello, { 'parent-image': PARENT, 'image-name': 'updated', target: 'base', updates: 'security' })
    expect(refused.errors).toEqual([expect.stringMatching(/^base: the parent image names no security archive in its sources of apt\./)])
  })

  test('without Python gets Debian’s', async () => {
    const image = await imageOf('bare', [
      `FROM ${PARENT}`,
      "RUN dpkg --purge --force-depends $(dpkg-query -W -f '${Package}\\n' | grep -E '^(lib)?python3') && ! command -v python3",
    ])
    const result = await packaged(hello, { 'parent-image': image, 'image-name': 'bare-app', target: 'base' })
    expect(result.errors).toEqual([])
    expect(await here().run(`${NAMESPACE}/bare-app-base:main`, ['python', '-c', 'import sys; print(sys.prefix)'])).toBe('/appenv')
  })

  test.each([
    {
      name: 'without a shell',
      lines: ['FROM scratch', 'COPY file /'],
      says: /^base: the parent image lacks a shell, or its files of users. Set parent-image to a Debian or Ubuntu image/,
    },
    {
      name: 'without apt-get and Python',
      lines: [
        `FROM ${PARENT}`,
        'RUN rm -f /usr/bin/apt-get /usr/bin/python3 && rm /etc/os-release && echo \'PRETTY_NAME="Alpine Linux v3.22"\' >/etc/os-release',
      ],
      says: /^base: the parent image \(Alpine Linux v3.22\) has no apt-get: it must be Debian or Ubuntu. See parent-image/,
    },
    {
      name: 'whose Python is too old',
      lines: [`FROM ${PARENT}`, "RUN printf '#!/bin/sh\\necho CPython 3.8\\n' >/usr/local/bin/python3 && chmod +x /usr/local/bin/python3"],
      says: /^base: the parent image has Python 3.8: it must be Python 3.9 or newer/,
    },
    {
      name: 'whose Python is another',
      lines: [`FROM ${PARENT}`, "RUN printf '#!/bin/sh\\necho PyPy 3.10\\n' >/usr/local/bin/python3 && chmod +x /usr/local/bin/python3"],
      says: /^base: the parent image has PyPy 3.10: it must be CPython 3.9 or newer/,
    },
    {
      name: 'that leads Python elsewhere',
      lines: [`FROM ${PARENT}`, 'ENV PYTHONHOME=/usr'],
      says: /^base: the parent image sets PYTHONHOME to \/usr: unset it there/,
    },
  ])('$name is refused', async ({ lines, says }) => {
    const image = await imageOf('refused', lines, { file: '' })
    const result = await packaged(hello, { 'parent-image': image, target: 'base' })
    expect(result.errors).toEqual([expect.stringMatching(says)])
  })
})
