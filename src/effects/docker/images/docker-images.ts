import * as v from 'valibot'
import { UserError } from '../../../errors.ts'
import { readJson } from '../../../grammar.ts'
import { lastLine } from '../../../text/words.ts'
import { inWords, LONGER } from '../../../time-limits.ts'
import type { Docker, PushableImage } from '../../docker-port.ts'
import type { ChildResult } from '../../process/child.ts'
import { cannotPull } from '../docker-faults.ts'
import type { DockerShell } from '../docker-shell.ts'
import { readImageArchive } from './image-archive.ts'
import { layOutImage } from './image-blobs.ts'
import { imageInfo, layersIn, sizeOfLayers } from './image-info.ts'

/** Images of the daemon, and their names. */
export function imageStore(shell: DockerShell): Pick<Docker, 'inspect' | 'pull' | 'tag' | 'untag'> {
  return {
    async inspect(reference, measured = false) {
      const result = await inspected(shell, reference)
      if (result.code !== 0) return undefined
      const read = imageInfo(readJson(v.unknown(), result.stdout))
      if (!read) throw new UserError('docker', `docker tells of ${reference} what cannot be read`, 'Check which docker is first on PATH.')
      const { info, unpacked } = read
      if (unpacked || !measured) return info
      const history = await shell.docker(['history', '--human=false', '--format={{.Size}}', reference])
      return history.code === 0 ? { ...info, size: sizeOfLayers(history.stdout) } : info
    },

    async pull(reference, named) {
      const limit = shell.limits.transfer * 1000
      const pull = ['pull', '--quiet', ...shell.onPlatform, reference]
      const result = await shell.withHeartbeat(`pulling ${reference}`, async () =>
        shell.docker(pull, { ...(await shell.withLogin()), limit }),
      )
      if (result.timedOut)
        throw new UserError(named?.step ?? 'base', `${reference} was not pulled within ${inWords(shell.limits.transfer)}`, {
          next: LONGER,
          kind: 'passing',
        })
      if (result.code !== 0) throw cannotPull(reference, result.stderr, named)
    },

    async tag(source, target) {
      const result = await shell.docker(['tag', source, target])
      if (result.code !== 0) throw new Error(`docker tag ${source} ${target}: ${lastLine(result.stderr)}`)
    },

    async untag(...references) {
      await shell.docker(['image', 'rm', '--no-prune', ...references], { limit: 15_000, afterwards: true })
    },
  }
}

/**
 * containerd's image store has several platforms under one name, and answers for its own where none is named. Clients before
 * 28.1 name none, and what is here for another platform alone is told as it is.
 * @see https://docs.docker.com/reference/cli/docker/image/inspect/
 */
async function inspected({ docker, onPlatform }: DockerShell, reference: string): Promise<ChildResult> {
  const asked = onPlatform.length > 0 ? await docker(['image', 'inspect', ...onPlatform, reference]) : undefined
  return asked?.code === 0 ? asked : docker(['image', 'inspect', reference])
}

/** What images hold. */
export function imageContent(shell: DockerShell): Pick<Docker, 'read' | 'layOut' | 'history' | 'layers'> {
  return {
    read: (image, reader) => shell.streamed(['image', 'save', image], (chunks) => readImageArchive(chunks, reader)),

    async layOut(image, folder) {
      let laidOut: PushableImage | undefined
      await shell.streamed(['image', 'save', image], async (chunks) => {
        laidOut = await layOutImage(chunks, folder)
      })
      if (!laidOut) throw new Error(`docker did not save ${image}`)
      return laidOut
    },

    async history(image) {
      const result = await shell.docker(['image', 'history', '--no-trunc', '--format={{json .CreatedBy}}', image])
      if (result.code !== 0) throw new Error(lastLine(result.stderr))
      const steps = result.stdout.split('\n').filter(Boolean)
      return steps.map((step) => String(readJson(v.unknown(), step)))
    },

    async layers(image) {
      const result = await shell.docker(['image', 'history', '--no-trunc', '--human=false', '--format={{json .}}', image])
      if (result.code !== 0) throw new Error(lastLine(result.stderr))
      return layersIn(result.stdout)
    },
  }
}
