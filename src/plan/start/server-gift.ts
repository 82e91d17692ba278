import type { WebApp } from '../../project/application/web-app.ts'
import { serverPackages, serversOf } from './servers.ts'

/** An extra of the project, with the names of the packages that it may bring, normalised. */
export interface ExtraPackages {
  readonly name: string
  readonly packages: readonly string[]
}

/** What brings an application the server that it lacks: the input to set, and its value. */
export interface ServerGift {
  readonly input: 'extras' | 'packages'
  readonly value: string
  /** The server's package. */
  readonly server: string
}

/** Extras that are of whoever works on the project; a server in there may be for reloading alone. */
const ASIDE = /^(dev|develop|development|test|tests|testing|doc|docs|lint)$/

/** The project's own extra that brings one of these packages. */
export function extraWith(extras: readonly ExtraPackages[], packages: readonly string[]): ServerGift | undefined {
  const found = extras.flatMap(({ name, packages: brought }) => {
    const server = packages.find((one) => brought.includes(one))
    return server === undefined || ASIDE.test(name) ? [] : [{ input: 'extras' as const, value: name, server }]
  })
  return found[0]
}

/** What brings a server of that kind: an extra of the project, else the preferred one's package. */
export function serverGift(kind: WebApp['kind'], extras: readonly ExtraPackages[]): ServerGift {
  const [server = ''] = serversOf(kind)
  return extraWith(extras, serverPackages(kind)) ?? { input: 'packages', value: server, server }
}

/** `Set extras: mainapp, which brings gunicorn.` */
export function extraAdvice({ value, server }: ServerGift): string {
  return `Set extras: ${value}, which brings ${server}.`
}

/** `Set packages: gunicorn; or add one to the dependencies: gunicorn, uwsgi, granian or waitress.` */
export function giftAdvice(gift: ServerGift, kind: WebApp['kind']): string {
  if (gift.input === 'extras') return extraAdvice(gift)
  const all = serversOf(kind)
  return `Set packages: ${gift.value}; or add one to the dependencies: ${all.slice(0, -1).join(', ')} or ${all.at(-1)}.`
}
