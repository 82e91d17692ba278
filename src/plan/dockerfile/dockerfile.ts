import { REPOSITORY_AT } from '../../project/tools/local-source.ts'
import { userWords } from '../user.ts'
import { assignments, bare, bind, debian, dockerfile, joined, NOTHING, type Rendered, secret, whole } from './dockerfile-words.ts'

/**
 * The one Dockerfile that tells the whole method, as text. It is rendered as more becomes known
 * (project, lock, wheels), each rendering containing the earlier one byte for byte, so that BuildKit's
 * cache stays valid. It keeps to what BuildKit 0.8 (Engine 20.10) understands: no `# syntax=` line
 * (it would pull an image), no heredocs, no `RUN --network`, no `COPY --link`.
 * @see https://docs.docker.com/reference/dockerfile/
 */

/** Dependencies carry this time whatever the commit is, so that a new commit does not make their layer anew. */
export const DEPENDENCIES_EPOCH = 315532800 // 1980-01-01, the earliest a zip file can say

const APT_LISTS = '/var/lib/apt/lists'

/** Secrets that stages with a network may read; each is mounted only where the user's settings name one. */
export interface NetworkSecrets {
  readonly ca: boolean
  /** A short hash of the indexes' addresses: part of the text, so that another index resolves anew. */
  readonly index: string | undefined
  /** Some packages come from one index alone. */
  readonly pins?: boolean
  readonly netrc: boolean
}

export interface BasePlan {
  readonly parent: string
  /** `3.13`, or undefined where the parent decides. */
  readonly python: string | undefined
  readonly uid: number
  readonly gid: number
  readonly buildPackages: readonly string[]
  /** The ISO week: what apt knows and installs lives that long, so that security fixes arrive. */
  readonly week: string
  /** What of Debian's updates base gets above its parent. */
  readonly updates: 'none' | 'security'
}

/** `base`, `debian-lists` and `builder`. `BASE`, `BUILDER`, `WORKSHOP` (where the
 * project's wheel is built: one of the two), `TOOLS` and `RELEASE` let later stages start from the images these became. */
export function renderImages(plan: BasePlan): Rendered {
  const updates = plan.updates === 'security' ? dockerfile`: ${bare(plan.week)}; UPDATES=security ` : NOTHING
  const args = joined([plan.python === undefined ? dockerfile`''` : bare(plan.python), ...userWords(plan)], ' ')
  return dockerfile`ARG BASE=base
ARG BUILDER=builder
ARG WORKSHOP=base
ARG TOOLS=kept-tools
ARG RELEASE=release

# Python, the virtual environment /appenv, an entrypoint that activates it
FROM ${bare(plan.parent)} AS base-tree
USER 0
RUN ${bind('stages/base', '/mnt')} ${updates}SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} sh /mnt/make.sh ${args}
FROM ${bare(plan.parent)} AS base
USER 0
COPY --from=base-tree /srv/tree/ /
ENV VIRTUAL_ENV=/appenv PATH=/appenv/bin:\${PATH:-/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin} PYTHONUNBUFFERED=1
WORKDIR /app
ENTRYPOINT ["/usr/local/bin/entrypoint"]

# what Debian offers this week: for the builder, and for what the compiled wheels link
FROM \${BASE} AS debian-lists
RUN ${bind('stages/debian', '/mnt')} : ${bare(plan.week)}; sh /mnt/lists.sh
FROM scratch AS debian-lists-files
COPY --from=debian-lists /srv/out/ /

# compilers, headers and wheel tools
FROM \${BASE} AS builder
RUN ${bind('stages/builder', '/mnt')} ${bind(APT_LISTS, APT_LISTS, { from: 'debian-lists', rw: true })} \\
    : ${bare(plan.week)}; ${joined([dockerfile`sh /mnt/make.sh`, ...plan.buildPackages.map(debian)], ' ')}
CMD ["build-wheels"]
`
}

/** `target`, which describes what wheels are chosen for; `uv`; and the two resolutions: what builds need, and what the application needs. */
export function renderResolution(secrets: NetworkSecrets, newest: { day: string; moment: string }): Rendered {
  const resolve = (name: string, ...more: Rendered[]) => dockerfile`FROM \${BASE} AS ${bare(name)}
RUN ${joined([bind('stages/lock', '/mnt'), bind('/', '/media', { from: 'tools' }), bind(`requirements/${name}`, '/opt'), ...more], ' ')} \\
    ${networkSettings(secrets)}DAY=${time(newest.day)} MOMENT=${time(newest.moment)} python /mnt/resolve.py
FROM scratch AS ${bare(name)}-files
COPY --from=${bare(name)} /srv/out/ /
`
  return dockerfile`
# the interpreter and system that wheels are chosen for
FROM \${BASE} AS target
RUN ${bind('stages/target', '/mnt')} python /mnt/describe.py
FROM scratch AS target-files
COPY --from=target /srv/out/ /

# uv's wheel, pinned by hash; a tool of the build, in no image
FROM \${BASE} AS uv
RUN ${bind('stages/uv', '/mnt')} ${bind('stages/builder', '/opt')} \\
    ${networkSettings(secrets)}sh /mnt/fetch.sh
FROM scratch AS uv-files
COPY --from=uv /srv/out/ /
FROM scratch AS kept-tools
COPY tools/ /
FROM \${TOOLS} AS tools

# what it takes to build the project and its sdists
${resolve('build-lock')}
# what the application requires, for this image's Python
${resolve('lock', bind('local-metadata', '/srv/local', { rw: true }), bind('local-files', '/srv/files'), ...(secrets.pins ? [secret('pins', '/run/pins')] : []))}`
}

/** RFC 3339, or '' for none. */
function time(text: string): Rendered {
  return text === '' ? NOTHING : bare(text)
}

/**
 * `build-environment`: what the build backend works in, without the source, so that it stays when that changes. `app-wheel`: the
 * project's own wheel, from a snapshot of the source, without an index; in base, or in the builder where it needs one.
 * @param env tells the build backend a version; part of the text, and so of the stage's key
 * @param above the place of a project in its repository, where building it reads above its folder
 */
export function renderAppWheel(epoch: number, env: Readonly<Record<string, string>> = {}, above?: string): Rendered {
  return dockerfile`
# what the application's build backend works in
FROM \${WORKSHOP} AS build-environment
RUN ${bind('stages/wheel', '/mnt')} ${bind('/', '/media', { from: 'tools' })} ${bind('build-requires', '/opt')} \\
    ${bind('build-system', '/srv/project')} \\
    python /mnt/environment.py /srv/project

# the application's wheel
FROM build-environment AS app-wheel
RUN ${bind('stages/wheel', '/mnt')} ${bind('/', '/media', { from: 'tools' })} ${bind('build-requires', '/opt')} \\
    ${bind('source', '/srv/source', { rw: true })} ${renderAbove('above', above)}\\
    ${assignments(placed(env, above))}SOURCE_DATE_EPOCH=${whole(epoch)} python /mnt/build.py /srv/source
FROM scratch AS app-wheel-files
COPY --from=app-wheel /srv/out/ /
`
}

/** What lies above a project whose build reads there. */
function renderAbove(at: string, above: string | undefined): Rendered {
  return above === undefined ? NOTHING : dockerfile`${bind(at, REPOSITORY_AT, { rw: true })} `
}

function placed(env: Readonly<Record<string, string>>, above: string | undefined): Readonly<Record<string, string>> {
  return above === undefined ? env : { ...env, ABOVE: above }
}

/**
 * `build-command`: the user's commands in the builder, on a copy of the source, with the wheels at hand.
 * @param secrets ids that the commands may read below /run/secrets
 */
export function renderBuildCommand(secrets: readonly string[], epoch: number): Rendered {
  const mounts = [
    bind('stages/build-command', '/mnt'),
    bind('/', '/media', { from: 'tools' }),
    bind('source', '/srv/source'),
    bind('build-command', '/srv/commands'),
    bind('wheels', '/wheelhouse'),
    ...secrets.map((id) => secret(id)),
  ]
  return dockerfile`
# the user's commands, which may add to the source
FROM \${BUILDER} AS build-command
RUN ${joined(mounts, ' \\\n    ')} \\
    SOURCE_DATE_EPOCH=${whole(epoch)} python /mnt/run.py
FROM scratch AS build-command-files
COPY --from=build-command /srv/out/ /
`
}

/** A package that is built here: an sdist, or a folder. */
export interface SourceStage {
  readonly name: string
  /** In the context, e.g. `sdists/uwsgi/uwsgi-2.0.31.tar.gz` or `local/billing`. */
  readonly at: string
  readonly folder: boolean
  readonly needsCompiler: boolean
  /** Tells the build backend a version that comes from git. */
  readonly env?: Readonly<Record<string, string>>
  /** Of a folder: its place in its repository, where building it reads above itself. */
  readonly above?: string | undefined
}

/** The stage of one package without a fitting wheel: built alone, so that a failure names it. */
export function wheelStage(name: string): string {
  return `wheel-${name}`
}

export function renderWheelStages(sources: readonly SourceStage[]): Rendered {
  return joined(sources.map(renderWheelStage))
}

function renderWheelStage(source: SourceStage): Rendered {
  const name = bare(source.name)
  const stage = bare(wheelStage(source.name))
  const why = source.folder ? dockerfile`${name} comes as a folder` : dockerfile`${name} has no wheel that fits`
  const compiled = source.needsCompiler ? dockerfile`compiled` : dockerfile`pure Python, built without a compiler`
  const slash = source.at.lastIndexOf('/')
  const mount = source.folder ? bind(source.at, '/srv/source', { rw: true }) : bind(source.at.slice(0, slash), '/srv/sdist')
  const built = source.folder ? dockerfile`/srv/source` : dockerfile`/srv/sdist/${bare(source.at.slice(slash + 1))}`
  return dockerfile`
# ${why}: ${compiled}
FROM \${${source.needsCompiler ? dockerfile`BUILDER` : dockerfile`BASE`}} AS ${stage}
RUN ${bind('stages/wheel', '/mnt')} ${bind('/', '/media', { from: 'tools' })} ${bind('build-requires', '/opt')} \\
    ${mount} ${renderAbove(`above/${source.name}`, source.above)}\\
    ${assignments(placed(source.env ?? {}, source.above))}SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} python /mnt/build.py ${built}
FROM scratch AS ${stage}-files
COPY --from=${stage} /srv/out/ /
`
}

/** What a compiled wheel links, told by a stage of its own. */
export interface Evidence {
  /** That made the wheel. */
  readonly stage: string
  /** What that started from: the same image, which nothing of the wheel has run in. */
  readonly image: 'BASE' | 'BUILDER' | 'WORKSHOP'
  /** The wheel's file name. */
  readonly file: string
}

export const EVIDENCE = 'evidence'

/** `evidence`: whatever a build has left of its own programs, none of them is asked here. */
export function renderEvidence({ stage, image, file }: Evidence): Rendered {
  return dockerfile`
# what a compiled wheel links
FROM \${${bare(image)}} AS ${bare(EVIDENCE)}
RUN ${bind('stages/wheel', '/mnt')} ${bind('/srv/out', '/srv/wheel', { from: stage })} \\
    PATH=/usr/sbin:/usr/bin:/sbin:/bin /appenv/bin/python -I -S /mnt/evidence.py ${bare(file)}
FROM scratch AS ${bare(EVIDENCE)}-files
COPY --from=${bare(EVIDENCE)} /srv/out/ /
`
}

/** `debian-files`: the .deb files of the run-time packages, kept beside the wheelhouse. */
export function renderDebianFiles(packages: readonly string[]): Rendered {
  if (packages.length === 0) return NOTHING
  return dockerfile`
# Debian packages that the compiled wheels link, as files
FROM debian-lists AS debian
RUN ${bind('stages/debian', '/mnt')} sh /mnt/fetch.sh ${joined(packages.map(debian), ' ')}
FROM scratch AS debian-files
COPY --from=debian /srv/out/ /
`
}

/** Secret mounts and the variables that name them, for a RUN that talks to an index. */
function networkSettings(secrets: NetworkSecrets): Rendered {
  const mounts: Rendered[] = []
  const settings: Rendered[] = []
  if (secrets.ca) {
    mounts.push(secret('ca', '/run/ca.pem'))
    settings.push(dockerfile`SSL_CERT_FILE=/run/ca.pem PIP_CERT=/run/ca.pem REQUESTS_CA_BUNDLE=/run/ca.pem`)
  }
  if (secrets.index) {
    mounts.push(secret('index', '/run/index'))
    settings.push(dockerfile`INDEX=${bare(secrets.index)}`)
  }
  if (secrets.netrc) {
    mounts.push(secret('netrc', '/run/netrc'))
    settings.push(dockerfile`NETRC=/run/netrc`)
  }
  const words = [...mounts, ...settings]
  return words.length > 0 ? dockerfile`${joined(words, ' ')} ` : NOTHING
}
