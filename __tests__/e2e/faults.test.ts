import { createServer } from 'node:http'
import { type AddressInfo, createServer as createListener } from 'node:net'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { canariesIn, canary } from '../support/canaries.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { builtImage, images } from '../support/image.ts'
import { helloFiles, projectOf } from '../support/project.ts'
import { runAction } from '../support/runner.ts'

// Rows of the table of faults (docs/threat-model.md) that no other file has, each as it happens.

jest.setTimeout(300_000)

const NAMESPACE = 'pt-faults'
let daemon: MachineDaemon

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
})

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]()
})

/** A registry that refuses every image, asked by the daemon itself. */
async function refusing(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
  const server = createServer((request, response) => {
    if (request.url === '/v2/') return void response.writeHead(200).end('{}')
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ errors: [{ code, message }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

describe('R5: a parent image that the daemon cannot pull', () => {
  test.each<{ name: string; answer: [number, string, string]; says: string }>([
    {
      name: 'for the limit of its registry',
      answer: [429, 'TOOMANYREQUESTS', 'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit'],
      says: 'the registry limits pulls (429)',
    },
    { name: 'as it is not there', answer: [404, 'MANIFEST_UNKNOWN', 'manifest unknown'], says: 'the registry has no such image' },
    {
      name: 'as it takes a login',
      answer: [403, 'DENIED', 'requested access to the resource is denied'],
      says: 'the registry wants another login',
    },
  ])('$name is named, with the input', async ({ answer, says }) => {
    await using registry = await refusing(...answer)
    await using project = await projectOf(helloFiles())
    const image = `${registry.host}/library/python:3.13-slim`
    const result = await runAction({
      workspace: project.workspace,
      inputs: { namespace: NAMESPACE, 'parent-image': image, cache: 'never' },
    })
    expect(result.errors).toEqual([
      `base: parent image ${image} is not here and cannot be pulled: ${says}. Check parent-image (and python-version), or log in before this step.`,
    ])
    expect(result.code).toBe(1)
    expect(result.outputs).toEqual({})
  })
})

test('D4: a build that the kernel kills is told as such', async () => {
  await using project = await projectOf({
    ...helloFiles(),
    'setup.py': 'import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGKILL)\n',
  })
  const result = await runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, cache: 'never' } })
  expect(result.errors).toEqual([expect.stringMatching(/^wheels: .*(killed|signal|SIGKILL|137)/i)])
  expect(result.errors[0]?.length).toBeLessThanOrEqual(300)
  expect(result.left).toEqual([])
})

/** P3: folders of projects, one for each job of a crowd. */
const FOLDERS = ['.', 'with blank', 'ünïcode', 'co:lon', 'com,ma', `quo"te's`, '$(dollar)', '🐍']

test('Y1: eight jobs on one daemon with the same name have each their own image, and others’ images stay', async () => {
  const bystander = await builtImage(daemon.host, `${NAMESPACE}/bystander:1`, ['FROM scratch', 'COPY a /a'], { a: 'mine' })
  const before = await images().inspect(bystander)
  const jobs = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const folder = FOLDERS[i] ?? '.'
      const files = { ...helloFiles('crowd'), 'hello/word.txt': `word of job ${i}\n` }
      await using project = await projectOf(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text])))
      const inputs = { namespace: NAMESPACE, 'image-name': 'crowd', version: `job-${i}`, cache: 'never', path: folder }
      return await runAction({ workspace: project.workspace, inputs }) // the project goes with this function
    }),
  )
  expect(jobs.flatMap(({ errors }) => errors)).toEqual([])
  for (const [i, { outputs }] of jobs.entries()) {
    expect(outputs['release-tag']).toBe(`${NAMESPACE}/crowd:job-${i}`)
    expect(await images().run(outputs['release-tag'] ?? '', ['hello'])).toBe(`word of job ${i}`)
    expect((await images().inspect(outputs['release-tag'] ?? '')).Id).toBe(outputs.imageid)
  }
  expect(await images().exists(`${NAMESPACE}/crowd:latest`)).toBe(false)
  expect((await images().inspect(bystander)).Id).toBe(before.Id)
})

describe('a project whose code looks around in every stage', () => {
  const secret = canary('looked-for')
  /** What it finds: variables and files that it has no business with, and whether it reaches a listener of this machine. */
  const probe = (port: number) => `import glob, os, socket
def probe(stage):
    found = [name for name in os.environ if name.startswith(('INPUT_', 'ACTIONS_', 'GITHUB_', 'RUNNER_'))]
    places = ['/run/secrets/*', '/root/.netrc', os.path.expanduser('~/.netrc'), '/var/run/docker.sock', '/run/docker.sock', '/root/.docker/config.json']
    found += [file for place in places for file in glob.glob(place)]
    for pid in [name for name in os.listdir('/proc') if name.isdigit()]:
        try:
            text = open('/proc/' + pid + '/environ', 'rb').read() + open('/proc/' + pid + '/cmdline', 'rb').read()
        except OSError:
            continue
        if b'looked-for' in text: found.append('process ' + pid)
    try:
        socket.create_connection(('127.0.0.1', ${port}), 2).close()
        found.append('network')
    except OSError:
        pass
    for file in ('/escaped', '/application/../escaped', '/usr/local/bin/escaped'):
        try: open(file, 'w').write('x')
        except OSError: pass
    return f'PROBE {stage} {sorted(found)}'
`

  test('finds no secret, no socket and no network, and what it writes outside is in no image', async () => {
    let reached = 0
    const listener = createListener((socket) => {
      reached++
      socket.end()
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const code = probe((listener.address() as AddressInfo).port)
    const setup = (name: string) =>
      `${code}\nopen('${name}/found.py', 'w').write('FOUND = ' + repr(probe('setup.py of ${name}')))\nfrom setuptools import setup\nsetup(name="${name}", version="1.0", packages=["${name}"])\n`
    const system = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    await using project = await projectOf({
      'setup.py': setup('shop'),
      'pyproject.toml': `${system}[project]\nname = "shop"\nversion = "1.0"\ndependencies = ["part"]\n[project.scripts]\nshop = "shop:main"\n[tool.uv.sources]\npart = { path = "part" }\n`,
      'shop/__init__.py': `${code}\nimport part.found, shop.found\nif '[]' not in probe('import'): raise RuntimeError(probe('import'))\ndef main():\n    print(part.found.FOUND, shop.found.FOUND, probe('run of shop'), sep='\\n')\n`,
      // Static, as a resolution without a lock would run its code with a network: docs/threat-model.md says so.
      'part/pyproject.toml': `${system}[project]\nname = "part"\nversion = "1.0"\n`,
      'part/setup.py': setup('part'),
      'part/part/__init__.py': '',
    })
    try {
      const result = await runAction({
        workspace: project.workspace,
        inputs: {
          namespace: NAMESPACE,
          'image-name': 'curious',
          version: '1.0',
          cache: 'never',
          'build-network': 'host',
          'index-credentials': `machine index.example login ada password ${secret}`,
          'github-token': secret,
          'cache-signing-key': `${secret}${secret}`,
          secrets: `token=${secret}`,
          run: 'shop',
        },
        env: { RUNNER_DEBUG: '1' },
      })
      expect(result.errors).toEqual([])
      const probes = [
        ...new Set([...result.log.matchAll(/PROBE ([\w. ]+) (\[[^\]]*\])/g)].map(([, stage, found]) => `${stage} ${found}`)),
      ].sort()
      expect(probes).toEqual(['run of shop []', 'setup.py of part []', 'setup.py of shop []'])
      expect(reached).toBe(0)
      expect(canariesIn(result.log.replace(/^::add-mask::.*$/gm, ''), { secret })).toEqual([])
      const names = await images().names(result.outputs['release-tag'] ?? '')
      expect(names.filter((name) => name.includes('escaped'))).toEqual([])
    } finally {
      listener.close()
    }
  })
})
