import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer as createSocket, type Server } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { asRoot, command, must } from '../support/command.ts'
import { ROOT } from '../support/runner-step.ts'
import { type TempFolder, tempFolder, writeFiles } from '../support/temp.ts'
import { TOOL, toolEnvironment } from '../support/tool.ts'

// A machine that is broken in one way after the other: each fault is made, and named by `pypackager doctor` with what to do.

jest.setTimeout(120_000)

const NODE = path.join(ROOT, 'node_modules/.bin/node')
let temp: TempFolder
let git: string

beforeAll(async () => {
  temp = await tempFolder('doctor')
  git = await must('sh', ['-c', 'command -v git'])
  await chmod(temp.path, 0o755)
  await mkdir(temp.at('work'))
})

afterAll(async () => {
  await temp?.[Symbol.asyncDispose]()
})

interface Asked {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Goes before node: another user, for example. */
  readonly as?: readonly string[]
}

async function doctor({ args = [], env = {}, cwd = temp.at('work'), as = [] }: Asked = {}) {
  const given = { ...toolEnvironment(), HOME: temp.path, NO_COLOR: '1', ...env }
  const [program = '', ...rest] = [...as, NODE, TOOL, 'doctor', ...args]
  const { code, stdout, stderr } = await command(program, rest, { cwd, env: given })
  return { code, said: `${stdout}${stderr}` }
}

/** Listens at a port of loopback, or at a path. */
async function listening<T>(server: Server, at: string | undefined, work: (port: number) => Promise<T>): Promise<T> {
  const open = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => open.add(socket))
  await new Promise<void>((resolve) => (at ? server.listen(at, resolve) : server.listen(0, '127.0.0.1', resolve)))
  try {
    return await work((server.address() as { port?: number }).port ?? 0)
  } finally {
    for (const socket of open) socket.destroy()
    server.close()
  }
}

const serving = <T>(listener: RequestListener, work: (port: number) => Promise<T>) => listening(createServer(listener), undefined, work)

let count = 0

/** A daemon's socket behind which something answers. */
function daemon<T>(server: Server, work: (host: string, socket: string) => Promise<T>): Promise<T> {
  const socket = temp.at(`d${count++}.sock`)
  return listening(server, socket, () => work(`unix://${socket}`, socket))
}

/** A Docker daemon, as far as `docker version` asks one. */
function engine(Version: string, Os = 'linux'): Server {
  const about = { Version, ApiVersion: '1.41', MinAPIVersion: '1.12', Os, Arch: 'amd64' }
  return createServer((request, response) => {
    response.setHeader('Api-Version', '1.41')
    response.setHeader('content-type', 'application/json')
    response.end(request.url?.endsWith('/version') ? JSON.stringify(about) : 'OK')
  })
}

/** A folder before all others on PATH, with a docker of our own. */
async function clientOf(cases: string): Promise<string> {
  const folder = temp.at(`bin${count++}`)
  const version = '{"Client":{"Version":"24.0.5"},"Server":{"Version":"24.0.5","Os":"linux","Arch":"amd64"}}'
  await writeFiles(folder, { docker: `#!/bin/sh\ncase "$*" in\n${cases}\nversion*) echo '${version}' ;;\nesac\n` })
  await chmod(path.join(folder, 'docker'), 0o755)
  return `${folder}:${process.env.PATH}`
}

/** PATH with these programs alone. */
async function pathOf(programs: Readonly<Record<string, string>>): Promise<string> {
  const folder = temp.at(`bin${count++}`)
  await mkdir(folder)
  for (const [name, program] of Object.entries(programs)) await symlink(program, path.join(folder, name))
  return folder
}

/** A disk of a megabyte, which is full. */
async function fullDisk<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = temp.at(`disk${count++}`)
  await mkdir(folder)
  await must(...asRoot('mount', '-t', 'tmpfs', '-o', 'size=1m,mode=1777', 'none', folder))
  try {
    await writeFile(path.join(folder, 'all'), Buffer.alloc(2 << 20)).catch(() => {})
    return await work(folder)
  } finally {
    await must(...asRoot('umount', folder))
  }
}

const isRoot = process.getuid?.() === 0
const NOBODY = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []

type Result = Awaited<ReturnType<typeof doctor>>

const FAULTS: Readonly<Record<string, { readonly made: () => Promise<Result>; readonly named: RegExp }>> = {
  'no Docker': {
    made: async () => doctor({ env: { PATH: await pathOf({ git }) } }),
    named: /^✗ docker +there is no docker command on PATH\. .*install Docker Engine\.$/m,
  },
  'a daemon that is not there': {
    made: () => doctor({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } }),
    named: /^✗ docker +no Docker daemon answers at unix:\/\/\/nowhere\/docker\.sock\. Start Docker /m,
  },
  'a socket that this user may not use': {
    made: () =>
      daemon(engine('24.0.5'), async (DOCKER_HOST, socket) => {
        await chmod(socket, isRoot ? 0o600 : 0o000)
        return doctor({ env: { DOCKER_HOST }, as: NOBODY })
      }),
    named: /^✗ docker +this user may not use Docker's socket\. Add the user to the group docker/m,
  },
  'a daemon that hangs': {
    made: () =>
      daemon(
        createSocket(() => {}),
        (DOCKER_HOST) => doctor({ env: { DOCKER_HOST } }),
      ),
    named: /^✗ docker +the Docker daemon did not answer in 15 s\. Restart it/m,
  },
  'something else than Docker at its address': {
    made: () =>
      daemon(
        createServer((_, response) => void response.end('hello')),
        (DOCKER_HOST) => doctor({ env: { DOCKER_HOST } }),
      ),
    named: /^✗ docker +no Docker daemon answers: .+\. Start Docker /m,
  },
  'a daemon of Windows containers': {
    made: () => daemon(engine('24.0.5', 'windows'), (DOCKER_HOST) => doctor({ env: { DOCKER_HOST } })),
    named: /^✗ docker +the Docker daemon runs windows containers\. Switch it to Linux containers/m,
  },
  'a daemon that is too old': {
    made: () => daemon(engine('19.03.15'), (DOCKER_HOST) => doctor({ env: { DOCKER_HOST } })),
    named: /^✗ docker +the Docker daemon 19\.03\.15 is too old\. Use Docker Engine 20\.10/m,
  },
  'a client without Buildx': {
    made: async () => doctor({ env: { PATH: await clientOf('buildx*) exit 1 ;;') } }),
    named: /^✗ docker +the docker client 24\.0\.5 has no BuildKit: its Buildx plugin is missing or broken\. Install docker-buildx-plugin/m,
  },
  'a builder that sees no image of the daemon': {
    made: async () => {
      const inspect = "buildx\\ inspect*) printf 'Name:   far\\nDriver: docker-container\\n' ;;"
      return doctor({ env: { PATH: await clientOf(inspect), BUILDX_BUILDER: 'far' } })
    },
    named: /^! builder +The builder far \(docker-container\) is not used: /m,
  },
  'a BuildKit that does not build': {
    made: async () => doctor({ env: { PATH: await clientOf('build\\ *) echo "ERROR: no builder is running" >&2; exit 1 ;;') } }),
    named: /^✗ buildkit +a build of nothing fails: ERROR: no builder is running\. /m,
  },
  "Docker's settings that are no JSON": {
    made: async () => {
      await writeFiles(temp.at('broken'), { 'config.json': '{' })
      return doctor({ env: { DOCKER_CONFIG: temp.at('broken') } })
    },
    named: /^✗ docker login +.*\/broken\/config\.json cannot be read as JSON\. Write it again/m,
  },
  'a credential helper that is not there': {
    made: async () => {
      await writeFiles(temp.at('helped'), { 'config.json': '{"credsStore":"nowhere"}' })
      return doctor({ env: { DOCKER_CONFIG: temp.at('helped') } })
    },
    named: /^✗ docker login +.* asks docker-credential-nowhere, which is not on PATH\. Install it/m,
  },
  'a full disk for temporary files': {
    made: () => fullDisk((TMPDIR) => doctor({ env: { TMPDIR } })),
    named: /^✗ disk +the folder for temporary files \(.*\) has 0 MB free\. Make room there/m,
  },
  "a full disk of Docker's": {
    made: () => fullDisk(async (folder) => doctor({ env: { PATH: await clientOf(`info*) echo ${folder} ;;`), DOCKER_HOST: undefined } })),
    named: /^✗ disk +Docker's folder of images \(.*\) has 0 MB free\. Make room there; docker system df/m,
  },
  'a folder that cannot be written to': {
    made: async () => {
      await mkdir(temp.at('closed'), { mode: 0o555 })
      return doctor({ cwd: temp.at('closed'), as: NOBODY })
    },
    named: /^✗ disk +the wheelhouse \(.*\/closed\/wheelhouse\) cannot be written to\. /m,
  },
  'a bundle of certificates that is not there': {
    made: () => doctor({ env: { SSL_CERT_FILE: '/nowhere/ca.pem' } }),
    named: /^✗ certificates +SSL_CERT_FILE names \/nowhere\/ca\.pem, which cannot be read\. /m,
  },
  'a bundle without a certificate': {
    made: async () => {
      await writeFiles(temp.path, { 'work/empty.pem': 'none\n' })
      return doctor({ args: ['--ca-bundle', 'empty.pem'] })
    },
    named: /^✗ certificates +--ca-bundle names .*\/empty\.pem, which holds no certificate\. /m,
  },
  'an index without a name': {
    made: () => doctor({ args: ['--index-url', 'http://nowhere.invalid/simple/'] }),
    named: /^✗ index +http:\/\/nowhere\.invalid\/simple\/ is not found \(DNS\)\. Check --index-url/m,
  },
  'an index that takes no connection': {
    made: () => doctor({ env: { PIP_INDEX_URL: 'http://127.0.0.1:1/simple/' } }),
    named: /^✗ index +http:\/\/127\.0\.0\.1:1\/simple\/ cannot be reached \(ECONNREFUSED\)\. /m,
  },
  'an index that refuses the login': {
    made: () =>
      serving(
        (_, response) => void response.writeHead(401).end(),
        (port) => doctor({ args: ['--index-url', `http://ada:secret-word@127.0.0.1:${port}/simple/`] }),
      ),
    named: /^✗ index +http:\/\/127\.0\.0\.1:\d+\/simple\/ wants another login \(401\)\. Set PYPACKAGER_INDEX_CREDENTIALS/m,
  },
  'an address that is no index': {
    made: () =>
      serving(
        (_, response) => void response.writeHead(404).end(),
        (port) => doctor({ args: ['--index-url', `http://127.0.0.1:${port}/`] }),
      ),
    named: /^✗ index +.* answers 404: it is no index\. /m,
  },
  'an index that is out of order': {
    made: () =>
      serving(
        (_, response) => void response.writeHead(503).end(),
        (port) => doctor({ args: ['--index-url', `http://127.0.0.1:${port}/`] }),
      ),
    named: /^✗ index +.* answers 503\. Try again later/m,
  },
  'an index whose certificate nobody knows': {
    made: async () => {
      const [key, cert] = [temp.at('key.pem'), temp.at('cert.pem')]
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2', '-nodes']
      await must('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', cert, ...subject])
      const pem = (file: string) => must('cat', [file])
      const server = createSecure({ key: await pem(key), cert: await pem(cert) }, (_, response) => void response.end('<html>'))
      return listening(server, undefined, async (port) => {
        const args = ['--index-url', `https://localhost:${port}/simple/`]
        // Known, it is none.
        expect((await doctor({ args, env: { SSL_CERT_FILE: cert } })).said).toMatch(/^✓ index /m)
        return doctor({ args })
      })
    },
    named: /^✗ index +.* has a certificate that is not trusted here \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Name the authority .*--ca-bundle/m,
  },
  'a proxy that is not there': {
    made: () =>
      doctor({
        args: ['--index-url', 'https://index.example/simple/'],
        env: { HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: undefined },
      }),
    named:
      /^✗ index +https:\/\/index\.example\/simple\/ cannot be reached.*127\.0\.0\.1:1|^✗ index +.* cannot be reached through the proxy/m,
  },
  'a clock that is wrong': {
    made: () =>
      serving(
        (_, response) => void response.setHeader('date', 'Thu, 01 Jan 2015 00:00:00 GMT').end(),
        (port) => doctor({ args: ['--index-url', `http://127.0.0.1:${port}/`] }),
      ),
    named: /^✗ clock +\d+ days ahead of that of a server\. Set it/m,
  },
  'a registry that takes no connection': {
    made: () => doctor({ args: ['--registry', '127.0.0.1:1'] }),
    named: /^✗ registry +127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. Check --registry/m,
  },
  'an address that is no registry': {
    made: () =>
      serving(
        (_, response) => void response.writeHead(404).end(),
        (port) => doctor({ args: ['--registry', `127.0.0.1:${port}`] }),
      ),
    named: /^✗ registry +.* answers 404: it is no registry\. /m,
  },
  'no login to a registry': {
    made: () => locked((registry) => doctor({ args: ['--registry', registry] })),
    named: /^✗ registry +there is no login to 127\.0\.0\.1:\d+\. Run docker login 127\.0\.0\.1:\d+/m,
  },
  'a login that may not push': {
    made: () =>
      locked((registry) =>
        doctor({
          args: ['--registry', registry, '--username', 'ada', '--namespace', 'acme', '--image-name', 'shop'],
          env: { PYPACKAGER_PASSWORD: 'wrong-word' },
        }),
      ),
    named: /^✗ registry +127\.0\.0\.1:\d+ refuses a push to acme\/shop\. Log in as one who may/m,
  },
  'a cache service that is not there': {
    made: () => doctor({ env: { GITHUB_ACTIONS: 'true', ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' } }),
    named: /^! cache +its service at http:\/\/127\.0\.0\.1:1\/ cannot be reached \(ECONNREFUSED\)\. /m,
  },
  'a parent image that is nowhere': {
    made: () =>
      serving(
        (_, response) => void response.writeHead(404).end(),
        (port) => doctor({ args: ['--parent-image', `127.0.0.1:${port}/acme/python:3`] }),
      ),
    named: /^✗ parent image +127\.0\.0\.1:\d+\/acme\/python:3 is not here, and its registry does not have it\. Set --parent-image/m,
  },
  'a parent image whose registry does not tell': {
    made: () => doctor({ args: ['--parent-image', '127.0.0.1:1/acme/python:3'] }),
    named: /^! parent image +127\.0\.0\.1:1\/acme\/python:3 is not here, and its registry does not tell whether it can be pulled\. /m,
  },
  'no git': {
    made: async () => doctor({ env: { PATH: await pathOf({}) } }),
    named: /^! git +there is no git on PATH\. Install it/m,
  },
  'settings of the project that are no TOML': {
    made: async () => {
      await writeFiles(temp.at('torn'), { 'pyproject.toml': '[project\n' })
      return doctor({ cwd: temp.at('torn') })
    },
    named: /^✗ settings +pyproject\.toml:1:\d+ is not valid TOML: .*\. Fix that line/m,
  },
  'a Node that is too old': {
    made: async () => {
      const file = temp.at('old.cjs')
      await writeFile(file, "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.1' } })\n")
      return doctor({ env: { NODE_OPTIONS: `--require=${file}` } })
    },
    named: /^error: pypackager needs Node 24 or later, and this is Node 20\.11\.1\. Install a newer one/m,
  },
}

/** A registry that knows nobody. */
function locked<T>(work: (registry: string) => Promise<T>): Promise<T> {
  return serving(
    (_, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end(),
    (port) => work(`127.0.0.1:${port}`),
  )
}

describe('doctor', () => {
  test('finds nothing in the way on a machine that is well', async () => {
    const { code, said } = await doctor()
    expect(said).toMatch(/^✓ docker +Engine /m)
    expect(said).toMatch(/^✓ buildkit +builds$/m)
    expect(said).toMatch(/^✓ parent image +\S+ is here$/m)
    expect(said).toMatch(/\nNothing is in the way of a release\.\n$/)
    expect(said).not.toMatch(/^[✗!]/m)
    expect(code).toBe(0)
  })

  test.each(Object.entries(FAULTS))('names %s', async (_name, { made, named }) => {
    const { code, said } = await made()
    expect(said).toMatch(named)
    expect(said).not.toMatch(/secret-word|wrong-word|unexpectedly/)
    // What a release can do without is told, and no more.
    expect(code).toBe(/^(✗|error)/m.test(said) ? 1 : 0)
  })

  test('finds a parent image that can be pulled', () =>
    serving(
      (_, response) => void response.writeHead(200, { 'docker-content-digest': `sha256:${'a'.repeat(64)}` }).end(),
      async (port) => {
        const { said } = await doctor({ args: ['--parent-image', `127.0.0.1:${port}/acme/python:3`] })
        expect(said).toMatch(/^✓ parent image +\S+ is not here, and its registry has it$/m)
      },
    ))

  test('knows at least twenty of them', () => {
    expect(Object.keys(FAULTS).length).toBeGreaterThanOrEqual(20)
  })

  test('tells a program too', async () => {
    const { code, said } = await doctor({ args: ['--json', '--registry', '127.0.0.1:1'] })
    const { findings, faults } = JSON.parse(said.slice(said.indexOf('\n{') + 1, said.lastIndexOf('}') + 1)) as {
      findings: { area: string }[]
      faults: number
    }
    expect([code, faults, findings.some(({ area }) => area === 'registry')]).toEqual([1, 1, true])
    await rm(temp.at('work/wheelhouse'), { recursive: true, force: true })
  })
})
