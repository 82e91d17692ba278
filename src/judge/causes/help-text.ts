/** Commands by which programs serve, the plainest first. */
const SERVING = ['serve', 'server', 'runserver', 'webserver', 'web', 'run', 'start']

/**
 * The command of a program that serves, as its help text lists it: `  serve  Starts the server.`, or `{init,serve}`.
 * @see https://click.palletsprojects.com/en/stable/documentation/, https://docs.python.org/3/library/argparse.html#sub-commands
 */
export function servingIn(lines: readonly string[]): string | undefined {
  const named = lines.slice(0, 200).flatMap((line) => {
    const listed = /^\s{2,}([a-z][\w-]{1,30})(?:\s{2,}\S|\s*$)/.exec(line)?.[1]
    const choices = /\{([\w,-]{1,500})\}/.exec(line)?.[1]?.split(',') ?? []
    return [...(listed === undefined ? [] : [listed]), ...choices]
  })
  return SERVING.find((word) => named.includes(word))
}
