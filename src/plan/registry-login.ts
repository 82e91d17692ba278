import { UserError } from '../errors.ts'
import { lines } from '../inputs/readers.ts'
import type { Inputs } from '../inputs.ts'

/** Inputs that say where a push goes, and as whom. */
export type RegistryInputs = Pick<Inputs, 'registry' | 'mirrors' | 'username' | 'password' | 'githubToken'>

/**
 * The login that the inputs give for a registry; for ghcr.io the actor and the token of the run. Of several registries
 * each has its lines of `username` and `password`; `-` is for a login that docker has.
 * @param index of the registry among the lines of `registry`
 * @throws UserError where one of the two is missing
 */
export function loginOf(inputs: RegistryInputs, actor: string, index = 0): { username: string; password: string } | undefined {
  const several = inputs.mirrors.length > 0
  const username = several ? lineAt(inputs.username, index) : inputs.username
  const password = several ? lineAt(inputs.password, index) : inputs.password
  if (username && password) return { username, password }
  if (username || password) {
    throw new UserError(
      'inputs',
      `${username ? 'username' : 'password'} is set alone${several ? `, for the registry of line ${index + 1}` : ''}`,
      { next: 'Set both, or neither to use an existing login.', input: username ? 'username' : 'password' },
    )
  }
  const registry = [inputs.registry, ...inputs.mirrors][index]?.split('/')[0]
  return registry === 'ghcr.io' && inputs.githubToken && actor ? { username: actor, password: inputs.githubToken } : undefined
}

function lineAt(text: string, index: number): string {
  const line = lines(text)[index] ?? ''
  return line === '-' ? '' : line
}

/** @throws UserError where a registry that is pushed to has a user without a password, or the other way round */
export async function checkLogins(inputs: RegistryInputs & Pick<Inputs, 'push'>, actor: string): Promise<void> {
  if (inputs.push) for (const index of [inputs.registry, ...inputs.mirrors].keys()) loginOf(inputs, actor, index)
}
