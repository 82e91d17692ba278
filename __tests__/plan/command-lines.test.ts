import { expect, test } from '@jest/globals'
import { linesCommand, manageCommand, shellLine } from '../../src/plan/command-lines.ts'

test('lines share one command, each with its limit in seconds', () => {
  const commands = [
    { kind: 'manage', line: 'x', shell: 'python x', limit: 600 },
    { kind: 'test-command', line: 'pytest', shell: 'pytest', limit: 3600 },
  ] as const
  expect(linesCommand('code', 'mark', commands)).toEqual(['sh', '-c', 'code', 'lines', 'mark', '600', 'python x', '3600', 'pytest'])
})

test('words become a line that a shell reads as these words', () => {
  expect(shellLine(['a', '', 'b c', "it's", '$X\n'])).toBe(`a '' 'b c' 'it'\\''s' '$X\n'`)
})

test('words of manage follow the finder and the project, as they are', () => {
  expect(manageCommand('code', 'shop', ['--help', '', 'a b'])).toEqual(['python', '-c', 'code', 'shop', '--help', '', 'a b'])
})
