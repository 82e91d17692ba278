import { UserError } from '../errors.ts'
import { withoutEnds } from '../project/cuts.ts'

/** One image's place: `[registry/][namespace/]image`, without a tag. */
export interface Repository {
  readonly registry: string
  readonly path: string
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
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
  if (registry && !REGISTRY.test(registry)) {
    throw new UserError(
      'inputs',
      `registry "${registry}" is not a host name`,
      'Write a host such as ghcr.io, without https:// and without a path.',
      { input: 'registry' },
    )
  }
  if (/^[a-z0-9-]+$/.test(registry) && registry !== 'localhost') {
    throw new UserError(
      'inputs',
      `registry "${registry}" has neither a dot nor a port: docker takes it for a namespace on Docker Hub`,
      `Write its whole host name, or a port, such as ${registry}:5000.`,
      { input: 'registry' },
    )
  }
  const path = [...namespace.split('/').filter(Boolean), ...image.split('/')]
  const wrong = path.find((component) => !COMPONENT.test(component))
  if (wrong !== undefined) {
    const input = image.split('/').includes(wrong) ? 'image-name' : 'namespace'
    throw new UserError(
      'inputs',
      `${input} "${input === 'namespace' ? namespace : image}" is not legal in an image name`,
      `Write it as "${legalComponent(wrong)}": lower-case letters and digits, with single . _ or - between.`,
      { input },
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
    const [host = '', ...own] = line.split('/')
    return repository(host, own.join('/') || namespace, image)
  }
  const places = [place(first), ...others.map(place)] as const
  const names = places.map((one) => repositoryName(one))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw new UserError('inputs', `registry names ${twice} twice`, 'Name each registry once.', { input: 'registry' })
  return places
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
  throw new UserError('inputs', `${input} "${shown}" is not legal as an image tag`, adviceFor(tag), { input })
}

function adviceFor(tag: string): string {
  // A whole reference, `ghcr.io/acme/shop:1.2.3`.
  const [, after] = /^[^\s]*[^\s:]:([A-Za-z0-9_][\w.-]{0,127})$/.exec(tag.replace(/@sha256:.*$/, '')) ?? []
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
