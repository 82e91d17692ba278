import { shellQuote } from '../dockerfile/dockerfile-words.ts'

export interface NextBuild {
  /** The folder that was written, as it is named from here. */
  readonly folder: string
  /** That of the project, likewise. */
  readonly project: string
  readonly image: string
  /** Where another platform than the machine's was asked for, else ''. */
  readonly platform: string
  /** The PEM file that builds trust, '' for none. */
  readonly ca: string
  /** Without Buildx, an old client builds with BuildKit where it is told to. */
  readonly buildx: boolean
}

/**
 * The command that builds what `eject` wrote, as it works on this machine.
 * @see https://docs.docker.com/build/buildkit/#getting-started
 */
export function nextBuild({ folder, project, image, platform, ca, buildx }: NextBuild): string {
  const secret = ca ? ` --secret ${shellQuote(`id=ca,src=${ca}`)}` : ''
  const options = `${platform ? ` --platform ${platform}` : ''} -f ${shellQuote(`${folder}/Dockerfile`)} -t ${image}${secret}`
  return `${buildx ? '' : 'DOCKER_BUILDKIT=1 '}docker build${options} ${shellQuote(project)}`
}
