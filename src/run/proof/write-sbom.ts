import path from 'node:path'
import * as v from 'valibot'
import { readJson, said } from '../../grammar.ts'
import { renderSbom } from '../../judge/sbom/cyclonedx.ts'
import { type ImageContents, readContents } from '../../judge/sbom/image-contents.ts'
import { LABEL } from '../../plan/dockerfile/labels.ts'
import { fingerprint, type Parts, sha256 } from '../../plan/fingerprint.ts'
import { legalTag } from '../../plan/reference.ts'
import { parseMetadata } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import type { ReleaseResult } from '../../report/outcome.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import { scriptsPrint, stageScript } from '../build/stage-scripts.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'

/** A change of what we write is a change of the file. */
/** More than any SBOM takes. */
const MOST_BYTES = 64_000_000
const RECIPE = '1'
const LIMIT_MS = 60_000

export interface SbomRequest {
  readonly release: ReleaseResult
  readonly house: Wheelhouse
  /** The image's version, without the suffix of the leg. */
  readonly version: string
  readonly suffix: string
  readonly extras: readonly string[]
  readonly epoch: number
  readonly parent: string
  /** The Python that asks, as `ProofRequest` has it. */
  readonly python: string
  /** An own Dockerfile, or a ready base. */
  readonly own: boolean
}

/** An SBOM's file, and whether it is to be written. */
interface Place {
  /** Absolute. */
  readonly file: string
  /** What an SBOM of this image would be made from. */
  readonly print: string
  /** The file is there and was made from that, as the image's id tells. */
  readonly before: boolean
}

/** Whether the image has its SBOM already. */
export async function isDescribed(world: World, request: SbomRequest): Promise<boolean> {
  return (await placeOf(world, request)).before
}

async function placeOf(world: World, { house, release, version, suffix, own }: SbomRequest): Promise<Place> {
  const name = (house.app && parseMetadata(house.app.metadata).name) || house.metadata.name
  const file = inWheelhouse(world, SHELF.sbom, `${normalizeName(name)}-${legalTag(`${version}${suffix}`)}.cdx.json`)
  const parts: Parts = {
    image: release.id,
    lock: house.lockSha256,
    own: String(own),
    recipe: RECIPE,
    scripts: await scriptsPrint(world, 'sbom'),
  }
  const print = fingerprint(parts)
  const kept = (await world.records.get('sboms'))?.[path.basename(file)]
  const text = await world.files.readKept(file, MOST_BYTES)
  const before = kept !== undefined && text !== undefined && kept.sha256 === sha256(text) && kept.print === print
  return { file, print, before }
}

/**
 * Writes what the release image holds to `.build/sbom/` of the wheelhouse, as CycloneDX.
 * @param known where the image was asked already
 * @returns the file, absolute, and how it came to be
 */
export async function writeSbom(
  world: World,
  request: SbomRequest,
  known?: ImageContents,
): Promise<{ readonly file: string; readonly how: string }> {
  const { file, print, before } = await placeOf(world, request)
  if (before) return { file, how: 'the image was described before' }
  const { house, release } = request
  const told = known ?? (await askImage(world, release.id, request.python))
  const app = house.app && parseMetadata(house.app.metadata)
  const name = app?.name || house.metadata.name
  const contents = typeof told === 'string' ? undefined : told
  if (!contents) world.log.notice(`The SBOM knows only the wheels: the image could not be asked what it holds (${told}).`)
  const text = renderSbom({
    name,
    version: app?.version ?? request.version,
    app: house.app && { name, file: house.app.file, sha256: house.app.sha256 },
    extras: request.extras,
    wheels: house.wheels,
    lock: (await world.files.read(inWheelhouse(world, SHELF.lock))) ?? '',
    environment: house.target.markers,
    epoch: request.epoch,
    properties: {
      'pypackager:image': release.references[0] ?? '',
      'pypackager:fingerprint': release.labels['io.pypackager.fingerprint'] ?? '',
      'pypackager:parent-image': request.parent,
      'pypackager:parent-digest': release.labels[LABEL.parentDigest] ?? '',
    },
    own: request.own,
    contents,
  })
  await world.files.write(file, text)
  await world.records.put('sboms', path.basename(file), { print, sha256: sha256(text) })
  await world.records.save()
  const counts = contents ? `${contents.distributions.length} Python and ${contents.debian.length} Debian packages` : 'the wheels alone'
  return { file, how: counts }
}

/**
 * What the image itself tells: files are read in a container without a network; nothing that is installed runs.
 * @returns why not, where it cannot be asked
 */
async function askImage(world: World, image: string, python: string): Promise<ImageContents | string> {
  const report = await world.docker.run({
    image,
    entrypoint: python,
    command: ['-I', '-S', '-B', '-c', await stageScript(world, 'sbom', 'describe.py')],
    network: 'none',
    limit: LIMIT_MS,
  })
  const contents = report.code === 0 ? readContents(readJson(v.unknown(), report.stdout)) : undefined
  return contents ?? (report.timedOut ? 'no answer' : v.parse(said(200), report.stderr.trim().split('\n').at(-1) ?? ''))
}
