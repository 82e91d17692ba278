const SINGLE_QUOTED = /'[^']*'/g
const USED = /(?<!\\)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g
/** A line gives one a value: `A=1 cmd`, `export A=1`, `for a in`, `read a`. */
const SET = /(?:^|[\s;&|(])(?:(?:export|local|readonly)\s+)?([A-Za-z_]\w*)=|\b(?:for|read)\s+([A-Za-z_]\w*)/g
/** Every shell or container has these. */
const ALWAYS = ['HOME', 'PATH', 'PWD', 'OLDPWD', 'HOSTNAME', 'IFS', 'PPID', 'SHLVL', 'OPTARG', 'OPTIND']

/**
 * Variables that the line of a start command uses without a default (`$WEB_CONCURRENCY`), and that nobody sets: the words
 * that hold them are empty or gone.
 * @param argv as the image's configuration has it
 * @param given names of the image's and the run's environment
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02
 */
export function unsetVariables(argv: readonly string[], given: Iterable<string>): readonly string[] {
  const at = argv.indexOf('-c')
  if (at < 0 || !/(^|\/)(ba|da)?sh$/.test(argv[at - 1] ?? '')) return []
  const line = (argv[at + 1] ?? '').replace(SINGLE_QUOTED, "''")
  const set = new Set([...ALWAYS, ...given, ...[...line.matchAll(SET)].map(([, a, b]) => a ?? b ?? '')])
  return [...new Set([...line.matchAll(USED)].map(([, a, b]) => a ?? b ?? ''))].filter((name) => !set.has(name))
}
