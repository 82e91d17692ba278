import fc from 'fast-check'

/** Texts that want to be read as a runner's command, or to take a terminal over. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'a command': '::add-mask::a',
  'a command after blanks': ' \t\u00a0\u3000\u2028::save-state name=run::x',
  'a command in capitals': '::SET-OUTPUT name=imageid::evil',
  'a command after text and a newline': 'wheel\n::set-output name=imageid::evil',
  'a command after a carriage return': 'wheel\r::stop-commands::t',
  'a command after both': 'wheel\r\n::error file=setup.py,line=1::no',
  'a command after other line ends': 'a\v::warning::b\f::warning::c\u0085::warning::d\u2028::warning::e\u2029::warning::f',
  'a command behind characters without a width': '\u200b\ufeff::notice::a\n\u200d:\u2060:notice::a',
  'a command behind a colour': '\u001b[31m::notice::a\n\u001b]0;title\u0007::notice::a',
  'a command that removing a character would make': ':\u0000:notice::a\n#\u200b#\u0000[error]a',
  'an old command': 'x ##[add-mask]a',
  'an old command with weightless letters': '#\u034f#\ufe0f[error]a ##\u0488[error]a ###[error]a',
  'a stop of commands': '::stop-commands::pause\n::pause::',
  'an escaped newline': 'wheel%0A::error::a%0D%0A::add-mask::a',
  'an escaped escape': 'wheel%250A::error::a',
  'the end of a command and another': '::error title=a::b::error::c',
  'half a character': '\ud800::notice::a\udc00',
}

const PIECES = [
  ...[
    '::',
    ':',
    '##[',
    '#',
    '[',
    ']',
    ' ',
    '\t',
    '\n',
    '\r',
    '\v',
    '\u0085',
    '\u2028',
    '\u200b',
    '\u001b[2J',
    '\u009b',
    '\u0000',
    '%0A',
    '%',
    ',',
  ],
  ...['error', 'warning', 'stop-commands', 'add-mask', 'save-state', 'set-output', 'group', ' name=a', 'ü', 'x'],
]

/** Generated texts of that kind. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 3 })), { maxLength: 12 })
  .map((pieces) => pieces.join(''))
