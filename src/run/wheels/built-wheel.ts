import path from 'node:path'
import * as v from 'valibot'
import { UserError } from '../../errors.ts'
import { debianName, fits, line, listOf, requirement, wheelName } from '../../grammar.ts'
import { EVIDENCE, type Evidence, renderEvidence } from '../../plan/dockerfile/dockerfile.ts'
import { type Metadata, readWheelMetadata } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import type { BuildSetup } from '../build/build-setup.ts'
import { buildTarget, type TargetRequest } from '../build/build-target.ts'
import { readAnswer } from '../build/stage-answers.ts'
import type { World } from '../world.ts'

/** What a wheel's stage should have left. */
export interface Expected {
  /** For messages: `the project`, `uwsgi`. */
  readonly who: string
  /** Normalised; undefined where the wheel itself tells it. */
  readonly name?: string
  readonly version?: string
}

/** A wheel as a stage left it, or what its backend asks for beyond what is at hand. */
export type BuiltWheel =
  | { readonly file: string; readonly text: string; readonly metadata: Metadata }
  | { readonly requires: readonly string[] }

const REQUIRES = v.pipe(listOf(requirement, 1000), v.minLength(1))
const EVIDENCE_FILE = v.object({ packages: listOf(debianName, 10_000), missing: listOf(line(200), 10_000) })

/**
 * What a wheel's stage left. Its name and what it requires are read out of the archive: whatever lies beside it, the
 * foreign code in that stage could write.
 * @throws UserError that says what is odd
 */
export async function readBuiltWheel(world: World, { who, name, version }: Expected, output: string): Promise<BuiltWheel> {
  const from = `the build backend of ${who}`
  const next = 'Check [build-system] in its pyproject.toml.'
  const wrong = (what: string) => new UserError('wheels', `${from} ${what}`, next)
  const asked = { folder: output, file: 'requires.json', step: 'wheels', from, what: 'list of requirements' }
  const requires = await readAnswer(world, asked, REQUIRES)
  if (requires) return { requires }
  const [file, ...more] = (await world.files.list(output)).filter((entry) => entry.endsWith('.whl'))
  if (file === undefined) throw wrong('made no wheel')
  if (more.length > 0) throw wrong(`made ${more.length + 1} wheels where one is wanted`)
  const legal: boolean = fits(wheelName, file)
  if (!legal) throw wrong(`made a wheel whose name is none: ${JSON.stringify(file.slice(0, 100))}`)
  const text = await metadataIn(world, path.join(output, file)).catch(() => {
    throw wrong(`made ${file}, which is no archive`)
  })
  const metadata = text === undefined ? undefined : readWheelMetadata(text)
  if (text === undefined || metadata === undefined) throw wrong(`made ${file}, which has no METADATA that could be read`)
  if (typeof metadata === 'string') throw wrong(`made ${file}, whose METADATA has a line that is none: ${metadata}`)
  const [named = '', numbered = ''] = file.split('-')
  const same = normalizeName(named) === normalizeName(metadata.name) && plain(numbered) === plain(metadata.version)
  if (!same) throw wrong(`made ${file}, whose METADATA says ${metadata.name} ${metadata.version}`)
  if (name !== undefined && normalizeName(named) !== name) throw wrong(`made ${file}, a wheel of another package`)
  if (version && plain(version) !== plain(metadata.version)) throw wrong(`made ${file} where ${version} is wanted`)
  return { file, text, metadata }
}

/** As file names spell a version, whose `-` is `_` there. @see PEP 427 (Escaping and Unicode) */
function plain(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '.').replace(/^v/, '')
}

async function metadataIn(world: World, wheel: string): Promise<string | undefined> {
  const found = (await world.archives.list(wheel)).filter((name) => /^[^/]+\.dist-info\/METADATA$/.test(name))
  return found.length === 1 ? world.archives.readMember(wheel, found[0] ?? '') : undefined
}

/** Where a wheel was built, as its evidence is gathered there once more. */
export interface Workplace
  extends Pick<TargetRequest, 'dockerfile' | 'base' | 'builder' | 'workshop' | 'tools' | 'context'>,
    Pick<Evidence, 'stage' | 'image' | 'file'> {
  /** For messages: `the project`, `uwsgi`. */
  readonly who: string
}

/**
 * The Debian packages that own the libraries which a wheel links: none for a pure one, which costs nothing. They are
 * told by a stage that starts from the same image, in which nothing of the wheel has run.
 * @returns names, sorted
 */
export async function linkedPackages(
  world: World,
  { settings }: Pick<BuildSetup, 'settings'>,
  { stage, image, who, file, ...place }: Workplace,
): Promise<readonly string[]> {
  if (file.endsWith('-any.whl')) return []
  const output = path.join(world.paths.temp, `${EVIDENCE}-${stage}`)
  await world.files.remove(output)
  const dockerfile = place.dockerfile + renderEvidence({ stage, image, file })
  await buildTarget(world, settings, { ...place, dockerfile, target: `${EVIDENCE}-files`, output, offline: true })
  const told = { folder: output, file: 'evidence.json', step: 'wheels', from: `the stage ${EVIDENCE} of ${who}`, what: 'evidence' }
  const { packages = [], missing = [] } = (await readAnswer(world, told, EVIDENCE_FILE)) ?? {}
  if (missing.length > 0) {
    world.log.warning(
      `${who} links ${missing.join(', ')}, which no Debian package of the builder owns; if the release misses it, name its package in runtime-packages.`,
    )
  }
  return packages
}
