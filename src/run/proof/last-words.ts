import * as v from 'valibot'
import { said } from '../../grammar.ts'
import { withFields } from '../../judge/causes/missing-fields.ts'
import { unfolded } from '../../judge/causes/structured-log.ts'

const USAGE = /^\s*usage:|^Type '.* help <subcommand>'/i

/** Whether a program printed how it is called, and little before, such as a warning. */
export function isUsage(lines: readonly string[]): boolean {
  return lines.slice(0, 12).some((line) => USAGE.test(line))
}

/** Of what a program said the line that tells why it ended. */
export function telling(lines: readonly string[]): string {
  const all = unfolded(lines.slice(-2000)).flatMap((line) => line.slice(0, 2000).trim() || [])
  const own = all.filter((line) => !OF_SERVER.test(line))
  const logged = own.findLast((line) => LOGGED.test(line.slice(0, 100)))?.replace(MOMENT, '')
  return v.parse(said(1000), withFields(faultIn(lines.slice(-2000)) ?? logged ?? own.at(-1) ?? all.at(-1) ?? '', all))
}

/** A line of a log that tells of a fault; what to try instead may stand below it. */
const LOGGED = /(?:^|[\s[|(-])(?:CRITICAL|FATAL|ERROR)(?=$|[\s\]|):-])/
/** What servers say of the end of any application: what it said itself stands above. */
const OF_SERVER =
  /Worker failed to boot|Worker \(pid:\s?\d+\) (?:exited|was sent)|Worker exiting|Shutting down: Master|Booting worker|Application startup failed|Waiting for child process|Child process \[\d+\]|^\(Background on this error at: /
const MOMENT = /^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?: ?(?:Z|[+-]\d\d:?\d\d))?\]?[\s|-]*/

/** The last are SQLAlchemy's, of what a driver raised. @see https://docs.sqlalchemy.org/en/20/errors.html */
const FAULT = /^[\w.]*(Error|Exception|ImproperlyConfigured|NotFound|DoesNotExist)\b.*:|: error:|^\(\w+(?:\.\w+)*(?:Error|Exception)\) /

/** What logging says of any fault of a handler: the one above it is why. @see https://docs.python.org/3/library/logging.config.html */
const OF_LOGGING = /^ValueError: Unable to configure /

/** A line that ends with a colon says what went wrong in the two below. */
function withWhat(line: string, all: readonly string[]): string {
  if (!line.endsWith(':')) return line
  const below = all.slice(all.lastIndexOf(line) + 1).filter(Boolean)
  return [line, ...below.slice(0, 2)].join(' ')
}

/** The last line that names an error, whatever was said since. */
export function faultIn(lines: readonly string[]): string | undefined {
  const all = unfolded(lines).map((line) => line.slice(0, 2000).trim())
  const found = all.findLast((line) => FAULT.test(line) && !OF_LOGGING.test(line)) ?? all.findLast((line) => FAULT.test(line))
  return found === undefined ? undefined : v.parse(said(1000), withFields(withWhat(found, all), all))
}

/** Files of configuration, by their usual endings, of a folder of the system or of data. */
const CONFIGURATION = /['"( ](\/(?:etc|config|conf|data|srv|opt)\/[\w./-]{1,200}\.(?:cfg|conf|ini|toml|ya?ml|json|env|properties))\b/

/** The configuration that a program says it did not find: whoever runs the image mounts it. */
export function soughtIn(lines: readonly string[]): string | undefined {
  const line = lines
    .slice(-2000)
    .find(
      (one) => /No such file|not found|does not exist|[Uu]nable to (?:load|read|open)/.test(one) && CONFIGURATION.test(one.slice(0, 2000)),
    )
  return CONFIGURATION.exec(line?.slice(0, 2000) ?? '')?.[1]
}
