import { describe, expect, test } from '@jest/globals'
import { findRequirements, isRequirementsFile, readRequirements } from '../../../src/project/requirements/requirement-files.ts'
import { includesOf } from '../../../src/project/requirements/requirement-lines.ts'
import { userError } from '../../support/values.ts'

const HASH = `--hash=sha256:${'0'.repeat(64)}`

function read(texts: Readonly<Record<string, string>>, entries = ['requirements.txt']) {
  return readRequirements(entries, { files: [], texts: new Map(Object.entries(texts)) })
}

describe('the requirements files of a project', () => {
  test.each([
    { name: 'are requirements.txt', files: ['requirements-dev.txt', 'requirements.txt'], found: ['requirements.txt'] },
    {
      name: 'are those for production',
      files: ['requirements/dev.txt', 'requirements/production.txt'],
      found: ['requirements/production.txt'],
    },
    { name: 'are the only one there is', files: ['requirements-server.txt', 'setup.py'], found: ['requirements-server.txt'] },
    { name: 'are not those for development', files: ['requirements-dev.txt'], found: [] },
    { name: 'are left to the user where several are possible', files: ['requirements-a.txt', 'requirements-b.txt'], found: [] },
  ])('$name', ({ files, found }) => {
    expect(findRequirements(files)).toEqual(found)
  })

  test('are told from other texts by their names', () => {
    const names = [
      'requirements.txt',
      'requirements/base.in',
      'constraints-3.txt',
      'docs/requirements.txt',
      'robots.txt',
      'requirements.py',
    ]
    expect(names.filter(isRequirementsFile)).toEqual(['requirements.txt', 'requirements/base.in', 'constraints-3.txt'])
  })
})

describe('a requirements file', () => {
  test.each([
    {
      name: 'has a requirement a line',
      text: 'django>=5\nflask[async]~=3.0 ; python_version < "4"\n',
      lines: ['django>=5', 'flask[async]~=3.0 ; python_version < "4"'],
    },
    { name: 'may have comments and blank lines', text: '# all\n\ndjango # web\n', lines: ['django'] },
    {
      name: 'keeps what looks like a comment inside an address',
      text: 'x @ https://index.example/x.zip#sha256=00\n',
      lines: ['x @ https://index.example/x.zip#sha256=00'],
    },
    { name: 'may continue a line', text: 'django \\\n  >=5\n', lines: ['django   >=5'] },
    { name: 'may come from Windows', text: '\uFEFFdjango\r\nflask\r\n', lines: ['django', 'flask'] },
    { name: 'may say a thing twice', text: 'django\ndjango\n', lines: ['django'] },
    { name: 'may name options of one requirement', text: 'django --config-settings x=y\n', lines: ['django'] },
    { name: 'may be empty', text: '', lines: [] },
  ])('$name', ({ text, lines }) => {
    expect(read({ 'requirements.txt': text }).lines).toEqual(lines)
  })

  test('is a lock without its hashes among the requirements', () => {
    expect(read({ 'requirements.txt': `django==5 \\\n    ${HASH} \\\n    ${HASH}\nflask==3 ${HASH}\n` })).toMatchObject({
      lines: ['django==5', 'flask==3'],
      hashed: true,
    })
  })

  // As pip has it: all or nothing, so that a line whose hash was forgotten is found and not resolved anew.
  test.each([
    { name: 'a line of several has a hash', text: `django==5 ${HASH}\nflask==3\n`, hashed: true },
    { name: 'a repository stands beside hashes', text: `django==5 ${HASH}\nx @ git+https://git.example/x.git\n`, hashed: true },
    { name: 'what it includes has a hash', text: '-r pins.txt\nflask==3\n', hashed: true },
    { name: 'its constraints have a hash', text: '-c pins.txt\ndjango\n', hashed: true },
    { name: 'it asks for hashes', text: '--require-hashes\ndjango==5\n', hashed: true },
    { name: 'there is no hash', text: 'django==5\n', hashed: false },
    { name: 'there is a folder alone', text: './libs/core\n', hashed: false },
    { name: 'there is nothing', text: '', hashed: false },
  ])('where $name: a lock is $hashed', ({ text, hashed }) => {
    expect(read({ 'requirements.txt': text, 'pins.txt': `django==5 ${HASH}` }).hashed).toBe(hashed)
  })

  test('includes others, from its own folder, each once', () => {
    const found = read(
      {
        'requirements/production.txt': '-r base.txt\n--requirement=../more.txt\ngunicorn\n',
        'requirements/base.txt': '-c constraints.txt\ndjango\n',
        'requirements/constraints.txt': 'django<6\n-r pins.txt\n',
        'requirements/pins.txt': 'asgiref==3\n',
        'more.txt': 'redis\n',
      },
      ['requirements/production.txt'],
    )
    expect(found).toEqual({
      files: ['requirements/production.txt', 'requirements/base.txt', 'requirements/constraints.txt', 'requirements/pins.txt', 'more.txt'],
      lines: ['asgiref==3', 'django', 'redis', 'gunicorn'],
      constraints: ['django<6'],
      places: [],
      own: undefined,
      hashed: false,
      formats: { noBinary: [], onlyBinary: [] },
      prereleases: false,
      withoutIndex: [],
      notices: [],
      indexes: [],
      links: [],
      others: [],
    })
  })

  test('names what it includes before it is read', () => {
    expect(includesOf('requirements/a.txt', '-r b.txt\n-c ../c.txt\n--constraint=d.txt\ndjango\n')).toEqual([
      'requirements/b.txt',
      'c.txt',
      'requirements/d.txt',
    ])
  })

  test('may require folders; the project itself is not one of them', () => {
    expect(read({ 'requirements.txt': '-e .\n-e ./libs/billing/\n../shared[x]\nfile:./libs/mail#egg=mail\n' })).toMatchObject({
      own: [],
      places: [
        { source: { kind: 'directory', path: 'libs/billing' }, extras: [], marker: '' },
        { source: { kind: 'directory', path: '../shared' }, extras: ['x'], marker: '' },
      ],
      lines: ['mail @ ./libs/mail'],
    })
  })

  test('may name wheels and sdists, which are no folders', () => {
    const text = './vendor/x-1-py3-none-any.whl\n-e ./libs/core\n../y-1.tar.gz[fast]\nfile:./z-1.zip#egg=z\n'
    expect(read({ 'requirements.txt': text })).toMatchObject({
      lines: ['./vendor/x-1-py3-none-any.whl', '../y-1.tar.gz[fast]', 'file:./z-1.zip#egg=z'],
      places: [{ source: { kind: 'directory', path: 'libs/core' } }],
    })
  })

  test('has options that are not followed, and says so', () => {
    expect(read({ 'requirements.txt': '--trusted-host index.example\n--prefer-binary\ndjango --global-option=x\n' })).toMatchObject({
      lines: ['django'],
      notices: [
        'requirements.txt:1: --trusted-host is not followed; the inputs index-url and extra-index-urls say where packages come from',
        'requirements.txt:2: --prefer-binary is not followed; a pin or --only-binary says the same of one package',
        'requirements.txt:3: --global-option is not followed',
      ],
    })
  })

  test('may name indexes, which are told without their logins', () => {
    const text =
      '--extra-index-url https://ada:word@index.example/x\n-i https://index.example/y\n-fhttps://index.example/files.html\ndjango\n'
    expect(read({ 'requirements.txt': text })).toMatchObject({
      lines: ['django'],
      notices: [],
      indexes: [
        { at: 'requirements.txt:1: --extra-index-url', url: 'https://index.example/x', input: 'extra-index-urls' },
        { at: 'requirements.txt:2: --index-url', url: 'https://index.example/y', input: 'index-url' },
        { at: 'requirements.txt:3: --find-links', url: 'https://index.example/files.html', input: 'extra-index-urls' },
      ],
    })
  })

  test('that is missing is named with who names it', () => {
    expect(userError(() => read({ 'requirements.txt': '-r base.txt' })).message).toBe(
      'requirements.txt includes base.txt, which is not there',
    )
    expect(userError(() => read({ 'requirements.txt': '-r a.txt', 'a.txt': '-r requirements.txt' })).message).toBe(
      'a.txt includes requirements.txt, which includes it in turn',
    )
    expect(userError(() => read({})).message).toBe('there is no requirements.txt')
  })
})
