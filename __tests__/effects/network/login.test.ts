import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { dockerConfigFolder, readDockerConfig } from '../../../src/effects/docker/docker-config.ts'
import { asksHelper, existingLogin } from '../../../src/effects/network/login.ts'
import { type TempFolder, tempFolder, writeFiles } from '../../support/temp.ts'

const HUB = 'https://index.docker.io/v1/'
const ADA = { username: 'ada', password: 'la:ce' }
const AUTH = btoa('ada:la:ce')

let folder: TempFolder
const before = {
  DOCKER_CONFIG: process.env.DOCKER_CONFIG,
  DOCKER_AUTH_CONFIG: process.env.DOCKER_AUTH_CONFIG,
  PATH: process.env.PATH,
}

beforeEach(async () => {
  folder = await tempFolder('login')
  process.env.DOCKER_CONFIG = folder.at('config')
  delete process.env.DOCKER_AUTH_CONFIG
  process.env.PATH = `${folder.at('bin')}:${before.PATH}`
})

afterEach(async () => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  await folder[Symbol.asyncDispose]()
})

/** A credential helper that knows one registry. */
async function helper(name: string, registry: string, answer: string): Promise<void> {
  const program = `#!/bin/sh\n[ "$1" = get ] && [ "$(cat)" = '${registry}' ] && echo '${answer}' || { echo credentials not found; exit 1; }\n`
  await writeFiles(folder.path, { [`bin/docker-credential-${name}`]: program })
  await chmod(folder.at('bin', `docker-credential-${name}`), 0o755)
}

const config = (value: unknown) =>
  writeFiles(folder.path, { 'config/config.json': typeof value === 'string' ? value : JSON.stringify(value) })

test.each<{ name: string; registry: string; config: unknown; login: unknown }>([
  { name: 'a password', registry: 'index.example', config: { auths: { 'index.example': { auth: AUTH } } }, login: ADA },
  { name: 'that of Docker Hub', registry: '', config: { auths: { [HUB]: { auth: AUTH } } }, login: ADA },
  { name: 'that of Docker Hub by its name', registry: 'docker.io', config: { auths: { [HUB]: { auth: AUTH } } }, login: ADA },
  {
    name: 'one under an old address',
    registry: 'index.example',
    config: { auths: { 'https://index.example/v1/': { auth: AUTH } } },
    login: ADA,
  },
  { name: 'one in plain words', registry: 'index.example', config: { auths: { 'index.example': ADA } }, login: ADA },
  {
    name: "an identity token in the password's place, as Azure gives it",
    registry: 'index.example',
    config: { auths: { 'index.example': { auth: btoa('0000:'), identitytoken: 'long' } } },
    login: { username: '0000', password: '', identityToken: 'long' },
  },
  { name: 'no entry', registry: 'other.example', config: { auths: { 'index.example': { auth: AUTH } } }, login: undefined },
  { name: 'an empty entry', registry: 'index.example', config: { auths: { 'index.example': {} } }, login: undefined },
  { name: 'a file that is no JSON', registry: 'index.example', config: '{', login: undefined },
  { name: 'an empty file', registry: 'index.example', config: ' \n', login: undefined },
  { name: 'null', registry: 'index.example', config: 'null', login: undefined },
  { name: 'a list', registry: 'index.example', config: '[1]', login: undefined },
  { name: 'logins of another kind', registry: 'index.example', config: { auths: ['x'], credHelpers: 7, credsStore: {} }, login: undefined },
  { name: 'one of another kind', registry: 'index.example', config: { auths: { 'index.example': null, b: 1 } }, login: undefined },
  { name: 'one with numbers', registry: 'index.example', config: { auths: { 'index.example': { auth: 7 } } }, login: undefined },
  {
    name: 'a file with a mark',
    registry: 'index.example',
    config: `\uFEFF${JSON.stringify({ auths: { 'index.example': { auth: AUTH } } })}`,
    login: ADA,
  },
  { name: 'a helper that is not there', registry: 'index.example', config: { credsStore: 'pt-nowhere' }, login: undefined },
  { name: 'a helper with a path', registry: 'index.example', config: { credsStore: '../x' }, login: undefined },
])("$name in docker's configuration", async ({ registry, config: given, login }) => {
  await config(given)
  expect(await existingLogin(registry)).toEqual(login)
})

test('there is none without a configuration', async () => {
  expect(await existingLogin('index.example')).toBeUndefined()
})

test.each([
  { name: 'a password', answer: { Username: 'ada', Secret: 'la:ce' }, login: ADA },
  {
    name: 'an identity token',
    answer: { Username: '<token>', Secret: 'long' },
    login: { username: '', password: '', identityToken: 'long' },
  },
  { name: 'nothing', answer: {}, login: undefined },
  { name: 'no JSON', answer: 'ada', login: undefined },
])("a registry's credential helper gives $name", async ({ answer, login }) => {
  await config({ credHelpers: { 'index.example': 'pt' }, credsStore: 'pt-other', auths: { 'index.example': { auth: btoa('old:one') } } })
  await helper('pt', 'index.example', typeof answer === 'string' ? answer : JSON.stringify(answer))
  expect(await existingLogin('index.example')).toEqual(login)
})

test("the store of all logins is asked for Docker Hub by docker's own name of it", async () => {
  await config({ credsStore: 'pt', auths: { [HUB]: {} } })
  await helper('pt', HUB, JSON.stringify({ Username: 'ada', Secret: 'la:ce' }))
  expect(await existingLogin('')).toEqual(ADA)
})

test.each([
  { name: 'Docker Hub', registry: '', key: HUB },
  { name: 'another registry', registry: 'index.example', key: 'index.example' },
])("a login of this run to $name stays out of the user's store, and others stay in it", async ({ registry, key }) => {
  await config({ credsStore: 'pt', credHelpers: { 'other.example': 'x' } })
  const made = await dockerConfigFolder(folder.at('temp'), registry)
  const written = JSON.parse(await readFile(path.join(made, 'config.json'), 'utf8'))
  expect(written).toEqual({ auths: {}, credsStore: 'pt', credHelpers: { 'other.example': 'x', [key]: '' } })
})

test('a login of this run leaves the context, its files and the certificates where docker looks for them', async () => {
  const files = ['contexts/meta/a/meta.json', 'contexts/tls/a/docker/ca.pem', 'ca.pem', 'cli-plugins/docker-buildx', 'trust/private/k.key']
  await writeFiles(folder.path, Object.fromEntries(files.map((file) => [`config/${file}`, file])))
  await config({ currentContext: 'a' })
  process.env.DOCKER_CONFIG = path.relative(process.cwd(), folder.at('config'))
  const made = await dockerConfigFolder(folder.at('temp'), 'index.example')
  await dockerConfigFolder(folder.at('temp'), 'index.example') // a second login
  expect(JSON.parse(await readFile(path.join(made, 'config.json'), 'utf8'))).toMatchObject({ currentContext: 'a' })
  for (const file of files) expect(await readFile(path.join(made, file), 'utf8')).toBe(file)
})

test.each([
  { name: 'no file', text: undefined, damage: 'none' },
  { name: 'an empty file', text: '', damage: 'none' },
  { name: 'null', text: 'null\n', damage: 'none' },
  { name: 'half a file', text: '{"auths": {', damage: 'unreadable' },
  { name: 'a text', text: '"x"', damage: 'unreadable' },
  { name: 'a mark of UTF-8', text: '\uFEFF{}', damage: 'healed' },
  { name: 'UTF-16, as PowerShell writes it', text: Buffer.from('\uFEFF{"auths":{"a.example":{"auth":"x"}}}', 'utf16le'), damage: 'healed' },
])('$name becomes a configuration of this run, and its damage is known', async ({ text, damage }) => {
  await mkdir(folder.at('config'), { recursive: true })
  if (text !== undefined) await writeFile(folder.at('config/config.json'), text)
  expect((await readDockerConfig()).damage).toBe(damage)
  const made = await dockerConfigFolder(folder.at('temp'), 'index.example')
  const written = JSON.parse(await readFile(path.join(made, 'config.json'), 'utf8'))
  expect(written).toMatchObject({ credHelpers: { 'index.example': '' } })
  if (typeof text === 'object') expect(written.auths).toEqual({ 'a.example': { auth: 'x' } })
})

test('a login of DOCKER_AUTH_CONFIG comes before those of the file and of helpers, and is in the configuration of this run', async () => {
  await config({ credsStore: 'pt', auths: { 'index.example': { auth: btoa('old:one') } } })
  process.env.DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { 'index.example': { auth: AUTH } } })
  expect(await existingLogin('index.example')).toEqual(ADA)
  const made = await dockerConfigFolder(folder.at('temp'), undefined)
  const written = JSON.parse(await readFile(path.join(made, 'config.json'), 'utf8'))
  expect(written).toEqual({ auths: { 'index.example': { auth: AUTH } }, credHelpers: { 'index.example': '' }, credsStore: 'pt' })
})

test.each(['', '{', 'null', '[]', '{"auths":7}'])('a DOCKER_AUTH_CONFIG of %j holds no login', async (text) => {
  process.env.DOCKER_AUTH_CONFIG = text
  expect(await existingLogin('index.example')).toBeUndefined()
})

test.each([
  { name: 'where all logins are kept by one', config: { credsStore: 'pt' }, asks: true },
  { name: 'where this one is', config: { credHelpers: { 'index.example': 'pt' } }, asks: true },
  { name: 'not where another one is', config: { credHelpers: { 'other.example': 'pt' } }, asks: false },
  { name: 'not where there is none', config: { auths: { 'index.example': { auth: AUTH } } }, asks: false },
])('docker asks a program for a login $name', async ({ config: given, asks }) => {
  await config(given)
  expect(await asksHelper('index.example')).toBe(asks)
})
