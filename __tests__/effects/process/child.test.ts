import { describe, expect, test } from '@jest/globals'
import { childEnvironment, run, stopChildren } from '../../../src/effects/process/child.ts'
import { inTempFolder, writeFiles } from '../../support/in-temp-folder.ts'

function shell(script: string, options: Parameters<typeof run>[2] = {}) {
  return run('sh', ['-c', script], options)
}

function node(script: string, options: Parameters<typeof run>[2] = {}) {
  return run(process.execPath, ['-e', script], options)
}

describe('the end of a child', () => {
  test.each([
    { name: 'that did well is 0', script: 'exit 0', code: 0 },
    { name: 'that failed is its code', script: 'exit 3', code: 3 },
    { name: 'by SIGTERM is a failure', script: 'kill -TERM $$', code: 143 },
    { name: 'by SIGKILL is a failure, as for want of memory', script: 'kill -KILL $$', code: 137 },
  ])('$name', async ({ script, code }) => {
    expect(await shell(script)).toMatchObject({ code, timedOut: false })
  })

  test('by any other signal is a failure too', async () => {
    expect((await shell('kill -ABRT $$')).code).toBeGreaterThan(128)
  })

  test('that does not exist is 127, and its message names it', async () => {
    const result = await run('no-such-program-here', [])
    expect(result.code).toBe(127)
    expect(result.stderr).toContain('no-such-program-here')
  })

  test('that may not be run is 126', async () => {
    await inTempFolder(async (folder) => {
      await writeFiles(folder, { program: 'text' })
      expect((await run(`${folder}/program`, [])).code).toBe(126)
    })
  })

  test('comes after its time limit, with the children that it started', async () => {
    const started = performance.now()
    const result = await shell('sleep 60 & sleep 60; echo late', { limit: 200 })
    expect(result).toEqual({ code: 137, stdout: '', stderr: '', timedOut: true })
    expect(performance.now() - started).toBeLessThan(50_000)
  })

  test('comes when all children are stopped', async () => {
    let ready = () => {}
    const began = new Promise<void>((resolve) => {
      ready = resolve
    })
    const ended = shell('echo ready; sleep 60', { onLine: () => ready() })
    await began
    stopChildren('SIGTERM')
    expect((await ended).code).toBe(143)
  })
})

describe('what a child says', () => {
  test('is kept apart as output and errors, whole', async () => {
    expect(await shell('echo one; echo two >&2; printf three')).toEqual({ code: 0, stdout: 'one\nthree', stderr: 'two\n', timedOut: false })
  })

  test.each([
    { name: 'arrives as lines', script: 'printf "a\\nb\\n"', lines: ['a', 'b'] },
    { name: 'arrives although the last line has no end', script: 'printf "a\\nlast"', lines: ['a', 'last'] },
    { name: 'arrives from standard error too', script: 'echo a >&2', lines: ['a'] },
    { name: 'keeps its empty lines', script: 'printf "a\\n\\nb\\n"', lines: ['a', '', 'b'] },
    { name: 'has lines at carriage returns, as progress bars write them', script: 'printf "1%%\\r2%%\\r\\n"', lines: ['1%', '2%'] },
    { name: 'may be nothing', script: 'true', lines: [] },
  ])('$name', async ({ script, lines }) => {
    const said: string[] = []
    await shell(script, { onLine: (line) => said.push(line) })
    expect(said).toEqual(lines)
  })

  test('is put together where a letter is split between two writes', async () => {
    const said: string[] = []
    const result = await node(
      'const b = Buffer.from("a€b\\n"); process.stdout.write(b.subarray(0, 2)); setTimeout(() => process.stdout.write(b.subarray(2)), 100)',
      { onLine: (line) => said.push(line) },
    )
    expect([result.stdout, said]).toEqual(['a€b\n', ['a€b']])
  })

  test('may be long', async () => {
    expect((await node('process.stdout.write("x".repeat(3_000_000))')).stdout).toHaveLength(3_000_000)
  })
})

describe('what a child is given', () => {
  test('are its arguments, none of them read by a shell', async () => {
    const args = ['a b', '$HOME', '"', '']
    expect(
      JSON.parse((await run(process.execPath, ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args])).stdout),
    ).toEqual(args)
  })

  test('is its input', async () => {
    expect((await run('cat', [], { input: 'pässword' })).stdout).toBe('pässword')
  })

  test('is the end of input where there is none', async () => {
    expect((await run('cat', [], { limit: 30_000 })).timedOut).toBe(false)
  })

  test('may be input that it never reads', async () => {
    expect((await run('true', [], { input: 'x'.repeat(1_000_000) })).code).toBe(0)
  })

  test('is its folder and its environment', async () => {
    await inTempFolder(async (folder) => {
      expect((await shell('pwd -P; echo $A', { cwd: folder, env: { ...process.env, A: 'one' } })).stdout).toMatch(
        /pypackager-test-.*\none\n$/,
      )
    })
  })
})

describe('the environment of a child', () => {
  test.each([
    { name: 'INPUT_PASSWORD', kept: false },
    { name: 'INPUT_INDEX-URL', kept: false },
    { name: 'ACTIONS_RUNTIME_TOKEN', kept: false },
    { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', kept: false },
    { name: 'ACTIONS_CACHE_URL', kept: false },
    { name: 'ACTIONS_RESULTS_URL', kept: false },
    { name: 'STATE_login', kept: false },
    { name: 'GITHUB_TOKEN', kept: false },
    { name: 'GITHUB_REPOSITORY', kept: true },
    { name: 'PATH', kept: true },
    { name: 'DOCKER_HOST', kept: true },
    { name: 'MY_INPUT_FILE', kept: true },
  ])('holds $name: $kept', ({ name, kept }) => {
    expect(childEnvironment({ [name]: 'x' })).toEqual(kept ? { [name]: 'x' } : {})
  })

  test('holds what is added, before what was there', () => {
    expect(childEnvironment({ A: '1', B: '2' }, { B: '3' })).toEqual({ A: '1', B: '3' })
  })

  test('is what a child gets when nothing else is said', async () => {
    const name = 'INPUT_PYPACKAGER_TEST'
    process.env[name] = 'secret'
    try {
      expect((await shell(`echo "<$${name}>"`)).stdout).toBe('<>\n')
    } finally {
      delete process.env[name]
    }
  })
})
