import { cp, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { must } from './support/command.ts'
import { ROOT } from './support/runner-step.ts'
import { type TempFolder, tempFolder, writeFiles } from './support/temp.ts'
import { toolEnvironment } from './support/tool.ts'

// The package as npm installs it: from a tarball and from a git address, with no registry and no cache to take anything from.

const NODE = path.join(ROOT, 'node_modules/.bin')
/** Scripts for which npm prepares a package of a git address in a folder that it removes again. @see https://github.com/npm/cli/issues/9406 */
const PREPARED_FOR = ['preinstall', 'install', 'postinstall', 'build', 'prepack', 'prepare']

let folder: TempFolder

beforeAll(async () => {
  folder = await tempFolder('package')
  await writeFiles(folder.path, {
    'project/pyproject.toml': '[project]\nname = "greeter"\nversion = "1.0"\n[build-system]\nrequires = ["setuptools"]\n',
    'project/greeter.py': '',
  })
})

afterAll(async () => {
  await folder?.[Symbol.asyncDispose]()
})

function environment() {
  return {
    ...toolEnvironment(),
    PATH: `${NODE}:${process.env.PATH}`,
    npm_config_cache: folder.at('cache'),
    npm_config_registry: 'http://127.0.0.1:1',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
}

/** Installs as somebody does, and asks the command for its version, its help and a plan. */
async function installed(spec: string, name: string) {
  const prefix = folder.at(name)
  await must('npm', ['install', '--global', '--prefix', prefix, spec], { env: environment(), cwd: folder.path })
  const command = path.join(prefix, 'bin/pypackager')
  const asked = (args: readonly string[]) => must(command, args, { env: environment(), cwd: folder.at('project') })
  return {
    modules: path.join(prefix, 'lib/node_modules'),
    version: await asked(['--version']),
    help: await asked(['--help']),
    plan: await asked(['plan']),
  }
}

describe('The package', () => {
  test('has no script for which npm prepares git addresses, and requires nothing', async () => {
    const own = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, object>
    expect(Object.keys(own.scripts ?? {}).filter((name) => PREPARED_FOR.includes(name))).toEqual([])
    expect(own).not.toHaveProperty('dependencies')
    expect(own).not.toHaveProperty('private')
  })

  test('works from its tarball, in an empty prefix without a network', async () => {
    const packed = await must('npm', ['pack', '--json', '--pack-destination', folder.path], { env: environment(), cwd: ROOT })
    const [{ filename, files, unpackedSize }] = JSON.parse(packed) as [
      { filename: string; files: { path: string }[]; unpackedSize: number },
    ]
    const others = files.filter(({ path: file }) => !/^(dist\/(cli|stages)\/|(package\.json|README\.md|LICENSE)$)/.test(file))
    expect(others).toEqual([])
    expect(unpackedSize).toBeLessThan(4_000_000)
    const { modules, version, help, plan } = await installed(folder.at(filename), 'from-tarball')
    expect(await readdir(modules)).toEqual(['pypackager'])
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(help).toContain('pypackager release')
    expect(plan).toContain('greeter:latest')
  })

  test('works from a git address', async () => {
    const clone = folder.at('clone')
    const left = ['.git', '.cache', 'node_modules', 'lib'].map((name) => path.join(ROOT, name))
    await cp(ROOT, clone, { recursive: true, filter: (file) => !left.includes(file) })
    const git = (...args: string[]) =>
      must('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: clone, env: environment() })
    await git('init', '--quiet')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'all')
    const { modules, version, plan } = await installed(`git+file://${clone}`, 'from-git')
    expect((await readdir(modules, { withFileTypes: true })).map((entry) => [entry.name, entry.isDirectory()])).toEqual([
      ['pypackager', true],
    ])
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(plan).toContain('greeter:latest')
  })
})
