import { randomUUID } from 'node:crypto'
import * as core from '@actions/core'
import type { Log } from './ports.ts'

/** The log of a workflow run; outside Actions the same lines without the runner's commands. */
export function actionsLog(inActions: boolean): Log {
  const plain: Log = {
    mask: () => {},
    info: (line) => core.info(line),
    foreign: (lines) => core.info(lines.map(clean).join('\n')),
    notice: (text) => core.info(`note: ${text}`),
    warning: (text) => core.info(`warning: ${text}`),
    debug: () => {},
    async group(title, work) {
      core.info(title)
      return work()
    },
  }
  if (!inActions) return plain
  return {
    mask(secrets) {
      for (const secret of secrets) core.setSecret(secret)
    },
    info: (line) => core.info(line),
    foreign(lines) {
      // The runner obeys commands in any output; between these two lines it does not.
      const token = randomUUID()
      core.info([`::stop-commands::${token}`, ...lines.map(clean), `::${token}::`].join('\n'))
    },
    notice: (text) => core.notice(text),
    warning: (text) => core.warning(text),
    debug: (line) => core.isDebug() && core.debug(clean(line)),
    group: (title, work) => core.group(title, work),
  }
}

/** Without carriage returns and terminal control, and without the runner's old `##[command]` form. */
function clean(line: string): string {
  return (
    line
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f]/g, '')
      .replaceAll('##[', '## [')
  )
}
