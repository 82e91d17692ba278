import { expect, test } from '@jest/globals'
import { databaseVariable } from '../../../src/project/application/database-variable.ts'

test.each([
  { text: '"NAME": os.environ.get("DB_NAME", BASE_DIR / "db.sqlite3"),', is: { name: 'DB_NAME', address: false } },
  { text: "'NAME': os.environ['DATABASE'],", is: { name: 'DATABASE', address: false } },
  { text: '"NAME": env(\n    "DB_NAME",\n    default=os.path.join(BASE_DIR, "x.sqlite3"))', is: { name: 'DB_NAME', address: false } },
  { text: '"default": env.db(),\n"NAME": config("DB_FILE", default="x")', is: { name: 'DB_FILE', address: false } },
  { text: 'DATABASES = {"default": env.db()}', is: { name: 'DATABASE_URL', address: true } },
  { text: 'DATABASES = {"default": env.db("SHOP_DB", default="sqlite:///x")}', is: { name: 'SHOP_DB', address: true } },
  { text: 'DATABASES = {"default": dj_database_url.config(conn_max_age=600)}', is: { name: 'DATABASE_URL', address: true } },
  { text: 'DATABASES = {"default": dj_database_url.config(env="DB")}', is: { name: 'DB', address: true } },
  { text: 'dj_database_url.parse(os.getenv("MAIN_DB", "sqlite:///x"))', is: { name: 'MAIN_DB', address: true } },
  {
    text: '"NAME": env("DB"),\nX = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]',
    is: { name: 'DB', address: false },
  },
  { text: 'if HEROKU:\n  D = dj_database_url.config()\nelse:\n  D = {"NAME": BASE_DIR / "db.sqlite3"}', is: undefined },
  { text: 'if PRODUCTION:\n  D = {"NAME": os.environ["PGNAME"]}\nelse:\n  D = {"NAME": BASE_DIR / "db.sqlite3"}', is: undefined },
  { text: '# "NAME": os.environ["DB_NAME"]', is: undefined },
  { text: '"NAME": BASE_DIR / "db.sqlite3"', is: undefined },
])('settings that say $text', ({ text, is }) => {
  expect(databaseVariable([text])).toEqual(is)
})
