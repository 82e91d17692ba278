/** Longest line that is read, in characters. */
const LONGEST = 1000

/**
 * Console scripts of a wheel's entry_points.txt: name → what it calls, e.g. `hello` → `hello_cli.main:main`.
 * @see https://packaging.python.org/specifications/entry-points/
 */
export function consoleScripts(text: string): Readonly<Record<string, string>> {
  let section = ''
  const scripts: [string, string][] = []
  for (const [raw] of text.matchAll(/[^\r\n]+/g)) {
    if (raw.length > LONGEST) continue
    const line = raw.trim()
    const head = /^\[(.+)\]$/.exec(line)
    if (head) section = (head[1] ?? '').trim()
    // What follows are extras that it would need.
    const pair = /^([^#;=][^=]*)=\s*([\w.]+(?:\s*:\s*[\w.]+)?)/.exec(line)
    if (section === 'console_scripts' && pair) scripts.push([(pair[1] ?? '').trimEnd(), (pair[2] ?? '').replace(/\s/g, '')])
  }
  return Object.fromEntries(scripts)
}
