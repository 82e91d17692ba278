"""For the test suite: everything in memory, nothing to set up."""

from .base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
