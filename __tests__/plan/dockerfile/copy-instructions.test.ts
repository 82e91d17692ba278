import { describe, expect, test } from '@jest/globals'
import { isCopied } from '../../../src/plan/dockerfile/copy-instructions.ts'

const PARENT = ['CMD ["python3"]', '/bin/sh -c #(nop) ADD file:1 in /']
const OWN = ['CMD ["gunicorn"]', 'USER 10001:10001', 'COPY /srv/app/ / # buildkit', 'WORKDIR /app', 'ENV VIRTUAL_ENV=/appenv']

describe('an image is one of copies', () => {
  test.each<{ name: string; history: readonly string[]; parent?: readonly string[]; copied: boolean }>([
    { name: 'where it is copies above its parent', history: [...OWN, ...PARENT], copied: true },
    {
      name: 'whatever its parent is made of',
      history: [...OWN, 'RUN apt-get update', ...PARENT],
      parent: ['RUN apt-get update', ...PARENT],
      copied: true,
    },
    { name: 'on a parent without a history', history: OWN, parent: [], copied: true },
    { name: 'not where a command made a layer', history: [...OWN, 'RUN rm /secret # buildkit', ...PARENT], copied: false },
    { name: 'not where an older builder ran one', history: ['/bin/sh -c rm /secret', ...OWN, ...PARENT], copied: false },
    { name: 'not where something was added', history: ['ADD x.tar / # buildkit', ...OWN, ...PARENT], copied: false },
    { name: 'not where its parent is another one', history: [...OWN, ...PARENT], parent: ['CMD ["bash"]', PARENT[1] ?? ''], copied: false },
    { name: 'not where it is its parent', history: PARENT, copied: false },
    { name: 'not where it is less than its parent', history: PARENT.slice(1), copied: false },
    { name: 'not where a step says nothing', history: ['', ...OWN, ...PARENT], copied: false },
  ])('$name', ({ history, parent = PARENT, copied }) => {
    expect(isCopied(history, parent)).toBe(copied)
  })
})
