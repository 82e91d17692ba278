/** Packages whose modules have another name. @see the packages' own documents */
const PACKAGES: Readonly<Record<string, string>> = {
  adminsortable2: 'django-admin-sortable2',
  allauth: 'django-allauth',
  attr: 'attrs',
  axes: 'django-axes',
  bootstrap4: 'django-bootstrap4',
  bootstrap5: 'django-bootstrap5',
  bs4: 'beautifulsoup4',
  captcha: 'django-simple-captcha',
  ckeditor: 'django-ckeditor',
  compressor: 'django-compressor',
  constance: 'django-constance',
  corsheaders: 'django-cors-headers',
  crispy_bootstrap5: 'crispy-bootstrap5',
  crispy_forms: 'django-crispy-forms',
  Crypto: 'pycryptodome',
  csp: 'django-csp',
  cv2: 'opencv-python-headless',
  dateutil: 'python-dateutil',
  debug_toolbar: 'django-debug-toolbar',
  decouple: 'python-decouple',
  discord: 'discord.py',
  dj_database_url: 'dj-database-url',
  django_celery_beat: 'django-celery-beat',
  django_extensions: 'django-extensions',
  django_filters: 'django-filter',
  django_htmx: 'django-htmx',
  django_tables2: 'django-tables2',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  drf_spectacular: 'drf-spectacular',
  drf_yasg: 'drf-yasg',
  environ: 'django-environ',
  fitz: 'pymupdf',
  flask_cors: 'flask-cors',
  flask_login: 'flask-login',
  flask_mail: 'flask-mail',
  flask_migrate: 'flask-migrate',
  flask_sqlalchemy: 'flask-sqlalchemy',
  flask_wtf: 'flask-wtf',
  git: 'gitpython',
  guardian: 'django-guardian',
  haystack: 'django-haystack',
  health_check: 'django-health-check',
  hijack: 'django-hijack',
  import_export: 'django-import-export',
  jazzmin: 'django-jazzmin',
  jose: 'python-jose',
  jwt: 'pyjwt',
  ldap: 'python-ldap',
  magic: 'python-magic',
  markdownx: 'django-markdownx',
  mptt: 'django-mptt',
  multipart: 'python-multipart',
  MySQLdb: 'mysqlclient',
  OpenSSL: 'pyopenssl',
  phonenumber_field: 'django-phonenumber-field',
  PIL: 'pillow',
  pkg_resources: 'setuptools<82',
  polymorphic: 'django-polymorphic',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2-binary',
  rest_framework: 'djangorestframework',
  rest_framework_simplejwt: 'djangorestframework-simplejwt',
  reversion: 'django-reversion',
  serial: 'pyserial',
  simple_history: 'django-simple-history',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  social_django: 'social-auth-app-django',
  socks: 'pysocks',
  solo: 'django-solo',
  storages: 'django-storages',
  taggit: 'django-taggit',
  telegram: 'python-telegram-bot',
  tinymce: 'django-tinymce',
  treebeard: 'django-treebeard',
  two_factor: 'django-two-factor-auth',
  webpack_loader: 'django-webpack-loader',
  widget_tweaks: 'django-widget-tweaks',
  yaml: 'pyyaml',
  zmq: 'pyzmq',
}

/** Modules that well-known packages of the same name bring: any other name may be somebody's trap. */
const NAMESAKES: ReadonlySet<string> = new Set(
  `aiofiles aiohttp aiosqlite alembic amqp anyio apscheduler arrow asgiref asyncpg authlib babel bcrypt billiard bleach boto3 botocore brotli
  cachetools celery certifi cffi chardet charset_normalizer click colorama croniter cryptography daphne defusedxml django docker dramatiq
  email_validator faker fastapi feedparser filelock flask geopandas gevent graphene greenlet gunicorn h11 html5lib httptools httpx huey
  humanize hypercorn isodate itsdangerous jinja2 joblib jsonschema kombu ldap3 loguru lxml mako markdown markupsafe marshmallow matplotlib
  mistune msgpack mutagen nltk numpy oauthlib openai openpyxl orjson packaging pandas paramiko passlib peewee pendulum pexpect pika plotly
  polars prometheus_client psutil psycopg pydantic pydantic_settings pygments pymongo pymysql pyotp pyparsing pytz qrcode redis regex reportlab
  requests requests_oauthlib rich rq sanic scipy scrapy seaborn selenium sentry_sdk shapely simplejson six sqlalchemy sqlmodel sqlparse
  starlette stripe structlog sympy tabulate tenacity tiktoken toml tomli tomlkit tornado tqdm twilio typer typing_extensions tzdata tzlocal
  ujson unidecode urllib3 uvicorn validators waitress watchdog watchfiles webob websockets werkzeug whitenoise wtforms xlrd xlsxwriter xlwt
  xmltodict yarl zeep`.split(/\s+/),
)

/** The requirement that brings a module. @returns undefined where it is none of the known ones */
export function packageOfModule(module: string): string | undefined {
  if (Object.hasOwn(PACKAGES, module)) return PACKAGES[module]
  return NAMESAKES.has(module.toLowerCase()) ? module.toLowerCase().replaceAll('_', '-') : undefined
}
