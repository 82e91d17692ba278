import { lastLine } from '../../text/words.ts'
import { inWords } from '../../time-limits.ts'
import { PushError } from '../docker-port.ts'
import type { ChildOptions, ChildResult } from '../process/child.ts'

type DockerCommand = (args: readonly string[], options?: ChildOptions) => Promise<ChildResult>

/** Docker says no more than this of why it tries again; the reason comes after its last try, some 50 s later. */
const TRIES_AGAIN = /\bRetrying in \d+ second/
/** `unexpected HTTP status: 503 …`, `status from PUT request to …: 429 …`, `error parsing HTTP 403 response body` (of a proxy's page). */
const STATUS = /\b(?:status\b.*?: |status: |HTTP )([45]\d\d)\b/
const LIMITED = /toomanyrequests|too many requests/i
const DENIED = /\b(denied|unauthorized|forbidden|insufficient_scope|no basic auth credentials)\b/i
/** Of a connection, or of a registry whose parts do not know yet what the others have: moby#36823, build-push-action#271. */
const PASSING =
  /\bEOF\b|connection reset|broken pipe|use of closed network connection|server closed idle connection|i\/o timeout|TLS handshake timeout|Client\.Timeout|context deadline exceeded|http2: |stream error|unknown blob|blob unknown|blob upload (?:unknown|invalid)|(?:BLOB|BLOB_UPLOAD|MANIFEST_BLOB)_(?:UNKNOWN|INVALID)|failed commit on ref|no response|temporary failure|try again|UNAVAILABLE\b/i

/** Options of the child, the environment with the login among them. */
interface Pushing extends ChildOptions {
  /** Asked once, where docker begins to try again: whether the registry refuses us; then docker is stopped. */
  readonly denied: () => Promise<boolean>
}

/**
 * Pushes a tag.
 * @returns the digest that the daemon reports
 * @throws PushError
 */
export async function pushImage(docker: DockerCommand, reference: string, { denied, ...options }: Pushing): Promise<string> {
  const stop = new AbortController()
  let asked: Promise<void> | undefined
  const onLine = (line: string) => {
    if (!TRIES_AGAIN.test(line)) return
    asked ??= denied().then(
      (refused) => refused && stop.abort(),
      () => {}, // who cannot be asked has not refused
    ) as Promise<void>
  }
  const result = await docker(['push', reference], { ...options, onLine, signal: stop.signal })
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(result.stdout)?.[1]
  if (result.code === 0 && digest) return digest
  const said = lastLine(result.stderr) || lastLine(result.stdout)
  if (result.timedOut && !stop.signal.aborted)
    throw new PushError('spent', `it took longer than ${inWords((options.limit ?? 0) / 1000)}, see timeout`)
  if (stop.signal.aborted) throw new PushError('denied', said)
  throw new PushError(whyOf(said, asked !== undefined), said)
}

/** @param triedAgain docker itself tried again and again, which is enough for one run */
function whyOf(said: string, triedAgain: boolean): PushError['why'] {
  const status = STATUS.exec(said)?.[1] ?? ''
  if (status === '429' || LIMITED.test(said)) return 'limited'
  if (['401', '403'].includes(status) || DENIED.test(said)) return 'denied'
  if (!status.startsWith('5') && (status || !PASSING.test(said))) return 'other'
  return triedAgain ? 'spent' : 'passing'
}
