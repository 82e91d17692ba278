import { describe, expect, test } from '@jest/globals'
import { djangoApps, objectApps } from '../../../src/project/application/web-app.ts'

function modules(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([name, text]) => ({ name, file: `${name}.py`, text }))
}

function found(texts: Readonly<Record<string, string>>, locked = ['fastapi', 'flask', 'starlette', 'quart', 'litestar']) {
  return objectApps(modules(texts), locked).map(({ module, object, kind, factory }) => `${module}:${object}${factory ? '()' : ''} ${kind}`)
}

const FASTAPI = 'from fastapi import FastAPI\n'
const FACTORY =
  'from flask import Flask\n\ndef create_app(config=None, *, debug: bool = False) -> Flask:\n    app = Flask(__name__)\n    return app\n'

interface Row {
  readonly name: string
  readonly texts: Readonly<Record<string, string>>
  readonly locked?: string[]
  readonly apps: readonly string[]
}

describe('an application object', () => {
  test.each([
    {
      name: 'has its real module and name',
      texts: { 'shop.web.site': `${FASTAPI}backend = FastAPI()` },
      apps: ['shop.web.site:backend asgi'],
    },
    {
      name: 'may have a type, a module before its class and arguments over several lines',
      texts: { a: 'import fastapi\nbackend: fastapi.FastAPI = fastapi.FastAPI(\n    title="x",\n)' },
      apps: ['a:backend asgi'],
    },
    { name: 'may have two names', texts: { a: 'from flask import Flask\napp = application = Flask(__name__)' }, apps: ['a:app wsgi'] },
    {
      name: 'may be of a class of the project, in another module, and of one that extends that',
      texts: {
        'shop.base': 'import flask\n\nclass Site(Mixin, flask.Flask):\n    pass\n',
        'shop.site':
          'from .base import Site\n\nclass Shop(Site):\n    pass\n\ndef create_app(config="x"):\n    app = Shop(__name__)\n    return app\n',
        wsgi: 'from shop.site import create_app\n\napp = create_app()',
        serve: 'from shop.site import create_app\n\napp = create_app()\napp.run()',
      },
      apps: ['wsgi:app wsgi'],
    },
    { name: 'is none where a class extends no framework', texts: { a: 'class Site(Base):\n    pass\n\napp = Site()' }, apps: [] },
    {
      name: "is none in Alembic's env.py, which makes one for itself",
      texts: {
        'shop.web': FACTORY,
        'db.env': 'from alembic import context\nfrom shop.web import create_app\n\napp = create_app()\nconfig = context.config\n',
        'migrations.env': 'from alembic import op, context\nfrom flask import Flask\n\napp = Flask(__name__)\n',
      },
      apps: ['shop.web:create_app() wsgi'],
    },
    {
      name: 'may stand in a block of the module, which has no names of its own',
      texts: {
        a: 'try:\n    from flask import Flask\nexcept ImportError:\n    raise\nelse:\n    if DEBUG:  # here\n        app = Flask(\n            __name__,\n        )\n    else:\n        app = Flask("x")\n',
      },
      apps: ['a:app wsgi'],
    },
    {
      name: 'is none where the module is started, in a function or in a class',
      texts: {
        a: 'if __name__ == "__main__":\n    app = Flask(__name__)\n',
        b: 'def main():\n    if x:\n        app = Flask(__name__)\n    app.run()\n',
        c: 'class Test:\n    app = Flask(__name__)\n',
      },
      apps: [],
    },
    {
      name: 'may be what a function in a block makes',
      texts: { a: 'if x:\n    def create_app():\n        app = Flask(__name__)\n        return app\n' },
      apps: ['a:create_app() wsgi'],
    },
    { name: 'of Bottle is WSGI', texts: { a: 'app = bottle.Bottle()' }, locked: ['bottle'], apps: ['a:app wsgi'] },
    {
      name: 'of Falcon is WSGI or ASGI, and no App of something else',
      texts: { a: 'api: falcon.App = falcon.App(cors_enable=True)', b: 'app = App()\ncli = typer.App()' },
      locked: ['falcon'],
      apps: ['a:api wsgi'],
    },
    { name: 'of Falcon by its other class is ASGI', texts: { a: 'app = falcon.asgi.App()' }, locked: ['falcon'], apps: ['a:app asgi'] },
    {
      name: 'of Falcon may be what a function makes',
      texts: { a: 'def create_app():\n    app = falcon.App()\n    return app\n' },
      locked: ['falcon'],
      apps: ['a:create_app() wsgi'],
    },
    { name: 'of Starlette is ASGI', texts: { a: 'site = Starlette(routes=[])' }, apps: ['a:site asgi'] },
    { name: 'of Quart is ASGI', texts: { a: 'site = Quart(__name__)' }, apps: ['a:site asgi'] },
    { name: 'of Litestar is ASGI', texts: { a: 'site = Litestar([])' }, apps: ['a:site asgi'] },
    {
      name: 'is not one in documentation, in a comment or in a string of several lines',
      texts: { a: '"""\napp = FastAPI()\n"""\n# x\n#app = FastAPI()\nT = \'\'\'\napp = Flask(__name__)\n\'\'\'\n' },
      apps: [],
    },
    {
      name: 'is found behind a string that holds a quote or a hash',
      texts: { a: `X = "'#"\nY = '"""'\napp = FastAPI()` },
      apps: ['a:app asgi'],
    },
    { name: 'is not one that a function makes for itself', texts: { a: 'def test():\n    app = Flask(__name__)\n' }, apps: [] },
    {
      name: 'is the one that the others are mounted into',
      texts: { a: 'site = FastAPI()', b: 'admin = FastAPI()\nsite.mount("/admin", admin)' },
      apps: ['a:site asgi'],
    },
    { name: 'of several is the one with a plain name', texts: { a: 'app = FastAPI()', b: 'debug_tool = FastAPI()' }, apps: ['a:app asgi'] },
    {
      name: 'is one of several where nothing tells them apart',
      texts: { a: 'one = FastAPI()', b: 'two = FastAPI()' },
      apps: ['a:one asgi', 'b:two asgi'],
    },
    {
      name: 'is the server of Dash by its name',
      texts: { app: 'from dash import Dash, html\napp = Dash(__name__)\nserver = app.server\n' },
      locked: ['dash', 'flask'],
      apps: ['app:server wsgi'],
    },
    {
      name: 'is the server that Dash is given',
      texts: { app: 'import dash\nimport flask\nserver = flask.Flask(__name__)\napp = dash.Dash(server=server)\n' },
      locked: ['dash', 'flask'],
      apps: ['app:server wsgi'],
    },
    { name: 'is not Dash without a name for its server', texts: { app: 'app = Dash(__name__)\n' }, locked: ['dash', 'flask'], apps: [] },
    {
      name: 'is what is put around it, under another name',
      texts: { a: `${FASTAPI}app = FastAPI()\nsocket_app = socketio.ASGIApp(sio, app)\n` },
      locked: ['fastapi', 'python-socketio'],
      apps: ['a:socket_app asgi'],
    },
    {
      name: 'is what is put around it, under its own name',
      texts: { a: `${FASTAPI}app = FastAPI()\napp = CORSMiddleware(\n    app=app,\n    allow_origins=["*"],\n)\n` },
      apps: ['a:app asgi'],
    },
    {
      name: 'is what another module puts around it, by the name that it gives it',
      texts: { 'shop.api': `${FASTAPI}app = FastAPI()\n`, main: 'from shop.api import app as api\nsite = SentryAsgiMiddleware(api)\n' },
      apps: ['main:site asgi'],
    },
    {
      name: 'is what turns its protocol',
      texts: { a: 'app = Flask(__name__)\nasgi = WsgiToAsgi(app)\n' },
      apps: ['a:asgi asgi'],
    },
    {
      name: 'is a server of sockets by itself',
      texts: { a: 'sio = socketio.AsyncServer()\napp = socketio.ASGIApp(sio)\n' },
      locked: ['python-socketio'],
      apps: ['a:app asgi'],
    },
    {
      name: 'is not what extends it',
      texts: { a: 'app = Flask(__name__)\ndb = SQLAlchemy(app)\nmigrate = Migrate(app, db)\nmanager = LoginManager(app)\n' },
      apps: ['a:app wsgi'],
    },
    {
      name: 'is made by a function of any name that is called at the top',
      texts: {
        'app.main': `${FASTAPI}\n\ndef get_application() -> FastAPI:\n    application = FastAPI()\n    return application\n\n\napp = get_application()\n`,
      },
      apps: ['app.main:app asgi'],
    },
    {
      name: 'is the outermost of several wrappers',
      texts: { a: 'app = FastAPI()\none = AMiddleware(app)\ntwo = BMiddleware(one, x=1)\n' },
      apps: ['a:two asgi'],
    },
    {
      name: 'is none of two wrappers',
      texts: { a: 'app = FastAPI()\none = AMiddleware(app)\n', b: 'from a import app\ntwo = BMiddleware(app)\n' },
      apps: ['a:one asgi', 'b:two asgi'],
    },
    {
      name: 'that calls a factory of the project comes before the factory',
      texts: { shop: FACTORY, wsgi: 'from shop import create_app\n\nserver = create_app()\n' },
      apps: ['wsgi:server wsgi'],
    },
    {
      name: 'is made by a function that a module calls with arguments',
      texts: {
        api: 'from fastapi import FastAPI\n\ndef create_app(lifespan):\n    app = FastAPI(lifespan=lifespan)\n    return app\n\napp = create_app(lifespan=lifespan)\n',
      },
      apps: ['api:app asgi'],
    },
    {
      name: 'is none where a factory wants arguments and nobody gives them',
      texts: { shop: 'from flask import Flask\n\ndef create_app(config_name):\n    app = Flask(__name__)\n    return app\n' },
      apps: [],
    },
    {
      name: 'that calls a factory with what it wants is served',
      texts: {
        shop: FACTORY.replace('config=None', 'config'),
        wsgi: 'import os\nfrom shop import create_app\n\napp = create_app(os.getenv("CONFIG"))\n',
      },
      apps: ['wsgi:app wsgi'],
    },
    { name: 'is made by a factory', texts: { shop: FACTORY }, apps: ['shop:create_app() wsgi'] },
    { name: 'is not made by a factory that wants an argument', texts: { shop: FACTORY.replace('config=None', 'config') }, apps: [] },
    {
      name: 'is not made by a function that makes something else',
      texts: { shop: 'def create_app():\n    return 1\n\napp = Flaskette(x)\n' },
      apps: [],
    },
  ] as readonly Row[])('$name', ({ texts, locked, apps }) => {
    expect(found(texts, locked)).toEqual(apps)
  })

  test('is none of a framework that is not among the packages', () => {
    expect(found({ a: 'app = Flask(__name__)' }, ['fastapi'])).toEqual([])
  })
})

describe('a Django site', () => {
  const WSGI = 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n'
  const ASGI = 'application = ProtocolTypeRouter({"http": get_asgi_application()})\n'
  const site = { 'mysite.settings': '', 'mysite.wsgi': WSGI, 'mysite.asgi': ASGI }

  test.each([
    { name: 'is served by its modules, WSGI first', texts: site, apps: ['mysite.wsgi:application wsgi', 'mysite.asgi:application asgi'] },
    {
      name: 'is served as its settings say',
      texts: { ...site, 'mysite.settings': "WSGI_APPLICATION = 'mysite.server.site'\n", 'mysite.server': 'site = get_wsgi_application()' },
      apps: ['mysite.server:site wsgi', 'mysite.wsgi:application wsgi', 'mysite.asgi:application asgi'],
    },
    {
      name: 'is ASGI first where the settings name it',
      texts: {
        ...site,
        'mysite.settings': 'WSGI_APPLICATION = "mysite.wsgi.application"\nASGI_APPLICATION: str = "mysite.asgi.application"\n',
      },
      apps: ['mysite.asgi:application asgi', 'mysite.wsgi:application wsgi'],
    },
    {
      name: 'is not served by a module that the wheel lacks',
      texts: { 'mysite.settings': 'WSGI_APPLICATION = "mysite.wsgi.application"\n' },
      apps: [],
    },
    {
      name: 'is served by its own module before one of another package',
      texts: { 'mysite.settings': '', 'another.wsgi': WSGI, 'mysite.wsgi': 'app = get_wsgi_application()\n' },
      apps: ['mysite.wsgi:app wsgi', 'another.wsgi:application wsgi'],
    },
  ])('$name', ({ texts, apps }) => {
    const read = djangoApps('mysite.settings', modules(texts))
    expect(read.map(({ module, object, kind }) => `${module}:${object} ${kind}`)).toEqual(apps)
  })
})
