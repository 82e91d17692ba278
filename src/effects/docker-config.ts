import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

/** Where the user's docker configuration is. */
export function userDockerConfig(): string {
  return process.env.DOCKER_CONFIG || path.join(homedir(), '.docker')
}

/** Docker Hub's names, and the one under which docker keeps its login, in the file and with helpers. */
const HUB = { names: ['', 'docker.io', 'index.docker.io'], key: 'https://index.docker.io/v1/' }

export function isDockerHub(registry: string): boolean {
  return HUB.names.includes(registry)
}

/** The name under which docker keeps the login of a registry. */
export function loginKey(registry: string): string {
  return isDockerHub(registry) ? HUB.key : registry
}

/**
 * A docker configuration of this run alone (0700), so that a login does not race with other jobs on
 * the machine and goes away with the run: the user's settings copied, plugins and contexts linked. For
 * the registry that is logged in to, no credential helper: it would keep the login beyond the run.
 */
export async function dockerConfigFolder(temp: string, registry: string): Promise<string> {
  const folder = path.join(temp, 'docker-config')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const user = userDockerConfig()
  const text = await readFile(path.join(user, 'config.json'), 'utf8').catch(() => '{}')
  const config = JSON.parse(text) as { credHelpers?: Record<string, string> }
  const credHelpers = { ...config.credHelpers, [loginKey(registry)]: '' }
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ ...config, credHelpers }), { mode: 0o600 })
  for (const shared of ['cli-plugins', 'contexts']) {
    await symlink(path.join(user, shared), path.join(folder, shared)).catch(ifThere)
  }
  return folder
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
