import { missingHint } from '../wheels/system-packages.ts'

/** What our scripts say that becomes a notice or a warning of the run, by the stage that runs them. */
const OURS: Readonly<Record<string, RegExp>> = {
  'base-tree': /^security updates(: [\w.+:~= -]{1,4000}| left files of older packages: [^\n]{1,1000})$/,
  'build-lock': /^the index tells no upload times, so exclude-newer is off$/,
  trial: new RegExp(
    [
      '^(byte code is made for every module, because the trial import failed|no static files are collected): ',
      '^your application writes /.{1,1500} when it is imported\\. Nothing of that is in the image: ',
      '^/.{1,1000} is a link in the source: the static files are not in the image$',
      '^[\\w.-]{1,100}(, [\\w.-]{1,100}){0,50} and [\\w.-]{1,100} bring different files of one name \\(.{1,1000}\\): the image has those of [\\w.-]{1,100}$',
    ].join('|'),
  ),
}

const PARENT = 'See parent-image and python-version.'

/** What a script of ours says when it ends its stage, and what to do. */
interface OwnError {
  readonly is: RegExp
  readonly next: string
}

/** By the stage. */
const ERRORS: Readonly<Record<string, readonly OwnError[]>> = {
  'base-tree': [{ is: /^the parent image /, next: PARENT }],
  trial: [
    { is: /^no static files are collected: /, next: 'Give what it needs in env or image-env, or set collectstatic to auto or never.' },
    {
      is: /^the static file .{1,200} cannot be served: /,
      next: 'Pages that name static files would answer 500: fix it, or set collectstatic to never.',
    },
  ],
  'build-command': [{ is: /^build-command ".*" ended with code -?\d+$/, next: 'The lines above show what it said.' }],
  debian: [{ is: /^not a Debian package: /, next: PARENT }],
  evidence: [{ is: /^the wheel needs more than \d+ libraries$/, next: PARENT }],
}

/** Of the errors that a stage named, that of our script. */
export function ownError(stage: string, texts: readonly string[]): { readonly text: string; readonly next: string } | undefined {
  for (const text of texts) {
    const found = ERRORS[stage]?.find(({ is }) => is.test(text))
    if (found) return { text, next: found.next }
  }
  return undefined
}

/** Whether a message of a stage has the words of one of our scripts. Any other is a line of code that ran there. */
export function isOurs(stage: string, text: string): boolean {
  return OURS[stage]?.test(text) ?? false
}

/** A message of a script of ours, with what mends it where the application looked for something of the system. */
export function withHint(text: string): string {
  const hint = missingHint(text)
  return hint ? `${text}. ${hint}` : text
}
