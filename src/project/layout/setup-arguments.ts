/**
 * A keyword argument that setup.py gives as a plain string, or by a name that is one; anything computed is left to the built wheel.
 * @param setup its text
 */
export function statedArgument(setup: string, argument: string): string | undefined {
  return literalArgument(setup, argument) ?? namedText(setup, argument)
}

/** The call of setup() is asked first: an Extension above it has a name too. */
function literalArgument(setup: string, argument: string): string | undefined {
  const pattern = new RegExp(`^[ \\t]*(?:[\\w.]*\\bsetup\\(\\s*)?${argument}\\s*=\\s*(['"])([^'"\\n]+)\\1\\s*[,)]`, 'm')
  const call = setup.search(/^[ \t]*(?:[\w.]*\.)?setup\(/m)
  return (call < 0 ? undefined : pattern.exec(setup.slice(call))?.[2]) ?? pattern.exec(setup)?.[2]
}

/** A keyword argument that setup.py gives by a name (`name=NAME`) to which a plain string is assigned, once. */
function namedText(setup: string, argument: string): string | undefined {
  const call = setup.search(/^[ \t]*(?:[\w.]*\.)?setup\(/m)
  const given = new RegExp(`[(,\\s]${argument}\\s*=\\s*([A-Za-z_]\\w*)\\s*[,)]`).exec(call < 0 ? '' : setup.slice(call))?.[1]
  if (given === undefined) return undefined
  const all = [...setup.matchAll(new RegExp(`^[ \\t]*${given}[ \\t]*=(?!=)[ \\t]*(.*)$`, 'gm'))].map((match) => match[1] ?? '')
  return all.length === 1 ? /^(['"])([^'"\n]+)\1\s*(?:#.*)?$/.exec(all[0] ?? '')?.[2] : undefined
}
