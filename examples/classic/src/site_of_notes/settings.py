"""Settings of the site; what differs between environments comes from variables."""

import os

from django.core.management.utils import get_random_secret_key

SECRET_KEY = os.environ.get("SECRET_KEY") or get_random_secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
INSTALLED_APPS = ["notes", "django.contrib.staticfiles"]
ROOT_URLCONF = "site_of_notes.urls"
WSGI_APPLICATION = "site_of_notes.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = "/var/www/notes"
