import { together, UserError } from '../errors.ts'
import { type Inputs, inputsThat, isGiven } from '../inputs.ts'
import { imageSuffix } from './dockerfile/custom-dockerfile.ts'
import type { Repository } from './reference.ts'

/** Inputs that take the place of what would be generated. */
export type GivenInputs = Pick<Inputs, 'parentImage' | 'baseImage' | 'builderImage' | 'baseDockerfile' | 'builderDockerfile' | 'dockerfile'>

/** Where the images of a family are kept, without tags. */
export interface Family {
  readonly base: Repository
  readonly builder: Repository
}

/** An own Dockerfile gives its image the name of its folder. */
export function planFamily(release: Repository, given: GivenInputs): Family {
  const beside = (suffix: string) => ({ ...release, path: `${release.path}${suffix}` })
  return { base: beside(imageSuffix(given.baseDockerfile, 'base')), builder: beside(imageSuffix(given.builderDockerfile, 'builder')) }
}

/** Dockerfiles of the user, relative to `path`, by their inputs. */
export function ownDockerfiles({
  baseDockerfile,
  builderDockerfile,
  dockerfile,
}: GivenInputs): readonly (readonly [input: string, file: string])[] {
  const all = { 'base-dockerfile': baseDockerfile, 'builder-dockerfile': builderDockerfile, dockerfile }
  return Object.entries(all).filter(([, file]) => file !== '')
}

/** What decides over Python where python-version says nothing; undefined where the project's files do. */
export function givenBase(given: GivenInputs): string | undefined {
  if (given.baseImage) return 'base-image'
  if (given.baseDockerfile) return 'base-dockerfile'
  return given.parentImage ? 'parent-image' : undefined
}

/** The own Dockerfile or ready image that is the builder; '' where it is generated. */
export function givenBuilder({ builderDockerfile, builderImage }: GivenInputs): string {
  return builderDockerfile || builderImage
}

/** Whether the release, or the base that it is made on, is of somebody else's making: it may hold anything. */
export function isForeign({ dockerfile, baseDockerfile, baseImage }: GivenInputs): boolean {
  return Boolean(dockerfile || baseDockerfile || baseImage)
}

/** What stands in the place of a stage of the generated Dockerfile, a line each. */
export function placesTaken(inputs: GivenInputs & Pick<Inputs, 'buildCommand'>): readonly string[] {
  const given = { base: inputs.baseImage || inputs.baseDockerfile, builder: givenBuilder(inputs), release: inputs.dockerfile }
  const lines = Object.entries(given).flatMap(([stage, by]) => (by ? [`# ${stage}: ${by}, in the place of what is generated`] : []))
  return [...lines, ...inputs.buildCommand.map((line) => `# build-command, in the builder before the application's wheel: ${line}`)]
}

/** Of which the first takes the place of the second. */
const BOTH = [
  ['base-image', 'base-dockerfile'],
  ['base-image', 'parent-image'],
  ['builder-image', 'builder-dockerfile'],
  ['base-image', 'updates'],
  ['base-dockerfile', 'updates'],
] as const

/**
 * Refuses inputs of which only one can be followed.
 * @returns what else is without effect, as sentences
 * @throws UserError naming both
 */
export function checkGiven(inputs: Inputs): readonly string[] {
  const faults = BOTH.filter((names) => names.every((name) => isGiven(inputs, name))).map(
    ([one, other]) =>
      new UserError('inputs', `${one} and ${other} are both set`, { next: `Leave one out: ${one} takes its place.`, input: other }),
  )
  for (const kind of ['base', 'builder'] as const) {
    if (inputs.target === kind && inputs[`${kind}Image`]) {
      const input = `${kind}-image`
      faults.push(new UserError('inputs', `target is ${kind}, and ${input} is ready`, { next: `Leave ${input} out to build it.`, input }))
    }
  }
  const wrong = together(faults)
  if (wrong) throw wrong
  const notices: string[] = []
  const builder = givenBuilder(inputs)
  if (builder && inputs.buildPackages.length > 0) notices.push(`build-packages is without effect: the builder is ${builder}.`)
  if (Object.keys(inputs.buildArgs).length > 0 && ownDockerfiles(inputs).length === 0) {
    notices.push('build-args is without effect: no Dockerfile is named (dockerfile, base-dockerfile, builder-dockerfile).')
  }
  if (inputs.packages.length > 0 && inputs.dockerfile) {
    notices.push(`The wheels of packages (${inputs.packages.join(', ')}) are in wheelhouse/: ${inputs.dockerfile} has to install them.`)
  }
  const idle = inputs.dockerfile ? inputsThat('generated').flatMap(({ name }) => (isGiven(inputs, name) ? [name] : [])) : []
  if (idle.length > 0) notices.push(`Without effect, as ${inputs.dockerfile} makes the release: ${idle.join(', ')}.`)
  return notices
}
