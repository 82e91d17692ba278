/** A small Django site that keeps notes in the database that DATABASE_URL names and counts in the cache of REDIS_URL. */
export const NOTES: Readonly<Record<string, string>> = {
  'pyproject.toml': `[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "notes-site"
version = "1.0"
requires-python = ">=3.11"
dependencies = ["django>=5.2,<5.3", "psycopg[binary]>=3.2", "redis>=5"]
[project.scripts]
notes-admin = "notes.cli:main"
[project.optional-dependencies]
test = ["pytest>=8", "pytest-django>=4.9"]
[tool.setuptools]
packages = ["notes", "notes.settings", "notes.migrations"]
[tool.setuptools.package-data]
notes = ["static/**", "templates/**"]
`,
  'notes/__init__.py': '',
  'notes/cli.py': `import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notes.settings.release")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`,
  'notes/settings/__init__.py': '',
  'notes/settings/release.py': `import os
from urllib.parse import urlsplit

SECRET_KEY = "only-for-tests"
INSTALLED_APPS = ["django.contrib.staticfiles", "notes"]
ROOT_URLCONF = "notes.urls"
ALLOWED_HOSTS = ["*"]
STATIC_URL = "static/"
STATIC_ROOT = "/var/www/static"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
url = urlsplit(os.environ.get("DATABASE_URL", ""))
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/tmp/notes.sqlite3"}}
if url.scheme:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path[1:],
            "USER": url.username,
            "PASSWORD": url.password,
            "HOST": url.hostname,
            "PORT": url.port or 5432,
        }
    }
if os.environ.get("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
`,
  'notes/settings/test.py': `from .release import *

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
TESTING = True
`,
  'notes/models.py': `from django.db import models


class Note(models.Model):
    text = models.TextField()
`,
  'notes/migrations/__init__.py': '',
  'notes/migrations/0001_initial.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "Note",
            [("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("text", models.TextField())],
        )
    ]
`,
  'notes/urls.py': `from django.shortcuts import render
from django.urls import path

urlpatterns = [path("", lambda request: render(request, "notes/index.html"))]
`,
  'notes/templates/notes/index.html': '<p>Written on paper</p>\n',
  'notes/static/notes/style.css': 'p { color: green }\n',
}
