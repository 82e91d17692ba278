import type { Check } from '../checks/check.ts'
import { LONGEST } from './failure-causes.ts'

/** Files of the project's folder that no build gets, relative to it. */
export interface LeftOutFiles {
  /** By the project's .dockerignore. */
  readonly ignored: readonly string[]
  /** As they look like secrets or local databases. */
  readonly withheld: readonly string[]
}

/** Checks that failed for want of a file which was left out, with the line that lets it in: nothing else would help. */
export function withLeftOut(checks: readonly Check[], files: LeftOutFiles): readonly Check[] {
  return checks.map((check) => {
    const next = check.said === undefined ? undefined : leftOutAdvice(check.said, files)
    return next === undefined ? check : { ...check, next }
  })
}

/** The line that lets a file in, for want of which something failed. @returns undefined where what failed names none of these */
export function leftOutAdvice(said: string, { ignored, withheld }: LeftOutFiles): string | undefined {
  if (ignored.length + withheld.length === 0) return undefined
  const wanted = wantedFiles(said.slice(-LONGEST))
  const find = (files: readonly string[]) => files.find((file) => wanted.some((one) => file === one || file.endsWith(`/${one}`)))
  const secret = find(withheld)
  if (secret)
    return `${secret} looks like a secret and is in no build: a line !${secret} in .dockerignore lets it in; else give it by variables or a mounted file.`
  const file = find(ignored)
  return file && `${file} is in no build, as .dockerignore leaves it out: a line !${file} in it lets it in.`
}

/** Paths that an application may mean: files by their names, modules as files. */
function wantedFiles(said: string): readonly string[] {
  const [, missing = ''] = /No module named '?([\w.]+)/.exec(said) ?? []
  const [, name = '', from = ''] = /cannot import name '(\w+)' from '([\w.]+)'/.exec(said) ?? []
  const modules = [missing, name && `${from}.${name}`].filter(Boolean).map((module) => module.replaceAll('.', '/'))
  const words = said.split(/[\s'"`‘’“”(),:]+/).map((word) => word.replace(/^(\/app\/|\/srv\/source\/|\.\/)/, ''))
  const files = words.filter((word) => /^[^/].*\.\w+$/.test(word) && word.length < 300)
  return [...modules.flatMap((module) => [`${module}.py`, `${module}/__init__.py`]), ...files]
}
