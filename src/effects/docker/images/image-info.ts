import * as v from 'valibot'
import { readJson } from '../../../grammar.ts'
import type { ImageInfo } from '../../docker-port.ts'

const texts = v.optional(v.nullable(v.array(v.string()), []), [])
const text = v.optional(v.nullable(v.string(), ''), '')
const record = v.optional(v.nullable(v.record(v.string(), v.string()), {}), {})

/** What Docker answers; its configuration is whatever the image's author wrote there. */
const ANSWER = v.object({
  Id: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]+$/)),
  RepoTags: texts,
  RepoDigests: texts,
  Size: v.optional(v.number(), 0),
  GraphDriver: v.optional(v.nullable(v.object({ Data: v.optional(v.unknown()) }))),
  Created: text,
  Architecture: text,
  Variant: text,
  Config: v.optional(v.nullable(v.unknown())),
  RootFS: v.optional(v.nullable(v.object({ Layers: texts }))),
})
const CONFIG = v.object({ Labels: record, User: text, WorkingDir: text, Env: texts, Entrypoint: texts, Cmd: texts })

/**
 * The first image of what `docker image inspect` answers.
 * @returns beside it whether its size is that of its layers unpacked: with containerd's image store, which has no
 * data of a storage driver to tell, Docker counts the archives that it keeps of them too; undefined where it is no answer
 */
export function imageInfo(answer: unknown): { readonly info: ImageInfo; readonly unpacked: boolean } | undefined {
  const read = v.safeParse(v.looseTuple([ANSWER]), answer)
  if (!read.success) return undefined
  const [image] = read.output
  const config = v.safeParse(CONFIG, image.Config ?? {})
  if (!config.success) return undefined
  const info = {
    id: image.Id,
    names: image.RepoTags ?? [],
    digests: image.RepoDigests ?? [],
    size: image.Size,
    created: image.Created ?? '',
    architecture: image.Architecture ?? '',
    variant: image.Variant ?? '',
    labels: config.output.Labels ?? {},
    config: {
      user: config.output.User ?? '',
      workingDir: config.output.WorkingDir ?? '',
      env: config.output.Env ?? [],
      entrypoint: config.output.Entrypoint ?? [],
      command: config.output.Cmd ?? [],
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

const STEP = v.object({ CreatedBy: v.string(), Size: v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number)) })

/** What `docker history --format={{json .}}` tells, the newest first; a line of another shape is left out. */
export function layersIn(history: string): readonly { readonly by: string; readonly size: number }[] {
  return history.split('\n').flatMap((line) => {
    const step = readJson(STEP, line)
    return step ? [{ by: step.CreatedBy, size: step.Size }] : []
  })
}
