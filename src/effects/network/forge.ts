import { HttpClient } from '@actions/http-client'
import * as v from 'valibot'
import { readJson } from '../../grammar.ts'
import type { Forge } from '../ports.ts'
import { listed } from './pages.ts'

const TIMEOUT_MS = 10_000

const REFS = v.array(v.object({ ref: v.string() }))
const RELEASES = v.array(v.object({ tag_name: v.string(), prerelease: v.boolean() }))

/**
 * What GitHub's API tells of a repository, as far as it is asked; Forgejo's tells the same of releases.
 * @param apiUrl such as `https://api.github.com`
 * @see https://docs.github.com/rest/git/refs
 * @see https://docs.github.com/rest/releases/releases
 */
export function gitHub(apiUrl: string): Forge {
  const client = new HttpClient('pypackager-action', [], { socketTimeout: TIMEOUT_MS, allowRetries: false })
  const { origin, pathname } = new URL(apiUrl)
  const repositories = `${pathname.replace(/\/$/, '')}/repos/`
  // Absent rights or no network: the next source is asked.
  const asking = (token: string) => (path: string) =>
    client.get(`${origin}${path}`, { authorization: `Bearer ${token}`, accept: 'application/json' }).catch(() => undefined)
  return {
    tags: (repository, token) =>
      listed(`${repositories}${repository}/git/matching-refs/tags/`, asking(token), (body) =>
        readJson(REFS, body)?.map(({ ref }) => ref.replace('refs/tags/', '')),
      ),
    prereleases: (repository, token) =>
      listed(`${repositories}${repository}/releases?per_page=100`, asking(token), (body) =>
        readJson(RELEASES, body)
          ?.filter(({ prerelease }) => prerelease)
          .map(({ tag_name }) => tag_name),
      ),
  }
}
