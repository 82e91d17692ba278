import { describe, expect, test } from '@jest/globals'
import { ignoredBy } from '../../../src/project/layout/ignored-files.ts'

const FILES = ['start.sh', 'bin/start.sh', 'docs/a.md', 'docs/api/b.md', 'README.md']

describe('a .dockerignore', () => {
  // The examples of Docker's page.
  test.each([
    { text: 'start.sh', out: ['start.sh'] },
    { text: '/bin/', out: ['bin/start.sh'] },
    { text: '*.sh\n# docs', out: ['start.sh'] },
    { text: '**/*.sh', out: ['start.sh', 'bin/start.sh'] },
    { text: '*/*.md', out: ['docs/a.md'] },
    { text: 'docs/**\n!docs/a.md', out: ['docs/api/b.md'] },
    { text: '!start.sh\n*.sh', out: ['start.sh'] },
    { text: '*\n! README.md', out: ['start.sh', 'bin/start.sh', 'docs/a.md', 'docs/api/b.md'] },
    { text: '\uFEFF./docs/api\r\n', out: ['docs/api/b.md'] },
    { text: 'README.??\n\n.\n', out: ['README.md'] },
    { text: '', out: [] },
  ])('$text', ({ text, out }) => {
    expect(ignoredBy(text, FILES)).toEqual(out)
  })
})
