import path from 'node:path'
import * as v from 'valibot'
import type { Blob } from '../../effects/docker-port.ts'
import type { Place } from '../../effects/registry-port.ts'
import { UserError } from '../../errors.ts'
import { readJson } from '../../grammar.ts'
import { chosenNames, type Inputs } from '../../inputs.ts'
import { PREDICATE_TYPE, provenance, STATEMENT_TYPE } from '../../judge/sbom/provenance.ts'
import { sha256 } from '../../plan/fingerprint.ts'
import { repositoryName } from '../../plan/reference.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import type { Origin } from '../images/base-and-builder.ts'
import { projectWheel } from '../result.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'
import type { Places } from './publication.ts'
import { tryAgain } from './push-image.ts'

/** A file that says something of an image. */
export interface Attestation {
  readonly file: string
  readonly type: string
  readonly annotations: Readonly<Record<string, string>>
}

const OCI = 'application/vnd.oci.image'
const EMPTY = '{}'
const INDEX = v.object({ manifests: v.array(v.looseObject({ digest: v.string() })) })

/** What a release was made from. */
export interface Attested {
  readonly plan: RunPlan
  readonly inputs: Pick<Inputs, 'extras' | 'groups'>
  readonly house: Wheelhouse
  readonly origin: Pick<Origin, 'name' | 'digest'>
  /** Relative to the workspace. */
  readonly sbom: string | undefined
}

/** Pushes provenance, and the SBOM where there is one, beside an image in each of its registries. @throws UserError as `attach` */
export async function attest(world: World, places: Places, digest: string, { plan, inputs, house, origin, sbom }: Attested): Promise<void> {
  const wheels = house.app ? [...house.wheels, projectWheel(house.app)] : house.wheels
  const { revision, project } = plan
  const facts = {
    digest,
    revision,
    path: project.folder,
    extras: chosenNames(inputs),
    parent: origin,
    wheels,
    lockSha256: house.lockSha256,
  }
  const file = path.join(world.paths.temp, 'provenance.json')
  const proven = {
    file,
    type: STATEMENT_TYPE,
    annotations: { 'in-toto.io/predicate-type': PREDICATE_TYPE, 'org.opencontainers.image.title': path.basename(file) },
  }
  const described = sbom !== undefined && {
    file: path.join(world.context.workspace, sbom),
    type: 'application/vnd.cyclonedx+json',
    annotations: { 'org.opencontainers.image.title': path.basename(sbom) },
  }
  for (const place of places) {
    await world.files.write(file, JSON.stringify(provenance({ ...facts, repository: place }, world.context)))
    await attach(world, place, digest, [proven, ...(described ? [described] : [])])
  }
}

/**
 * Pushes statements on an image as its referrers. A registry that keeps no list of those has it under a tag of the digest.
 * @param digest of the image's manifest in that place
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject
 * @throws UserError where the registry does not take it
 */
export async function attach(world: World, place: Place, digest: string, attestations: readonly Attestation[]): Promise<void> {
  const subject = await world.registry.manifest(place, digest)
  if (!subject)
    throw new UserError(
      'push',
      `${repositoryName(place)}@${digest} cannot be read back, so nothing can be attached to it`,
      'Push again. attest takes plain HTTP from loopback alone, and certificates that are trusted here (ca-bundle).',
    )
  const empty = path.join(world.paths.temp, 'empty.json')
  await world.files.write(empty, EMPTY)
  const config = await blobOf(world, empty, 'application/vnd.oci.empty.v1+json')
  for (const { file, type, annotations } of attestations) {
    const content = await blobOf(world, file, type)
    for (const blob of [config, content]) await upload(world, place, blob)
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: `${OCI}.manifest.v1+json`,
      artifactType: type,
      config: descriptor(config),
      layers: [{ ...descriptor(content), annotations }],
      subject: { mediaType: subject.type, digest, size: Buffer.byteLength(subject.body) },
      annotations,
    })
    const known = await put(world, place, `sha256:${sha256(body)}`, { type: `${OCI}.manifest.v1+json`, body })
    if (!known) await addToIndex(world, place, digest, { body, type, annotations })
    world.log.info(`  attached ${type} to ${repositoryName(place)}@${digest.slice(0, 19)}`)
  }
}

/** @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
async function addToIndex(
  world: World,
  place: Place,
  digest: string,
  { body, type, annotations }: { body: string; type: string; annotations: Attestation['annotations'] },
): Promise<void> {
  const tag = digest.replace(':', '-')
  const before = await world.registry.manifest(place, tag)
  const entry = {
    mediaType: `${OCI}.manifest.v1+json`,
    digest: `sha256:${sha256(body)}`,
    size: Buffer.byteLength(body),
    artifactType: type,
    annotations,
  }
  const others = (before && readJson(INDEX, before.body))?.manifests.filter((one) => one.digest !== entry.digest) ?? []
  const index = { schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests: [...others, entry] }
  await put(world, place, tag, { type: `${OCI}.index.v1+json`, body: JSON.stringify(index) })
}

function upload(world: World, place: Place, blob: Blob): Promise<void> {
  return tryAgain(world, place, { name: repositoryName(place), work: () => world.registry.upload(place, blob) })
}

function put(world: World, place: Place, as: string, manifest: { type: string; body: string }): Promise<boolean> {
  return tryAgain(world, place, { name: `${repositoryName(place)}@${as}`, work: () => world.registry.putManifest(place, as, manifest) })
}

async function blobOf({ files }: World, file: string, type: string): Promise<Blob> {
  return { file, type, digest: `sha256:${await files.sha256(file)}`, size: await files.size(file) }
}

function descriptor({ type, digest, size }: Blob) {
  return { mediaType: type, digest, size }
}
