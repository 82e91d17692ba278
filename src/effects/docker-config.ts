import { copyFile, mkdir, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

/** Where the user's docker configuration is. */
export function userDockerConfig(): string {
  return process.env.DOCKER_CONFIG || path.join(homedir(), '.docker')
}

/**
 * A docker configuration of this run alone (0700), so that a login does not race with other jobs on
 * the machine and goes away with the run: the user's settings copied, plugins and contexts linked.
 */
export async function dockerConfigFolder(temp: string): Promise<string> {
  const folder = path.join(temp, 'docker-config')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const user = userDockerConfig()
  await copyFile(path.join(user, 'config.json'), path.join(folder, 'config.json')).catch(ifMissing)
  for (const shared of ['cli-plugins', 'contexts']) {
    await symlink(path.join(user, shared), path.join(folder, shared)).catch(ifThere)
  }
  return folder
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
