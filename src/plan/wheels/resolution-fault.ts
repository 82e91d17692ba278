import type { FaultKind } from '../../errors.ts'
import { hostOf } from '../../text/addresses.ts'
import { buildHint } from './build-hints.ts'

/** Why a resolution failed, and what mends it. */
export interface ResolutionFault {
  readonly cause: string
  readonly next: string
  readonly kind: FaultKind
  /** What cannot be met, where that is it. */
  readonly reason?: string
}

const LATER = 'Run again later, or name another index in index-url.'
const REACH = 'Check index-url, extra-index-urls, build-network and the proxy.'

/** What uv says of an index that fails, after the address that it asked. The first that fits is meant. */
const TROUBLES: readonly (readonly [RegExp, string, string, FaultKind])[] = [
  [
    /invalid peer certificate: (?:UnknownIssuer|.*self.?signed)/i,
    'has a certificate that is not trusted in the image',
    'Name the authority that signed it in ca-bundle.',
    'failed',
  ],
  [/invalid peer certificate: Expired/i, 'has a certificate that has expired', 'The index must renew it.', 'failed'],
  [/invalid peer certificate|certificate/i, 'has a certificate that does not fit', 'Check the host in index-url, and ca-bundle.', 'failed'],
  [/timed out/i, 'timed out', LATER, 'passing'],
  [/tunnel error|proxy/i, 'could not be reached through the proxy', 'Check HTTPS_PROXY and NO_PROXY of the runner.', 'failed'],
  [/dns error|lookup address/i, 'was not found (DNS)', REACH, 'failed'],
  [/Connection refused/i, 'refuses connections', REACH, 'passing'],
  [/error sending request|Failed to fetch/i, 'dropped the connection', LATER, 'passing'],
]

/** Characters of a line that are looked at. */
const LONGEST = 20_000

/**
 * Reads what uv printed: an index that fails is named by its host, so that nobody looks for the fault in
 * the project; what is left is a requirement that cannot be met.
 * @param output lines of uv
 * @param otherwise the cause where uv printed nothing
 */
export function resolutionFault(output: readonly string[], otherwise: string): ResolutionFault {
  const text = output.map((line) => line.slice(0, LONGEST)).join('\n')
  const denied =
    /An index URL \((\S+?)\) could not be queried due to a lack of valid authentication credentials \((\d{3})/.exec(text) ??
    /An index \((\S+?)\) returned a (\d{3})/.exec(text)
  if (denied) return refused(hostOf(denied[1] ?? ''), denied[2] ?? '')

  const tries = /after (\d+) retries/.exec(text)?.[1]
  const status = /HTTP status (?:client|server) error \((\d{3})[^)\n]*\) for url \((\S+?)\)/.exec(text)
  if (status) {
    const [, code = '', url = ''] = status
    if (/^40[137]$/.test(code)) return refused(hostOf(url), code)
    const passing = /^(408|425|429|5\d\d)$/.test(code)
    const cause = `index ${hostOf(url)} answered ${code}${tries ? ` (${Number(tries) + 1} tries)` : ''}`
    return { cause, next: LATER, kind: passing ? 'passing' : 'failed' }
  }
  const asked = /(?:Failed to fetch:? `?|for url \()(https?:\/\/[^\s`)]+)/.exec(text)?.[1]
  const trouble = asked && TROUBLES.find(([sign]) => sign.test(text.slice(text.indexOf(asked)).replaceAll(asked, '')))
  if (asked && trouble) return { cause: `index ${hostOf(asked)} ${trouble[1]}`, next: trouble[2], kind: trouble[3] }
  const tool = /Because (?:the pinned version of )?uv was not found on (\S+)/.exec(text)?.[1]
  if (tool)
    return {
      cause: `index ${hostOf(tool)} has not the uv that this action resolves with`,
      next: 'Let it mirror the public uv, or name an index that has it in extra-index-urls.',
      kind: 'failed',
    }
  return unbuilt(text) ?? unmet(text, otherwise)
}

/** A package whose metadata only building tells: the last line of what it printed says why, not uv's words around it. */
function unbuilt(text: string): ResolutionFault | undefined {
  const [, what] = /Failed to (?:build|download and build) `([^` ]+)[^`]*`/.exec(text) ?? []
  const said = saidTo('stderr', text) ?? saidTo('stdout', text)
  if (what === undefined || (said === undefined && !/build backend returned an error/.test(text))) return undefined
  const { packages, next } = buildHint(said ?? [])
  const mending = packages.length > 0 ? `Set build-packages: ${packages.join(' ')}` : undefined
  return {
    cause: `the build backend of ${what} fails: ${said?.at(-1) ?? 'it said nothing'}`,
    next: mending ?? next ?? 'Pin a version that has a wheel, or give it what it takes (build-packages, python-version).',
    kind: 'not-built',
  }
}

/** What a build backend printed there, as uv passes it on; undefined for nothing. */
function saidTo(stream: 'stdout' | 'stderr', text: string): readonly string[] | undefined {
  const block = new RegExp(`\\[${stream}\\]\\n([\\s\\S]*?)(?:\\n\\s*hint: |\\n\\s*\\[stderr\\]|$)`).exec(text)?.[1] ?? ''
  const lines = block.split('\n').flatMap((line) => line.trim() || [])
  return lines.length > 0 ? lines : undefined
}

function refused(host: string, code: string): ResolutionFault {
  const cause = `index ${host} answered ${code}: it wants ${code === '401' ? 'a login, or another one' : 'another login'}`
  return { cause, next: `Set index-credentials: machine ${host.replace(/:\d+$/, '')} login USER password WORD`, kind: 'failed' }
}

function unmet(text: string, otherwise: string): ResolutionFault {
  const [said = '', ...hints] = text.split(/^[ \t]*hint: /m)
  const cause = said
    .replace(/\s+/g, ' ')
    .replace(/^.*?(?=Because)|^.*?(?:× |error: )/, '')
    .replace(/[×╰─▶│]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const shadowed = /`(\S+)` was found on (\S+?), but not at the requested version/.exec(hints.join(' '))
  const unknown = /Because (?:the pinned version of )?(\S+) was not found in the (?:package registry|provided package locations)/.exec(
    cause,
  )?.[1]
  const old = /was filtered by `exclude-newer` to only include packages uploaded before (\d{4}-\d\d-\d\d)/.exec(hints.join(' '))?.[1]
  const next = shadowed
    ? `${shadowed[1]} comes from ${hostOf(shadowed[2] ?? '')} alone, the first index that has it.`
    : unknown
      ? `Check the spelling of ${unknown}; if it is private, name its index in extra-index-urls.`
      : old
        ? `Nothing newer than ${old}, the day of the commit or of exclude-newer, is installed: commit again, set exclude-newer to a later day, or loosen the requirement.`
        : 'Loosen the requirement it names, or set exclude-newer, python-version or parent-image.'
  const reason = cause || otherwise
  return { cause: `the requirements cannot be met: ${reason}`, next, kind: 'unresolvable', reason }
}
