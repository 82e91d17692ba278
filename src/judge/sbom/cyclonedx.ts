import { sha256 } from '../../plan/fingerprint.ts'
import { metadataFields, parseMetadata } from '../../project/metadata.ts'
import { normalizeName } from '../../project/names.ts'
import type { MarkerEnvironment } from '../../project/requirements/marker.ts'
import { type LockedPackage, readLock } from '../../project/resolved-lock.ts'
import { withoutLogin } from '../../text/addresses.ts'
import { bundledIn } from './bundled-components.ts'
import type { Component } from './component.ts'
import type { DebianPackage, Distribution, ImageContents } from './image-contents.ts'
import { type Licence, licencesOfDebian, licencesOfWheel } from './licences.ts'
import { requiresGraph } from './requires-graph.ts'

/** A wheel of the wheelhouse. */
export interface SbomWheel {
  /** As in the lock. */
  readonly name: string
  readonly file: string
  readonly sha256: string
}

export interface SbomFacts {
  /** The project, as its wheel names it; the version is the image's where it has no wheel. */
  readonly name: string
  readonly version: string
  /** Its own wheel; undefined where the source is the application. */
  readonly app: SbomWheel | undefined
  readonly extras: readonly string[]
  readonly wheels: readonly SbomWheel[]
  /** The text of pylock.toml. */
  readonly lock: string
  readonly environment: MarkerEnvironment
  /** The commit's time, in seconds since 1970. */
  readonly epoch: number
  /** Facts about the image that are told as properties. */
  readonly properties: Readonly<Record<string, string>>
  /** An own Dockerfile or a ready base: there may be anything in it. */
  readonly own: boolean
  /** Undefined where the image could not be asked. */
  readonly contents: ImageContents | undefined
}

const NOTHING: ImageContents = {
  os: { id: '', version: '', codename: '', name: '' },
  python: { version: '', file: '' },
  debian: [],
  distributions: [],
}

/**
 * What an image holds, as a CycloneDX 1.6 document: installed distributions of Python, Debian packages,
 * Python itself, and what wheels have inside. The same image gives the same text: the time is the
 * commit's, and the serial number follows from the content.
 * @returns JSON
 */
export function renderSbom(facts: SbomFacts): string {
  const contents = facts.contents ?? NOTHING
  const locked = new Map(readLock('pylock.toml', facts.lock).map((entry) => [entry.name, entry]))
  const python = contents.distributions.filter((entry) => !isProject(entry, facts)).map((entry) => distribution(entry, facts, locked))
  const unseen = facts.contents
    ? []
    : facts.wheels.map((wheel) => ({ component: fromName(wheel), bundled: 'unknown' as const, application: true }))
  const packages = [...python, ...unseen]
  const debian = contents.debian.map((entry) => debianPackage(entry, contents.os))
  const components = [...packages.map(({ component }) => component), ...runtime(contents), ...debian, ...system(contents)]
  const content = {
    metadata: {
      timestamp: new Date(facts.epoch * 1000).toISOString(),
      tools: { components: [{ type: 'application', name: 'pypackager-action' }] },
      component: projectComponent(facts, contents),
      properties: properties(facts.properties),
    },
    components: unique(components).sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
    dependencies: dependencies(facts, contents, packages),
    compositions: compositions(facts, packages),
  }
  const head = { $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6' }
  return `${JSON.stringify({ ...head, serialNumber: serial(JSON.stringify(content)), version: 1, ...content }, null, 2)}\n`
}

interface Package {
  readonly component: Component
  /** `none` is inside; some that is known in part; or nobody knows. */
  readonly bundled: 'none' | 'incomplete' | 'unknown'
  readonly application: boolean
}

function isProject(entry: Distribution, { name, app }: SbomFacts): boolean {
  return app !== undefined && entry.application && normalizeName(parseMetadata(entry.metadata).name) === normalizeName(name)
}

function distribution(entry: Distribution, facts: SbomFacts, locked: ReadonlyMap<string, LockedPackage>): Package {
  const { name, version } = parseMetadata(entry.metadata)
  const key = normalizeName(name)
  const wheel = entry.application ? facts.wheels.find((candidate) => normalizeName(candidate.name) === key) : undefined
  const lock = wheel && locked.get(key)
  const purl = lock?.folder ? undefined : `pkg:pypi/${key}@${encoded(version)}`
  const ref = purl ?? `local/${key}@${version}`
  const bundled = bundledIn(entry, ref)
  const compiled = entry.compiled || (wheel !== undefined && !wheel.file.endsWith('-any.whl'))
  const told = { 'pypackager:origin': wheel ? originOf(wheel, lock) : '', 'pypackager:wheel': wheel?.file ?? '' }
  return {
    application: entry.application,
    bundled: bundled.incomplete ? 'incomplete' : compiled && bundled.components.length === 0 ? 'unknown' : 'none',
    component: {
      type: 'library',
      'bom-ref': ref,
      name,
      version,
      ...(wheel ? { hashes: [{ alg: 'SHA-256' as const, content: wheel.sha256 }] } : {}),
      ...licences(licencesOfWheel(metadataFields(entry.metadata))),
      ...(purl ? { purl } : {}),
      ...(wheel && lock ? references(wheel, lock) : {}),
      ...(bundled.components.length > 0 ? { components: bundled.components } : {}),
      properties: properties(wheel ? told : { 'pypackager:origin': entry.application ? 'unknown' : 'parent image' }),
    },
  }
}

/** Where the image could not be asked: what the wheelhouse knows. */
function fromName({ name, file, sha256: content }: SbomWheel): Component {
  const version = file.split('-')[1] ?? ''
  const purl = `pkg:pypi/${normalizeName(name)}@${encoded(version)}`
  return { type: 'library', 'bom-ref': purl, name, version, hashes: [{ alg: 'SHA-256', content }], purl }
}

function originOf({ file }: SbomWheel, lock: LockedPackage | undefined): string {
  if (!lock || lock.folder) return 'a folder or repository'
  return lock.wheels.some((remote) => remote.file === file) ? 'downloaded wheel' : 'built from its sdist'
}

/** Where the file came from, as the lock names it; never a login. */
function references({ file }: SbomWheel, lock: LockedPackage): Pick<Component, 'externalReferences'> {
  const remote = lock.wheels.find((candidate) => candidate.file === file)
  const url = publicAddress((remote ?? lock.sdist)?.url ?? '')
  return url ? { externalReferences: [{ type: remote ? 'distribution' : 'source-distribution', url }] } : {}
}

/** Without what a login or a signature may be in. */
function publicAddress(url: string): string {
  return /^https?:\/\//.test(url) ? withoutLogin(url).replace(/[?#].*$/, '') : ''
}

function projectComponent(facts: SbomFacts, contents: ImageContents): Component {
  const installed = contents.distributions.find((entry) => isProject(entry, facts))
  const version = (installed && parseMetadata(installed.metadata).version) || facts.version
  const bundled = installed ? bundledIn(installed, PROJECT).components : []
  return {
    type: 'application',
    'bom-ref': PROJECT,
    name: facts.name,
    version,
    ...(facts.app ? { hashes: [{ alg: 'SHA-256' as const, content: facts.app.sha256 }] } : {}),
    ...(installed ? licences(licencesOfWheel(metadataFields(installed.metadata))) : {}),
    ...(bundled.length > 0 ? { components: bundled } : {}),
    ...(facts.app ? { properties: properties({ 'pypackager:wheel': facts.app.file }) } : {}),
  }
}

const PROJECT = 'project'

/** CPython, where no Debian package owns it. */
function runtime({ python }: ImageContents): readonly Component[] {
  if (!python.version || python.file.startsWith('/usr/bin/')) return []
  const purl = `pkg:generic/python@${encoded(python.version)}`
  return [
    {
      type: 'platform',
      'bom-ref': purl,
      name: 'python',
      version: python.version,
      licenses: [{ license: { id: 'PSF-2.0' } }],
      purl,
      properties: properties({ 'pypackager:file': python.file }),
    },
  ]
}

/** @see https://github.com/package-url/purl-spec (types deb) */
function debianPackage(entry: DebianPackage, os: ImageContents['os']): Component {
  const distro = `${os.id || 'debian'}-${os.version || os.codename || 'unknown'}`
  const architecture = entry.architecture ? `arch=${encoded(entry.architecture)}&` : ''
  const purl = `pkg:deb/${os.id || 'debian'}/${encoded(entry.name)}@${encoded(entry.version)}?${architecture}distro=${encoded(distro)}`
  return {
    type: 'library',
    'bom-ref': purl,
    name: entry.name,
    version: entry.version,
    ...licences(licencesOfDebian(entry.licences)),
    purl,
    properties: properties({ 'pypackager:source-package': entry.source || entry.name }),
  }
}

function system({ os }: ImageContents): readonly Component[] {
  if (!os.id) return []
  const version = os.version || os.codename
  return [{ type: 'operating-system', 'bom-ref': `os/${os.id}`, name: os.id, ...(version ? { version } : {}) }]
}

function dependencies(facts: SbomFacts, contents: ImageContents, packages: readonly Package[]) {
  const refs = new Map(
    packages
      .filter(({ application }) => application)
      .map(({ component }) => [normalizeName(component.name), component['bom-ref']] as const),
  )
  const graph = requiresGraph(
    contents.distributions.filter(({ application }) => application).map(({ metadata }) => metadata),
    facts,
  )
  const own = normalizeName(facts.name)
  const edges = new Map([...refs].map(([name, ref]) => [ref, refsOf(graph.get(name) ?? [], refs)]))
  // Requirements files and groups are in no metadata: what nobody else requires is the project's own wish.
  const reached = new Set<string>()
  const walk = (ref: string) => {
    if (reached.has(ref)) return
    reached.add(ref)
    for (const next of edges.get(ref) ?? []) walk(next)
  }
  const direct = refsOf(graph.get(own) ?? [], refs)
  direct.forEach(walk)
  const required = new Set([...edges.values()].flat())
  const roots = [...edges.keys()].filter((ref) => !reached.has(ref) && !required.has(ref))
  roots.forEach(walk)
  const lost = [...edges.keys()].filter((ref) => !reached.has(ref)) // a circle that nothing leads to
  const all = [...direct, ...roots, ...lost, ...runtime(contents).map((component) => component['bom-ref'])]
  return [[PROJECT, all] as const, ...edges]
    .map(([ref, on]) => ({ ref, dependsOn: [...new Set(on)].sort() }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1))
}

function refsOf(names: readonly string[], refs: ReadonlyMap<string, string>): readonly string[] {
  return names.flatMap((name) => refs.get(name) ?? [])
}

/** What is said to be complete, and what cannot be. */
function compositions(facts: SbomFacts, packages: readonly Package[]) {
  const refs = (state: Package['bundled']) =>
    packages.filter(({ bundled }) => bundled === state).map(({ component }) => component['bom-ref'])
  const graph = packages.filter(({ application }) => application).map(({ component }) => component['bom-ref'])
  const known = facts.contents !== undefined && !facts.own
  return [
    // Of an own Dockerfile nobody knows all; of a parent image, what is beside its packages.
    { aggregate: known ? 'unknown' : 'incomplete', assemblies: [PROJECT] },
    { aggregate: known ? 'complete' : 'incomplete', dependencies: [PROJECT, ...graph].sort() },
    { aggregate: 'incomplete', assemblies: refs('incomplete').toSorted() },
    { aggregate: 'unknown', assemblies: refs('unknown').toSorted() },
  ].filter((part) => (part.assemblies ?? part.dependencies ?? []).length > 0)
}

function licences(found: readonly Licence[]): Pick<Component, 'licenses'> {
  if (found.length === 0) return {}
  return { licenses: found.map((licence) => ('expression' in licence ? licence : { license: licence })) }
}

function properties(values: Readonly<Record<string, string>>) {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value }))
}

function unique(components: readonly Component[]): Component[] {
  return [...new Map(components.map((component) => [component['bom-ref'], component])).values()]
}

/** A part of a purl: everything escaped but what its specification leaves as it is. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':')
}

/** A UUID made from content (RFC 9562, version 8). */
function serial(content: string): string {
  const hex = sha256(content)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
