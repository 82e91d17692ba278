import { describe, expect, test } from '@jest/globals'
import { checkTag, legalComponent, legalTag, reference, repositories, repository, repositoryName } from '../../src/plan/reference.ts'
import { userError } from '../support/values.ts'

describe('a repository', () => {
  test.each([
    { name: 'on Docker Hub has no registry in its name', registry: '', namespace: 'acme', image: 'shop', full: 'acme/shop' },
    { name: 'without a namespace is the image alone', registry: '', namespace: '', image: 'shop', full: 'shop' },
    {
      name: 'may be on a registry with a port',
      registry: 'localhost:5000',
      namespace: 'acme',
      image: 'shop',
      full: 'localhost:5000/acme/shop',
    },
    {
      name: 'may be on a registry by IPv6 address',
      registry: '[::1]:5000',
      namespace: 'acme',
      image: 'shop',
      full: '[::1]:5000/acme/shop',
    },
    {
      name: 'may have a namespace of several parts',
      registry: 'ghcr.io',
      namespace: 'acme/web/',
      image: 'shop',
      full: 'ghcr.io/acme/web/shop',
    },
    {
      name: 'may have an image name of several parts',
      registry: 'ghcr.io',
      namespace: 'acme',
      image: 'web/shop',
      full: 'ghcr.io/acme/web/shop',
    },
    { name: 'may have a namespace with a dot', registry: '', namespace: 'acme.org/web', image: 'shop', full: 'acme.org/web/shop' },
    {
      name: 'may have two underscores and many hyphens in a name',
      registry: '',
      namespace: 'a__b',
      image: 'c---d.e',
      full: 'a__b/c---d.e',
    },
  ])('$name', ({ registry, namespace, image, full }) => {
    expect(repositoryName(repository(registry, namespace, image))).toBe(full)
  })

  test.each([
    {
      name: 'a registry with a scheme',
      registry: 'https://ghcr.io',
      namespace: 'a',
      image: 'b',
      cause: 'registry "https://ghcr.io"',
      next: 'without https://',
    },
    {
      name: 'a registry with a path',
      registry: 'ghcr.io/acme',
      namespace: 'a',
      image: 'b',
      cause: 'registry "ghcr.io/acme"',
      next: 'without a path',
    },
    {
      name: 'a registry that docker takes for a namespace',
      registry: 'registry',
      namespace: 'a',
      image: 'b',
      cause: 'registry "registry" has neither a dot nor a port',
      next: 'registry:5000',
    },
    { name: 'capitals in the namespace', registry: '', namespace: 'Acme', image: 'shop', cause: 'namespace "Acme"', next: '"acme"' },
    {
      name: 'capitals in the image name',
      registry: '',
      namespace: 'acme',
      image: 'My Shop',
      cause: 'image-name "My Shop"',
      next: '"my-shop"',
    },
    {
      name: 'an image name with a tag',
      registry: '',
      namespace: 'acme',
      image: 'shop:1',
      cause: 'image-name "shop:1"',
      next: '"shop", without a scheme, a tag or a digest',
    },
    {
      name: 'an image name with a digest',
      registry: '',
      namespace: 'acme',
      image: `shop@sha256:${'a'.repeat(64)}`,
      cause: 'image-name',
      next: '"shop", without',
    },
    {
      name: 'a namespace with a scheme',
      registry: '',
      namespace: 'https://acme',
      image: 'shop',
      cause: 'namespace',
      next: '"acme", without',
    },
    { name: 'an empty first part', registry: '', namespace: '/acme', image: 'shop', cause: 'namespace "/acme"', next: '"acme"' },
    {
      name: 'an empty part between',
      registry: '',
      namespace: 'acme//web',
      image: 'shop',
      cause: 'namespace "acme//web"',
      next: '"acme/web"',
    },
    { name: "Docker Hub's pages", registry: 'hub.docker.com', namespace: 'a', image: 'b', cause: 'is a site', next: 'Write docker.io' },
    {
      name: 'the address of logins at Docker Hub',
      registry: 'https://index.docker.io/v1/',
      namespace: 'a',
      image: 'b',
      cause: 'registry "https://index.docker.io/v1/"',
      next: 'Write index.docker.io, without https:// and without a path.',
    },
    { name: 'capitals in a part', registry: '', namespace: 'acme/Web', image: 'shop', cause: 'namespace "acme/Web"', next: '"acme/web"' },
    { name: 'a slash behind the image', registry: '', namespace: 'acme', image: 'Shop/', cause: 'image-name "Shop/"', next: '"shop"' },
    {
      name: 'a registry in capitals',
      registry: 'GHCR.IO',
      namespace: 'a',
      image: 'b',
      cause: 'registry "GHCR.IO"',
      next: 'Write ghcr.io in lower case.',
    },
    {
      name: 'a slash behind the registry',
      registry: 'ghcr.io/',
      namespace: 'a',
      image: 'b',
      cause: 'registry "ghcr.io/"',
      next: 'Write ghcr.io, without',
    },
    {
      name: 'a port that there is not',
      registry: 'ghcr.io:99999',
      namespace: 'a',
      image: 'b',
      cause: 'registry "ghcr.io:99999"',
      next: 'Write a host',
    },
    {
      name: 'a nested registry',
      registry: 'https://eu-docker.pkg.dev/acme-1/Images/',
      namespace: '',
      image: 'b',
      cause: 'registry',
      next: 'Write eu-docker.pkg.dev, without a path, and acme-1/images in namespace.',
    },
    {
      name: 'a whole image name',
      registry: 'ghcr.io',
      namespace: '',
      image: 'ghcr.io/acme/web/shop',
      cause: 'image-name "ghcr.io/acme/web/shop" begins with a registry',
      next: 'registry: ghcr.io, namespace: acme/web, image-name: shop.',
    },
    {
      name: 'an image on a registry',
      registry: '',
      namespace: 'acme',
      image: 'quay.io/shop',
      cause: 'begins with a registry',
      next: 'registry: quay.io, image-name: shop.',
    },
    {
      name: 'a registry in the namespace',
      registry: 'registry.example',
      namespace: 'registry.example/acme',
      image: 'shop',
      cause: 'namespace "registry.example/acme" begins',
      next: 'registry: registry.example, namespace: acme.',
    },
    {
      name: 'too many characters',
      registry: 'ghcr.io',
      namespace: 'acme',
      image: 'x'.repeat(240),
      cause: 'more than 255 characters',
      next: 'shorter image-name',
    },
    { name: 'three underscores', registry: '', namespace: 'acme', image: 'a___b', cause: 'image-name "a___b"', next: '"a_b"' },
    {
      name: 'an empty part of an image name',
      registry: '',
      namespace: 'acme',
      image: 'web//shop',
      cause: 'image-name "web//shop"',
      next: '',
    },
  ])('with $name is refused, and the legal form is told', ({ registry, namespace, image, cause, next }) => {
    const error = userError(() => repository(registry, namespace, image))
    expect(error.step).toBe('inputs')
    expect(error.message).toContain(cause)
    expect(error.next).toContain(next)
  })
})

test('a reference is the repository, the suffix of the image and the tag', () => {
  const shop = repository('ghcr.io', 'acme', 'shop')
  expect([reference(shop, '1.2'), reference(shop, '1.2', '-base')]).toEqual(['ghcr.io/acme/shop:1.2', 'ghcr.io/acme/shop-base:1.2'])
})

describe('the legal form of a name', () => {
  test.each([
    { name: 'is lower case', given: 'Acme', legal: 'acme' },
    { name: 'has a hyphen for what is illegal', given: 'Ada Lovelace & Co', legal: 'ada-lovelace-co' },
    { name: 'has one separator for many', given: 'a-_.b', legal: 'a.b' },
    { name: 'begins and ends with a letter or digit', given: '_shop.', legal: 'shop' },
    { name: 'is "app" where nothing is left', given: '家', legal: 'app' },
  ])('$name', ({ given, legal }) => {
    expect(legalComponent(given)).toBe(legal)
    expect(repositoryName(repository('', '', legalComponent(given)))).toBe(legal)
  })
})

describe('the legal form of a tag', () => {
  test.each([
    { name: 'has a hyphen for the + of a local version', given: '1.2.3+ubuntu.1', legal: '1.2.3-ubuntu.1' },
    { name: 'has a hyphen for a slash', given: 'feature/x/y', legal: 'feature-x-y' },
    { name: 'does not begin with a dot or a hyphen', given: '.-x', legal: 'x' },
    { name: 'keeps capitals and underscores', given: '_A.b', legal: '_A.b' },
    { name: 'has at most 128 characters', given: 'x'.repeat(200), legal: 'x'.repeat(128) },
  ])('$name', ({ given, legal }) => {
    expect(legalTag(given)).toBe(legal)
    expect(checkTag('version', legalTag(given))).toBe(legal)
  })

  test('is none where nothing is left, which no other tag stands for', () => {
    expect([legalTag('///'), legalTag('выпуск')]).toEqual(['', ''])
  })

  test.each([
    {
      name: 'a whole reference',
      typed: 'ghcr.io/acme/shop:1.2.3',
      next: 'Write "1.2.3": the rest comes from registry, namespace and image-name.',
    },
    {
      name: 'a reference with a port',
      typed: 'localhost:5000/shop:v1',
      next: 'Write "v1": the rest comes from registry, namespace and image-name.',
    },
    {
      name: 'a reference by digest',
      typed: `acme/shop:1@sha256:${'a'.repeat(64)}`,
      next: 'Write "1": the rest comes from registry, namespace and image-name.',
    },
    {
      name: 'a reference by digest alone',
      typed: `acme/shop@sha256:${'a'.repeat(64)}`,
      next: 'Write a tag: what an image is called by its digest, it is called without one.',
    },
    {
      name: 'letters of another script',
      typed: 'выпуск',
      next: 'Write up to 128 ASCII letters, digits, . _ and -, not beginning with . or -.',
    },
    {
      name: 'what is too long',
      typed: 'x'.repeat(129),
      next: 'Write up to 128 ASCII letters, digits, . _ and -, not beginning with . or -.',
    },
    { name: 'an empty tag', typed: '', next: 'Write up to 128 ASCII letters, digits, . _ and -, not beginning with . or -.' },
  ])('is never taken for $name that was typed: that is refused', ({ typed, next }) => {
    expect(userError(() => checkTag('version', typed)).next).toBe(next)
  })

  test('is told where a typed tag is not legal', () => {
    const error = userError(() => checkTag('version', '1.2+x'))
    expect([error.message, error.next]).toEqual(['version "1.2+x" is not legal as an image tag', 'Write it as "1.2-x".'])
  })
})

describe('several registries', () => {
  const names = (...lines: [string, ...string[]]) => repositories(lines, 'acme', 'shop').map((place) => repositoryName(place))

  test('have the same path, or one with a namespace of their own', () => {
    expect(names('ghcr.io')).toEqual(['ghcr.io/acme/shop'])
    expect(names('')).toEqual(['acme/shop'])
    expect(names('ghcr.io', 'docker.io/acmeinc', 'eu-docker.pkg.dev/acme-1/images')).toEqual([
      'ghcr.io/acme/shop',
      'docker.io/acmeinc/shop',
      'eu-docker.pkg.dev/acme-1/images/shop',
    ])
  })

  test.each([
    { name: 'one with a path, where it is the only one', lines: ['ghcr.io/acme'], says: 'registry "ghcr.io/acme" is not a host name' },
    {
      name: 'one whose second label begins with a hyphen',
      lines: ['3.--privileged'],
      says: 'registry "3.--privileged" is not a host name',
    },
    { name: 'one that is no host', lines: ['ghcr.io', 'https://docker.io'], says: 'registry "https://docker.io" is not a host name' },
    { name: 'Docker Hub by two names', lines: ['docker.io', 'index.docker.io'], says: 'registry names docker.io/acme/shop twice' },
    {
      name: 'Docker Hub by its oldest name',
      lines: ['docker.io', 'registry.hub.docker.com'],
      says: 'registry names docker.io/acme/shop twice',
    },
    { name: 'one twice', lines: ['ghcr.io', 'ghcr.io/acme'], says: 'registry names ghcr.io/acme/shop twice' },
  ])('refuse $name', ({ lines, says }) => {
    expect(userError(() => names(...(lines as [string]))).message).toBe(says)
  })
})
