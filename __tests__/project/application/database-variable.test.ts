import { expect, test } from '@jest/globals'
import { databaseVariable } from '../../../src/project/application/database-variable.ts'

test.each([
  { text: '"NAME": os.environ.get("DB_NAME", BASE_DIR / "db.sqlite3"),', is: { name: 'DB_NAME', form: 'path' } },
  { text: "'NAME': os.environ['DATABASE'],", is: { name: 'DATABASE', form: 'path' } },
  { text: '"NAME": env(\n    "DB_NAME",\n    default=os.path.join(BASE_DIR, "x.sqlite3"))', is: { name: 'DB_NAME', form: 'path' } },
  { text: '"default": env.db(),\n"NAME": config("DB_FILE", default="x")', is: { name: 'DB_FILE', form: 'path' } },
  { text: 'DATABASES = {"default": env.db()}', is: { name: 'DATABASE_URL', form: 'address' } },
  { text: 'DATABASES = {"default": env.db("SHOP_DB", default="sqlite:///x")}', is: { name: 'SHOP_DB', form: 'address' } },
  { text: 'DATABASES = {"default": dj_database_url.config(conn_max_age=600)}', is: { name: 'DATABASE_URL', form: 'address' } },
  { text: 'DATABASES = {"default": dj_database_url.config(env="DB")}', is: { name: 'DB', form: 'address' } },
  { text: 'dj_database_url.parse(os.getenv("MAIN_DB", "sqlite:///x"))', is: { name: 'MAIN_DB', form: 'address' } },
  {
    text: '"NAME": env("DB"),\nX = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]',
    is: { name: 'DB', form: 'path' },
  },
  { text: 'if HEROKU:\n  D = dj_database_url.config()\nelse:\n  D = {"NAME": BASE_DIR / "db.sqlite3"}', is: undefined },
  { text: 'if PRODUCTION:\n  D = {"NAME": os.environ["PGNAME"]}\nelse:\n  D = {"NAME": BASE_DIR / "db.sqlite3"}', is: undefined },
  { text: '# "NAME": os.environ["DB_NAME"]', is: undefined },
  { text: '"NAME": BASE_DIR / "db.sqlite3"', is: undefined },
])('settings that say $text', ({ text, is }) => {
  expect(databaseVariable([text])).toEqual(is)
})
