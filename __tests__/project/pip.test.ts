import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { askOurs, askPip, type Judgement, type RequirementsTexts } from '../support/pip.ts'

// pip's own parser is the judge of what requirements files require: this machine's, by its Python.

const SUM = 'ab'.repeat(32)
const HASH = `--hash=sha256:${SUM}`

function utf32(text: string): Buffer {
  const codes = [...`\uFEFF${text}`].map((char) => char.codePointAt(0) ?? 0)
  const bytes = Buffer.alloc(codes.length * 4)
  for (const [i, code] of codes.entries()) bytes.writeUInt32LE(code, i * 4)
  return bytes
}

const ROWS: readonly { readonly name: string; readonly files: RequirementsTexts | string | Buffer }[] = [
  { name: 'a name', files: 'Flask\nzope.interface\nmy_pkg\n' },
  { name: 'versions', files: 'a==1.0\nb>=1,<2\nc ~= 3.0\nd!=1.*\ne (>=1)\nf===1.0\ng == 1.0 , < 3\n' },
  { name: 'extras', files: 'a[x]\nb[X, y_Z]>=1\nc[]\n' },
  { name: 'markers', files: 'a ; python_version >= "3.8"\nb;sys_platform==\'linux\' and (os_name == "posix" or os_name == "nt")\n' },
  { name: 'comments', files: '# one\na # two\nb #three\nc\t# four\n  # five\n#\n' },
  { name: 'a hash in an address is no comment', files: 'a @ https://files.example/a-1.zip#sha256=00\n' },
  { name: 'continuations', files: 'a \\\n  >=1 \\\n  ; os_name == "posix"\nb==1 \\\n  # a comment ends it\nc==2\nd\\\n' },
  { name: 'line ends of all kinds', files: 'a\r\nb\rc\u2028d\x0be\x0cf' },
  { name: 'a mark of UTF-8', files: '\uFEFFa==1\n' },
  { name: 'UTF-16 with a mark', files: Buffer.from('\uFEFFa==1\r\nb==2\r\n', 'utf16le') },
  { name: 'UTF-16, the other way round', files: Buffer.from('\uFEFFa==1\nb\n', 'utf16le').swap16() },
  { name: 'an encoding in the first line', files: Buffer.from('# -*- coding: latin-1 -*-\na==1 # caf\u00e9\n', 'latin1') },
  { name: 'hashes', files: `a==1 ${HASH} --hash sha256:${'cd'.repeat(32)}\nb==2 \\\n    ${HASH}\n` },
  { name: 'a tab before a hash', files: `a==1\t${HASH}\n` },
  { name: 'an option that is cut short', files: `a==1 --has=sha256:${SUM}\n` },
  { name: 'a quoted option', files: `a==1 "--hash=sha256:${SUM}"\nb -C "x=y z"\n` },
  { name: 'options of one requirement', files: 'a --global-option="--no-user-cfg" --config-settings x=y --config-setting=z=1\n' },
  { name: 'options of the whole', files: '--pre --prefer-binary\n--no-index -f ./wheels\n-i https://index.example/simple\na\n' },
  { name: 'more of them', files: '--extra-index-url=https://index.example/x --trusted-host index.example --require-hashes\na\n' },
  { name: 'formats', files: '--no-binary a,b\n--only-binary=:all: --no-binary :none:\na\n' },
  { name: 'an option after a requirement', files: { 'requirements.txt': 'a -r other.txt\n', 'other.txt': 'b' } },
  { name: 'an option that there is not', files: 'a\n--target /tmp\n' },
  { name: 'a short option that there is not', files: '-x a\n' },
  { name: 'an option without its value', files: '-r\n' },
  { name: 'a value for a flag', files: '--pre=yes\n' },
  { name: 'a quote that is not closed', files: 'a --hash="sha256:00\n' },
  {
    name: 'includes',
    files: {
      'requirements.txt': '-r one.txt\n-rtwo.txt\n--requirement=d/three.txt\n--requirem one.txt\n',
      'one.txt': 'a',
      'two.txt': 'b',
      'd/three.txt': '-r four.txt\nc',
      'd/four.txt': 'd',
    },
  },
  { name: 'two includes in a line', files: { 'requirements.txt': '-r one.txt -r two.txt\n', 'one.txt': 'a', 'two.txt': 'b' } },
  { name: 'constraints', files: { 'requirements.txt': '-c one.txt\na\n', 'one.txt': 'a<2\n-c two.txt\n-r two.txt\n', 'two.txt': 'b<3' } },
  { name: 'an include that is not there', files: '-r gone.txt\n' },
  {
    name: 'folders',
    files: './libs/billing\nlibs/billing/\nlibs/billing/../billing\n../shared\n./core\nfile:./libs/billing\nfile:libs/billing\n',
  },
  { name: 'folders with extras', files: './libs/billing[pdf]\nlibs/billing[pdf,Fast_er]\n../shared[x]\n' },
  { name: 'folders with markers', files: "./libs/billing ; python_version >= '3.8'\nlibs/billing[x];sys_platform == 'win32'\n" },
  { name: 'a folder with a blank', files: './libs/my lib\n' },
  { name: 'a name that is a folder too', files: 'core\n' },
  { name: 'a folder that is no project', files: './libs/empty\n' },
  { name: 'a folder that is not there', files: './libs/none\n' },
  { name: 'a path without a dot that is not there', files: 'libs/none\n' },
  { name: 'the project itself', files: '.\n' },
  { name: 'the project itself with extras', files: '.[a,b]\n-e .[server]\n' },
  {
    name: 'editable folders',
    files: '-e libs/billing\n-e core\n--editable=./libs/billing[pdf]\n-elibs/billing\n-e file:./libs/billing#egg=billing\n',
  },
  { name: 'an editable folder with a marker, which pip does not read', files: "-e ./libs/billing ; sys_platform == 'win32'\n" },
  {
    name: 'an editable repository',
    files: '-e git+https://git.example/x.git@v1#egg=name&subdirectory=py\n-e git+ssh://git@git.example/x.git#egg=y\n',
  },
  { name: 'an editable name', files: '-e flask\n' },
  { name: 'an editable address', files: '-e https://files.example/a-1.zip#egg=a\n' },
  {
    name: 'repositories',
    files:
      'git+https://git.example/x.git@v1\ngit+https://git.example/y.git#egg=y\nz @ git+ssh://git@git.example/z.git@c0ffee#subdirectory=py\n',
  },
  {
    name: 'addresses',
    files: `https://files.example/a-1.0.tar.gz\nhttps://files.example/b_c-1.0-py3-none-any.whl ${HASH}\nd @ https://files.example/d.zip ; os_name == "posix"\ne@https://files.example/e.zip\nf[x] @ https://files.example/f.zip\n`,
  },
  { name: 'an address with a marker', files: 'https://files.example/a-1.0.zip ; os_name == "posix"\n' },
  { name: 'files that include each other', files: { 'requirements.txt': '-r one.txt', 'one.txt': '-r requirements.txt' } },
  { name: 'a marker right behind an egg', files: "git+https://git.example/x.git#egg=x[a];sys_platform=='linux'\n" },
  { name: 'a variable that is not set', files: 'a @ https://${token}@files.example/a.zip\n' },
  { name: 'no requirement', files: 'not a requirement!\n' },
  { name: 'one equals sign', files: 'a=1.0\n' },
  { name: 'extras after a version', files: 'a>=1[x]\n' },
  { name: 'nothing', files: '\n' },
]

/** An editable by PEP 508 and a file: without slashes are taken by newer ones, extras in an egg by older ones; all are read here, and a repository tells its name itself. */
function isOfSomePips(said: Judgement): boolean {
  return (
    'refused' in said &&
    /InvalidEggFragment|egg fragment|no such option: --(?:global-option|config-settings?)|Could not detect requirement name|is not a valid editable requirement.*@|Invalid requirement: .*@ ?file:/s.test(
      said.refused,
    )
  )
}

/** A file that is included twice says the same twice to pip; here it is read once. */
function once(said: Judgement): Judgement {
  return Array.isArray(said) ? [...new Set(said)] : said
}

const filesOf = (files: (typeof ROWS)[number]['files']) =>
  typeof files === 'string' || Buffer.isBuffer(files) ? { 'requirements.txt': files } : files

describe('requirements files, read as pip reads them', () => {
  let judged: readonly Judgement[] = []
  beforeAll(async () => {
    judged = await askPip(ROWS.map(({ files }) => filesOf(files)))
  })

  test.each(ROWS.map((row, i) => ({ ...row, i })))('$name', ({ files, i }) => {
    const pip = judged[i] as Judgement
    const ours = askOurs(filesOf(files))
    if (isOfSomePips(pip)) expect(ours).not.toHaveProperty('refused')
    else if ('refused' in pip) expect(ours).toEqual({ refused: expect.any(String) })
    else expect(once(ours)).toEqual(once(pip))
  })

  // pip 23.2 takes its mark for that of UTF-16; pip 26.3 reads a==1 and b.
  test('may be UTF-32 with a mark', () => {
    expect(askOurs({ 'requirements.txt': utf32('a==1\nb\n') })).toHaveLength(2)
  })

  test('have extras in the egg of a repository, which pip freeze of old wrote', () => {
    expect(askOurs({ 'requirements.txt': '-e git+https://git.example/x.git@v1#egg=Na_me[fast]&subdirectory=py\n' })).toEqual([
      expect.stringContaining('{"name":"na-me","extras":["fast"],"specifier":"","marker":"","place":"git+https://git.example/x.git@v1|py"'),
    ])
  })

  test.each([
    {
      line: '-c https://index.example/c.txt',
      cause: 'requirements.txt:1: --constraint https://index.example/c.txt is an address, which is not read',
    },
    { line: '-r file:///x/y.txt', cause: 'requirements.txt:1: --requirement file:///x/y.txt is an address, which is not read' },
    { line: 'a @ https://${TOKEN}@files.example/a.zip', cause: 'requirements.txt:1: ${TOKEN} is not filled in here' },
    { line: 'hg+https://hg.example/x#egg=x', cause: 'of repositories only those of git are followed' },
  ])('have what pip would follow and we do not: $line', ({ line, cause }) => {
    expect(askOurs({ 'requirements.txt': line })).toEqual({ refused: expect.stringContaining(cause) })
  })
})

/** One of the texts. */
const of = (...texts: readonly string[]) => fc.constantFrom(...texts)
const joined = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''))

const EXTRAS = of('', '', '[x]', '[a, B_c]', '[]')
const MARKER = of('', '', '', ' ; python_version >= "3.8"', ";sys_platform=='linux'", " ; (os_name == 'posix')")
const SPACED = of('', '', ' ; python_version >= "3.8"', " ; (os_name == 'posix')")
const NAME = of('flask', 'Django', 'zope.interface', 'my_pkg', 'a', 'core')
const SPECIFIER = of('', '', '==1.0', '>=1,<2', ' ~= 3.0', '!=1.*', ' (>=1)', '===1.0', ' == 1.0 , < 3', '=1.0', '==1.0.dev1')
const FOLDER = of(
  './libs/billing',
  'libs/billing',
  'libs/billing/',
  '../shared',
  './core',
  '.',
  './',
  './libs/../core',
  'libs/empty',
  'libs/none',
  './none',
  'core/',
)
const ADDRESS = of(
  'https://files.example/a-1.0.tar.gz',
  'https://files.example/b_c-1.0-py3-none-any.whl',
  'https://files.example/d.zip#sha256=00',
  'https://files.example/e.zip#egg=e&subdirectory=py',
  'git+https://git.example/x.git@v1',
  'git+https://git.example/x.git@feature/y#egg=x_y&subdirectory=p',
  'git+ssh://git@git.example/z.git#egg=z',
  'file:./libs/billing',
  'file:libs/billing#egg=billing',
)
const HASHES = of(
  '',
  '',
  '',
  ` ${HASH}`,
  ` --hash sha256:${SUM}`,
  ` \\\n    ${HASH}`,
  ` --global-option=x`,
  ' --config-settings x=y',
  ' --hash',
)
const COMMENT = of('', '', '', ' # note', '\t#x', ' #')
const OPTION = of(
  '-r one.txt',
  '-c two.txt',
  '--requirement=one.txt',
  '--pre',
  '--no-binary :all:',
  '--index-url https://index.example',
  '-x',
  '--hash=sha256:00',
  '--require-hashes',
  '-r one.txt -r two.txt',
  '--prefer',
  '--no-',
)
const EDITABLE = joined(of('-e ', '--editable=', '-e', '--editable '), fc.oneof(joined(FOLDER, EXTRAS), ADDRESS, NAME), SPACED)
const LINE = joined(
  of('', '', ' '),
  fc.oneof(
    { weight: 4, arbitrary: joined(NAME, EXTRAS, SPECIFIER, MARKER, HASHES) },
    { weight: 2, arbitrary: joined(FOLDER, EXTRAS, MARKER) },
    { weight: 2, arbitrary: joined(ADDRESS, SPACED, HASHES) },
    { weight: 2, arbitrary: joined(NAME, EXTRAS, of(' @ ', '@', ' @'), ADDRESS, MARKER, HASHES) },
    { weight: 2, arbitrary: EDITABLE },
    { weight: 1, arbitrary: OPTION },
    { weight: 1, arbitrary: joined(NAME, of(' ', '\t'), OPTION) },
  ),
  COMMENT,
)
const FILE = fc.tuple(fc.array(LINE, { minLength: 1, maxLength: 3 }), of('\n', '\r\n', '\r', '\n\n')).map(([lines, end]) => lines.join(end))

test('500 generated requirements files require what pip says of them', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
  const cases = fc.sample(fc.record({ 'requirements.txt': FILE, 'one.txt': FILE, 'two.txt': of('a<2', 'flask==1 # x') }), {
    numRuns: 500,
    seed,
  })
  const judged = await askPip(cases)
  const differ = cases.flatMap((files, i) => {
    const pip = judged[i] as Judgement
    const ours = askOurs(files)
    if (isOfSomePips(pip)) return []
    const same = 'refused' in pip ? 'refused' in ours : JSON.stringify(once(ours)) === JSON.stringify(once(pip))
    return same ? [] : [{ files, pip, ours }]
  })
  const accepted = judged.filter((one) => !('refused' in one)).length
  expect({ seed, differ: differ.slice(0, 5) }).toEqual({ seed, differ: [] })
  expect(accepted).toBeGreaterThan(150)
})
