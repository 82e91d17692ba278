import { describe, expect, test } from '@jest/globals'
import { GIVE } from '../../../src/judge/causes/import-fault.ts'
import { withLackedFiles } from '../../../src/judge/checks/agreement.ts'
import { failed } from '../../../src/judge/checks/check.ts'

describe('an import beside files that the image lacks', () => {
  const imports = (said: string, next: string) => failed('imports', `shop cannot be imported: ${said}`, { next, said })
  const content = (file: string) =>
    failed('content', `not in the image: ${file}`, { next: 'Set wheel: never.', files: ['shop/VERSION', file] })
  const ODD = "AttributeError: 'Settings' object has no attribute 'DB'"

  test('that nothing explains may want its settings', () => {
    const [check] = withLackedFiles([imports(ODD, `${GIVE} checks: warn lets it pass.`), content('shop/default.toml')])
    expect(check?.next).toBe('The image lacks shop/default.toml, which may be why. Set wheel: never.')
  })

  test.each([
    { name: 'whose cause is known', import: imports("KeyError: 'TOKEN'", GIVE), file: 'shop/default.toml' },
    { name: 'that has its own advice', import: imports(ODD, 'Correct that in the source.'), file: 'shop/default.toml' },
    { name: 'that reads no such file', import: imports(ODD, GIVE), file: 'shop/logo.png' },
  ])('$name stays as it is', ({ import: check, file }) => {
    expect(withLackedFiles([check, content(file)])[0]).toEqual(check)
  })
})
