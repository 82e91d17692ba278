/** One thing that is wanted of a package: itself (extra ''), or what one of its extras adds. */
interface Want<P> {
  readonly package: P
  readonly extra: string
}

/** A dependency: a name, and the extras that are wanted of it. */
export interface Edge {
  readonly name: string
  readonly extras: readonly string[]
}

/**
 * Everything that can be reached from the roots of a lock that is a graph.
 * @param find the packages that an edge leads to: one, or several where versions are told apart later
 * @param edges what a package depends on for one of its extras ('' for what it always depends on), only those that apply
 * @returns the packages in the order met, with the extras wanted of each
 */
export function walk<P, E extends Edge>(
  roots: readonly E[],
  find: (edge: E) => readonly P[],
  edges: (of: P, extra: string) => readonly E[],
): ReadonlyMap<P, ReadonlySet<string>> {
  const reached = new Map<P, Set<string>>()
  const wants = (edge: E): Want<P>[] => find(edge).flatMap((found) => ['', ...edge.extras].map((extra) => ({ package: found, extra })))
  const open = roots.flatMap(wants)
  for (let want = open.pop(); want; want = open.pop()) {
    const extras = reached.get(want.package) ?? new Set()
    if (extras.has(want.extra)) continue
    reached.set(want.package, extras.add(want.extra))
    open.push(...edges(want.package, want.extra).flatMap(wants))
  }
  return reached
}

/** A dependency that says which versions it takes, for locks that hold several of a package without saying which is meant. */
export interface Demand extends Edge {
  readonly accepts: (version: string) => boolean
}

/** A package of a lock, as far as the choice between versions goes. */
export interface Candidate {
  readonly name: string
  readonly version: string
}

/**
 * As `walk`, where a lock holds several versions of a package and only the demands tell which one is meant:
 * the newest that every demand accepts, as the tool itself chooses when it installs from the lock.
 * @param candidates newest last where it matters
 * @returns the packages, and the names that are demanded and not there
 */
export function choose<P extends Candidate>(
  candidates: readonly P[],
  roots: readonly Demand[],
  edges: (of: P, extra: string) => readonly Demand[],
): { readonly packages: readonly P[]; readonly missing: readonly string[] } {
  const demands = new Map<string, Demand[]>()
  const missing = new Set<string>()
  const named = (name: string) => candidates.filter((candidate) => candidate.name === name)
  const noted = (edge: Demand): Demand => {
    demands.set(edge.name, [...(demands.get(edge.name) ?? []), edge])
    return edge
  }
  walk(
    roots.map(noted),
    (edge) => named(edge.name).filter(({ version }) => edge.accepts(version)),
    (of, extra) => edges(of, extra).map(noted),
  )
  const chosen = (edge: Demand): readonly P[] => {
    const all = named(edge.name)
    const agreed = all.filter(({ version }) => (demands.get(edge.name) ?? []).every(({ accepts }) => accepts(version)))
    const best = (agreed.length > 0 ? agreed : all.filter(({ version }) => edge.accepts(version))).at(-1) ?? all.at(-1)
    if (!best) missing.add(edge.name)
    return best ? [best] : []
  }
  return { packages: [...walk(roots, chosen, edges).keys()], missing: [...missing] }
}
