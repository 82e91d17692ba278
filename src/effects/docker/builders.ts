import { access } from 'node:fs/promises'
import path from 'node:path'
import type { ChildOptions, ChildResult } from '../process/child.ts'
import { readDockerConfig, userDockerConfig } from './docker-config.ts'

type DockerCommand = (args: readonly string[], options?: ChildOptions) => Promise<ChildResult>

/**
 * The builder of the daemon itself, as Buildx calls it: by the context that docker takes.
 * @see https://docs.docker.com/engine/manage-resources/contexts/
 */
export async function daemonBuilder(): Promise<string> {
  if (process.env.DOCKER_HOST) return 'default'
  const { currentContext } = (await readDockerConfig()).config
  return process.env.DOCKER_CONTEXT || currentContext || 'default'
}

/**
 * The environment of a build. Where `docker buildx install` was called, a client before 23 hands `docker build` to
 * Buildx, which takes the selected builder and adds a provenance that makes an index of the image.
 */
export async function buildEnvironment(): Promise<NodeJS.ProcessEnv> {
  return { BUILDX_BUILDER: await daemonBuilder(), BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }
}

/**
 * What to tell of a builder that the user selected (docker/setup-buildx-action does) and that is not the daemon's:
 * it sees no image of the daemon, and leaves none there. Undefined where none is.
 */
export async function unusedBuilder(docker: DockerCommand): Promise<string | undefined> {
  const named = process.env.BUILDX_BUILDER ?? ''
  if (!named && !(await selects())) return undefined
  const { code, stdout } = await docker(['buildx', 'inspect'], { limit: 15_000 })
  const field = (name: string) => new RegExp(`^${name}: +(\\S+)`, 'm').exec(stdout)?.[1]
  const [name, driver] = code === 0 ? [field('Name') ?? named, field('Driver')] : [named, undefined]
  if (driver === 'docker' || !name || name === (await daemonBuilder())) return undefined
  return `The builder ${name}${driver ? ` (${driver})` : ''} is not used: each image is made from the one before, which only the daemon's own builder sees.`
}

/** Whether `docker buildx use` was ever called: only then is Buildx asked, which takes a while. */
async function selects(): Promise<boolean> {
  const folder = process.env.BUILDX_CONFIG || path.join(userDockerConfig(), 'buildx')
  const there = (name: string) =>
    access(path.join(folder, name)).then(
      () => true,
      () => false,
    )
  return (await there('current')) || (await there('defaults'))
}
