import type { BuildRequest } from '../docker-port.ts'

/**
 * The proxies of the runner by the names that tools and Docker know, in either case.
 * @see https://docs.docker.com/build/building/variables/#pre-defined-build-arguments
 */
export function runnerProxies(env: NodeJS.ProcessEnv): readonly (readonly [name: string, value: string])[] {
  return Object.entries(env).flatMap(([name, value]) =>
    /^(https?|ftp|all|no)_proxy$/i.test(name) && value ? [[name, value] as const] : [],
  )
}

/**
 * Names of the proxy variables that a build is given; docker takes their values from the environment, so no
 * password of a proxy is an argument, and BuildKit keeps them out of cache keys and history. A proxy on
 * loopback is another one in a container, unless that shares the host's network.
 */
export function proxiesFor({ network }: Pick<BuildRequest, 'network'>, env: NodeJS.ProcessEnv): readonly string[] {
  if (network === 'none') return []
  const proxies = runnerProxies(env).filter(
    ([, value]) => network === 'host' || !/^(\w+:\/\/)?([^/@]*@)?(localhost|127\.|\[::1\])/i.test(value),
  )
  return proxies.some(([name]) => !/^no_proxy$/i.test(name)) ? proxies.map(([name]) => name) : []
}
