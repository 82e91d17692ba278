import { normalizeName } from '../names.ts'

/** Names of the packages in a lock, whatever tool wrote it. */
export function namesInLock(file: string, text: string): readonly string[] {
  const pattern =
    file.endsWith('.toml') || /(^|\/)(uv|poetry|pdm)\.lock$/.test(file)
      ? /^name = "([^"\n]+)"/gm
      : file.endsWith('Pipfile.lock')
        ? /^ {8}"([^"\n]+)": \{/gm
        : /^([A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])? *(?:==|@)/gm
  return [...new Set([...text.matchAll(pattern)].map((match) => normalizeName(match[1] ?? '')))]
}
