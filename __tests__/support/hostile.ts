import fc from 'fast-check'

/** A word that no program of ours says by itself: whoever obeys a hostile text shows it. */
export const MARK = 'pwned-7431'

/** What a value may bring with it. */
export type Kind = (typeof KINDS)[number]

export const KINDS = [
  'shell',
  'option',
  'command',
  'control',
  'NUL',
  'long',
  'line',
  'emoji',
  'surrogate',
  'direction',
  'path',
  'markup',
] as const

export interface Hostile {
  readonly kind: Kind
  readonly text: string
}

/** Characters of a value that is as large as a user could give. */
const LARGE = 200_000

const ENDS = ['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '%0A']
const COMMANDS = [
  `::error::${MARK}`,
  `::set-output name=${MARK}::x`,
  `::add-mask::${MARK}`,
  `::save-state name=${MARK}::x`,
  `::stop-commands::${MARK}`,
  `::set-env name=${MARK}::x`,
  `::add-path::/${MARK}`,
  `  ::warning file=a.py,line=1::${MARK}`,
  `##[error]${MARK}`,
  `##[set-output name=${MARK};]x`,
  `x ##[add-mask]${MARK}`,
]

const one = (...texts: readonly string[]) => fc.constantFrom(...texts)

const PIECES: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  shell: one(
    `$(touch ${MARK})`,
    `\`touch ${MARK}\``,
    `; touch ${MARK} #`,
    `&& touch ${MARK}`,
    `| tee ${MARK}`,
    `' "; touch ${MARK}; '"`,
    `\${IFS}>${MARK}`,
    `\\`,
    '*?[a]',
    '!!',
  ),
  option: one(
    '--privileged',
    '-v/:/h',
    '--volume=/:/h',
    '--network=host',
    '--build-arg=A=B',
    '--output=type=local,dest=/',
    '-',
    '--',
    '--upload-pack=x',
  ),
  command: fc.tuple(one(...ENDS), one(...COMMANDS), one('', ...ENDS)).map((parts) => parts.join('')),
  control: one('\u0001', '\u0007', '\b', '\u001b[2J', '\u001b]0;x\u0007', '\u007f', '\u009b2J', '\ufeff', '\r'),
  NUL: one('\0', 'a\0b', '\0\0'),
  long: one('a', 'é', '0', 'a.', 'a-', ' ', '\t', '=', '{{', '(', '[', '/', '"').map((unit) => unit.repeat(LARGE / unit.length)),
  line: one('\n', '\r\n', 'a\n', 'a=b\n', '- a\n', ',', 'a,').map((unit) => unit.repeat(Math.ceil(20_000 / unit.length))),
  emoji: one('🐍', '👩‍👩‍👧‍👦', '🏳️‍🌈', 'e\u0301'.repeat(9), '\u{10ffff}', 'ﬃ', 'İ', 'ſ', '１'),
  surrogate: one('\ud800', '\udfff', 'a\ud83d', '\udc0d\ud83d'),
  direction: one('\u202e', '\u202dabc\u202c', '\u2066x\u2069', '\u200b', '\u200f'),
  path: one(
    '../',
    '../../etc/passwd',
    '/etc/passwd',
    '/proc/self/environ',
    './..',
    'a/../..',
    '..\\',
    '~/.netrc',
    '//x',
    '.git/config',
    'file:///etc/passwd',
  ),
  markup: one(
    '<script>x</script>',
    '|x|\n|-|',
    '```',
    '[x](javascript:1)',
    '"}, "a": {"',
    '{{version}}',
    '{{#if a}}',
    '${{ secrets.A }}',
    '%00',
    'a=b',
    '__proto__',
    'constructor',
    '[tool.x]',
    "'''",
  ),
}

/** Forms in which inputs hold values: a text that is refused as a whole says little of what is behind the door. */
const FORMS = [
  '{}',
  '{}',
  '{}',
  '{}',
  '{}',
  '{}',
  'a{}',
  '{}a',
  'a{}a',
  'A={}',
  'a\n{}',
  '{}\na',
  'a/{}',
  './{}:/a',
  'https://a.example/{}',
  'type=raw,value={}',
  '"{}"',
  '3.{}',
  '1:{}',
]

/**
 * A hostile value for an input: one piece in one form, or several in a row.
 * @param longest characters; what has more is not made
 * @param kinds all where none are named
 */
export function hostile(longest = Number.POSITIVE_INFINITY, kinds: readonly Kind[] = KINDS): fc.Arbitrary<Hostile> {
  const piece = fc.constantFrom(...kinds).chain((kind) => PIECES[kind].map((text) => ({ kind, text })))
  return fc
    .tuple(piece, fc.array(piece, { maxLength: 2 }), one(...FORMS))
    .map(([first, more, form]) => {
      const short = more.filter(({ kind }) => kind !== 'long') // one of that size is enough
      const all = [first, ...short].map(({ text }) => text).join('')
      return { kind: first.kind, text: form.split('{}').join(all) }
    })
    .filter(({ text }) => text.length <= longest)
}
