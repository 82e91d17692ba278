import { describe, expect, test } from '@jest/globals'
import { errorLine } from '../../../src/errors.ts'
import { readRequirementsLock } from '../../../src/project/locks/hashed-requirements.ts'
import { fixtureText, linux, shown } from '../../support/locks.ts'
import { userError } from '../../support/values.ts'

const A = 'aa'.repeat(32)
const B = 'bb'.repeat(32)
const COMMIT = '0123456789abcdef'.repeat(3).slice(0, 40)
const HERE = linux('3.13.2')

function read(text: string, others: Readonly<Record<string, string>> = {}) {
  return readRequirementsLock({ file: 'requirements.txt', texts: { 'requirements.txt': text, ...others } }, 'shop', HERE)
}

describe('requirements with hashes', () => {
  test('that uv exported give what this Python gets', () => {
    const { lock, notices } = read(fixtureText('requirements/requirements.txt'))
    expect(shown(lock)).toContain('markdown-it-py==4.3.0')
    expect(shown(lock)).not.toContain('markdown-it-py==2.2.0')
    expect(lock.pins.map(({ name }) => name)).not.toContain('tomli')
    expect(lock.pins.every(({ files }) => files.size === 2)).toBe(true)
    expect(notices).toEqual([])
  })

  test('go on after a backslash, and comments end where the line ends', () => {
    const text = `\uFEFF# made by hand\r\na==1 \\\r\n  --hash=sha256:${A} \\\r\n  --hash=sha256:${B}  # via shop\r\nb[x]==2 ; os_name == 'posix' --hash sha256:${A}\r\n`
    expect(read(text).lock.pins).toEqual([
      {
        name: 'a',
        version: '1',
        files: new Map([
          [A, ''],
          [B, ''],
        ]),
      },
      { name: 'b', version: '2', files: new Map([[A, '']]) },
    ])
  })

  test('include others beside them, and constraints give what they leave open', () => {
    const { lock } = read(`-r deps/base.txt\n--constraint=pins.txt\nb --hash=sha256:${B}\n`, {
      'deps/base.txt': `-rmore.txt\na==1 --hash=sha256:${A}`,
      'deps/more.txt': `c==3 --hash=sha256:${A}`,
      'pins.txt': `b==2 --hash=sha256:${A}\nunasked==9 --hash=sha256:${A}`,
    })
    expect(shown(lock)).toEqual(['a==1', 'b==2', 'c==3'])
    expect([...(lock.pins[1]?.files.keys() ?? [])]).toEqual([B, A])
  })

  test.each([
    { name: 'a folder', line: './libs/core', is: { kind: 'directory', path: 'libs/core' }, named: '' },
    { name: 'an editable folder with extras', line: '-e ../core[fast]', is: { kind: 'directory', path: '../core' }, named: '' },
    { name: 'a named folder', line: 'core @ file:libs/core', is: { kind: 'directory', path: 'libs/core' }, named: 'core' },
    { name: 'an archive', line: `./x-1.zip --hash=sha256:${A}`, is: { kind: 'archive', url: 'x-1.zip' }, named: '' },
    {
      name: 'an address',
      line: `x @ https://x.example/x.zip --hash=sha256:${A}`,
      is: { kind: 'archive', url: 'https://x.example/x.zip' },
      named: 'x',
    },
    {
      name: 'git',
      line: `x @ git+https://git.example/x.git@${COMMIT}#subdirectory=py`,
      is: { kind: 'git', url: 'https://git.example/x.git', revision: COMMIT, subdirectory: 'py' },
      named: 'x',
    },
    {
      name: 'git over ssh with the name at its end',
      line: `-e git+ssh://git@git.example/x.git@${COMMIT}#egg=X_y`,
      is: { kind: 'git', url: 'ssh://git@git.example/x.git', revision: COMMIT },
      named: 'x-y',
    },
    {
      name: 'an address with its sha256 at its end',
      line: `x @ https://x.example/x.zip#sha256=${A}`,
      is: { kind: 'archive', url: `https://x.example/x.zip#sha256=${A}` },
      named: 'x',
    },
  ])('may name $name', ({ line, is, named }) => {
    expect(read(line).lock.pins).toMatchObject([{ name: named, version: '', source: is }])
  })

  test.each([{ line: '-e .' }, { line: '.' }, { line: '-e .[dev]' }, { line: 'shop @ file:.' }])(
    'take "$line" for the project',
    ({ line }) => {
      expect(read(line).lock.pins).toEqual([])
    },
  )

  test.each([
    { option: '--index-url https://user:secret@index.example/simple', name: '--index-url' },
    { option: '--extra-index-url=https://user:secret@index.example/simple', name: '--extra-index-url' },
    { option: '-f https://user:secret@files.index.example', name: '-f' },
    { option: '-i https://user:secret@index.example/simple', name: '-i' },
  ])('leave $name to the inputs', ({ option }) => {
    const { lock, notices } = read(`a==1 --hash=sha256:${A}\n${option}\n--require-hashes`)
    expect(shown(lock)).toEqual(['a==1'])
    expect(notices).toEqual([]) // a warning tells of those that are not asked, see unaskedIndexes
  })

  test.each([
    {
      name: 'an option that is not known',
      text: 'a==1\n--target /tmp',
      cause: 'requirements.txt:2: the option --target is not understood',
    },
    {
      name: 'an option of one package',
      text: `a==1 --global-option="x" --hash=sha256:${A}`,
      cause: ':1: the option --global-option is not understood',
    },
    { name: 'a package that is not pinned', text: `\na>=1 --hash=sha256:${A}`, cause: 'requirements.txt:2: a is not pinned with ==' },
    { name: 'a pin that is a prefix', text: `a==1.* --hash=sha256:${A}`, cause: 'a is not pinned with ==' },
    { name: 'a package without a hash', text: `a==1 --hash=sha256:${A}\nb==2`, cause: 'requirements.txt:2: b has no --hash' },
    {
      name: 'a package without a hash where they are asked for',
      text: '--require-hashes\nb==2',
      cause: 'requirements.txt:2: b has no --hash',
    },
    { name: 'an address without a hash', text: 'https://x.example/x.zip', cause: ':1: https://x.example/x.zip has no --hash' },
    {
      name: 'a branch of a repository',
      text: 'x @ git+ssh://git@git.example/x.git@feature/y',
      cause: ':1: x has no --hash, and its repository is not pinned to a commit',
    },
    { name: 'a repository alone', text: 'git+https://git.example/x.git', cause: 'its repository is not pinned to a commit' },
    { name: 'a package with an md5', text: 'a==1 --hash=md5:00', cause: 'a in requirements.txt has no sha256, only md5' },
    { name: 'a line that is nothing', text: '=', cause: 'the requirement "=" cannot be read' },
    { name: 'a file that is not there', text: '-r gone.txt', cause: 'requirements.txt includes gone.txt, which is not there' },
    {
      name: 'two pins of one package',
      text: `a==1 --hash=sha256:${A}\na==2 --hash=sha256:${A}`,
      cause: 'wants two versions of a at once: 1 and 2',
    },
  ])('refuse $name', ({ text, cause }) => {
    expect(userError(() => read(text)).message).toContain(cause)
  })

  test('say how to mend a line without a hash, where it stands', () => {
    const error = userError(() => read('-r deps/base.txt', { 'deps/base.txt': `a==1 --hash=sha256:${A}\n\nb==2` }))
    expect(errorLine(error)).toBe(
      'lock: deps/base.txt:3: b has no --hash, which every line must have where one has it. Make the file again with "pip-compile --generate-hashes" or "uv pip compile --generate-hashes".',
    )
    expect(error.place).toEqual({ file: 'deps/base.txt', line: 3 })
  })

  test('leave lines of other platforms without a hash', () => {
    expect(shown(read(`a==1 --hash=sha256:${A}\nb==2 ; sys_platform == 'win32'`).lock)).toEqual(['a==1'])
  })

  test.each([
    {
      name: 'the command in their head',
      text: '# This file was autogenerated\n#    uv pip compile a.in -o requirements.txt\n',
      is: 'uv pip compile a.in -o requirements.txt',
    },
    { name: 'a command that makes such a file', text: '', is: 'uv pip compile --generate-hashes -o requirements.txt' },
  ])('are made again by $name', ({ text, is }) => {
    expect(read(text).lock.refresh).toBe(is)
  })
})
