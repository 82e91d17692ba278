/** `section.key` to value, continuation lines joined; enough of configparser's format for names and versions. */
export function readIni(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string[]>()
  let section = ''
  let parts: string[] | undefined
  for (const line of text.split(/\r?\n/)) {
    const head = /^\[(.+)\]\s*$/.exec(line)
    const sign = line.search(/[=:]/)
    if (head) section = head[1] ?? ''
    else if (sign > 0 && !/^[\s#;]/.test(line)) {
      const key = line.slice(0, sign).trimEnd().toLowerCase().replace(/-/g, '_')
      parts = [line.slice(sign + 1).trim()]
      values.set(`${section}.${key}`, parts)
    } else if (/^\s/.test(line) && line.trim() !== '') parts?.push(line.trim())
  }
  return new Map([...values].map(([key, lines]) => [key, lines.join(' ').trim()]))
}
