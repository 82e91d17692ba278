import type { HttpClientResponse } from '@actions/http-client'
import type * as v from 'valibot'
import { readJson } from '../../grammar.ts'

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
 * @returns undefined where a page is missing, or not of its kind
 * @see RFC 8288 (Web Linking)
 */
export async function listed<S extends v.GenericSchema>(
  first: string,
  schema: S,
  get: (path: string) => Promise<HttpClientResponse | undefined>,
  items: (page: v.InferOutput<S>) => readonly string[],
): Promise<readonly string[] | undefined> {
  const all: string[] = []
  const asked = new Set<string>()
  let path: string | undefined = first
  while (path !== undefined && !asked.has(path) && asked.size < MOST_PAGES) {
    asked.add(path)
    const response: HttpClientResponse | undefined = await get(path)
    const body = await textOf(response)
    const read = response?.message.statusCode === 200 ? readJson(schema, body ?? '') : undefined
    if (!read) return undefined
    all.push(...items(read))
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
