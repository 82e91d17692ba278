import { describe, expect, test } from '@jest/globals'
import { failed, passed, undone } from '../../../src/judge/checks/check.ts'
import { cameFurther, type LentKeys, mayLackKey, withLentKeys } from '../../../src/judge/checks/lent-keys.ts'
import type { Started } from '../../../src/judge/checks/start-checks.ts'

const ended = (lastLine: string, code = 1): Started => ({ kind: 'ended', code, lastLine })
const answer = (status: number | 'other' | null, lastLine = ''): Started => ({
  kind: 'listening',
  port: 8000,
  wanted: 8000,
  loopback: undefined,
  socket: undefined,
  status,
  lastLine,
  stopped: 0.1,
  waited: 3,
})
const CUSTOM = ['SECRET_KEY', 'DJANGO_SECRET_KEY']
const KEYS: LentKeys = { names: CUSTOM, read: [], required: [] }
const STARTS = passed('start', 'the start command starts')
const IMPORTS = passed('imports', 'shop can be imported')

describe('a start that needs a key', () => {
  test.each<{ name: string; keys?: Partial<LentKeys>; without: Started; needs: readonly string[]; says: string }>([
    {
      name: 'names the variable of its last words',
      keys: { names: [...CUSTOM, 'A_KEY'], read: ['A_KEY', 'SECRET_KEY'] },
      without: ended("KeyError: 'A_KEY'"),
      needs: ['A_KEY'],
      says: "given A_KEY (without: KeyError: 'A_KEY')",
    },
    {
      name: 'names the variable that its code reads, where the words name the setting',
      keys: { names: [...CUSTOM, 'SHOP_KEY'], read: ['SHOP_KEY'] },
      without: ended('ImproperlyConfigured: The SECRET_KEY setting must not be empty.'),
      needs: ['SHOP_KEY'],
      says: 'given SHOP_KEY (without: ImproperlyConfigured: The SECRET_KEY setting must not be empty.)',
    },
    {
      name: 'names what its words do, where its code is not seen to read one',
      without: ended('SECRET_KEY not found. Declare it as envvar'),
      needs: ['SECRET_KEY'],
      says: 'given SECRET_KEY (without: SECRET_KEY not found. Declare it as envvar)',
    },
    {
      name: 'names the variable of a field that pydantic misses',
      without: ended('ValidationError: 1 validation error for Settings: secret_key: Field required'),
      needs: ['SECRET_KEY'],
      says: 'given SECRET_KEY (without: ValidationError: 1 validation error for Settings: secret_key: Field required)',
    },
    {
      name: 'names all where nothing tells which',
      without: answer(500),
      needs: CUSTOM,
      says: 'given SECRET_KEY, DJANGO_SECRET_KEY (without: it answers with an error)',
    },
    {
      name: 'tells that there was no answer, as on a busy machine',
      without: answer(null),
      needs: CUSTOM,
      says: 'given SECRET_KEY, DJANGO_SECRET_KEY (without: it did not answer)',
    },
    {
      name: 'tells its code where it said nothing',
      without: ended('', 3),
      needs: CUSTOM,
      says: 'given SECRET_KEY, DJANGO_SECRET_KEY (without: it ends with code 3)',
    },
  ])('$name', ({ keys, without, needs, says }) => {
    expect(withLentKeys([IMPORTS, STARTS], { ...KEYS, ...keys }, without)).toEqual([
      IMPORTS,
      { ...STARTS, text: `the start command starts, ${says}`, needs },
    ])
  })

  test('is no news of a start that fails for another reason', () => {
    const start = failed('start', 'GET / answers 500', 'Look.')
    expect(withLentKeys([start], KEYS, ended("KeyError: 'SECRET_KEY'"))).toEqual([{ ...start, needs: ['SECRET_KEY'] }])
  })

  test('is not told of one that starts without', () => {
    const keys = { names: CUSTOM, read: ['SECRET_KEY'], required: ['SECRET_KEY'] }
    expect(withLentKeys([IMPORTS, STARTS], keys)).toEqual([IMPORTS, STARTS])
  })

  test('is told of the import, where nothing is started', () => {
    const start = undone('start', 'start command', 'the image has none')
    const keys = { names: CUSTOM, read: ['SECRET_KEY'], required: ['SECRET_KEY'] }
    const broken = failed('scripts', 'no such thing', '')
    expect(withLentKeys([IMPORTS, broken, start], keys)).toEqual([
      passed('imports', 'shop can be imported, given SECRET_KEY'),
      broken,
      start,
    ])
    expect(withLentKeys([IMPORTS, start], KEYS)).toEqual([IMPORTS, start])
  })
})

describe('a start comes further with a key', () => {
  test.each<{ name: string; bare: Started; started: Started; is: boolean }>([
    { name: 'where it answers well', bare: answer(500), started: answer(200), is: true },
    { name: 'where it listens, with a failure of another kind', bare: ended("KeyError: 'SECRET_KEY'", 3), started: answer(500), is: true },
    { name: 'where it ends at the next setting', bare: ended("KeyError: 'SECRET_KEY'"), started: ended("KeyError: 'MAIL'"), is: true },
    { name: 'not where it ends as before', bare: ended("KeyError: 'MAIL'"), started: ended("KeyError: 'MAIL'"), is: false },
    { name: 'not where it fails as before', bare: answer(500), started: answer(500), is: false },
    { name: 'not where words alone differ', bare: ended('no database at 0x1'), started: ended('no database at 0x2'), is: false },
  ])('$name', ({ bare, started, is }) => {
    expect(cameFurther(bare, started, KEYS)).toBe(is)
  })
})

describe('what a missing key may be the reason of', () => {
  test.each<{ name: string; started: Started | undefined; is: boolean }>([
    { name: 'an end with a failure', started: ended('KeyError'), is: true },
    { name: 'an answer 500', started: answer(500), is: true },
    { name: 'no answer, as of a server whose workers die', started: answer(null), is: true },
    { name: 'no good end', started: ended('', 0), is: false },
    { name: 'no help text', started: { kind: 'ended', code: 2, lastLine: 'usage: shop', usage: true }, is: false },
    { name: 'no answer 404', started: answer(404), is: false },
    { name: 'no port of another protocol', started: answer('other'), is: false },
    { name: 'no image without a start', started: undefined, is: false },
    { name: 'nothing that was not seen', started: { kind: 'unseen', why: 'busy' }, is: false },
  ])('$name', ({ started, is }) => {
    expect(mayLackKey(started)).toBe(is)
  })
})
