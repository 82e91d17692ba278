import { UserError } from '../errors.ts'
import { withoutEnds } from '../project/cuts.ts'
import { shorten } from '../text/words.ts'

/** One image's place: `[registry/][namespace/]image`, without a tag. */
export interface Repository {
  readonly registry: string
  readonly path: string
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
/** Characters that the name of an image may have, with its registry. @see https://github.com/distribution/reference */
const LONGEST_NAME = 255
/** Characters that a tag may have. */
export const LONGEST_TAG = 128
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?'
/** Docker takes a first part without a dot or a port for a namespace on Docker Hub, but for localhost. */
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?$`)

/**
 * Checks what the user typed against the grammar of image references, before anything is built.
 * @throws UserError with the legal form
 * @see https://github.com/distribution/reference (reference.go)
 */
export function repository(registry: string, namespace: string, image: string): Repository {
  if (registry && !isHost(registry)) {
    throw new UserError('inputs', `registry "${registry}" is not a host name`, { next: hostAdvice(registry), input: 'registry' })
  }
  if (SITES.includes(registry)) {
    throw new UserError('inputs', `registry "${registry}" is a site, and no registry`, {
      next: 'Write docker.io for Docker Hub.',
      input: 'registry',
    })
  }
  if (/^[a-z0-9-]+$/.test(registry) && registry !== 'localhost') {
    throw new UserError('inputs', `registry "${registry}" has neither a dot nor a port: docker takes it for a namespace on Docker Hub`, {
      next: `Write its whole host name, or a port, such as ${registry}:5000.`,
      input: 'registry',
    })
  }
  const inImage = image.split('/')
  for (const [input, text] of [
    ['namespace', namespace],
    ['image-name', image],
  ] as const)
    checkBeginsWithHost(input, text, registry)
  // A part that is empty may be a variable that was not set.
  const parts = namespace.replace(/(?<=.)\/$/, '')
  const path = [...(parts ? parts.split('/') : []), ...inImage]
  const wrong = path.find((component) => !COMPONENT.test(component))
  if (wrong !== undefined) {
    const [input, text] = inImage.includes(wrong) ? (['image-name', image] as const) : (['namespace', namespace] as const)
    throw new UserError('inputs', `${input} "${shorten(text, 140)}" is not legal in an image name`, { next: nameAdvice(text), input })
  }
  if (`${registry}/${path.join('/')}-builder`.length > LONGEST_NAME) {
    throw new UserError(
      'inputs',
      `the image's name has more than ${LONGEST_NAME} characters with its -builder: ${shorten(path.join('/'), 80)}`,
      { next: 'Set a shorter image-name or namespace.', input: 'image-name' },
    )
  }
  return { registry, path: path.join('/') }
}

/**
 * Where an image goes: one registry by its host, or several, each of which may have a namespace of its own (`docker.io/acme`).
 * @throws UserError as `repository`, and for one that is named twice
 */
export function repositories(
  registries: readonly [string, ...string[]],
  namespace: string,
  image: string,
): readonly [Repository, ...Repository[]] {
  const [first, ...others] = registries
  if (others.length === 0) return [repository(first, namespace, image)]
  const place = (line: string) => {
    const [host = '', ...own] = line.includes('://') ? [line] : line.split('/')
    return repository(host, own.join('/') || namespace, image)
  }
  const places = [place(first), ...others.map(place)] as const
  const names = places.map((one) => repositoryName({ ...one, registry: DOCKER_HUB.includes(one.registry) ? 'docker.io' : one.registry }))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw new UserError('inputs', `registry names ${twice} twice`, { next: 'Name each registry once.', input: 'registry' })
  return places
}

/** Docker Hub's names; each is another one to docker's logins. */
const DOCKER_HUB = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']
/** Its pages for people. */
const SITES = ['hub.docker.com', 'www.docker.com', 'docker.com']
/** Registries that stand at the front of a whole image name. */
const WELL_KNOWN =
  /^(?:(?:[a-z0-9-]+\.)*docker\.io|ghcr\.io|quay\.io|gcr\.io|(?:[a-z]+\.)gcr\.io|public\.ecr\.aws|registry\.gitlab\.com|[a-z0-9-]+\.azurecr\.io|[a-z0-9-]+-docker\.pkg\.dev|\d+\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com)$/

/** In lower case, as docker keeps logins; with a port that there is. */
function isHost(registry: string): boolean {
  const port = Number(/:(\d+)$/.exec(registry)?.[1] ?? 0)
  return REGISTRY.test(registry) && registry === registry.toLowerCase() && port < 65_536
}

/** For what is no host, but perhaps an address with one. */
function hostAdvice(registry: string): string {
  const [, host = '', rest = ''] = /^(?:[a-z]+:\/\/)?([^/]*)\/*(.*?)\/*$/i.exec(registry) ?? []
  const near = host.toLowerCase()
  if (!isHost(near)) return 'Write a host such as ghcr.io, without https:// and without a path.'
  if (rest && !/^v[12]$/.test(rest)) return `Write ${near}, without a path, and ${legalName(rest)} in namespace.`
  return `Write ${near}${near === registry.toLowerCase() ? ' in lower case' : ', without https:// and without a path'}.`
}

/** @throws UserError for a whole image name where a part of one is meant: its registry would become a folder of another one */
function checkBeginsWithHost(input: 'namespace' | 'image-name', text: string, registry: string): void {
  const [first = '', ...rest] = text.split('/')
  const host = first.toLowerCase()
  if (rest.length === 0 || !(WELL_KNOWN.test(host) || (registry !== '' && host === registry))) return
  const [last, ...before] = input === 'image-name' ? rest.toReversed() : ['', ...rest.toReversed()]
  const parts = [`registry: ${host}`, ...(before.length > 0 ? [`namespace: ${before.toReversed().join('/')}`] : [])]
  throw new UserError('inputs', `${input} "${shorten(text, 140)}" begins with a registry`, {
    next: `Write each where it belongs: ${[...parts, ...(last ? [`image-name: ${last}`] : [])].join(', ')}.`,
    input,
  })
}

function nameAdvice(text: string): string {
  const plain = text.replace(/^[a-z]+:\/\//i, '').replace(/@sha256:.*$/i, '')
  const [tagged = ''] = /:[A-Za-z0-9_][\w.-]*$/.exec(plain) ?? []
  const near = legalName(plain.slice(0, plain.length - tagged.length))
  const apart = tagged || plain !== text ? ', without a scheme, a tag or a digest' : ''
  return `Write it as "${near}"${apart}: lower-case letters and digits, with single . _ or - between.`
}

/** The nearest legal form of a name of several parts. */
export function legalName(text: string): string {
  return text.split('/').filter(Boolean).map(legalComponent).join('/') || 'app'
}

/** The nearest legal form of a name that nobody typed (a repository's owner, a project's name). */
export function legalComponent(text: string): string {
  const legal = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]+/g, (run) => run.slice(-1))
  return withoutEnds(legal, '._-') || 'app'
}

/**
 * A tag that the user typed: it is taken as it is, or refused.
 * @throws UserError that says what to write
 */
export function checkTag(input: string, tag: string): string {
  if (TAG.test(tag)) return tag
  const shown = tag.length > 140 ? `${tag.slice(0, 60)}… (${tag.length} characters)` : tag
  throw new UserError('inputs', `${input} "${shown}" is not legal as an image tag`, { next: adviceFor(tag), input })
}

function adviceFor(tag: string): string {
  // A whole reference, `ghcr.io/acme/shop:1.2.3`.
  const [, after] = /^[^\s]*[^\s:]:([A-Za-z0-9_][\w.-]{0,127})$/.exec(tag.replace(/@sha256:.*$/, '')) ?? []
  if (!after && /@sha256:/.test(tag)) return 'Write a tag: what an image is called by its digest, it is called without one.'
  if (after) return `Write "${after}": the rest comes from registry, namespace and image-name.`
  const near = legalTag(tag)
  if (near === '' || tag.length > LONGEST_TAG)
    return `Write up to ${LONGEST_TAG} ASCII letters, digits, . _ and -, not beginning with . or -.`
  return `Write it as "${near}".`
}

/** The nearest legal tag, '' where nothing of the text is left: for proposals, and for texts that are no names of refs. */
export function legalTag(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, LONGEST_TAG)
}

/** `[registry/]path[suffix]:tag` */
export function reference(repository: Repository, tag: string, suffix = ''): string {
  return `${repositoryName(repository, suffix)}:${tag}`
}

export function repositoryName(repository: Repository, suffix = ''): string {
  return `${repository.registry ? `${repository.registry}/` : ''}${repository.path}${suffix}`
}

/** Where a registry has an image, as docker reads its name; undefined for one that has no tag to be asked for. */
export function parentPlace(name: string): (Repository & { readonly tag: string }) | undefined {
  const [, full = '', tag = ''] = /^(.+?)(?::([\w][\w.-]*))?(?:@sha256:[0-9a-f]+)?$/.exec(name) ?? []
  if (!full || (!tag && name.includes('@'))) return undefined
  const [first = '', ...rest] = full.split('/')
  const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const path = hosted ? rest.join('/') : rest.length > 0 ? full : `library/${full}`
  return { registry: hosted ? first : '', path, tag: tag || 'latest' }
}
