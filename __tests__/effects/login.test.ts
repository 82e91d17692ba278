import { chmod, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { dockerConfigFolder } from '../../src/effects/docker-config.ts'
import { existingLogin } from '../../src/effects/login.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'

const HUB = 'https://index.docker.io/v1/'
const ADA = { username: 'ada', password: 'la:ce' }
const AUTH = btoa('ada:la:ce')

let folder: TempFolder
const before = { DOCKER_CONFIG: process.env.DOCKER_CONFIG, PATH: process.env.PATH }

beforeEach(async () => {
  folder = await tempFolder('login')
  process.env.DOCKER_CONFIG = folder.at('config')
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
  expect(written).toEqual({ credsStore: 'pt', credHelpers: { 'other.example': 'x', [key]: '' } })
})
