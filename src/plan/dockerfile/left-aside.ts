import type { OwnDockerfile } from '../../project/dockerfile/own-dockerfile.ts'
import { listed } from '../../text/words.ts'

/** What the image has of itself. */
export interface ImageHas {
  /** Names of Debian packages beside those of the parent. */
  readonly packages: readonly string[]
  /** Names of variables that are set for it, or whose value was found. */
  readonly variables: readonly string[]
}

/** Of each kind. */
const SHOWN = 5
/** Their values are shown nowhere. */
const MAY_BE_SECRET = /SECRET|KEY|TOKEN|PASS|PWD|URL|URI|DSN|CREDENTIAL|AUTH/i

/**
 * What is told of a project's own Dockerfile: that part of it which this image has not.
 * @returns undefined where nothing is left aside
 */
export function leftAside({ packages, variables, builders }: OwnDockerfile, image: ImageHas): string | undefined {
  const missing = packages.filter((name) => !image.packages.includes(name))
  const unset = variables.filter((variable) => !image.variables.includes(nameOf(variable)))
  const shown = unset.map((variable) => (MAY_BE_SECRET.test(nameOf(variable)) ? nameOf(variable) : variable))
  const has = [
    ...(missing.length > 0 ? [`installs ${listed(missing, SHOWN)} of Debian`] : []),
    ...(unset.length > 0 ? [`sets ${listed(shown, SHOWN)}`] : []),
    ...(builders.length > 0 ? [`builds by ${listed(builders)}`] : []),
  ]
  if (has.length === 0) return undefined
  const ways = [
    ...(missing.length > 0 ? [`set runtime-packages: ${missing.join(' ')}`] : []),
    ...(unset.length > 0 ? [`set image-env: ${shown[0] ?? ''}`] : []),
    ...(builders.length > 0 ? [`run ${listed(builders)} before this step`] : []),
  ]
  return `Its Dockerfile ${listed(has)}: that is not followed. If the application needs it, ${ways.join('; ')}.`
}

function nameOf(variable: string): string {
  return variable.slice(0, variable.indexOf('='))
}
