/** What a row must reach: a ratio of medians, seconds of ours, or what the row itself proves when it runs. */
export type Wanted =
  | { readonly kind: 'faster'; readonly times: number }
  | { readonly kind: 'at most theirs'; readonly times: number }
  | { readonly kind: 'seconds'; readonly atMost: number }
  | { readonly kind: 'proved'; readonly what: string }

/** As the table says it. */
export function wantedText(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'faster':
      return `≥ ${wanted.times} times faster`
    case 'at most theirs':
      return `≤ ${wanted.times} times theirs`
    case 'seconds':
      return `≤ ${wanted.atMost} s`
    case 'proved':
      return wanted.what
  }
}

/**
 * @param ours seconds, the median
 * @param theirs the same; undefined where the row compares with nobody
 * @returns what was reached instead, or undefined where the row has what is wanted
 */
export function missed(wanted: Wanted, ours: number, theirs: number | undefined): string | undefined {
  switch (wanted.kind) {
    case 'faster':
      return theirs !== undefined && theirs / ours >= wanted.times ? undefined : `${ratio(theirs, ours)} times faster`
    case 'at most theirs':
      return theirs !== undefined && ours / theirs <= wanted.times ? undefined : `${ratio(ours, theirs)} times theirs`
    case 'seconds':
      return ours <= wanted.atMost ? undefined : `${ours.toFixed(2)} s`
    case 'proved':
      return undefined // a row that proves something throws where it cannot
  }
}

function ratio(one: number | undefined, other: number | undefined): string {
  return ((one ?? Number.NaN) / (other ?? Number.NaN)).toFixed(2)
}
