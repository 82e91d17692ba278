import { describe, expect, test } from '@jest/globals'
import { settingsRead } from '../../../src/project/application/settings-read.ts'

describe('variables that settings read without a default', () => {
  test.each([
    { name: 'os.environ', text: 'KEY = os.environ["SHOP_KEY"]', found: ['SHOP_KEY'] },
    { name: 'environ alone', text: "from os import environ\nURL = environ['SHOP_URL']", found: ['SHOP_URL'] },
    {
      name: 'django-environ and environs',
      text: 'A = env("A_KEY")\nB = env.int("B_PORT")\nC = env.list(\n    "C_HOSTS",\n)',
      found: ['A_KEY', 'B_PORT', 'C_HOSTS'],
    },
    { name: 'decouple', text: "A = config('A_KEY')\nB = config('B_DEBUG', cast=bool)", found: ['A_KEY', 'B_DEBUG'] },
    { name: 'each once, in their order', text: 'x = env("B_KEY")\ny = os.environ["A_KEY"]\nz = env("B_KEY")', found: ['B_KEY', 'A_KEY'] },
    {
      name: 'none with a default',
      text: 'A = env("A_KEY", default="")\nB = config("B_KEY", default=1, cast=int)\nC = os.environ.get("C_KEY")\nD = env.str("D_KEY", "x")',
      found: [],
    },
    {
      name: "none that Env's own scheme gives a default",
      text: 'env = environ.Env(\n    DEBUG=(bool, False),\n    HOSTS=(list, []),\n)\nA = env("DEBUG")\nB = env("HOSTS")\nC = env("OTHER")',
      found: ['OTHER'],
    },
    {
      name: 'none that it sets itself',
      text: 'os.environ["TZ"] = "UTC"\nos.environ.setdefault("LANG_CODE", "en")\nA = os.environ["TZ"] + os.environ["LANG_CODE"]',
      found: [],
    },
    { name: 'none of a comment', text: '# os.environ["OLD_KEY"]\nA = 1  # env("OTHER_KEY")', found: [] },
    { name: 'a comparison, which reads', text: 'A = os.environ["MODE"] == "production"', found: ['MODE'] },
  ])('$name', ({ text, found }) => {
    expect(settingsRead([text]).required).toEqual(found)
  })
})

describe('variables that may be unset, and are None then', () => {
  test.each([
    { name: 'getenv', text: 'A = os.getenv("A_URL")\nB = getenv(\'B_URL\', None)', found: ['A_URL', 'B_URL'] },
    { name: 'environ.get', text: 'A = os.environ.get("A_URL")\nB = environ.get(\n    "B_URL",\n)', found: ['A_URL', 'B_URL'] },
    { name: 'none with a default', text: 'A = os.getenv("A_URL", "x")\nB = os.environ.get("B_URL") or "y"', found: [] },
    { name: 'none that must be there', text: 'A = os.environ["A_URL"]', found: [] },
  ])('$name', ({ text, found }) => {
    expect(settingsRead([text]).optional).toEqual(found)
  })
})
