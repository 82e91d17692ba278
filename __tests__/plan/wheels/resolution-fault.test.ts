import { describe, expect, test } from '@jest/globals'
import { resolutionFault } from '../../../src/plan/wheels/resolution-fault.ts'

// What uv 0.13.9 printed for real faults of an index, with its host renamed.

const UNMET = 'Loosen the requirement it names, or set exclude-newer, python-version or parent-image.'
const LATER = 'Run again later, or name another index in index-url.'
const NOT_FOUND =
  'error: No solution found when resolving dependencies\n  cause: Because acme-till was not found in the package registry and you require acme-till, we can conclude that your requirements are unsatisfiable.\n\n'

function sending(...causes: string[]): string {
  return [
    'error: Request failed after 3 retries in 7.0s',
    '  cause: Failed to fetch: https://own.example:8443/simple/acme-till/',
    '  cause: error sending request for url (https://own.example:8443/simple/acme-till/)',
    ...causes.map((cause) => `  cause: ${cause}`),
  ].join('\n')
}

describe('an index that fails is named, with what mends it', () => {
  test.each([
    {
      name: 'where it asks for a login',
      said: `${NOT_FOUND}hint: An index URL (https://own.example:8443/simple/) could not be queried due to a lack of valid authentication credentials (401 Unauthorized)`,
      cause: 'index own.example:8443 answered 401: it wants a login, or another one',
      next: 'Set index-credentials: machine own.example login USER password WORD',
    },
    {
      name: 'where it refuses the login',
      said: `${NOT_FOUND}hint: An index (https://own.example/simple/) returned a 403 Forbidden error. Check that the index URL is correct and the credentials are valid.`,
      cause: 'index own.example answered 403: it wants another login',
      next: 'Set index-credentials: machine own.example login USER password WORD',
    },
    {
      name: 'where it is down',
      said: 'error: Request failed after 3 retries in 7.0s\n  cause: Failed to fetch: https://own.example/simple/acme-till/\n  cause: HTTP status server error (503 Service Unavailable) for url (https://own.example/simple/acme-till/)',
      cause: 'index own.example answered 503 (4 tries)',
      next: LATER,
    },
    {
      name: 'where it refuses a file',
      said: 'error: Failed to fetch: https://files.example/a.whl\n  cause: HTTP status client error (401 Unauthorized) for url (https://files.example/a.whl)',
      cause: 'index files.example answered 401: it wants a login, or another one',
      next: 'Set index-credentials: machine files.example login USER password WORD',
    },
    {
      name: 'where it drops the connection, whatever manual uv links to',
      said: sending(
        'client error (SendRequest)',
        'connection error',
        'peer closed connection without sending TLS close_notify: https://docs.example/rustls/index.html#unexpected-eof',
      ),
      cause: 'index own.example:8443 dropped the connection',
      next: LATER,
    },
    {
      name: 'where nobody knows who signed its certificate',
      said: sending('client error (Connect)', 'invalid peer certificate: UnknownIssuer'),
      cause: 'index own.example:8443 has a certificate that is not trusted in the image',
      next: 'Name the authority that signed it in ca-bundle.',
    },
    {
      name: 'where its certificate has expired',
      said: sending('client error (Connect)', 'invalid peer certificate: Expired'),
      cause: 'index own.example:8443 has a certificate that has expired',
      next: 'The index must renew it.',
    },
    {
      name: 'where its certificate is for another host',
      said: sending('client error (Connect)', 'invalid peer certificate: certificate not valid for name "own.example"'),
      cause: 'index own.example:8443 has a certificate that does not fit',
      next: 'Check the host in index-url, and ca-bundle.',
    },
    { name: 'where it never answers', said: sending('operation timed out'), cause: 'index own.example:8443 timed out', next: LATER },
    {
      name: 'where nobody knows its address',
      said: sending(
        'client error (Connect)',
        'dns error',
        'error resolving DNS',
        'failed to lookup address information: Name or service not known',
      ),
      cause: 'index own.example:8443 was not found (DNS)',
      next: 'Check index-url, extra-index-urls, build-network and the proxy.',
    },
    {
      name: 'where nothing listens',
      said: sending('client error (Connect)', 'tcp connect error', 'Connection refused (os error 111)'),
      cause: 'index own.example:8443 refuses connections',
      next: 'Check index-url, extra-index-urls, build-network and the proxy.',
    },
    {
      name: 'where the proxy does not let through',
      said: sending(
        'client error (Connect)',
        'tunnel error: failed to create underlying connection',
        'tcp connect error',
        'Connection refused (os error 111)',
      ),
      cause: 'index own.example:8443 could not be reached through the proxy',
      next: 'Check HTTPS_PROXY and NO_PROXY of the runner.',
    },
    {
      name: 'where its name has a word of ours in it',
      said: 'error: Failed to fetch: https://proxy.example/certificate/\n  cause: operation timed out',
      cause: 'index proxy.example timed out',
      next: LATER,
    },
    {
      name: 'where it has not our uv',
      said: 'ERROR: No matching distribution found for uv==0.13.9\nerror: Because uv was not found on https://own.example/simple/uv/',
      cause: 'index own.example has not the uv that this action resolves with',
      next: 'Let it mirror the public uv, or name an index that has it in extra-index-urls.',
    },
  ])('$name', ({ said, cause, next }) => {
    expect(resolutionFault(said.split('\n'), 'x')).toMatchObject({ cause, next })
  })
})

describe('a requirement that cannot be met is another fault', () => {
  test.each([
    {
      name: 'where no index has the package',
      said: NOT_FOUND,
      cause:
        'Because acme-till was not found in the package registry and you require acme-till, we can conclude that your requirements are unsatisfiable.',
      next: 'Check the spelling of acme-till; if it is private, name its index in extra-index-urls.',
    },
    {
      name: 'in the older form of uv',
      said: '  × No solution found when resolving dependencies:\n  ╰─▶ Because there is no version of other==9 and you require other==9,\n      we can conclude that your requirements are unsatisfiable.',
      cause: 'Because there is no version of other==9 and you require other==9, we can conclude that your requirements are unsatisfiable.',
      next: UNMET,
    },
    { name: 'in other words', said: 'error: Failed to parse: nonsense', cause: 'Failed to parse: nonsense', next: UNMET },
    {
      name: 'after what uv tells of its work',
      said: '   Building shop @ file:///srv/shop\nerror: Failed to build `shop @ file:///srv/shop`',
      cause: 'Failed to build `shop @ file:///srv/shop`',
      next: UNMET,
    },
    { name: 'where uv said nothing', said: '', cause: 'otherwise', next: UNMET },
    {
      name: 'where all that would do is younger than the commit',
      said: 'error: No solution found when resolving dependencies\n  cause: Because only django<=2.2b1 is available and you require django>=5, we can conclude that your requirements are unsatisfiable.\n\nhint: `django` was filtered by `exclude-newer` to only include packages uploaded before 2019-02-20T21:14:36Z. The latest version satisfying the requirement is v6.1.3, published at 2026-11-03T15:21:07Z.',
      cause: 'Because only django<=2.2b1 is available and you require django>=5, we can conclude that your requirements are unsatisfiable.',
      next: 'Nothing newer than 2019-02-20, the day of the commit or of exclude-newer, is installed: commit again, set exclude-newer to a later day, or loosen the requirement.',
    },
    {
      name: 'where only a later index has the version, which is said without advice to mix indexes',
      said: 'error: No solution found when resolving dependencies\n  cause: Because there is no version of acme-till==9.0 and you require acme-till==9.0, we can conclude that your requirements are unsatisfiable.\n\nhint: `acme-till` was found on https://own.example/simple/, but not at the requested version (acme-till==9.0). A compatible version may be available on a subsequent index (e.g., https://main.example/simple/). If all indexes are equally trusted, use `--index-strategy unsafe-best-match`.',
      cause:
        'Because there is no version of acme-till==9.0 and you require acme-till==9.0, we can conclude that your requirements are unsatisfiable.',
      next: 'acme-till comes from own.example alone, the first index that has it.',
    },
  ])('$name', ({ said, cause, next }) => {
    expect(resolutionFault(said.split('\n'), 'otherwise')).toEqual({
      cause: `the requirements cannot be met: ${cause}`,
      next,
      kind: 'unresolvable',
      reason: cause,
    })
  })
})

test('a backend that fails is told by its own last words', () => {
  const said = [
    'error: Failed to build `x @ file:///srv/local/x`',
    '  cause: The build backend returned an error',
    '  cause: Call to `setuptools.build_meta:__legacy__.get_requires_for_build_wheel` failed (exit status: 1)',
    '',
    '         [stderr]',
    '         Traceback (most recent call last):',
    '           File "<string>", line 1, in <module>',
    '         RuntimeError: needs libfoo',
    '',
    'hint: Build failures usually indicate a problem with the package or the build environment',
  ]
  expect(resolutionFault(said, 'otherwise')).toEqual({
    cause: 'the build backend of x fails: RuntimeError: needs libfoo',
    next: 'Pin a version that has a wheel, or give it what it takes (build-packages, python-version).',
    kind: 'not-built',
  })
  const curl = said.map((line) => line.replace('RuntimeError: needs libfoo', 'ConfigurationError: Could not run curl-config: [Errno 2]'))
  expect(resolutionFault(curl, 'otherwise')).toMatchObject({ next: 'Set build-packages: libcurl4-openssl-dev libssl-dev' })
  const stdout = [...said.slice(0, 4), '         [stdout]', '         pkg-config binary is required to compile x', ...said.slice(8)]
  expect(resolutionFault(stdout, 'otherwise')).toEqual({
    cause: 'the build backend of x fails: pkg-config binary is required to compile x',
    next: 'Set build-packages: pkg-config',
    kind: 'not-built',
  })
  const both = [...stdout.slice(0, 6), '', ...said.slice(4)]
  expect(resolutionFault(both, 'otherwise')).toMatchObject({ cause: 'the build backend of x fails: RuntimeError: needs libfoo' })
  const silent = [...said.slice(0, 3), ...said.slice(8)]
  expect(resolutionFault(silent, 'otherwise')).toMatchObject({ cause: 'the build backend of x fails: it said nothing', kind: 'not-built' })
})
