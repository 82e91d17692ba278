import { assignments, bind, bindFrom } from './dockerfile-words.ts'
import { userWords } from './user.ts'

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
}

/** `base`, `debian-lists` and `builder`. `BASE`, `BUILDER`, `WORKSHOP` (where the
 * project's wheel is built: one of the two), `TOOLS` and `RELEASE` let later stages start from the images these became. */
export function renderImages(plan: BasePlan): string {
  const args = [plan.python ?? "''", ...userWords(plan)].join(' ')
  return `ARG BASE=base
ARG BUILDER=builder
ARG WORKSHOP=base
ARG TOOLS=kept-tools
ARG RELEASE=release

# Python, the virtual environment /appenv, an entrypoint that activates it
FROM ${plan.parent} AS base-tree
USER 0
RUN ${bind('stages/base', '/mnt')} SOURCE_DATE_EPOCH=${DEPENDENCIES_EPOCH} sh /mnt/make.sh ${args}
FROM ${plan.parent} AS base
USER 0
COPY --from=base-tree /srv/tree/ /
ENV VIRTUAL_ENV=/appenv PATH=/appenv/bin:\${PATH:-/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin} PYTHONUNBUFFERED=1
WORKDIR /app
ENTRYPOINT ["/usr/local/bin/entrypoint"]

# what Debian offers this week: for the builder, and for what the compiled wheels link
FROM \${BASE} AS debian-lists
RUN ${bind('stages/debian', '/mnt')} : ${plan.week}; sh /mnt/lists.sh
FROM scratch AS debian-lists-files
COPY --from=debian-lists /srv/out/ /

# compilers, headers and wheel tools
FROM \${BASE} AS builder
RUN ${bind('stages/builder', '/mnt')} ${bindFrom('debian-lists', APT_LISTS, APT_LISTS, 'rw')} \\
    : ${plan.week}; ${['sh /mnt/make.sh', ...plan.buildPackages].join(' ')}
CMD ["build-wheels"]
`
}

/** `target`, which describes what wheels are chosen for; `uv`; and the two resolutions: what builds need, and what the application needs. */
export function renderResolution(secrets: NetworkSecrets, newest: { day: string; moment: string }): string {
  const resolve = (name: string, ...more: string[]) => `FROM \${BASE} AS ${name}
RUN ${[bind('stages/lock', '/mnt'), bindFrom('tools', '/', '/media'), bind(`requirements/${name}`, '/opt'), ...more].join(' ')} \\
    ${networkSettings(secrets)}DAY=${newest.day} MOMENT=${newest.moment} python /mnt/resolve.py
FROM scratch AS ${name}-files
COPY --from=${name} /srv/out/ /
`
  return `
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
${resolve('lock', bind('local-metadata', '/srv/local', 'rw'), ...(secrets.pins ? ['--mount=type=secret,id=pins,target=/run/pins'] : []))}`
}

/**
 * `build-environment`: what the build backend works in, without the source, so that it stays when that changes. `app-wheel`: the
 * project's own wheel, from a snapshot of the source, without an index; in base, or in the builder where it needs one.
 * @param env tells the build backend a version; part of the text, and so of the stage's key
 */
export function renderAppWheel(epoch: number, env: Readonly<Record<string, string>> = {}): string {
  return `
# what the application's build backend works in
FROM \${WORKSHOP} AS build-environment
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('build-requires', '/opt')} \\
    ${bind('build-system', '/srv/project')} \\
    python /mnt/environment.py /srv/project

# the application's wheel
FROM build-environment AS app-wheel
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('build-requires', '/opt')} \\
    ${bind('source', '/srv/source', 'rw')} \\
    ${assignments(env)}SOURCE_DATE_EPOCH=${epoch} python /mnt/build.py /srv/source
FROM scratch AS app-wheel-files
COPY --from=app-wheel /srv/out/ /
`
}

/**
 * `build-command`: the user's commands in the builder, on a copy of the source, with the wheels at hand.
 * @param secrets ids that the commands may read below /run/secrets
 */
export function renderBuildCommand(secrets: readonly string[], epoch: number): string {
  const mounts = [
    bind('stages/command', '/mnt'),
    bindFrom('tools', '/', '/media'),
    bind('source', '/srv/source'),
    bind('build-command', '/srv/commands'),
    bind('wheels', '/wheelhouse'),
    ...secrets.map((id) => `--mount=type=secret,id=${id}`),
  ]
  return `
# the user's commands, which may add to the source
FROM \${BUILDER} AS build-command
RUN ${mounts.join(' \\\n    ')} \\
    SOURCE_DATE_EPOCH=${epoch} python /mnt/run.py
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
}

/** The stage of one package without a fitting wheel: built alone, so that a failure names it. */
export function wheelStage(name: string): string {
  return `wheel-${name}`
}

export function renderWheelStages(sources: readonly SourceStage[]): string {
  return sources
    .map((source) => {
      const why = source.folder ? `${source.name} comes as a folder` : `${source.name} has no wheel that fits`
      const mount = source.folder
        ? bind(source.at, '/srv/source', 'rw')
        : bind(source.at.slice(0, source.at.lastIndexOf('/')), '/srv/sdist')
      return `
# ${why}: ${source.needsCompiler ? 'compiled' : 'pure Python, built without a compiler'}
FROM \${${source.needsCompiler ? 'BUILDER' : 'BASE'}} AS ${wheelStage(source.name)}
RUN ${bind('stages/wheel', '/mnt')} ${bindFrom('tools', '/', '/media')} ${bind('build-requires', '/opt')} \\
    ${mount} \\
    ${assignments(source.env ?? {})}SOURCE_DATE_EPOCH=${DEPENDENCIES_EPOCH} python /mnt/build.py ${source.folder ? '/srv/source' : `/srv/sdist/${source.at.split('/').at(-1)}`}
FROM scratch AS ${wheelStage(source.name)}-files
COPY --from=${wheelStage(source.name)} /srv/out/ /
`
    })
    .join('')
}

/** `debian-files`: the .deb files of the run-time packages, kept beside the wheelhouse. */
export function renderDebianFiles(packages: readonly string[]): string {
  if (packages.length === 0) return ''
  return `
# Debian packages that the compiled wheels link, as files
FROM debian-lists AS debian
RUN ${bind('stages/debian', '/mnt')} sh /mnt/fetch.sh ${packages.join(' ')}
FROM scratch AS debian-files
COPY --from=debian /srv/out/ /
`
}

/** Secret mounts and the variables that name them, for a RUN that talks to an index. */
function networkSettings(secrets: NetworkSecrets): string {
  const mounts: string[] = []
  const settings: string[] = []
  if (secrets.ca) {
    mounts.push('--mount=type=secret,id=ca,target=/run/ca.pem')
    settings.push('SSL_CERT_FILE=/run/ca.pem PIP_CERT=/run/ca.pem REQUESTS_CA_BUNDLE=/run/ca.pem')
  }
  if (secrets.index) {
    mounts.push('--mount=type=secret,id=index,target=/run/index')
    settings.push(`INDEX=${secrets.index}`)
  }
  if (secrets.netrc) {
    mounts.push('--mount=type=secret,id=netrc,target=/run/netrc')
    settings.push('NETRC=/run/netrc')
  }
  const words = [...mounts, ...settings].join(' ')
  return words ? `${words} ` : ''
}
