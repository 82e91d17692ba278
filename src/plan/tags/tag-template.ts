import { UserError } from '../../errors.ts'
import { shorten } from '../../text/words.ts'
import { DAY, isoWeekOf } from '../iso-week.ts'

/** What an expression stands for; one with a format gets it, and the time zone it names ('' for none). */
export type Expression = string | ((format: string, zone: string) => string)
export type Expressions = Readonly<Record<string, Expression>>

const EXPRESSION = /\{\{\{?\s*([A-Za-z_]\w*)(?:\s+(?:'([^']*)'|"([^"]*)"))?(?:\s+tz=(?:'([^']*)'|"([^"]*)"))?\s*\}?\}\}/g

/**
 * Fills in the expressions of a template: `v{{major}}`, `{{date 'YYYYMMDD' tz='Asia/Tokyo'}}`.
 * @param where for the error: the rule
 * @throws UserError for one that is not among `legal`
 */
export function fillIn(template: string, legal: Expressions, where: string): string {
  const filled = template.replace(EXPRESSION, (...[all = '', name = '', single, double, zone, zoneDouble]: (string | undefined)[]) => {
    const meaning = Object.hasOwn(legal, name) ? legal[name] : undefined
    const format = single ?? double
    if (typeof meaning === 'string' && format === undefined) return meaning
    if (typeof meaning === 'function') return meaning(format ?? 'YYYY-MM-DDTHH:mm:ssZ', zone ?? zoneDouble ?? '')
    throw illegal(all, legal, where)
  })
  const rest = /\{\{.*?(\}\}|$)/.exec(filled.replaceAll('\n', ' '))
  if (rest) throw illegal(rest[0], legal, where)
  return filled
}

/** Names of the expressions in a template. */
export function expressionsIn(template: string): readonly string[] {
  return [...template.matchAll(EXPRESSION)].map(([, name = '']) => name)
}

/** Whether a pattern is `{{raw}}` and nothing else. */
export function isRaw(pattern: string): boolean {
  return /^\{\{\{?\s*raw\s*\}?\}\}$/.test(pattern)
}

function illegal(expression: string, legal: Expressions, where: string): UserError {
  const names = Object.entries(legal).map(([name, meaning]) => (typeof meaning === 'function' ? `{{${name} 'YYYYMMDD'}}` : `{{${name}}}`))
  return new UserError('inputs', `tags: ${expression} in "${where}" is no expression that is known here`, {
    next: `Write ${names.join(', ')}.`,
    input: 'tags',
  })
}

/** All that moment.js reads in a format; what of it has no word below is an error, and no text. */
const TOKEN =
  /\[([^[]*?)\]|[Mw]o|M{1,4}|Do|DDDo|D{1,4}|do|d{1,4}|ww?|Wo|WW?|Qo?|N{1,5}|Y{1,6}|y{2,4}|yo?|g{4,5}|gg|G{4,5}|GG|[eEAaxX]|hh?|HH?|kk?|mm?|ss?|S{1,9}|zz?|ZZ?|LTS|LT|L{1,4}|l{1,4}|\\/g

/**
 * A moment in the words of a format, as moment.js has them; a text in square brackets stays as it is.
 * @param zone such as `Asia/Tokyo`; '' for UTC
 * @throws UserError where there is no such zone, and for a word that is not followed
 * @see https://momentjs.com/docs/#/displaying/format/
 */
export function formatDate(date: Date, format: string, zone: string): string {
  const words = wordsOf(date, wallClock(date, zone))
  return format.replace(TOKEN, (token, literal?: string) => {
    if (literal !== undefined) return literal
    if (token.startsWith('S')) return pad(date.getUTCMilliseconds(), 3).padEnd(9, '0').slice(0, token.length)
    const word = words[token]
    if (!word) throw unfollowed(token, format)
    return word()
  })
}

type Clock = ReturnType<typeof wallClock>

/** What each word of a format stands for. */
function wordsOf(date: Date, { year, month, day, hour, minute, second, offset }: Clock): Readonly<Record<string, () => string>> {
  const wall = Date.UTC(year, month - 1, day)
  const dayOfYear = Math.round((wall - Date.UTC(year, 0, 1)) / DAY) + 1
  const weekday = new Date(wall).getUTCDay()
  const iso = isoWeekOf(wall)
  const quarter = Math.ceil(month / 3)
  const sign = offset < 0 ? '-' : '+'
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  const name = (of: 'month' | 'weekday', length: 'long' | 'short') =>
    new Intl.DateTimeFormat('en', { [of]: length, timeZone: 'UTC' }).format(new Date(wall))
  return {
    YYYY: () => pad(year, 4),
    Y: () => String(year),
    YY: () => pad(year % 100),
    Q: () => String(quarter),
    Qo: () => ordinal(quarter),
    MMMM: () => name('month', 'long'),
    MMM: () => name('month', 'short'),
    MM: () => pad(month),
    M: () => String(month),
    Mo: () => ordinal(month),
    DDDD: () => pad(dayOfYear, 3),
    DDD: () => String(dayOfYear),
    DDDo: () => ordinal(dayOfYear),
    DD: () => pad(day),
    Do: () => ordinal(day),
    D: () => String(day),
    dddd: () => name('weekday', 'long'),
    ddd: () => name('weekday', 'short'),
    dd: () => name('weekday', 'short').slice(0, 2),
    d: () => String(weekday),
    do: () => ordinal(weekday),
    e: () => String(weekday),
    E: () => String(weekday || 7),
    GGGG: () => pad(iso.year, 4),
    GG: () => pad(iso.year % 100),
    WW: () => pad(iso.week),
    W: () => String(iso.week),
    Wo: () => ordinal(iso.week),
    HH: () => pad(hour),
    H: () => String(hour),
    hh: () => pad(hour % 12 || 12),
    h: () => String(hour % 12 || 12),
    kk: () => pad(hour || 24),
    k: () => String(hour || 24),
    mm: () => pad(minute),
    m: () => String(minute),
    ss: () => pad(second),
    s: () => String(second),
    A: () => (hour < 12 ? 'AM' : 'PM'),
    a: () => (hour < 12 ? 'am' : 'pm'),
    ZZ: () => `${sign}${pad(hours)}${pad(minutes)}`,
    Z: () => `${sign}${pad(hours)}:${pad(minutes)}`,
    X: () => String(Math.floor(date.getTime() / 1000)),
    x: () => String(date.getTime()),
  }
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0')
}

function unfollowed(token: string, format: string): UserError {
  const week = /^(w|gg)/.test(token) ? ' (GGGG and WW are the year and week of ISO 8601)' : ''
  return new UserError('inputs', `tags: "${token}" in the format of a date, "${shorten(format, 80)}", is not followed here`, {
    next: `Write another word of moment.js${week}, or a text in square brackets: [${token}].`,
    input: 'tags',
  })
}

/** `1st`, `12th`, `23rd` */
function ordinal(number: number): string {
  const last = number % 100 >= 11 && number % 100 <= 13 ? 0 : number % 10
  return `${number}${['th', 'st', 'nd', 'rd'][last] ?? 'th'}`
}

/** What clocks show there, and minutes from UTC. */
function wallClock(date: Date, zone: string) {
  const format = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  let parts: Intl.DateTimeFormatPart[]
  try {
    parts = new Intl.DateTimeFormat('en', { ...format, hourCycle: 'h23', timeZone: zone || 'UTC' }).formatToParts(date)
  } catch {
    throw new UserError('inputs', `tags: there is no time zone "${zone}"`, {
      next: 'Write one such as Europe/Berlin, or leave tz out for UTC.',
      input: 'tags',
    })
  }
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value ?? 0)
  const clock = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
  const shown = Date.UTC(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute, clock.second)
  return { ...clock, offset: Math.round((shown - Math.floor(date.getTime() / 1000) * 1000) / 60_000) }
}
