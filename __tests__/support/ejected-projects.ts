/** A package with metadata of its own, as a build backend makes it. */
function packaged(
  name: string,
  backend: string,
  requires: string,
  more: Readonly<Record<string, string>> = {},
  dependencies = '"click==8.1.8"',
) {
  return {
    'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0"\ndescription = "A package"\ndependencies = [${dependencies}]\n[project.scripts]\n${name} = "${name}:main"\n[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n`,
    [`${name}/__init__.py`]: `"""The package ${name}."""\nimport click\n\n\ndef main():\n    print("${name}")\n`,
    ...more,
  }
}

const SETUP_C = `from setuptools import Extension, setup
setup(name="counted", version="1.0", packages=["counted"], ext_modules=[Extension("counted.fast", ["counted/fast.c"])],
      entry_points={"console_scripts": ["counted=counted:main"]})
`
const FAST_C = `#include <Python.h>
static PyObject *one(PyObject *self, PyObject *args) { return PyLong_FromLong(1); }
static PyMethodDef methods[] = {{"one", one, METH_NOARGS, ""}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "fast", "", -1, methods};
PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }
`
const SETTINGS = `import os
SECRET_KEY = os.environ["SECRET_KEY"]
ROOT_URLCONF = "site_one.urls"
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATIC_URL, STATIC_ROOT, STATICFILES_DIRS = "/static/", "/var/www/static", ["assets"]
WSGI_APPLICATION = "site_one.wsgi.application"
`
const MANAGE =
  'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_one.settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n'

/** A tool by hatchling, as examples/hello-cli is one. */
export const HATCHED = packaged('hatched', 'hatchling.build', 'hatchling')

/** Small projects of the kinds that there are, by their names: files, and the settings of their releases. */
export const EJECTED: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly flags?: readonly string[] }>> = {
  'a tool by flit': { files: packaged('flitted', 'flit_core.buildapi', 'flit_core>=3.9') },
  'a tool by poetry-core': { files: packaged('poetic', 'poetry.core.masonry.api', 'poetry-core>=2') },
  'a tool by pdm-backend': { files: packaged('pdmed', 'pdm.backend', 'pdm-backend') },
  'an extension in C': {
    files: {
      'setup.py': SETUP_C,
      'counted/__init__.py': 'from counted.fast import one\n\ndef main():\n    print(one())\n',
      'counted/fast.c': FAST_C,
    },
  },
  'a package whose dependency is an sdist alone': {
    files: packaged('worded', 'setuptools.build_meta', 'setuptools', {}, '"click==8.1.8", "docopt==0.6.2"'),
  },
  'an application of FastAPI without a wheel': {
    files: {
      'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
      'pyproject.toml': '[project]\nname = "api"\nversion = "0.1"\ndependencies = ["fastapi", "uvicorn"]\n',
    },
    flags: ['--healthcheck', 'tcp'],
  },
  'Flask by requirements, with files that stay out': {
    files: {
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
      'requirements.txt': 'flask\ngunicorn\n',
      '.dockerignore': '*.log\nnotes\n!notes/kept.txt\n',
      'debug.log': 'x\n',
      'notes/left.txt': 'x\n',
      'notes/kept.txt': 'x\n',
      '.env': 'SECRET=1\n',
      '.env.example': 'SECRET=\n',
      'local.sqlite3': '',
      'data/.gitkeep': '',
      'run.sh': '#!/bin/sh\n',
    },
    flags: ['--image-env', 'GREETING=it costs $5 and "more"', '--writable', '/var/spool/mail-out', '--user', '1234'],
  },
  'a Django site with collected files': {
    files: {
      'requirements.txt': 'django==5.2.*\ngunicorn\n',
      'manage.py': MANAGE,
      'site_one/__init__.py': '',
      'site_one/settings.py': SETTINGS,
      'site_one/urls.py': 'urlpatterns = []\n',
      'site_one/wsgi.py': 'from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n',
      'assets/site.css': 'body {}\n',
    },
  },
  'a wheel with data, byte code for all of it': {
    files: packaged('boxed', 'setuptools.build_meta', 'setuptools', {
      'boxed/words.txt': 'one\n',
      'boxed/unused.py': 'UNUSED = 1\n',
      'setup.cfg': '[options.package_data]\nboxed = *.txt\n',
    }),
    flags: ['--bytecode', 'all', '--labels', 'team=ours'],
  },
}
