import { describe, expect, test } from '@jest/globals'
import { renderAppWheel, renderImages } from '../../../src/plan/dockerfile/dockerfile.ts'
import { type EjectFacts, eject, renderHashed } from '../../../src/plan/eject/ejection.ts'
import { readInstructions } from '../../../src/project/dockerfile/instructions.ts'

const HASH = 'a'.repeat(64)
const PLAN = {
  parent: `debian:12@sha256:${HASH}`,
  python: undefined,
  uid: 10001,
  gid: 10001,
  buildPackages: ['libpq-dev'],
  week: '2026-W49',
  updates: 'none',
} as const

const FACTS: EjectFacts = {
  folder: 'docker',
  images: renderImages(PLAN) + renderAppWheel(1767323045),
  release: {
    sourceOnly: false,
    packages: ['libpq5'],
    epoch: 1767323045,
    uid: 10001,
    gid: 10001,
    folder: '/app',
    modules: ['shop'],
    late: [],
    keys: [],
    writable: [],
    bytecode: 'used',
    settings: undefined,
    collectstatic: 'auto',
    trialEnv: 'abc',
    healthcheck: '',
    env: {},
    labels: { 'io.pypackager.lock': 'x', 'org.opencontainers.image.revision': 'y', 'org.opencontainers.image.title': 'shop' },
    command: ['shop'],
  },
  workshop: 'base',
  downloads: [{ name: 'click', version: '8.1.8', sha256: [HASH, 'b'.repeat(64)] }],
  built: [
    {
      name: 'psycopg2',
      version: '2.9.10',
      sha256: HASH,
      at: 'sdists/psycopg2/psycopg2-2.9.10.tar.gz',
      folder: false,
      needsCompiler: true,
      requires: [{ name: 'setuptools', version: '80.0', sha256: [HASH] }],
    },
  ],
  requires: [{ name: 'hatchling', version: '1.27', sha256: [HASH] }],
  scripts: {
    'base/make.sh': 'one',
    'install/trial.py': 'two',
    'check/isolated.py': 'three',
    'uv/requirements.txt': 'uv==1',
    'uv/fetch.sh': 'four',
  },
  ignore: { own: 'notes\n', withheld: ['local [1].sqlite3'], wheelhouse: 'wheelhouse', named: ['README.md'] },
  readme: {
    name: 'shop',
    parent: PLAN.parent,
    platform: 'linux/amd64',
    asked: '',
    trialNames: ['DATABASE_URL'],
    versionEnv: {},
    indexes: 1,
  },
}

describe('an ejected release', () => {
  const files = eject(FACTS)
  const dockerfile = files.Dockerfile ?? ''

  test('takes what it mounts from its folder or from stages above, and asks no argument', () => {
    const seen = new Set<string>([PLAN.parent, 'scratch'])
    for (const { keyword, rest, flags } of readInstructions(dockerfile)) {
      const taken = [...flags.join(' ').matchAll(/from=([^,\s]+)/g)].map(([, from = '']) => from)
      if (keyword === 'FROM') taken.push(rest.split(' ')[0] ?? '')
      expect(taken.filter((from) => !seen.has(from))).toEqual([])
      if (keyword === 'FROM') seen.add(rest.split(' ')[2] ?? '')
      for (const [, source] of flags.join(' ').matchAll(/type=bind,source=([^,]+)/g)) expect(source).toMatch(/^docker\//)
    }
    expect(dockerfile).not.toMatch(/^ARG|\$\{(BASE|BUILDER|WORKSHOP|TOOLS)\}/m)
  })

  test('builds each package with what it was built with', () => {
    expect(dockerfile).toMatch(/AS wheel-psycopg2\nRUN .*from=build-requirements-psycopg2,source=\/srv\/out,target=\/opt/)
    expect(dockerfile).toMatch(/AS app-wheel\nRUN .*from=build-requirements,source=\/srv\/out,target=\/opt/)
    expect(files['build-requirements-psycopg2.txt']).toBe(`setuptools==80.0 \\\n    --hash=sha256:${HASH}\n`)
    expect(files['sdists.txt']).toBe(`psycopg2==2.9.10 \\\n    --hash=sha256:${HASH}\n`)
  })

  test('has the labels that stay true, and the scripts that it mounts', () => {
    expect(dockerfile).toContain('LABEL org.opencontainers.image.title="shop"\n')
    expect(dockerfile).not.toMatch(/io\.pypackager\.|image\.revision/)
    expect(Object.keys(files).filter((name) => name.startsWith('stages/'))).toEqual([
      'stages/base/make.sh',
      'stages/install/trial.py',
      'stages/uv/requirements.txt',
    ])
  })

  test('says in its README which secrets it takes, and never their values', () => {
    expect(files['README.md']).toContain('{"DATABASE_URL": "…"}')
    expect(files['README.md']).toContain('This project was packaged with 1 of its own')
    expect(files['README.md']).toContain(`by its digest`)
  })

  test('sends what the release takes, and nothing that never belongs in a build', () => {
    const lines = (files['Dockerfile.dockerignore'] ?? '').split('\n')
    expect(lines).toEqual(
      expect.arrayContaining(['notes', '!README.md', '**/.git', '**/.env', 'wheelhouse', 'local \\[1\\].sqlite3', '!docker']),
    )
    expect(lines.indexOf('notes')).toBeLessThan(lines.indexOf('**/.git'))
    expect(lines.indexOf('!**/.env.example')).toBeLessThan(lines.indexOf('**/node_modules'))
  })
})

test('without requirements a file is empty, which the script that fetches knows', () => {
  expect(renderHashed([])).toBe('')
})
