import { UserError } from '../errors.ts'
import { didYouMean } from '../project/names.ts'
import { TABLE } from './table.ts'

const NAMES = Object.keys(TABLE)

/** What is meant by names of Docker's actions, and by other words for ours. */
export const MEANT: Readonly<Record<string, string>> = {
  file: 'Write dockerfile, a file relative to path. Without one the image is made from the project.',
  context: 'Write path, the folder of the project.',
  platforms: 'Write platform, with one of them: a job for each builds them side by side.',
  images: 'Write registry, namespace and image-name.',
  image: 'Write image-name, with registry and namespace beside it.',
  repository: 'Write namespace and image-name.',
  'cache-from': 'Leave it out: the wheels are cached by themselves (cache says when).',
  'cache-to': 'Leave it out: the wheels are cached by themselves (cache says when).',
  load: "Leave it out: the image is always on the runner's Docker daemon.",
  outputs: "Leave it out: the image is on the runner's Docker daemon, and push pushes it.",
  pull: 'Leave it out, or name parent-image by its digest.',
  provenance: 'Write attest, which pushes SBOM and provenance beside the image.',
  attests: 'Write attest, which pushes SBOM and provenance beside the image.',
  annotations: 'Write labels, in lines of NAME=value.',
  'secret-files': 'Write secrets, in lines of ID=value.',
  'secret-envs': 'Write secrets, in lines of ID=value.',
  builder: "Leave it out: images are built by the daemon's own builder. builder-image is the image that compiles.",
  'add-hosts': 'Write build-network: host, so that builds see the names that the runner sees.',
  'working-directory': 'Write path.',
  workdir: 'Write path.',
  directory: 'Write path.',
  project: 'Write path.',
  name: 'Write image-name.',
  owner: 'Write namespace.',
  organization: 'Write namespace.',
  organisation: 'Write namespace.',
  python: 'Write python-version.',
  token: 'Write password, or github-token for ghcr.io.',
  entrypoint: 'Write command.',
  cmd: 'Write command.',
  environment: 'Write image-env for the image, or env for commands and tests.',
  'apt-packages': 'Write runtime-packages, or build-packages where only compiling needs them.',
  'system-packages': 'Write runtime-packages, or build-packages where only compiling needs them.',
}

/** An input of the step that the table does not have. */
export interface UnknownInput {
  readonly name: string
  /** What to write instead; '' where it is like nothing. */
  readonly advice: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Inputs of the step that the table lacks: the runner hands on whatever stands below `with`. The environment of a job may hold
 * such variables too.
 * @param env with `INPUT_` variables: names in capitals, with `_` for a blank
 * @see https://github.com/actions/runner, AddInputsToEnvironment
 */
export function unknownInputs(env: Environment): readonly UnknownInput[] {
  const given = Object.keys(env).flatMap((key) => (key.startsWith('INPUT_') ? [key.slice('INPUT_'.length).toLowerCase()] : []))
  return given
    .filter((name) => !NAMES.includes(name))
    .sort()
    .map((name) => ({ name, advice: adviceFor(name.replaceAll('_', '-')) }))
}

function adviceFor(name: string): string {
  if (Object.hasOwn(MEANT, name)) return MEANT[name] ?? ''
  const near = didYouMean(name, NAMES)
  return near ? `Did you mean ${near}?` : ''
}

/**
 * The unknown inputs as faults where they were meant for us. One that is like nothing may be a variable of the job; runners
 * that derive from act hand the inputs of a composite action on to its steps.
 * @returns what is only told, as sentences
 */
export function judgeUnknown(env: Environment): { readonly faults: readonly UserError[]; readonly warnings: readonly string[] } {
  const handsOn = ['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => Boolean(env[name]))
  const unknown = unknownInputs(env)
  const meant = (one: UnknownInput) => !handsOn && one.advice !== ''
  return {
    faults: unknown.filter(meant).map(
      ({ name, advice }) =>
        new UserError('inputs', `there is no input ${name}, which this step sets (INPUT_${name.toUpperCase()})`, {
          next: advice,
          input: name,
        }),
    ),
    warnings: unknown
      .filter((one) => !meant(one))
      .map(({ name, advice }) => `There is no input ${name}, so it has no effect. ${advice || 'docs/inputs.md lists all inputs.'}`),
  }
}
