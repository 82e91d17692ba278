/** What a stage of a build says to the user. Our scripts do, and so may any code that runs beside them. */
export interface Message {
  readonly stage: string
  readonly level: 'note' | 'notice' | 'warning' | 'error'
  /** By which the run knows what is said, e.g. `security-updates`; '' for what is only shown. */
  readonly code: string
  readonly text: string
}

/** Reads `notice[code]: text`; undefined for anything else. */
export function readMessage(stage: string, line: string): Message | undefined {
  const [, level, code = '', text = ''] = /^(note|notice|warning|error)(?:\[([a-z-]{1,40})\])?: (.*)$/.exec(line) ?? []
  return level === undefined ? undefined : { stage, level: level as Message['level'], code, text }
}

/** The line that `readMessage` reads. */
export function messageLine({ level, code, text }: Message): string {
  return `${level}${code && `[${code}]`}: ${text}`
}
