import * as core from '@actions/core'
import type { FilePlace } from '../../errors.ts'
import type { Log } from '../ports.ts'
import { logLine } from './log-line.ts'

/** The log of a workflow's step, whose last word may be an error. */
export interface ActionsLog extends Log {
  /** @param place is shown with it */
  error(text: string, place?: FilePlace): void
  /** A text for another place than the log, without what must not be shown. */
  scrubbed(text: string): string
}

/** As `errorLine` has it: what parts a runner's keywords may have made it longer. */
const LONGEST_ERROR = 300

/** The log of a workflow run; outside Actions the same lines without the runner's commands. */
export function actionsLog(inActions: boolean): ActionsLog {
  const info = (line: string) => core.info(logLine(line))
  const secrets = new Set<string>()
  const plain: ActionsLog = {
    mask: (found) => {
      for (const secret of found) secrets.add(secret)
    },
    // The longest first: one may be a part of another.
    scrubbed: (text) => [...secrets].sort((a, b) => b.length - a.length).reduce((all, secret) => all.replaceAll(secret, '***'), text),
    info,
    foreign: (lines) => lines.forEach(info),
    notice: (text) => info(`note: ${text}`),
    warning: (text) => info(`warning: ${text}`),
    error: (text) => info(`error: ${text}`),
    debug: () => {},
    async group(title, work) {
      info(title)
      return work()
    },
  }
  if (!inActions) return plain
  return {
    ...plain,
    mask(found) {
      plain.mask(found)
      for (const secret of found) core.setSecret(secret)
    },
    notice: (text) => core.notice(logLine(text)),
    warning: (text) => core.warning(logLine(text)),
    error: (text, place) => core.error(logLine(text).slice(0, LONGEST_ERROR), place && annotation(place)),
    debug: (line) => core.isDebug() && core.debug(logLine(line)),
    group: (title, work) => core.group(logLine(title), work),
  }
}

function annotation({ file, line, column }: FilePlace): core.AnnotationProperties {
  return { file: logLine(file), ...(line && { startLine: line }), ...(column && { startColumn: column }) }
}
