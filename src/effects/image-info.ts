import type { ImageInfo } from './docker-port.ts'

interface Answer {
  readonly Id: string
  readonly RepoTags?: string[] | null
  readonly RepoDigests?: string[]
  readonly Size: number
  readonly GraphDriver?: { readonly Data?: unknown }
  readonly Architecture: string
  readonly Variant?: string
  readonly Config?: {
    readonly Labels?: Record<string, string> | null
    readonly User?: string
    readonly WorkingDir?: string
    readonly Env?: string[] | null
    readonly Entrypoint?: string[] | null
    readonly Cmd?: string[] | null
  }
  readonly RootFS?: { readonly Layers?: string[] | null }
}

/**
 * The first image of what `docker image inspect` answers.
 * @returns beside it whether its size is that of its layers unpacked: with containerd's image store, which has no
 * data of a storage driver to tell, Docker counts the archives that it keeps of them too
 */
export function imageInfo(answer: unknown): { readonly info: ImageInfo; readonly unpacked: boolean } | undefined {
  const [image] = answer as Answer[]
  if (!image) return undefined
  const info = {
    id: image.Id,
    names: image.RepoTags ?? [],
    digests: image.RepoDigests ?? [],
    size: image.Size,
    architecture: image.Architecture,
    variant: image.Variant ?? '',
    labels: image.Config?.Labels ?? {},
    config: {
      user: image.Config?.User ?? '',
      workingDir: image.Config?.WorkingDir ?? '',
      env: image.Config?.Env ?? [],
      entrypoint: image.Config?.Entrypoint ?? [],
      command: image.Config?.Cmd ?? [],
    },
    configuration: JSON.stringify(image.Config ?? {}),
    layers: image.RootFS?.Layers ?? [],
  }
  return { info, unpacked: Boolean(image.GraphDriver?.Data) }
}

/** The sum of what `docker history --human=false` tells of each step, in bytes. */
export function sizeOfLayers(history: string): number {
  return history.split('\n').reduce((sum, line) => sum + Number(line), 0)
}
