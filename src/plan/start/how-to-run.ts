import { shellLine } from '../command-lines.ts'
import type { StartCommand } from './start-command.ts'

/** What somebody does with an image who sees it for the first time. */
export type HowToRun =
  /** `page` is a path to look at, where there is nothing at `/`. */
  | { readonly kind: 'serves'; readonly port: number; readonly page?: string }
  /** A command line tool: its program is given arguments. */
  | { readonly kind: 'tool'; readonly program: string }
  | { readonly kind: 'starts' }

/** A check of the image; that of its start has the port that it was seen to listen on. */
interface SeenPort {
  readonly refuses?: boolean | undefined
  readonly name: string
  readonly state: string
  readonly port?: number | undefined
  readonly page?: string | undefined
  /** Variables that it takes. */
  readonly needs?: readonly string[] | undefined
  readonly lacks?: readonly string[] | undefined
  readonly asks?: string | undefined
  readonly sets?: readonly string[] | undefined
  readonly ended?: boolean | undefined
}

/** The port of PORT where nobody sets it. */
const USUAL = 8000

/**
 * How an image is tried: by the port that it was seen to listen on, else by what its command says.
 * @param checks of the image; none where it was not looked at
 */
export function howToRun({ argv, tool, late }: Pick<StartCommand, 'argv' | 'tool' | 'late'>, checks: readonly SeenPort[] = []): HowToRun {
  const start = checks.find(({ name }) => name === 'start')
  if (start?.port !== undefined) return { kind: 'serves', port: start.port, ...(start.page !== undefined && { page: start.page }) }
  const [program = ''] = argv
  if (start?.asks !== undefined) return { kind: 'tool', program: start.asks }
  if (tool) return { kind: 'tool', program }
  // It listens on a local socket, or has ended: no port is of use.
  if (start?.state === 'passed') return { kind: 'starts' }
  const line = argv.join(' ')
  if (late.length > 0 || /\$\{?PORT\b/.test(line)) {
    const written = /(?:--port[ =]|--bind[ =]\S*:|(?:^|\s)-b\s*\S*:|--http[ =]\S*:)(\d{2,5})\b/.exec(line)?.[1]
    return { kind: 'serves', port: written ? Number(written) : USUAL }
  }
  return { kind: 'starts' }
}

/**
 * The flags of `docker run` for what the image's start takes: a key of its own for each variable of a key, a place for other settings.
 * @param given names of other variables, whose values the user knows
 * @returns such as ` -e SECRET_KEY=$(openssl rand -hex 32) -e MAIL=…`, or ''
 */
export function neededFlags(checks: readonly SeenPort[] = [], given: readonly string[] = []): string {
  const { needs = [], lacks = [], sets = [] } = checks.find(({ name }) => name === 'start') ?? {}
  const settings = [...new Set([...lacks, ...given])]
  const keys = needs.map((name) => ` -e ${name}=$(openssl rand -hex 32)`)
  return [...keys, ...sets.map((line) => ` -e ${shellLine([line])}`), ...settings.map((name) => ` -e ${name}=…`)].join('')
}

/** Whether the checks saw that it does not start, or answers with a failure: without more it will not do so elsewhere. */
export function failedToStart(checks: readonly SeenPort[] = []): boolean {
  return checks.some(({ name, state, refuses }) => name === 'start' && (state === 'failed' || refuses === true))
}

/**
 * A start command with further arguments: those of its program, as Docker gives them to an entrypoint.
 * @returns undefined where the command is none, or a list of commands of which none is the program
 */
export function startWith(command: readonly string[], words: readonly string[]): readonly string[] | undefined {
  const [shell, flag, line = ''] = command
  if (shell === undefined) return undefined
  if (shell !== 'sh' || flag !== '-c' || command.length !== 3) return [...command, ...words]
  return /[;|\n]|&\s*$/.test(line.replaceAll('&&', '')) ? undefined : ['sh', '-c', `${line} "$@"`, 'sh', ...words]
}
