import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { dockerClient } from '../../src/effects/docker/docker.ts'
import { runName } from '../../src/effects/docker/left-behind.ts'
import { awaitServices } from '../../src/run/commands/container-commands.ts'
import { alive, asRoot, freePort, must, until } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { images } from '../support/image.ts'
import { NOTES } from '../support/notes.ts'
import { BUSY } from '../support/patience.ts'
import { type Project, projectOf } from '../support/project.ts'
import { type ActionResult, runAction, startAction } from '../support/runner.ts'
import { tempFolder } from '../support/temp.ts'
import { listener, worldIn } from '../support/world.ts'

// Commands in the release image before it is pushed: run, manage, and what goes with them.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-commands'
const SETTINGS = 'DJANGO_SETTINGS_MODULE=notes.settings.release'
const IMAGE = `${NAMESPACE}/notes-site:main`
const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'
const FINDER = path.join(import.meta.dirname, '../../src/stages/container-commands/manage.py')

let daemon: MachineDaemon
let project: Project
let first: ActionResult

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await projectOf(NOTES)
  first = await packaged({ run: 'echo "a  b" | cat; echo ::error::not obeyed' })
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

function packaged(inputs: Record<string, string> = {}) {
  return runAction({ workspace: project.workspace, inputs: { namespace: NAMESPACE, 'image-env': SETTINGS, ...inputs } })
}

/** Ids of the containers of our images that carry the label of a run: others work on this daemon too. */
async function containers(): Promise<readonly string[]> {
  const lines = (await daemon.docker('ps', '--all', '--format={{.Label "io.pypackager.run"}} {{.ID}}')).split('\n')
  // All but the process is the same in the names of a workspace's runs.
  const ofProject = runName(project.workspace).split('.').slice(0, 3).join('.')
  return lines.filter((line) => line.startsWith(`${ofProject}.`))
}

describe('run', () => {
  test('reads a line as a shell does, and what it prints is not obeyed', () => {
    expect(first.errors).toEqual([])
    expect(first.code).toBe(0)
    expect(first.log).toContain('| a  b\n')
    expect(first.log).toContain('::error::not obeyed')
    expect(first.summary).toMatch(/^\| run \| <code>echo .*<\/code> \| [\d.]+\ss \|$/m)
  })

  test('gives environment, name and folder as asked; values keep blanks, quotes and $', async () => {
    const value = `it's "quoted"  $HOME \\n ‑`
    const result = await packaged({
      run: "python -c \"import os; print([os.environ[n] for n in ('A', 'PATHS', 'HTTP_PROXY')])\"",
      env: `A=${value}\nPATHS=\nHTTP_PROXY=http://p.example`,
    })
    expect(result.errors).toEqual([])
    expect(result.log).toContain(`it\\'s "quoted"  $HOME \\\\n ‑`)
    expect(result.log).toContain(`'', 'http://p.example']`)
  })

  test('lines share a container, each is a shell of its own, and each has its limit', async () => {
    const result = await packaged({ run: 'echo kept > /app/note; cd /; X=1\ncat note; pwd; echo "${X:-unset}"; printf "no end"' })
    expect(result.errors).toEqual([])
    expect(result.log).toMatch(/\| kept\n.*\n?.*\| \/app\n.*\n?.*\| unset\n.*\n?.*\| no end\n/)
    const driver = await readFile(path.join(import.meta.dirname, '../../src/stages/container-commands/lines.sh'), 'utf8')
    const late = await images()
      .run(IMAGE, ['sh', '-c', `${driver}`, 'lines', 'mark', '1', 'trap "" TERM; sleep 60 & wait; sleep 60'])
      .catch(String)
    expect(late).toMatch(/code 137|code 124/)
  })

  test('a line that fails fails the run with the line and its code; nothing is tagged or set', async () => {
    const result = await packaged({ run: 'echo before\nfalse; echo never\nsh -c "exit 3"', 'image-name': 'failing' })
    expect(result.code).toBe(1)
    expect(result.errors).toEqual(['run: "false; echo never" ended with code 1. Its last lines are above. Nothing was pushed.'])
    expect(result.log).not.toContain('| never')
    expect(result.outputs['release-tag']).toBeUndefined()
    expect(await images().exists(`${NAMESPACE}/failing:main`)).toBe(false)
    expect(await containers()).toEqual([])
  })

  test('what docker refuses is said in its words', async () => {
    const result = await packaged({ run: 'true', network: 'no-such-network' })
    expect(result.errors).toEqual([
      expect.stringMatching(/^run: "true" was not started: .*no-such-network.* Check network, ports and volumes\.$/),
    ])
  })
})

test('everything given as arguments reaches the container untouched, and a limit ends it', async () => {
  await using folder = await tempFolder()
  const docker = dockerClient({ temp: folder.path, runId: 'pt-commands-run', log: listener() })
  const words = ['a  b', '', '$HOME', `it's "so"`, 'two\nlines', '--privileged', '-v/:/h', '*', '\\', '🐍']
  const env = { NEWLINES: 'one\ntwo', PATH_LIKE: '$PATH', DOCKER_HOST: 'tcp://nowhere', LD_PRELOAD: '' }
  const source = folder.at('odd: "place", ü')
  await mkdir(source)
  await writeFile(path.join(source, 'file'), 'seen')
  const binds = [{ source, target: '/in', readOnly: true }]
  expect((await docker.run({ image: IMAGE, command: ['sh', '-c', 'cat /in/file; touch /in/x'], binds })).stdout).toBe('seen')
  const script =
    'import json, os, sys; print(json.dumps([sys.argv[1:], os.environ["NEWLINES"], os.environ["PATH_LIKE"], os.environ["DOCKER_HOST"]]))'
  const told = await docker.run({ image: IMAGE, command: ['python', '-c', script, ...words], env })
  expect(JSON.parse(told.stdout)).toEqual([words, 'one\ntwo', '$PATH', 'tcp://nowhere'])
  const start = performance.now()
  const late = await docker.run({ image: IMAGE, command: ['sleep', '60'], limit: 1500 })
  expect(late.timedOut).toBe(true)
  expect(performance.now() - start).toBeLessThan((10_000 * BUSY) / 2)
  expect(await containers()).toEqual([])
})

describe('manage', () => {
  const finder = async (project: string, words: readonly string[], options: readonly string[] = []) =>
    images().run(IMAGE, ['python', '-c', await readFile(FINDER, 'utf8'), project, ...words], options)

  test('finds the console script that does the work, and hands it words as a shell splits them', async () => {
    const result = await packaged({ manage: `check\nshell -c 'print("it is", 6 * 7)'` })
    expect(result.errors).toEqual([])
    expect(result.log).toContain('manage is the console script /appenv/bin/notes-admin')
    expect(result.log).toContain('no issues')
    expect(result.log).toContain('| it is 42')
  })

  test('prefers a manage.py on PATH, then one in the working folder', async () => {
    await using folder = await tempFolder()
    await writeFile(folder.at('manage.py'), '#!/usr/bin/env python3\nimport sys\nprint("mine", sys.argv[1:])\n', { mode: 0o755 })
    const mount = (to: string) => [`--volume=${folder.at('manage.py')}:${to}:ro`]
    expect(await finder('notes-site', ['a b', '--c'], mount('/usr/local/bin/manage.py'))).toBe("mine ['a b', '--c']")
    expect(await finder('notes-site', [''], mount('/app/manage.py'))).toBe("mine ['']")
  })

  test('else takes python -m django where the settings are named, and says so where they are not', async () => {
    expect(await finder('another', ['check'])).toContain('no issues')
    await expect(finder('another', ['check'], ['--env=DJANGO_SETTINGS_MODULE='])).rejects.toThrow(
      'the image has no manage.py on PATH, no console script that does its work',
    )
  })

  test('a line with an open quote is an error before any build', async () => {
    const result = await packaged({ manage: `shell -c 'print(1)` })
    expect(result.errors).toEqual([expect.stringContaining('inputs: manage has a line with an open quote')])
    expect(result.log).not.toContain('Docker Engine')
  })
})

describe('volumes', () => {
  test('a folder of the workspace is made and written as its owner, by collectstatic', async () => {
    await must(...asRoot('chown', '4711:4712', project.workspace))
    const result = await packaged({ manage: 'collectstatic --no-input', volumes: './made/static:/var/www/static' })
    expect(result.errors).toEqual([])
    for (const file of ['made', 'made/static', 'made/static/notes', 'made/static/notes/style.css']) {
      const { uid, gid } = await stat(project.at(file))
      expect(`${file} ${uid}:${gid}`).toBe(`${file} 4711:4712`)
    }
    expect(await readFile(project.at('made/static/notes/style.css'), 'utf8')).toContain('green')
    await must(...asRoot('chown', '-R', `${process.getuid?.()}:${process.getgid?.()}`, project.workspace))
  })

  test('a named volume is fresh and writable for the image’s user, and is kept', async () => {
    const name = `pt-commands-${process.pid}`
    try {
      const result = await packaged({
        manage: 'collectstatic --no-input',
        run: 'id -u; ls /var/www/static/notes',
        volumes: `${name}:/var/www/static`,
      })
      expect(result.errors).toEqual([])
      expect(result.log).toMatch(/\| 10001\n(.*\n)*?.*\| style\.css/)
    } finally {
      await daemon.docker('volume', 'rm', '--force', name)
    }
  })

  test('a read-only one is, and leaves the user as he is', async () => {
    const result = await packaged({ run: 'id -u\ntouch /in/x', volumes: './notes:/in:ro' })
    expect(result.log).toContain('| 10001')
    expect(result.errors).toEqual([expect.stringContaining('run: "touch /in/x" ended with code 1')])
  })

  test('one that leads out of the workspace is refused before any build', async () => {
    await using other = await projectOf(NOTES)
    await symlink('/', other.at('out'))
    const inputs = { namespace: NAMESPACE, run: 'true', volumes: './out/etc:/in' }
    const result = await runAction({ workspace: other.workspace, inputs })
    expect(result.errors).toEqual([expect.stringContaining('the volume "./out/etc:/in" leads out of the workspace')])
    expect(result.log).not.toContain('Docker Engine')
  })
})

describe('services of the job', () => {
  const names = { network: `pt-commands-${process.pid}`, db: `pt-commands-db-${process.pid}`, redis: `pt-commands-redis-${process.pid}` }

  beforeAll(async () => {
    await using folder = await tempFolder()
    await writeFile(
      folder.at('Dockerfile'),
      `FROM ${PARENT}
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql redis-server >/dev/null
`,
    )
    await must('docker', ['build', '--quiet', '--tag', `${NAMESPACE}/services`, folder.path], {
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
    })
    await daemon.docker('network', 'create', names.network)
  })

  afterAll(async () => {
    for (const container of [names.db, names.redis]) await daemon.docker('rm', '--force', '--volumes', container).catch(() => '')
    await daemon.docker('network', 'rm', names.network)
  })

  const start = (name: string, alias: string, line: string) =>
    daemon.docker(
      'run',
      '--detach',
      '--init',
      `--name=${name}`,
      `--network=${names.network}`,
      `--network-alias=${alias}`,
      `${NAMESPACE}/services`,
      'bash',
      '-ec',
      line,
    )

  test('migrate works against a real PostgreSQL and a cache in a real Redis, both of which start late', async () => {
    // As the official image does: it listens for others when all is ready.
    const postgres = `sleep 3; V=$(ls /etc/postgresql); pg_ctlcluster $V main start
      su postgres -c "psql -c \\"create user ada password 'secret-word'\\" -c 'create database notes owner ada'"
      echo "listen_addresses = '*'" >> /etc/postgresql/$V/main/postgresql.conf
      echo 'host all all all scram-sha-256' >> /etc/postgresql/$V/main/pg_hba.conf; pg_ctlcluster $V main restart; exec sleep infinity`
    await start(names.redis, 'cache', 'sleep 2; exec redis-server --protected-mode no')
    await start(names.db, 'db', postgres)
    const result = await packaged({
      network: names.network,
      env: `DATABASE_URL=postgresql+psycopg://ada:secret-word@db:5432/notes\nREDIS_URL=redis://cache/1`,
      manage: `migrate\nshell -c 'from notes.models import Note; Note.objects.create(text="kept"); from django.core.cache import cache; cache.set("x", "from redis")'`,
      run: `notes-admin shell -c 'from notes.models import Note; from django.core.cache import cache; print(Note.objects.get().text, cache.get("x"))'`,
    })
    expect(result.errors).toEqual([])
    expect(result.log).toMatch(/db:5432, cache:6379 answer \(\d+\.\d s\)/)
    expect(result.log).toContain('Applying notes.0001_initial... OK')
    expect(result.log).toContain('| kept from redis')
    expect(result.log).not.toContain('secret-word')
  })

  test('one that never answers is named with its variable, without the password, when the time is over', async () => {
    await using folder = await tempFolder()
    const world = worldIn(folder.path, { docker: dockerClient({ temp: folder.path, runId: 'pt-commands-wait', log: listener() }) })
    const withStages = { ...world, paths: { ...world.paths, stages: path.join(import.meta.dirname, '../../src/stages') } }
    const waiting = awaitServices(
      withStages,
      IMAGE,
      { network: names.network, env: { CACHE: 'redis://cache', DB: 'postgres://ada:secret-word@nobody/x' } },
      5,
    )
    await expect(waiting).rejects.toThrow(
      /^DB names nobody:5432, which took no connection in 5 s in the network pt-commands-\d+: .*(not known|resolution)/,
    )
  })
})

describe('a run that is ended', () => {
  const running = async (more: Record<string, string> = {}) => {
    const run = 'echo at work; trap "" INT TERM; python -m http.server 8000'
    const action = await startAction({
      workspace: project.workspace,
      inputs: { namespace: NAMESPACE, 'image-env': SETTINGS, run, ...more },
    })
    await action.seen('| at work')
    return action
  }

  test('has its ports published; by SIGINT it is gone in seconds and leaves no container', async () => {
    const port = await freePort()
    const action = await running({ ports: `127.0.0.1:${port}:8000` })
    await until('an answer', 20, () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    expect(await containers()).toHaveLength(1)
    const start = performance.now()
    action.kill('SIGINT')
    await until('the end of the action', 60, () => !alive(action.pid))
    expect(performance.now() - start).toBeLessThan(7000 * BUSY)
    expect(await containers()).toEqual([])
    const result = await action.result
    expect(result.code).toBe(1)
    expect(result.errors).toContain('Cancelled.')
    expect(result.left).toEqual([])
  })

  test('by SIGKILL is cleared by the post step', async () => {
    const action = await running()
    action.kill('SIGKILL')
    const result = await action.result
    expect(result.postCode).toBe(0)
    expect(await containers()).toEqual([])
  })
})
