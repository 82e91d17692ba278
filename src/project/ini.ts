/** `section.key` to value, continuation lines joined; enough of configparser's format for names and versions. */
export function readIni(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let section = ''
  let key = ''
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[(.+)\]\s*$/.exec(line)
    const pair = /^([^\s#;=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line)
    if (head) section = head[1] ?? ''
    else if (pair) {
      key = `${section}.${(pair[1] ?? '').toLowerCase().replace(/-/g, '_')}`
      values.set(key, (pair[2] ?? '').trim())
    } else if (/^\s+\S/.test(line) && key) values.set(key, `${values.get(key) ?? ''} ${line.trim()}`.trim())
  }
  return values
}
