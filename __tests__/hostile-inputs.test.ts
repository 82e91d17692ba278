import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { files as realFiles } from '../src/effects/files/files.ts'
import { sourcePaths } from '../src/effects/files/source.ts'
import { actionsLog } from '../src/effects/log/log.ts'
import type { Downloads, Git } from '../src/effects/ports.ts'
import type { Registry } from '../src/effects/registry-port.ts'
import { errorLine, UserError } from '../src/errors.ts'
import { INPUT_NAMES, readInputs } from '../src/inputs.ts'
import { main } from '../src/main.ts'
import { findProject, type Runner } from '../src/run/prepare/make-plan.ts'
import type { World } from '../src/run/world.ts'
import { captured } from './support/capture.ts'
import { hostile } from './support/hostile.ts'
import { helloFiles, type Project, projectOf } from './support/project.ts'
import { commandsIn } from './support/runner-commands.ts'
import { contextWith } from './support/values.ts'
import { worldIn } from './support/world.ts'

// Every input, with 500 generated hostile values each, from its text to the plan. What runs Docker has its turn in e2e/hostile-inputs.

const RUNS = 500
/** What a log of ours may tell the runner. */
const OURS = new Set(['group', 'endgroup', 'notice', 'warning', 'error', 'debug', 'add-mask'])

let project: Project

beforeAll(async () => {
  project = await projectOf({ ...helloFiles(), 'requirements.txt': '' })
})

afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
})

/** Neither reads nor asks: no child is begun for each of so many values. */
const LISTS = ['tracked', 'submodules', 'keptByLfs']
const noRepository = new Proxy({} as Git, { get: (_, name) => async () => (LISTS.includes(String(name)) ? [] : undefined) })

/** A port that none of these runs may come to. */
const docker = new Proxy({} as World['docker'], {
  get: (_, name) => () => {
    throw new Error(`docker.${String(name)} was called`)
  },
})

const downloads: Downloads = { fetch: async () => 0, withLogins: () => downloads } as unknown as Downloads

/** A folder is read once, not for each of so many values. */
function remembering<T extends object>(port: T): T {
  const answers = new Map<string, unknown>()
  return new Proxy(port, {
    get:
      (all, name) =>
      (...args: unknown[]) => {
        const ask = all[name as keyof T] as (...all: unknown[]) => unknown
        const key = JSON.stringify([name, ...args])
        if (key.length > 300) return ask(...args)
        if (!answers.has(key)) answers.set(key, ask(...args))
        return answers.get(key)
      },
  })
}

/** One that has nothing: a plan asks it for the image that is there. */
const registry = { existingLogin: async () => undefined, image: async () => undefined } as unknown as Registry

const files = remembering(realFiles)
const RUNNER: Runner = {
  caBundle: '',
  indexUrl: '',
  extraIndexUrls: [],
  namedLogin: (_, address) => address,
  sourcePaths: remembering({ sourcePaths }).sourcePaths,
}

/** All that a plan with these inputs says to the runner, its error line too. */
async function planned(given: Readonly<Record<string, string>>): Promise<{ readonly said: string; readonly error: unknown }> {
  const log = actionsLog(true)
  let error: unknown
  const said = await captured(async () => {
    try {
      const inputs = readInputs((name) => (given[name] ?? '').trim()) // as @actions/core does
      const { workspace } = project
      const known = worldIn(workspace, { log, git: noRepository, files, context: contextWith({ workspace, temp: workspace }) })
      const paths = {
        ...known.paths,
        project: await findProject(workspace, inputs.path, files),
        wheelhouse: path.join(workspace, inputs.path, inputs.wheelhouse),
      }
      await main(inputs, { ...known, docker, downloads, registry, paths }, RUNNER)
    } catch (thrown) {
      error = thrown
      log.error(errorLine(thrown), thrown instanceof UserError ? thrown.place : undefined)
    }
  })
  return { said, error }
}

/** Why this value is not survived; undefined where it is. */
async function fault(name: string, text: string): Promise<string | undefined> {
  const { said, error } = await planned({ target: 'plan', [name]: text })
  const commands = commandsIn(said)
  const odd = commands.find((command) => !OURS.has(command.name))
  if (odd) return `the runner obeys ${JSON.stringify(odd).slice(0, 200)}`
  if (error instanceof Error && error.message === 'docker.connect was called') return undefined // further than a plan
  if (error !== undefined && !(error instanceof UserError)) return `it fails unexpectedly: ${(error as Error).stack?.slice(0, 600)}`
  const errors = commands.filter((command) => command.name === 'error')
  if (errors.length !== (error === undefined ? 0 : 1))
    return `there are ${errors.length} error lines: ${JSON.stringify(errors).slice(0, 300)}`
  return (errors[0]?.text.length ?? 0) > 300 ? `the error line has ${errors[0]?.text.length} characters` : undefined
}

describe(`${RUNS} hostile values of`, () => {
  test.each(INPUT_NAMES.map((name) => ({ name })))('$name end in a plan or in one line', async ({ name }) => {
    await fc.assert(
      fc.asyncProperty(hostile(), async ({ text }) => {
        expect(await fault(name, text)).toBeUndefined()
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  })
})
