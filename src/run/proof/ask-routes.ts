import * as v from 'valibot'
import { listOf, readJson, said, size } from '../../grammar.ts'
import type { Routes } from '../../judge/causes/missing-routes.ts'
import { servedObject } from '../../plan/start/served-object.ts'
import type { World } from '../world.ts'
import { runWord, scriptArguments } from './own-script.ts'
import type { ProofRequest } from './proof-request.ts'

/** Seconds that the application may take to be made. */
const LIMIT = 20

const routes = v.object({ count: size, paths: listOf(said(200), 100), settled: v.boolean() })

/**
 * The routes of the application that the start command serves, asked of the application itself.
 * @returns undefined where the command names none, or that does not tell
 */
export async function askRoutes(world: World, request: ProofRequest): Promise<Routes | undefined> {
  const { image, python, application, env } = request
  const served = servedObject([...image.config.entrypoint, ...image.config.command])
  if (!served) return undefined
  const { folder, paths } = application
  const word = runWord()
  const scripts = ['isolated.py', 'inspect.py', 'routes.py']
  const result = await world.docker
    .run({
      image: image.id,
      entrypoint: python,
      command: await scriptArguments(world, scripts, 'tell_routes', { ...served, folder, paths, limit: LIMIT }),
      env: { ...env },
      network: 'none',
      input: word,
      limit: LIMIT * 5000,
    })
    .catch(() => undefined) // the daemon may be too busy to answer
  const line = result?.stdout.split('\n').findLast((one) => one.startsWith(`${word} `))
  const told = line === undefined ? undefined : readJson(routes, line.slice(word.length))
  return told && { ...told, application: `${served.module}:${served.object}` }
}
