import { access, constants, mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { TAR_GUARD } from '../files/tar-guard.ts'
import type { CacheService, Log } from '../ports.ts'
import { type ChildOptions, type ChildResult, childEnvironment, run } from '../process/child.ts'
import { AT_WORK, CACHE_CHILD, type CacheAnswer, type CacheRequest } from './cache-child.ts'

/** @actions/cache waits three minutes a try for a service that never answers; a cache is not worth that. */
const LIMIT_MS = 18_000
/** A large archive on a slow link may take its time, but not forever. */
const TOTAL_MS = 600_000

export interface CacheSettings {
  /** The script that answers as a child, see cache-child.ts. */
  readonly entry: string
  /** A folder of this run alone: archives and the guard of `tar` lie there. */
  readonly temp: string
  readonly log: Log
  /** Milliseconds without an answer, or without progress of a transfer. */
  readonly limit?: number
  /** Milliseconds for each call as a whole. */
  readonly total?: number
}

/**
 * The cache service of Actions, asked by a child process: a call that hangs is ended with all it started,
 * so that nothing is extracted later; what the library prints (`::error::` among it) is not the run's;
 * and `tar` is ours on its PATH alone, which looks at an archive before anything of it is written.
 */
export function actionsCache({ entry, temp, log, limit = LIMIT_MS, total = TOTAL_MS }: CacheSettings): CacheService {
  const child = new CacheProcess({ entry, temp, log, limit, total })
  let aside = false // after one fault of the service it is not asked again: that would only cost more time
  let told = false
  const useless = new Set<string>() // entries of which nothing was taken

  function tell(text: string): void {
    if (!told) log.notice(text)
    told = true
  }

  return {
    async restore(folder, prefixes) {
      await rm(folder, { recursive: true, force: true })
      if (aside) return undefined
      await mkdir(folder, { recursive: true })
      const { answer, said, late } = await child.ask(folder, { verb: 'restore', folder: path.basename(folder), prefixes })
      if (answer.key !== undefined) return answer.key
      // A failed extraction may leave files behind; they are not what was saved.
      await rm(folder, { recursive: true, force: true })
      const entryName = lastMatch(said, /^Cache hit for(?: restore-key)?: (.+)$/m)
      const refused = lastMatch(said, /^pypackager: refused: (.+)$/m)
      const cause = answer.error ?? lastMatch(said, /^::(?:warning|error)[^:]*::Failed to restore: (.+)$/m)
      if (entryName) useless.add(entryName)
      if (refused) log.warning(`The cache entry ${entryName} is refused, it holds what we never save: ${refused.slice(0, 120)}`)
      else if (entryName && late) log.notice(`The cache entry ${entryName} did not arrive ${late}; going on without it.`)
      else if (entryName) log.notice(`The cache entry ${entryName} cannot be read; going on without it.`)
      else if (late || cause) leave('restore', late, cause)
      return undefined
    },

    async save(folder, key) {
      if (aside) return false
      if (useless.has(key)) {
        tell(`The cache keeps ${key}, which could not be used: delete it, so that a good one can take its place.`)
        return false
      }
      const { answer, said, late } = await child.ask(folder, { verb: 'save', folder: path.basename(folder), key })
      if (answer.key !== undefined) return true
      const cause =
        answer.error ??
        lastMatch(said, /^::debug::Failed to reserve cache: (?:Error: )?(.+)$/m) ??
        lastMatch(said, /Failed to save: (.+)$/m) ??
        lastMatch(said, /^(Cache save skipped: .+)$/m)
      if (/\b409\b|already exists/i.test(cause ?? '')) tell(`The cache already has ${key}: another job saved it first.`)
      else leave('save', late, cause ?? 'no reason was given')
      return false
    },
  }

  function leave(verb: string, late: string, cause: string | undefined): void {
    aside = true
    tell(
      late
        ? `The cache service did not ${verb} ${late}; going on without it.`
        : `The cache service could not ${verb}: ${cause?.slice(0, 200)}; going on without it.`,
    )
  }
}

/** The child process that asks the service, and the `tar` that it finds. */
class CacheProcess {
  private readonly settings: Required<CacheSettings>

  constructor(settings: Required<CacheSettings>) {
    this.settings = settings
  }

  async ask(folder: string, request: CacheRequest): Promise<{ answer: CacheAnswer; said: string; late: string }> {
    try {
      const cwd = await realpath(path.dirname(folder))
      const env = childEnvironment(process.env, {
        ...ofTheService(process.env),
        PATH: `${await this.guard()}:${process.env.PATH ?? ''}`,
        PYPACKAGER_TAR: await findTar(process.env.PATH ?? ''),
        PYPACKAGER_FOLDER: request.folder,
        PYPACKAGER_PARENT: cwd,
        // The library leaves its archives there.
        RUNNER_TEMP: this.settings.temp,
      })
      const child = await this.watched({ cwd, env, input: JSON.stringify(request) })
      return { answer: answerOf(child), said: decode(`${child.stdout}\n${child.stderr}`), late: child.late }
    } catch (error) {
      return { answer: { error: (error as Error).message }, said: '', late: '' }
    }
  }

  /** @returns with what became of it where it was ended: `late` is the end of a sentence, '' where it was not */
  private async watched(options: ChildOptions): Promise<ChildResult & { readonly late: string }> {
    const { entry, limit, total } = this.settings
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), limit)
    let moved = false
    const onLine = (line: string) => {
      if (line !== AT_WORK) return
      moved = true
      timer.refresh()
    }
    try {
      const child = await run(process.execPath, [entry, CACHE_CHILD], { ...options, onLine, limit: total, signal: silence.signal })
      const silent = moved ? `as nothing moved for ${limit / 1000} s` : `within ${limit / 1000} s`
      return { ...child, late: !child.timedOut ? '' : silence.signal.aborted ? silent : `within ${total / 1000} s` }
    } finally {
      clearTimeout(timer)
    }
  }

  /** @returns the folder that holds our `tar` */
  private async guard(): Promise<string> {
    const folder = path.join(this.settings.temp, 'tar-guard')
    await mkdir(folder, { recursive: true })
    // Two entries are restored side by side: whoever is first writes it.
    await writeFile(path.join(folder, 'tar'), TAR_GUARD, { mode: 0o755, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return folder
  }
}

/** Address and token of the service, which no other child gets. */
function ofTheService(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => /^ACTIONS_(CACHE|RESULTS|RUNTIME)/.test(name)))
}

async function findTar(searchPath: string): Promise<string> {
  for (const folder of searchPath.split(':').filter(path.isAbsolute)) {
    const file = path.join(folder, 'tar')
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file
  }
  throw new Error('there is no tar on PATH')
}

function answerOf(child: ChildResult): CacheAnswer {
  if (child.timedOut) return {}
  try {
    return JSON.parse(child.stdout.trimEnd().split('\n').at(-1) ?? '') as CacheAnswer
  } catch {
    return { error: `its client ended with code ${child.code}` }
  }
}

function lastMatch(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].at(-1)?.[1]
}

/** The text of the runner's commands as it was before it was made safe for one line. */
function decode(said: string): string {
  return said.replaceAll('%0A', ' ').replaceAll('%0D', ' ').replaceAll('%25', '%')
}
