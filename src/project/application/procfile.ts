import { type Table, textAt, textsAt } from '../toml.ts'

/** A line of a Procfile. @see https://devcenter.heroku.com/articles/procfile */
export interface Process {
  readonly name: string
  readonly line: string
}

/** The processes that a Procfile names. */
export function procfileLines(text = ''): readonly Process[] {
  return linesOf(text).flatMap((line) => {
    const [, name = '', command = ''] = PROCESS.exec(line) ?? []
    return command === '' ? [] : [{ name, line: command }]
  })
}

/** Numbers of a Procfile's lines that name no process, from 1; neither empty ones nor comments. */
export function unreadLines(text = ''): readonly number[] {
  return linesOf(text).flatMap((line, index) => (/^\s*(#|$)/.test(line) || PROCESS.test(line) ? [] : [index + 1]))
}

const PROCESS = /^([A-Za-z0-9_-]+):\s*(.*\S)\s*$/

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
}

/** The start command that the project's files name: a Procfile's web process, else `command` of its table. */
export function startLine(
  procfile: string | undefined,
  settings: Table,
): { readonly line: string | readonly string[]; readonly from: string } | undefined {
  const web = procfileLines(procfile).find(({ name }) => name === 'web')
  if (web) return { line: web.line, from: 'Procfile' }
  const own = textAt(settings, 'command') ?? textsAt(settings, 'command')
  return own?.length ? { line: own, from: 'pyproject.toml [tool.pypackager]' } : undefined
}
