import { fits, normalizedName } from '../../grammar.ts'
import { changedParts, fingerprint, type Parts, sha256 } from '../../plan/fingerprint.ts'
import type { RunPlan } from '../../plan/run-plan.ts'
import { inFormat, onlyVouchedFor } from '../../plan/wheels/vouched-files.ts'
import type { Pin, UserLock } from '../../project/locks/pins.ts'
import { normalizeName } from '../../project/names.ts'
import { ANY_FORMAT, type Formats, isAny } from '../../project/requirements/formats.ts'
import { holds } from '../../project/requirements/marker.ts'
import { readRequirement } from '../../project/requirements/requirement.ts'
import type { RequirementFiles } from '../../project/requirements/requirement-files.ts'
import { type LockedPackage, readLock } from '../../project/resolved-lock.ts'
import { NO_PINS } from '../../project/tools/index-pins.ts'
import { withSources } from '../../project/tools/local-source.ts'
import type { SourceChoice } from '../../project/tools/uv-sources.ts'
import type { Member } from '../../project/tools/uv-workspace.ts'
import { inWheelhouse, SHELF } from '../../shelf.ts'
import { withoutLogin } from '../../text/addresses.ts'
import { counted } from '../../text/words.ts'
import { type BuildSetup, resolutionParts } from '../build/build-setup.ts'
import { readMember } from '../prepare/workspace-members.ts'
import type { Kept } from '../wheelhouse-folder/records.ts'
import type { World } from '../world.ts'
import { addedTo, baseOf, type GivenLock, givenLock } from './given-lock.ts'
import { type LocalPackage, readOf } from './lay-out-package.ts'
import { layOutLocals } from './local-packages.ts'
import type { LockRequest } from './lock-request.ts'
import { takeLinks, withFiles, withFilesOfConstraints } from './named-files.ts'
import { placesBeside } from './places-beside.ts'
import { type Resolution, resolve } from './resolve.ts'
import { settingsOf, tellUnfollowed } from './resolver-settings.ts'
import { folderFaults, refuseChanged } from './uv-freshness.ts'
import { NOTHING_BESIDE, type PlacesBeside, type WantedLocal, type Wants, wantedBy } from './wanted-packages.ts'

/** Every package of the release, and which of them are folders of this run. */
export interface Locked {
  readonly packages: readonly LockedPackage[]
  readonly sha256: string
  readonly locals: ReadonlyMap<string, LocalPackage>
  /** Wheels and sdists of the workspace, absolute. */
  readonly files: ReadonlySet<string>
  /** Those of the lock before; undefined where none was kept. */
  readonly before: readonly LockedPackage[] | undefined
  /** The lock of the user that was followed. */
  readonly theirs: UserLock | undefined
}

/** What the resolver is asked, and what must be laid out for it. */
interface Question extends Required<Omit<Resolution, 'sourceless' | 'environment'>> {
  readonly locals: ReadonlyMap<string, LocalPackage>
  readonly formats: Formats
}

/**
 * The kept lock where it answers the same question, else a new one. Where the user has a lock, nothing is
 * resolved again: its pins alone are asked for, and every file must be one that it vouches for.
 * @throws UserError where the user's lock disagrees with the metadata, or a file with the lock
 */
export async function ensureLock(world: World, setup: BuildSetup, request: LockRequest): Promise<Locked> {
  const { dependencies, target } = request
  const given = await givenLock(world, request)
  const { theirs, vendored } = given
  const question = await questionOf(world, request, given)
  const { lines, locals, formats } = question
  const parts = partsOf(setup, question, given)
  const vouchedFor = (all: readonly LockedPackage[]) => {
    const found = all.map((entry) => inFormat(vendored.located(entry), formats))
    return theirs ? onlyVouchedFor(theirs, found, { target, beside: addedTo(dependencies).length > 0 }) : found
  }
  const before = await world.records.get('lock')
  const kept = await keptLock(world, before, parts, vouchedFor)
  if (kept !== undefined) world.log.info(`  pylock.toml: ${theirs ? `${theirs.file} is` : 'the requirements are'} unchanged`)
  else {
    const changed = before ? changedParts(before.parts, parts) : []
    world.log.info(`  ${theirs ? choosing(theirs.file, lines.length, changed) : resolving(request, lines.length, changed)}`)
  }
  const text =
    kept?.text ?? (lines.length > 0 ? await resolve(world, setup, { ...question, ...askedOf(locals) }) : 'lock-version = "1.0"\n')
  const packages = kept?.packages ?? vouchedFor(readLock(SHELF.lock, text))
  const old = kept?.packages ?? (await packagesBefore(world, before))
  if (kept === undefined) await world.files.write(inWheelhouse(world, SHELF.lock), text)
  if (text.includes(UNBOUNDED)) world.log.notice('the index tells no upload times, so exclude-newer is off')
  const lock = { parts, sha256: sha256(text) }
  world.records.set('lock', lock)
  return { packages, before: old, sha256: lock.sha256, locals, files: vendored.paths, theirs }
}

/** What is looked for of a lock of the user: which file of each package is for this Python and system. */
function choosing(file: string, packages: number, changed: readonly string[]): string {
  return `choosing the files of ${counted(packages, 'package')} of ${file}${changed.length > 0 ? ` (changed: ${changed.join(', ')})` : ''}`
}

/** What is resolved, why, and up to which day. */
function resolving({ dependencies, plan }: LockRequest, requirements: number, changed: readonly string[]): string {
  const why = changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no lock is kept'
  return `resolving ${counted(requirements, 'requirement')} of ${dependencies.from}, nothing newer than ${shortTime(plan.newest.day)} (${why})`
}

/** `2026-12-01` for its first moment. */
function shortTime(moment: string): string {
  return moment.replace(/T00:00:00Z$/, '')
}

/** A plugin in a lock may require the project, which has a wheel of its own. */
function ownsName({ project }: LockRequest['plan'], lines: readonly string[]): boolean {
  return project.sourceOnly === undefined && !lines.some((line) => normalizeName(/^[\w.-]*/.exec(line)?.[0] ?? '') === project.name)
}

/** Lays out what is required by its place, and says all else in uv's words. */
async function questionOf(world: World, request: LockRequest, { theirs, vendored, where }: GivenLock): Promise<Question> {
  const { plan, dependencies, target } = request
  const member = await readMember({ files: world.files, top: world.context.workspace }, world.paths.project)
  const choice = { environment: target.markers, chosen: { extras: request.extras, groups: request.groups } }
  const beside = theirs || dependencies.byFiles ? NOTHING_BESIDE : await placesBeside(world, plan.project, member, choice)
  const following = theirs ? undefined : { environment: target.markers, pins: plan.settings.pins ?? NO_PINS, beside }
  const settings = await settingsOf(world, member, theirs)
  const wants = wantedLocals(world, request, theirs, { member, choice, beside, overrides: settings.overrides })
  const laidOut = await layOutLocals(world, wants, following, vendored)
  const locals = laidOut.packages
  if (theirs) await refuseChangedFolders(world, theirs, { locals, request })
  for (const { name, from } of locals.values()) world.log.info(`  ${name} comes from ${from}`)
  for (const [name, url] of laidOut.addresses) if (!url.startsWith('file:')) world.log.info(`  ${name} comes from ${withoutLogin(url)}`)
  const places = new Map([
    ...laidOut.addresses,
    ...[...locals.values()].map(({ name, resolvedAt }) => [name, encodeURI(`file://${resolvedAt}`)] as const),
  ])
  const added = addedTo(dependencies)
  const asIs = theirs ? [] : await withFiles(vendored, [...dependencies.lines, ...added], { ...where, environment: target.markers })
  const wanted = theirs ? [...theirs.pins.flatMap(pinLine), ...added] : [...asIs, ...laidOut.lines]
  const addresses = wanted.filter((line) => /^[a-z+]+:\/\//.test(line)) // without a name: no source's
  const named = wanted.filter((line) => !addresses.includes(line))
  const nameless = wants.locals.some(({ name }) => name === '') // what these hold is required, by whatever name
  const required = nameless ? places : requiredOf(places, named, settings.overrides)
  const lines = [...new Set([...withSources(named, required), ...addresses])].sort()
  tellUnfollowed(settings, plan, world)
  const files = dependencies.byFiles ? plan.project.requirements : undefined
  await takeLinks(world, vendored, files?.links ?? [], where)
  const uvLinks = settings.links.map((place) => ({ at: '[tool.uv] find-links', place, beside: '.' }))
  await takeLinks(world, vendored, uvLinks, { ...where, base: member.root?.folder ?? member.folder })
  const formats = isAny(files?.formats) ? settings.formats : (files?.formats ?? ANY_FORMAT)
  const options = [
    ...(theirs ? [] : [...settings.options, ...(files?.prereleases ? ['--prerelease', 'allow'] : [])]),
    ...optionsOf(formats),
    ...(await vendored.options()),
    ...(settings.withoutIndex || (files && isAlone(files, plan)) ? ['--no-index'] : []),
  ]
  const constraints = [
    ...(await withFilesOfConstraints(vendored, dependencies.constraints, { ...where, environment: target.markers })),
    ...settings.constraints,
  ]
  // What requires the project gets this one, which is no part of its own resolution.
  const overrides = [
    ...settings.overrides.flatMap((line) => withSources([line], placesOf(line, places))),
    ...(laidOut.wantsProject || (theirs && ownsName(plan, lines)) ? [`${plan.project.name} ; python_version < '3'`] : []),
  ]
  return { lines, constraints, overrides, options, pinned: theirs !== undefined && added.length === 0, locals, formats }
}

/** @throws UserError where a folder requires otherwise than its uv.lock says */
async function refuseChangedFolders(
  world: World,
  lock: UserLock,
  { locals, request }: Pick<Question, 'locals'> & { readonly request: LockRequest },
): Promise<void> {
  const at = { lock, folder: baseOf(world, lock, request) }
  for (const { project, folder } of locals.values())
    refuseChanged(lock, await folderFaults(world, at, { project, folder, environment: request.target.markers }))
}

/** What resolving must know of folders whose build backends are asked. */
function askedOf(locals: Question['locals']): Pick<Resolution, 'sourceless' | 'environment'> {
  const asked = [...locals.values()].flatMap((local) => local.asked ?? [])
  const sourceless = [...new Set(asked.flatMap(({ sources }) => sources))].sort()
  return { sourceless, environment: Object.assign({}, ...asked.map(({ env }) => env)) as Readonly<Record<string, string>> }
}

/** What a lock is made from. */
function partsOf(setup: BuildSetup, { lines, constraints, overrides, options, locals }: Question, { theirs, vendored }: GivenLock): Parts {
  return {
    ...resolutionParts(setup),
    requirements: lines.join('\n'),
    ...(constraints.length > 0 && { constraints: constraints.join('\n') }),
    ...(overrides.length > 0 && { overrides: overrides.join('\n') }),
    ...(options.length > 0 && { settings: options.join(' ') }),
    ...(locals.size > 0 && {
      local: fingerprint(
        Object.fromEntries([...locals.values()].map((local) => [local.name, theirs ? local.project.definition : readOf(local)])),
      ),
    }),
    ...(vendored.sums.length > 0 && { files: vendored.sums.join(' ') }),
    ...(theirs && { lock: theirs.file }),
  }
}

/** A line that the resolution adds to a lock of versions of any age; the script of its stage has the same. */
const UNBOUNDED = '\n# exclude-newer is off: the index tells no upload times\n'

/** More than any lock takes: one of 500 packages has 5 MB. */
const MOST_BYTES = 64_000_000

/** What the lock that is kept names, as far as it is the recorded one. */
async function packagesBefore(world: World, before: Kept['lock']): Promise<readonly LockedPackage[] | undefined> {
  const text = await world.files.readKept(inWheelhouse(world, SHELF.lock), MOST_BYTES)
  if (!before || text === undefined || sha256(text) !== before.sha256) return undefined
  try {
    return readLock(SHELF.lock, text)
  } catch {
    return undefined
  }
}

/** One that cannot be read, or names what the user's lock does not vouch for, is none: it may come from a cache. */
async function keptLock(
  world: World,
  before: Kept['lock'],
  parts: Parts,
  vouchedFor: (packages: readonly LockedPackage[]) => readonly LockedPackage[],
): Promise<{ readonly text: string; readonly packages: readonly LockedPackage[] } | undefined> {
  const kept = await world.files.readKept(inWheelhouse(world, SHELF.lock), MOST_BYTES)
  const same = before && kept !== undefined && sha256(kept) === before.sha256 && JSON.stringify(before.parts) === JSON.stringify(parts)
  if (!same) return undefined
  try {
    return { text: kept, packages: vouchedFor(readLock(SHELF.lock, kept)) }
  } catch {
    return undefined
  }
}

/** The same in uv's words: versions are looked for among the files that may be taken. */
function optionsOf({ noBinary, onlyBinary }: Formats): readonly string[] {
  const words = (option: string, names: readonly string[]) =>
    names.filter((name) => name === ':all:' || fits(normalizedName, name)).flatMap((name) => [option, name])
  return [...words('--no-binary', noBinary.includes(':all:') ? [':all:'] : noBinary), ...words('--only-binary', onlyBinary)]
}

function placesOf(line: string, places: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const { name } = readRequirement(line)
  return new Map([...places].filter(([placed]) => placed === name))
}

/** What only an override places is not required by that. */
function requiredOf(
  places: ReadonlyMap<string, string>,
  lines: readonly string[],
  overrides: readonly string[],
): ReadonlyMap<string, string> {
  const overridden = new Set(overrides.map((line) => readRequirement(line).name))
  const named = new Set(lines.map((line) => readRequirement(line).name))
  return new Map([...places].filter(([name]) => !overridden.has(name) || named.has(name)))
}

/** `--no-index` beside folders of files: nothing else is asked. */
function isAlone({ withoutIndex, links }: RequirementFiles, { settings }: RunPlan): boolean {
  return withoutIndex.length > 0 && links.length > 0 && !settings.indexUrl && settings.extraIndexUrls.length === 0
}

/** What says where packages come from, beside the lines themselves. */
interface Sources {
  readonly member: Member
  readonly choice: SourceChoice
  readonly beside: PlacesBeside
  /** Lines of packages that may be required by others alone. */
  readonly overrides: readonly string[]
}

function wantedLocals(
  world: World,
  request: LockRequest,
  theirs: UserLock | undefined,
  { member, choice, beside, overrides }: Sources,
): Wants {
  const { plan, dependencies } = request
  const base = world.paths.project
  if (theirs) {
    const lockFolder = baseOf(world, theirs, request)
    const locals = theirs.pins.flatMap(({ name, source }) =>
      source && source.kind !== 'archive' ? [{ name, source, base: lockFolder }] : [],
    )
    return { locals, addresses: new Map(), files: new Map(), indexed: [] }
  }
  const places = dependencies.byFiles ? (plan.project.requirements?.places ?? []) : []
  const at = { top: world.context.workspace, from: dependencies.from, beside }
  const wants = wantedBy([...dependencies.lines, ...addedTo(dependencies), ...overrides], { member, choice, ...at })
  const here = places.filter(({ marker }) => holds(marker, choice.environment, choice.chosen))
  const required = here.map(({ source, extras: asked }): WantedLocal => ({ name: '', source, base, extras: asked }))
  return { ...wants, locals: [...required, ...wants.locals] }
}

/** Folders and repositories are named by where they are laid out. */
function pinLine({ name, version, source }: Pin): readonly string[] {
  if (source?.kind === 'archive') return [name ? `${name} @ ${source.url}` : source.url]
  return source ? [] : [`${name}==${version}`]
}
