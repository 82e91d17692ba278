import type { HttpClientResponse } from '@actions/http-client'

/** Pages of a list; more are taken for a list without an end. */
const MOST_PAGES = 1000

/** The body of an answer; undefined where it was cut, of which the client's own `readBody` would never hear. */
export async function textOf(response: HttpClientResponse | undefined): Promise<string | undefined> {
  if (!response) return undefined
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response.message) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * A list that comes page by page: each names the next one in a header. A next page is asked of the same host alone.
 * @param items of a page's body; undefined where it is not of its kind
 * @returns undefined where a page is missing, or not of its kind
 * @see RFC 8288 (Web Linking)
 */
export async function listed(
  first: string,
  get: (path: string) => Promise<HttpClientResponse | undefined>,
  items: (body: string) => readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  const all: string[] = []
  const asked = new Set<string>()
  let path: string | undefined = first
  while (path !== undefined && !asked.has(path) && asked.size < MOST_PAGES) {
    asked.add(path)
    const response: HttpClientResponse | undefined = await get(path)
    const body = await textOf(response)
    const found = response?.message.statusCode === 200 ? items(body ?? '') : undefined
    if (!found) return undefined
    all.push(...found)
    path = nextPage(path, response?.message.headers.link)
  }
  return path === undefined ? all : undefined
}

/** Path and query of the next page. */
function nextPage(current: string, link: string | string[] | undefined): string | undefined {
  const next = /<([^<>]*)>\s*;[^,]*\brel="?next\b/i.exec([link ?? ''].flat().join(', '))?.[1]
  const base = `http://host${current}`
  if (!next || !URL.canParse(next, base)) return undefined
  const { pathname, search } = new URL(next, base)
  return `${pathname}${search}`
}
