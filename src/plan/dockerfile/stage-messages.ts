import type { Message } from '../../text/stage-message.ts'
import { missingHint } from '../wheels/system-packages.ts'

const PARENT = 'See parent-image and python-version.'

/**
 * What our scripts say that becomes a notice, a warning or the error of the run, by the stage that runs them and the code.
 * Nobody else's code runs there, or its lines are marked. The text is what to do about an error.
 */
const CODES: Readonly<Record<string, string>> = {
  'base-tree/parent-image': PARENT,
  'base-tree/security-updates': '',
  'build-lock/no-upload-times': '',
  'build-command/build-command': 'The lines above show what it said.',
  'debian/no-package': PARENT,
  'evidence/many-libraries': PARENT,
  'trial/byte-code': '',
  'trial/unserved': '',
  'trial/no-static': 'Give what it needs in env or image-env, or set collectstatic to auto or never.',
  'trial/shared-files': '',
  'trial/static-broken': 'Pages that name static files would answer 500: fix it, or set collectstatic to never.',
  'trial/static-link': '',
  'trial/written': '',
}

/** Characters of a text. */
const LONGEST = 5000

/** Of the errors that a stage named, that of our script, and what to do. */
export function ownError(messages: readonly Message[]): { readonly text: string; readonly next: string } | undefined {
  const found = messages.find((message) => message.level === 'error' && isOurs(message))
  return found && { text: found.text, next: CODES[`${found.stage}/${found.code}`] ?? '' }
}

/** Whether one of our scripts says it. Any other is a line of code that ran there. */
export function isOurs({ stage, code, text }: Message): boolean {
  return Object.hasOwn(CODES, `${stage}/${code}`) && text.length <= LONGEST
}

/** A message of a script of ours, with what mends it where the application looked for something of the system. */
export function withHint(text: string): string {
  const hint = missingHint(text)
  return hint ? `${text}. ${hint}` : text
}
