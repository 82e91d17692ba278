import { symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { must } from './command.ts'
import { REGISTRY_USER, type Registry } from './registry.ts'
import { type TempFolder, tempFolder } from './temp.ts'

/** A docker configuration of its own, for DOCKER_CONFIG: no logins, but Buildx where the user has it there. */
export async function dockerConfig(): Promise<TempFolder> {
  const folder = await tempFolder('login')
  const user = process.env.DOCKER_CONFIG || path.join(homedir(), '.docker')
  await symlink(path.join(user, 'cli-plugins'), folder.at('cli-plugins')) // one that leads nowhere does no harm
  return folder
}

/** Logs in to the test registry in that configuration. */
export async function login(config: TempFolder, registry: Pick<Registry, 'host'>): Promise<void> {
  await must('docker', ['--config', config.path, 'login', '--username', REGISTRY_USER.username, '--password-stdin', registry.host], {
    input: REGISTRY_USER.password,
  })
}
