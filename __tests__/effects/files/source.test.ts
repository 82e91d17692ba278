import { chmod, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { source, sourcePaths } from '../../../src/effects/files/source.ts'
import { must } from '../../support/command.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'

const KEY = '-----BEGIN RSA PRIVATE KEY-----\n'

async function snapshotPaths(folder: string): Promise<readonly string[]> {
  return (await source.snapshot(folder, path.join(folder, 'wheelhouse'))).map((file) => file.path)
}

test('the wheelhouse of another project below is no part of a source, a folder of that name is', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, {
      'libs/a/wheelhouse/.build/resolution.json': '{}',
      'libs/a/wheelhouse/a-1-py3-none-any.whl': '',
      'libs/b/wheelhouse/x.py': '',
    })
    expect(await snapshotPaths(folder)).toEqual(['libs/b/wheelhouse/x.py'])
  }))

describe('the snapshot of a source', () => {
  test.each([
    { name: 'a module', file: 'shop/models.py', taken: true },
    { name: 'a hidden file', file: '.dockerignore', taken: true },
    { name: 'an example of an environment file', file: '.env.example', taken: true },
    { name: 'a folder named build that is a package', file: 'build/tool.py', taken: true },
    { name: 'a folder named build/lib deeper down', file: 'shop/build/lib/x.py', taken: true },
    { name: 'a public key', file: 'id_rsa.pub', taken: true },
    { name: 'a file beside the wheelhouse', file: 'wheelhouse.txt', taken: true },
    { name: 'the wheelhouse', file: 'wheelhouse/a-1-py3-none-any.whl', taken: false },
    { name: 'the history', file: '.git/config', taken: false },
    { name: 'the history of a part', file: 'vendor/lib/.git', taken: false },
    { name: 'an environment file', file: '.env', taken: false },
    { name: 'an environment file of a stage', file: 'conf/.env.production', taken: false },
    { name: 'the logins of the user', file: '.netrc', taken: false },
    { name: 'a private key', file: 'keys/id_ed25519', taken: false },
    { name: 'a folder of keys', file: '.ssh/config', taken: false },
    { name: 'logins of Python indexes', file: '.pypirc', taken: false },
    { name: 'logins of git', file: '.git-credentials', taken: false },
    { name: 'keys of GnuPG', file: '.gnupg/private-keys-v1.d/x.key', taken: false },
    { name: 'keys of AWS', file: '.aws/credentials', taken: false },
    { name: 'tokens of Azure', file: '.azure/msal_token_cache.json', taken: false },
    { name: 'tokens of Kubernetes', file: 'deploy/.kube/config', taken: false },
    { name: 'what google-github-actions/auth writes', file: 'gha-creds-0123456789abcdef.json', taken: false },
    { name: 'the same in a folder', file: 'app/gha-creds-0123456789abcdef.json', taken: false },
    { name: 'a folder of Google Cloud', file: '.config/gcloud/application_default_credentials.json', taken: false },
    { name: 'another tool in .config', file: '.config/pycodestyle', taken: true },
    { name: 'logins of registries', file: '.docker/config.json', taken: false },
    { name: 'a Dockerfile in .docker', file: '.docker/Dockerfile', taken: true },
    { name: 'variables of direnv', file: '.envrc', taken: false },
    { name: 'variables of cookiecutter-django', file: '.envs/.local/.django', taken: false },
    { name: 'secrets of Streamlit', file: '.streamlit/secrets.toml', taken: false },
    { name: 'settings of Streamlit', file: '.streamlit/config.toml', taken: true },
    { name: 'the configuration of a Flask instance', file: 'instance/config.py', taken: false },
    { name: 'the same for Flask of old', file: 'instance/application.cfg', taken: false },
    { name: 'a folder of an instance', file: 'instance/.gitkeep', taken: true },
    { name: 'configuration elsewhere', file: 'shop/config.py', taken: true },
    { name: 'settings of npm', file: '.npmrc', taken: true },
    { name: 'the state of Terraform', file: 'infra/terraform.tfstate', taken: false },
    { name: 'the state of Terraform before', file: 'terraform.tfstate.1699.backup', taken: false },
    { name: 'variables of Terraform', file: 'infra/prod.tfvars', taken: false },
    { name: 'plugins of Terraform', file: 'infra/.terraform/x', taken: false },
    { name: 'a configuration of Kubernetes', file: 'deploy/kubeconfig', taken: false },
    { name: 'passwords of Ansible', file: 'ansible/vault_pass.txt', taken: false },
    { name: 'a token of Vault', file: '.vault-token', taken: false },
    { name: 'a store of keys', file: 'tls/server.p12', taken: false },
    { name: 'what was typed', file: '.bash_history', taken: false },
    { name: "an editor's data sources", file: '.idea/dataSources.local.xml', taken: false },
    { name: "an editor's settings", file: '.vscode/settings.json', taken: false },
    { name: 'what direnv loads', file: '.direnv/python/x', taken: false },
    { name: 'variables of a stage', file: 'prod.env', taken: false },
    { name: 'secrets by their name', file: 'config/secrets.yml', taken: false },
    { name: 'secrets of Dynaconf', file: '.secrets.toml', taken: false },
    { name: 'a module of that name', file: 'shop/secrets.py', taken: true },
    { name: 'settings of one machine', file: 'shop/local_settings.py', taken: false },
    { name: 'settings for developers', file: 'shop/settings/local.py', taken: true },
    { name: 'a client of Google', file: 'client_secret_1.json', taken: false },
    { name: 'a packed dump', file: 'backup.sql.gz', taken: false },
    { name: 'a dump by its name', file: 'prod_dump.sql', taken: false },
    { name: 'a dump with its date', file: 'data/backup-2026-11-30.sql', taken: false },
    { name: 'a query of a dump truck', file: 'shop/dumptruck.sql', taken: true },
    { name: 'tokens of a design', file: 'static/tokens.json', taken: true },
    { name: 'a schema', file: 'shop/schema.sql', taken: true },
    { name: 'a table of tokens', file: 'shop/design-tokens.json', taken: true },
    { name: 'a local database', file: 'db.sqlite3', taken: false },
    { name: 'the journal of one', file: 'data/shop.sqlite3-wal', taken: false },
    { name: 'a frontend that was built', file: 'dist/assets/index.js', taken: true },
    { name: 'other JSON', file: 'shop/gha-creds.json', taken: true },
    { name: 'byte code', file: 'shop/__pycache__/a.cpython-313.pyc', taken: false },
    { name: 'loose byte code', file: 'shop/a.pyc', taken: false },
    { name: 'what setuptools noted', file: 'shop.egg-info/PKG-INFO', taken: false },
    { name: 'what setuptools built', file: 'build/lib/shop/old.py', taken: false },
    { name: 'what setuptools built for a platform', file: 'build/lib.linux-x86_64-cpython-313/x.so', taken: false },
    { name: 'packages of Node', file: 'web/node_modules/x/index.js', taken: false },
    { name: 'an environment by its usual name', file: '.venv/bin/python', taken: false },
    { name: 'caches of tools', file: '.ruff_cache/x', taken: false },
  ])('holds $name: $taken', ({ file, taken }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { [file]: 'x', 'always.py': 'x' })
      expect(await snapshotPaths(folder)).toEqual(taken ? [file, 'always.py'].sort() : ['always.py'])
    }),
  )

  test('leaves out a virtual environment of any name', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'env311/pyvenv.cfg': '', 'env311/lib/x.py': '', 'a.py': '' })
      expect(await snapshotPaths(folder)).toEqual(['a.py'])
    }))

  test('is in the order of the paths', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'b/z': '', 'b.py': '', a: '', 'b/a': '' })
      expect(await snapshotPaths(folder)).toEqual(['a', 'b.py', 'b/a', 'b/z'])
    }))

  test('has a print for each file that tells content, mode and target', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { a: 'abc', run: 'abc', large: 'x'.repeat((1 << 20) + 1) })
      await chmod(path.join(folder, 'run'), 0o755)
      await symlink('a', path.join(folder, 'z'))
      const prints = Object.fromEntries((await source.snapshot(folder, '')).map((file) => [file.path, file.print]))
      const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
      expect(prints).toEqual({ a: `- ${abc}`, run: `x ${abc}`, z: 'link a', large: expect.stringMatching(/^- [0-9a-f]{64}$/) })
    }))

  test('does not enter a folder by a link', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { 'real/a': '' })
      await symlink('real', path.join(folder, 'again'))
      await symlink('/etc', path.join(folder, 'outside'))
      expect(await snapshotPaths(folder)).toEqual(['again', 'outside', 'real/a'])
    }))

  test('has the files that links to elsewhere in the checkout lead to, but no secrets, circles and what is outside', () =>
    inTempFolder(async (top) => {
      const folder = path.join(top, 'w/api')
      await writeFiles(top, {
        'w/api/a.py': '',
        'w/common/money.py': 'm',
        'w/common/.env': 'SECRET=1',
        'w/common/deep/x.json': '{}',
        'w/VERSION': '1',
        'w/.env': 'SECRET=1',
        'w/keys/dev.pem': '-----BEGIN PRIVATE KEY-----',
        'etc/passwd': 'secret',
      })
      const links = {
        common: '../common',
        VERSION: '../VERSION',
        own: 'a.py',
        env: '../.env',
        key: '../keys/dev.pem',
        up: '..',
        outside: '../../etc',
        gone: '../gone',
      }
      for (const [name, to] of Object.entries(links)) await symlink(to, path.join(folder, name))
      await symlink('../api', path.join(top, 'w/common/back'))
      await symlink('../deep/x.json', path.join(top, 'w/common/deep/y.json'))
      const withheld: string[] = []
      const found = await source.snapshot(folder, '', { withheld, top: path.join(top, 'w') })
      const to = path.join(top, 'to')
      await source.stage(folder, found, to)
      const led = ['VERSION', 'common/deep/x.json', 'common/deep/y.json', 'common/money.py']
      expect(found.map((file) => file.path)).toEqual([...led, 'a.py', 'common/back', 'env', 'gone', 'outside', 'own', 'up'].sort())
      for (const file of led) expect((await lstat(path.join(to, file))).isFile()).toBe(true)
      for (const file of ['env', 'outside', 'own', 'up', 'common/back'])
        expect((await lstat(path.join(to, file))).isSymbolicLink()).toBe(true)
      expect(withheld).toEqual(['key'])
      expect(await sourcePaths(folder, [], path.join(top, 'w'))).toEqual(found.map((file) => file.path))
    }))

  test('of an empty folder is empty', () =>
    inTempFolder(async (folder) => {
      expect(await snapshotPaths(folder)).toEqual([])
    }))
})

test('the paths of a source are those of its snapshot', () =>
  inTempFolder(async (folder) => {
    await writeFiles(folder, { 'b/z': '', 'a.py': '', '.env': 'S=1', '.git/HEAD': '' })
    expect(await sourcePaths(folder)).toEqual(['a.py', 'b/z'])
  }))

describe('the staged source', () => {
  test('is the snapshot as hard links, and links stay links', () =>
    inTempFolder(async (folder) => {
      const from = path.join(folder, 'from')
      const to = path.join(folder, 'to')
      await writeFiles(from, { 'shop/a.py': 'a', '.env': 'SECRET=1', run: 'x' })
      await symlink('shop/a.py', path.join(from, 'link'))
      const snapshot = await source.snapshot(from, path.join(from, 'wheelhouse'))
      await source.stage(from, snapshot, to)
      expect((await readdir(to)).sort()).toEqual(['link', 'run', 'shop'])
      expect(await readFile(path.join(to, 'shop/a.py'), 'utf8')).toBe('a')
      expect((await lstat(path.join(to, 'run'))).ino).toBe((await lstat(path.join(from, 'run'))).ino)
      expect(await readlink(path.join(to, 'link'))).toBe('shop/a.py')
    }))

  test('has another text where one is given, in a file of its own: the user keeps theirs', () =>
    inTempFolder(async (folder) => {
      const from = path.join(folder, 'from')
      const to = path.join(folder, 'to')
      await writeFiles(from, { 'setup.py': 'version="0.1"' })
      const written = [
        { path: 'setup.py', print: 'x 1', text: 'version="1.2.3"' },
        { path: 'new/file.txt', print: '- 2', text: 'new' },
      ]
      await source.stage(from, written, to)
      expect(await readFile(path.join(to, 'setup.py'), 'utf8')).toBe('version="1.2.3"')
      expect((await lstat(path.join(to, 'setup.py'))).mode & 0o111).not.toBe(0)
      expect(await readFile(path.join(to, 'new/file.txt'), 'utf8')).toBe('new')
      expect(await readFile(path.join(from, 'setup.py'), 'utf8')).toBe('version="0.1"')
      expect(await readdir(from)).toEqual(['setup.py'])
    }))

  test('holds only what the snapshot holds, whatever was added since', () =>
    inTempFolder(async (folder) => {
      const from = path.join(folder, 'from')
      await mkdir(from)
      await writeFile(path.join(from, 'a'), '')
      const snapshot = await source.snapshot(from, '')
      await writeFile(path.join(from, 'late'), '')
      await source.stage(from, snapshot, path.join(folder, 'to'))
      expect(await readdir(path.join(folder, 'to'))).toEqual(['a'])
    }))
})

describe('a file that tells by its content that it is not for an image', () => {
  test.each([
    {
      name: 'a key of a service account',
      file: 'keys/prod.json',
      text: '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nx"}',
      taken: false,
    },
    { name: 'JSON that speaks of keys', file: 'schema.json', text: '{"private_key": {"type": "string"}}', taken: true },
    { name: 'a private key', file: 'tls/server.key', text: KEY, taken: false },
    { name: 'a certificate', file: 'tls/server.pem', text: '-----BEGIN CERTIFICATE-----\n', taken: true },
    { name: 'a database of SQLite', file: 'shop.db', text: 'SQLite format 3\0', taken: false },
    { name: 'a database of another kind', file: 'geo.db', text: 'GEO1', taken: true },
    { name: 'a private key without an ending', file: 'deploy_key', text: KEY, taken: false },
    { name: 'a private key below its certificate', file: 'tls.crt', text: `-----BEGIN CERTIFICATE-----\nx\n${KEY}`, taken: false },
    { name: 'a private key within YAML', file: 'conf.yml', text: `key: |\n  ${KEY}`, taken: false },
    {
      name: 'a key of a service account by another name',
      file: 'key.txt',
      text: '{"private_key": "-----BEGIN PRIVATE KEY-----\\n"}',
      taken: false,
    },
    { name: 'a private key as an example', file: 'shop/keys.py', text: KEY, taken: true },
    { name: 'words about keys', file: 'notes.txt', text: 'It begins with -----BEGIN PRIVATE KEY-----', taken: true },
    { name: 'a key of age', file: 'keys.txt', text: '# created: 2026\nAGE-SECRET-KEY-1QQQ\n', taken: false },
    { name: 'a login of Google', file: 'adc.json', text: '{"type": "authorized_user", "refresh_token": "1//x"}', taken: false },
    { name: 'a client of Google', file: 'oauth.json', text: '{"installed": {"client_id": "x", "client_secret": "y"}}', taken: false },
    { name: 'words of a translation', file: 'de.json', text: '{"client_secret": "Geheimnis"}', taken: true },
    { name: 'a configuration of Kubernetes', file: 'cluster.yaml', text: 'kind: Config\nusers:\n- name: a\n', taken: false },
    { name: 'another manifest of Kubernetes', file: 'map.yaml', text: 'kind: ConfigMap\nusers:\n', taken: true },
    { name: 'a dump of PostgreSQL', file: 'dump.sql', text: '--\n-- PostgreSQL database dump\n--\n', taken: false },
    { name: 'a dump of PostgreSQL in its own format', file: 'prod.backup', text: 'PGDMP\x01', taken: false },
    { name: 'a dump of SQLite', file: 'x.sql', text: 'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n', taken: false },
    { name: 'rows that a program starts with', file: 'seed.sql', text: "INSERT INTO users VALUES (1, 'a');\n", taken: true },
    { name: 'tables', file: 'schema.sql', text: 'CREATE TABLE users (id INTEGER);\n', taken: true },
  ])('$name is taken: $taken', ({ file, text, taken }) =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, { [file]: text })
      const withheld: string[] = []
      expect(await sourcePaths(folder, withheld)).toEqual(taken ? [file] : [])
      expect(withheld).toEqual(taken ? [] : [file])
      expect(await snapshotPaths(folder)).toEqual(taken ? [file] : [])
    }),
  )

  test('is taken where .dockerignore lets it in by its name or its folder', () =>
    inTempFolder(async (folder) => {
      await writeFiles(folder, {
        '.dockerignore': '*.log\n!db.sqlite3\n! /fixtures/ \n',
        'db.sqlite3': '',
        'fixtures/a.sqlite3': '',
        'b.sqlite3': '',
      })
      expect(await snapshotPaths(folder)).toEqual(['.dockerignore', 'db.sqlite3', 'fixtures/a.sqlite3'])
    }))

  test('is taken where it is a database that git tracks; a secret is not', () =>
    inTempFolder(async (folder) => {
      const tracked = {
        'data/orte.sqlite3': 'x',
        'data/öl.db': 'SQLite format 3\0',
        'data/orte.sql': '-- PostgreSQL database dump',
        'secrets.yaml': 'sops: {}',
        '.npmrc': '//npm.example/:_authToken=npm_x',
        'front/.npmrc': 'engine-strict=true\n//npm.example/:_authToken=${NPM_TOKEN}\n',
        'front/.yarnrc.yml': 'yarnPath: .yarn/yarn.cjs\n',
        'other/.yarnrc.yml': 'npmAuthToken: "npm_x"\n',
        '.envs/db.sqlite3': 'x',
        'key.pem': KEY,
        '.envrc': 'x',
      }
      await writeFiles(folder, Object.fromEntries(Object.entries(tracked).map(([file, text]) => [`shop/${file}`, text])))
      await must('git', ['init', '--quiet', folder])
      await must('git', ['-C', folder, 'add', '--force', '.'])
      await writeFiles(folder, { 'shop/db.sqlite3': '', 'shop/cache.db': 'SQLite format 3\0' })
      const withheld: string[] = []
      expect(await sourcePaths(path.join(folder, 'shop'), withheld)).toEqual([
        'data/orte.sql',
        'data/orte.sqlite3',
        'data/öl.db',
        'front/.npmrc',
        'front/.yarnrc.yml',
        'secrets.yaml',
      ])
      expect(withheld).toEqual(['.envrc', '.envs/db.sqlite3', '.npmrc', 'cache.db', 'db.sqlite3', 'key.pem', 'other/.yarnrc.yml'])
    }))
})

test('a name that is not UTF-8 is for the user to change, one with the sign of such a name is not', () =>
  inTempFolder(async (folder) => {
    await writeFile(path.join(folder, 'a\uFFFD.txt'), '')
    expect(await sourcePaths(folder)).toEqual(['a\uFFFD.txt'])
    await mkdir(Buffer.concat([Buffer.from(`${folder}/d`), Buffer.from([0xe9])]))
    await expect(sourcePaths(folder)).rejects.toMatchObject({ step: 'project', message: 'the name d\uFFFD is not UTF-8' })
  }))
