import { describe, expect, test } from '@jest/globals'
import { imagesOf, mentions } from '../../../src/plan/dockerfile/custom-dockerfile.ts'
import { readInstructions } from '../../../src/project/dockerfile/instructions.ts'

const keywords = (text: string) => readInstructions(text).map(({ keyword, rest }) => `${keyword} ${rest}`)

describe('a heredoc is no instruction', () => {
  test.each([
    { name: 'of a RUN', lines: ['RUN <<EOF', 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'in quotes', lines: [`RUN <<'EOF' cat`, 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'whose end has a blank', lines: ['RUN cat <<"E O F"', 'FROM evil', 'E O F'], heredocs: ['FROM evil'] },
    { name: 'with a file descriptor', lines: ['RUN 3<<EOF cat /dev/fd/3', 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'with tabs that go', lines: ['RUN <<-EOF', '\tFROM evil', '\tEOF'], heredocs: ['FROM evil'] },
    { name: 'whose end is in a column of its own', lines: ['RUN <<EOF', ' EOF', 'FROM evil', 'EOF'], heredocs: [' EOF\nFROM evil'] },
    { name: 'of two files', lines: ['COPY <<A <<B /to/', 'FROM evil', 'A', 'FROM worse', 'B'], heredocs: ['FROM evil', 'FROM worse'] },
    { name: 'of an ADD', lines: ['ADD <<EOF /x', 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'of an ONBUILD', lines: ['ONBUILD RUN <<EOF', 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'after flags', lines: ['RUN --network=none <<EOF', 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'of a line that goes on', lines: ['RUN cat <<EOF && \\', '  echo x', 'FROM evil', 'EOF'], heredocs: ['FROM evil'] },
    { name: 'that nobody ends', lines: ['RUN <<EOF', 'FROM evil', ''], heredocs: ['FROM evil\n'] },
    { name: 'that holds what would go on', lines: ['RUN <<EOF', 'a \\', '# b', 'EOF'], heredocs: ['a \\\n# b'] },
  ])('$name', ({ lines, heredocs }) => {
    const read = readInstructions(['FROM a', ...lines].join('\n'))
    expect(read.map(({ keyword }) => keyword)).toEqual(['FROM', expect.stringMatching(/^(RUN|COPY|ADD|ONBUILD)$/)])
    expect(read[1]?.heredocs).toEqual(heredocs)
    expect(imagesOf(['FROM a', ...lines].join('\n'), {})).toEqual(['a'])
  })

  test.each([
    { name: 'a string of a shell', line: 'RUN cat <<< x' },
    { name: 'a shift', line: 'RUN echo $((1<<2))' },
    { name: 'quoted words', line: 'RUN echo "a <<EOF b"' },
    { name: 'a list in JSON', line: 'RUN ["cat", "<<EOF"]' },
    { name: 'an open quote', line: 'RUN echo "<<EOF' },
    { name: 'another instruction', line: 'ENV X <<EOF' },
    { name: 'no name', line: 'RUN cat <<' },
  ])('$name is none', ({ line }) => {
    expect(imagesOf(`FROM a\n${line}\nFROM b\n`, {})).toEqual(['a', 'b'])
  })

  test('and an argument that it names is given: the shell sees it', () => {
    expect(mentions('FROM a\nARG X\nRUN <<EOF\npip install $PACKAGE\nEOF\n', 'PACKAGE')).toBe(true)
  })
})

describe('an instruction', () => {
  test.each([
    { name: 'goes on after a backslash, comments and gaps between', text: 'RUN a \\\n# no\n\n  b\nFROM x', read: ['RUN a    b', 'FROM x'] },
    {
      name: 'goes on after another sign, where the file says so',
      text: '# syntax=x\n# escape=`\nRUN c:\\ `\n b\nFROM x',
      read: ['RUN c:\\   b', 'FROM x'],
    },
    { name: 'has its sign at the top alone', text: 'FROM x\n# escape=`\nRUN a \\\n b', read: ['FROM x', 'RUN a   b'] },
    { name: 'is read without the marks of Windows', text: '\uFEFFFROM a\r\nRUN b \\\r\n c\r\n', read: ['FROM a', 'RUN b   c'] },
    { name: 'may be of no words', text: 'FROM\n', read: ['FROM '] },
  ])('$name', ({ text, read }) => {
    expect(keywords(text)).toEqual(read)
  })

  test('has its flags before all else', () => {
    const [run] = readInstructions('RUN --mount=type=bind,from=x --network=none docker run --mount=from=evil y')
    expect([run?.flags, run?.rest]).toEqual([['--mount=type=bind,from=x', '--network=none'], 'docker run --mount=from=evil y'])
    expect(imagesOf('FROM a\nRUN docker run --mount=from=evil y\nRUN cp --from=evil x\nCOPY x --from=evil\n', {})).toEqual(['a'])
  })
})
