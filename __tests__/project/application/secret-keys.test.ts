import { describe, expect, test } from '@jest/globals'
import { keyVariables } from '../../../src/project/application/secret-keys.ts'

describe('the variables of a key', () => {
  test.each([
    { name: 'os.environ', text: 'SECRET_KEY = os.environ["SHOP_KEY"]', found: ['SHOP_KEY'] },
    { name: 'os.environ.get with a default', text: "SECRET_KEY = os.environ.get('APP_SECRET', 'dev')", found: ['APP_SECRET'] },
    { name: 'a call of several lines', text: 'SECRET_KEY = os.getenv(\n    "APP_SECRET",\n    "x",\n)', found: ['APP_SECRET'] },
    { name: 'django-environ', text: 'SECRET_KEY: str = env.str("SITE_SECRET")', found: ['SITE_SECRET'] },
    { name: 'decouple', text: "SECRET_KEY = config('MY_TOKEN')", found: ['MY_TOKEN'] },
    { name: 'Flask', text: 'app.secret_key = os.environ["FLASK_KEY"]', found: ['FLASK_KEY'] },
    { name: "Flask's configuration", text: 'app.config["SECRET_KEY"] = os.environ["FLASK_SALT"]', found: ['FLASK_SALT'] },
    { name: 'a mapping', text: 'app.config.from_mapping(SECRET_KEY=os.environ["WEB_SECRET"])', found: ['WEB_SECRET'] },
    { name: 'its usual names', text: 'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]', found: [] },
    { name: 'none, where it is a literal', text: 'SECRET_KEY = "django-insecure-KEY"\nOTHER = os.environ["OTHER_KEY"]', found: [] },
    { name: 'none, where it is a file', text: 'SECRET_KEY = read(os.environ["KEY_FILE"])', found: [] },
    { name: 'none, where a comment says it', text: 'SECRET_KEY = "x"  # or os.environ["SHOP_KEY"]', found: [] },
    { name: 'none, where it is another setting', text: 'MY_SECRET_KEY_URL = os.environ["A_KEY"]', found: [] },
  ])('$name', ({ text, found }) => {
    expect(keyVariables([text])).toEqual(['SECRET_KEY', 'DJANGO_SECRET_KEY', ...found])
  })

  test('of several modules are named once', () => {
    expect(keyVariables(['SECRET_KEY = env("B_KEY")', 'SECRET_KEY = env("A_KEY")', 'SECRET_KEY = env("B_KEY")'])).toEqual([
      'SECRET_KEY',
      'DJANGO_SECRET_KEY',
      'A_KEY',
      'B_KEY',
    ])
  })
})
