import { must } from '../__tests__/support/command.ts'
import type { Daemon } from '../__tests__/support/daemon.ts'
import type { Project } from '../__tests__/support/project.ts'

/** What is there when the clock starts: nothing; its own cache on an emptied daemon; the daemon it built on before. */
export type Kept = 'nothing' | 'cache' | 'daemon'

/** One build that ended well. */
export interface Build {
  readonly seconds: number
  readonly image: string
  /** Seconds of that in which a `docker build` was at work, where the contender is one that does more. */
  readonly building?: number
  /** Seconds of that outside any call of docker. */
  readonly outside?: number
  /** Seconds of that in which the finished image was checked and its SBOM written, which the others do not do. */
  readonly looking?: number
}

/** A way to make the image of examples/polls, on a daemon and a copy of the project of its own. */
export interface Contender extends AsyncDisposable {
  readonly name: string
  readonly daemon: Daemon
  readonly project: Project
  /** Makes the image of the project as it stands. @throws Error with the end of the log where that fails */
  build(kept: Kept): Promise<Build>
  /** Puts what the last build leaves for the next machine where an emptied daemon does not lose it. */
  keep(): Promise<void>
  /** Makes the daemon and the project's folder those of another machine: with what was kept, or without. */
  empty(kept: boolean): Promise<void>
}

export const PARENT = process.env.PARENT_IMAGE ?? 'pypackager/debian-python:bookworm'

/** The certificate authorities that the builds trust beside their own, '' where none are told. */
export const CA = process.env.SSL_CERT_FILE ?? ''

/** Runs a program and measures it by the clock on the wall. @throws Error with the end of its stderr */
export async function timed(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now()
  await must(program, args, { env: { ...process.env, DOCKER_BUILDKIT: '1', ...env } }).catch((error: Error) => {
    throw new Error(`${program} ${args[0]}: …${error.message.slice(-3000)}`)
  })
  return (performance.now() - started) / 1000
}
