import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Credentials } from '../../effects/registry-port.ts'
import { masksOf } from '../../inputs/masks.ts'
import type { Inputs } from '../../inputs.ts'
import { hostOptionIn } from '../../judge/causes/bind-advice.ts'
import { type Check, checkLine, checksError, checkWarnings, failed, fatal, passed, undoneNotice } from '../../judge/checks/check.ts'
import type { EmptyWheel } from '../../judge/checks/empty-wheel.ts'
import type { Beside } from '../../judge/checks/files-beside.ts'
import { SCAN_VERSION } from '../../judge/checks/layer-scan.ts'
import { leftOut } from '../../judge/checks/left-out-files.ts'
import { throwAwayKeys } from '../../plan/dockerfile/throw-away-key.ts'
import { fingerprint } from '../../plan/fingerprint.ts'
import { isForeign } from '../../plan/given-images.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { type KnownSecret, knownSecrets, lastingSecrets } from '../../plan/secrets.ts'
import { bringsServer } from '../../plan/start/servers.ts'
import { TAKE_SOURCE, WORK } from '../../plan/start/start-place.ts'
import type { Target } from '../../plan/wheels/wheel-tags.ts'
import { databaseVariable } from '../../project/application/database-variable.ts'
import { keysRead, keyVariables } from '../../project/application/secret-keys.ts'
import { settingsRead } from '../../project/application/settings-read.ts'
import { usesFramework } from '../../project/application/web-app.ts'
import { chooseDependencies, wantedExtras } from '../../project/dependencies.ts'
import { parseMetadata } from '../../project/metadata.ts'
import { offeredExtras } from '../../project/requirements/offered-extras.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'
import { textsAt } from '../../project/toml.ts'
import { readResolverSettings } from '../../project/tools/pdm-settings.ts'
import { uvOf } from '../../project/tools/uv-workspace.ts'
import type { ReleaseResult } from '../../report/outcome.ts'
import { checkList } from '../../report/summary.ts'
import { listed } from '../../text/words.ts'
import { allDone } from '../all-done.ts'
import type { TargetRequest } from '../build/build-target.ts'
import { codePrint, scriptsPrint } from '../build/stage-scripts.ts'
import { scriptTexts, settingsTexts } from '../images/choose-start.ts'
import { settingsOf } from '../images/release-image.ts'
import { readMember } from '../prepare/workspace-members.ts'
import { NO_SECRETS } from '../wheelhouse-folder/record-schemas.ts'
import { ignoredFiles } from '../wheels/project-wheel.ts'
import type { Wheelhouse } from '../wheels/wheelhouse.ts'
import type { World } from '../world.ts'
import { tellAbsentPrograms } from './absent-programs.ts'
import { BESIDE_NEXT, besideText, emptyWheelOf, lostBeside, nodeBuildOf } from './package-files.ts'
import type { ProofRequest } from './proof-request.ts'
import { type Examined, examine } from './run-checks.ts'

/** A change of what is looked for makes old proofs void; beside a bundle, whose own print does that, it is all there is. */
const CHECKS_VERSION = '7'

/** What the proof of a release takes from the steps before. */
export interface Material {
  readonly plan: RunPlan
  readonly inputs: Inputs
  readonly house: Wheelhouse
  readonly release: ReleaseResult
  /** Of the image that base comes from. */
  readonly parentLayers: readonly string[]
  /** What the image is for. */
  readonly platform: string
  readonly login: Credentials | undefined
  /** What made the release, where this run built it from our Dockerfile. */
  readonly build: TargetRequest | undefined
  /** Whether the image is asked for what an SBOM takes, where it is asked at all. */
  readonly describe: boolean
}

/**
 * Checks the release before any tag is set or pushed, and prints the list. An image that passed the same
 * checks before is not checked again.
 * @throws UserError of each check that failed, where `checks` is `error`
 */
export async function prove(world: World, material: Material): Promise<Pick<Examined, 'checks' | 'contents'>> {
  const { inputs, plan, parentLayers } = material
  const secrets = knownSecrets(inputs, plan.settings, material.login)
  const lasting = lastingSecrets(secrets)
  const [state, scanned, wanted] = await Promise.all([
    world.records.all(),
    scanPrint(lasting, parentLayers[0] ?? ''),
    proofRequest(world, material, secrets),
  ])
  const scan = state.scans?.[plan.suffix]
  const request = { ...wanted, clean: scan?.version === SCAN_VERSION && scan.print === scanned ? scan.layers : [] }
  const printing = proofPrint(world, request, lasting) // slow on purpose, and beside other work where no answer is kept
  const kept = state.proofs?.[plan.suffix]
  const before = kept?.image === request.image.id && kept.print === (await printing) ? kept.checks : undefined
  if (before) world.log.info('  this image passed them before:')
  const [print, examined] = await allDone([printing, before ? Promise.resolve(undefined) : examine(world, request)])
  const checks = before ?? (examined?.checks ?? []).map((check) => withoutSecrets(check, request.secrets))
  world.log.foreign(checks.map((check) => `  ${checkLine(check, inputs.checks)}`))
  if (examined) {
    const { clean } = examined
    if (mayBeKept(checks)) await world.records.put('proofs', plan.suffix, { image: request.image.id, print, checks })
    if (clean.length > 0) await world.records.put('scans', plan.suffix, { version: SCAN_VERSION, print: scanned, layers: clean })
    await world.records.save()
  }
  for (const text of checkWarnings(
    checks.filter(({ name }) => name !== 'content'), // said when the wheel was made
    inputs.checks,
  ))
    world.log.warning(text)
  const wantsProgram = checks.some(({ state, next }) => state === 'failed' && next.includes('runtime-packages: '))
  if (examined?.system && !isForeign(inputs) && !wantsProgram)
    await tellAbsentPrograms(world, material.house, { system: examined.system, tool: request.tool })
  const undone = undoneNotice(checks)
  if (undone) world.log.notice(undone)
  const error = checksError(fatal(checks, inputs.checks))
  if (error) throw error.with({ report: checkList({ list: checks, mode: inputs.checks }) })
  return { checks, contents: examined?.contents }
}

async function proofRequest(world: World, material: Material, secrets: readonly KnownSecret[]): Promise<Omit<ProofRequest, 'clean'>> {
  const { plan, inputs, house, release, build, parentLayers } = material
  const [image, member, beside, empty] = await Promise.all([
    world.docker.inspect(release.id),
    readMember({ files: world.files, top: world.context.workspace }, world.paths.project),
    isForeign(inputs) ? [] : lostBeside(world, plan.project, house),
    isForeign(inputs) ? undefined : emptyWheelOf(world, plan.project, house),
  ])
  const { overrides } = readResolverSettings(member)
  const excluded = textsAt(uvOf(member).settings, 'exclude-dependencies') ?? []
  const overridden = [...overrides, ...excluded].map((line) => readRequirement(line).name)
  const lines = [...chooseDependencies(plan.project, house.metadata, inputs).lines, ...inputs.packages]
  if (!image) throw new Error(`the release ${release.id} is not on the daemon`)
  const sourceOnly = plan.project.sourceOnly !== undefined
  const project = sourceOnly ? '' : house.app ? parseMetadata(house.app.metadata).name : plan.project.name
  const sums = [...house.wheels.map(({ sha256 }) => sha256), ...(house.app ? [house.app.sha256] : [])]
  const packages = house.wheels.map(({ name }) => name)
  const texts = await settingsTexts(world, house, settingsOf(plan, inputs.imageEnv), release.command?.modules ?? [])
  const keys = throwAwayKeys(keyVariables(texts), [...image.config.env, ...Object.keys(inputs.env).map((name) => `${name}=`)])
  const env = { ...keys, ...inputs.env }
  const given = new Set([...Object.keys(env), ...image.config.env.map((line) => line.split('=')[0])])
  const read = settingsRead(texts)
  const nodeBuild = (await nodeBuildOf(world, house.source))?.line
  const ignored = await ignoredFiles(world, house.source)
  const lent = (names: readonly string[]) => names.filter((name) => name in keys)
  const notGiven = (names: readonly string[]) => names.filter((name) => !given.has(name))
  return {
    image,
    python: pythonOf(inputs, house.target),
    changes: build && { settings: plan.settings, build },
    parent: isForeign(inputs) ? undefined : plan.parent,
    wanted: { platform: material.platform, user: String(plan.uid), parentLayers },
    application: {
      project,
      source: sourceOnly ? '/app' : '',
      modules: release.command?.modules ?? (release.unserved ? [release.unserved.module] : []),
      folder: release.command?.folder ?? WORK,
      paths: release.command?.paths ?? [],
      settings: plan.project.django?.settings ?? '',
      django: plan.project.django !== undefined,
      ...(nodeBuild !== undefined && { nodeBuild }),
      ...(overridden.length > 0 && { overridden }),
      ...(!isForeign(inputs) && { required: { by: plan.project.name, lines } }),
    },
    env,
    lent: { names: Object.keys(keys), read: lent([...new Set([...read.required, ...keysRead(texts)])]), required: lent(read.required) },
    database: {
      variable: databaseVariable(texts),
      image: plan.repository.path.split('/').at(-1) ?? '',
      mounted: inputs.volumes.flatMap((line) => line.split(':')[1] ?? []),
    },
    paths: house.source.snapshot.map(({ path }) => path),
    leftOut: { ignored, withheld: plan.withheld },
    unset: { required: notGiven(read.required), optional: notGiven(read.optional) },
    secrets,
    wheels: sums,
    source: sourceOnly || inputs.dockerfile ? [] : house.source.snapshot.map(({ path }) => path),
    content: (files) => contentCheck(plan, house, { files, beside: beside[0], empty, ignored }),
    tool: release.command?.tool === true,
    offered: isForeign(inputs) ? [] : offeredExtras(house.metadata, wantedExtras(house.metadata, inputs.extras)),
    hostOption: hostOptionIn(await scriptTexts(world, house)),
    web: usesFramework(packages) || bringsServer(packages) || packages.includes('django'),
    describe: material.describe,
  }
}

/**
 * The Python beneath the virtual environment, by its whole path: a wheel may bring a `python` of its own. An own Dockerfile
 * makes of its image what it likes.
 */
function pythonOf({ dockerfile }: Pick<Inputs, 'dockerfile'>, { executable }: Target): string {
  return dockerfile ? 'python' : executable
}

/** What is in the image, and what is known of the rest. */
interface Held {
  readonly files: readonly string[]
  readonly beside: Beside | undefined
  readonly empty: EmptyWheel | undefined
  /** By the project's .dockerignore. */
  readonly ignored: readonly string[]
}

/** Templates, static files and data of the source, compared with what is in the image. */
function contentCheck({ project }: RunPlan, { source }: Wheelhouse, { files, beside, empty, ignored }: Held): Check {
  if (empty) return failed('content', empty.text, { next: empty.next, level: empty.level })
  const paths = source.snapshot.map((file) => file.path)
  const { files: missing, lines, ignored: kept } = leftOut(paths, files, { ...project, ignored })
  const level = [...missing, ...(beside?.files ?? [])].some((file) => TEMPLATES.test(file)) ? 'error' : 'warning'
  if (missing.length === 0 && beside)
    return failed('content', `not in the image: ${besideText(beside)}`, { next: BESIDE_NEXT, level, files: beside.files })
  if (missing.length === 0) return passed('content', 'what lies in the packages beside code is there')
  const next =
    kept.length === missing.length
      ? `.dockerignore leaves them out; this lets them in: ${listed(lines)}.`
      : `S${TAKE_SOURCE.slice(1)}; or put them there: ${listed(lines)}.`
  return failed('content', `not in the image: ${listed(missing)}`, { next, level, files: missing })
}

/** No page is shown without them, and no volume brings them. */
const TEMPLATES = /(^|\/)templates\//

/** A failure is looked at again, and so is what could not be looked at. */
function mayBeKept(checks: readonly Check[]): boolean {
  return checks.every(({ state, level, next }) => state === 'passed' || (state === 'failed' ? level === 'warning' : next === ''))
}

/**
 * What a proof depends on beside the image. Secrets are in it by one slow hash over all of them, so that
 * nobody who finds the record learns one.
 */
async function proofPrint(world: World, request: ProofRequest, secrets: readonly KnownSecret[]): Promise<string> {
  const { image, wanted, application, database, env, wheels, tool } = request
  const texts = secrets.map(({ name, texts }) => [name, texts])
  return fingerprint({
    version: CHECKS_VERSION,
    code: await codePrint(world),
    scripts: await scriptsPrint(world, 'check'),
    settings: await slowHash(JSON.stringify({ wanted, application, database, env, texts, wheels, tool }), image.id),
  })
}

/**
 * What layers are looked through for. What they must not hold beside secrets follows from their own files: the wheels of a
 * later wheelhouse cannot be in a layer that was there before.
 */
async function scanPrint(secrets: readonly KnownSecret[], salt: string): Promise<string> {
  const texts = secrets.flatMap(({ texts }) => texts)
  return texts.length > 0 ? slowHash(JSON.stringify(texts), salt) : NO_SECRETS
}

async function slowHash(text: string, salt: string): Promise<string> {
  return ((await promisify(scrypt)(text, salt, 16)) as Buffer).toString('hex')
}

/** What a program says may hold a secret that it was given. */
function withoutSecrets(check: Check, secrets: readonly KnownSecret[]): Check {
  const forms = secrets.flatMap(({ texts }) => texts.flatMap(masksOf)).sort((a, b) => b.length - a.length)
  return { ...check, text: forms.reduce((text, form) => text.replaceAll(form, '***'), check.text) }
}
