import { LONGEST } from './failure-causes.ts'

/** What is known of a start that nothing outside its container reaches. */
export interface BindFacts {
  /** Its words. */
  readonly command: readonly string[]
  /** Names of what is installed, normalised. */
  readonly installed?: readonly string[]
  /** The option of its program that takes an address, such as `--host`, where its source has one. */
  readonly hostOption?: string | undefined
}

/** Options of servers and of frameworks' own commands. @see their documents on the address to listen on */
const OPTIONS: readonly (readonly [program: RegExp, option: string])[] = [
  [/\bgunicorn\b/, '--bind 0.0.0.0:8000'],
  [/\bhypercorn\b/, '--bind 0.0.0.0:8000'],
  [/\bdaphne\b/, '--bind 0.0.0.0'],
  [/\b(?:uvicorn|granian|waitress-serve)\b|\b(?:flask|fastapi|litestar|quart) (?:\S+ )*(?:run|dev)\b/, '--host 0.0.0.0'],
]

/** Variables that say it where a script starts its own server. @see https://www.gradio.app/guides/environment-variables, https://dash.plotly.com/reference */
const VARIABLES: readonly (readonly [name: string, variable: string])[] = [
  ['gradio', 'GRADIO_SERVER_NAME'],
  ['dash', 'HOST'],
]

/** Options by which programs name their address. */
const HOST_OPTION = /["'](--(?:host|bind|address|listen|ip))["']/

/** The option that a program's source has for its address. */
export function hostOptionIn(texts: readonly string[]): string | undefined {
  return texts.flatMap((text) => HOST_OPTION.exec(text)?.[1] ?? [])[0]
}

/** The line that lets others reach a start that listens on its container's own address. */
export function bindAdvice({ command, installed = [], hostOption }: BindFacts): string {
  const line = (command[0] === 'sh' && command[1] === '-c' ? (command[2] ?? '') : command.join(' '))
    .replace(/^\/usr\/local\/bin\/entrypoint (?:sh -c )?/, '')
    .replace(/^exec /, '')
    .slice(0, LONGEST)
  const known = OPTIONS.find(([program]) => program.test(line))?.[1]
  const option = known ?? (hostOption && `${hostOption} 0.0.0.0`)
  if (option && line.length < 80 && !/[;&|\n]/.test(line)) return `Bind 0.0.0.0. Set command: ${line} ${option}`
  const variable = VARIABLES.find(([name]) => installed.includes(name))?.[1]
  if (variable) return `Bind 0.0.0.0. Set image-env: ${variable}=0.0.0.0`
  return installed.includes('flask') ? 'Bind 0.0.0.0, as by app.run(host="0.0.0.0").' : 'Bind 0.0.0.0.'
}
