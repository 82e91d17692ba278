import { wheelStage } from '../dockerfile/dockerfile.ts'
import { bare, bind, dockerfile, joined, type Rendered, secret } from '../dockerfile/dockerfile-words.ts'
import { type Stage, splitStages, stagesFor } from './stages.ts'

/** What the run's Dockerfile becomes a Dockerfile of its own by. */
export interface EjectedStages {
  /** Of the run, from base to release; its mounts are folders that the run lays out. */
  readonly dockerfile: string
  /** Where it will stand, relative to the project. */
  readonly folder: string
  /** What the project's wheel is built in. */
  readonly workshop: 'base' | 'builder'
  /** Packages that are built from their sdists. */
  readonly compiled: readonly string[]
  /** The requirements file of what builds a package, '' for the project. */
  readonly buildRequirements: ReadonlyMap<string, string>
}

/** Where the stages find what a run lays out: places in the context, or other stages. */
interface Places {
  readonly folder: string
  readonly buildRequirements: EjectedStages['buildRequirements']
}

export const REQUIREMENTS = 'requirements.txt'
export const SDISTS = 'sdists.txt'

/** The Dockerfile of the release that `docker build` makes by itself: the run's own stages, and those that fetch. */
export function renderEjected(plan: EjectedStages): string {
  const own = splitStages(resolved(plan))
    .filter(({ name }) => name !== 'tools' && name !== 'uv')
    .map((stage) => moved(stage, plan))
  const stages = stagesFor('release', [...own, ...splitStages(renderFetching(plan))])
  return stages.map(({ text }) => text).join('\n')
}

/** Images of a run are stages here. */
function resolved({ dockerfile: text, workshop }: EjectedStages): string {
  return text
    .replaceAll('${BASE}', 'base')
    .replaceAll('${BUILDER}', 'builder')
    .replaceAll('${WORKSHOP}', workshop)
    .replace(/--mount=type=bind,from=ahead,\S+ /, '')
}

/** A stage whose mounts of the run's folders are those of the context or of other stages. */
function moved({ name, text, takes }: Stage, places: Places): Stage {
  const found: string[] = []
  const changed = text.replace(/--mount=type=bind,source=([^,\s]+),target=/g, (_, source: string) => {
    const at = placeOf(source, name, places)
    if ('from' in at) found.push(at.from)
    return 'from' in at ? `--mount=type=bind,from=${at.from},source=${at.source},target=` : `--mount=type=bind,source=${at.source},target=`
  })
  return { name, text: changed, takes: [...takes, ...found] }
}

type Place = { readonly source: string } | { readonly from: string; readonly source: string }

function placeOf(source: string, stage: string, { folder, buildRequirements }: Places): Place {
  const [top = ''] = source.split('/')
  switch (top) {
    case 'stages':
      return { source: `${folder}/${source}` }
    case 'wheels':
      return { from: 'wheels', source: '/' }
    case 'sdists':
      return { from: 'sdists', source: '/srv/out' }
    case 'debian':
      return { from: 'debian', source: '/srv/out' }
    case 'source':
      return { from: 'source', source: '/srv/source' }
    case 'build-system':
      return { from: 'source', source: '/srv/source' }
    case 'build-requires':
      return {
        from: requiresStage(buildRequirements.get(stage.replace(/^wheel-/, '')) ?? buildRequirements.get('') ?? ''),
        source: '/srv/out',
      }
    default:
      return { source }
  }
}

/** The stage that fetches what a requirements file of builds names. */
function requiresStage(file: string): string {
  return file.replace(/\.txt$/, '')
}

function renderFetching({ folder, compiled, buildRequirements }: EjectedStages): Rendered {
  const files = [...new Set(buildRequirements.values())]
  return dockerfile`
# the project, as the build context has it
FROM base AS source
COPY . /srv/source/
RUN ${bind(`${folder}/stages/eject`, '/mnt')} sh /mnt/source.sh ${bare(folder)}

# uv, pinned by hash; a tool of the build, in no image
FROM base AS uv
RUN ${fetching(folder, 'stages/uv/requirements.txt')} \\
    sh /mnt/fetch.sh /srv/requirements.txt && python -m zipfile -e /srv/out/uv-*.whl /srv/uv && \\
    install -D -m 755 /srv/uv/uv-*.data/scripts/uv /srv/program/uv
FROM scratch AS tools
COPY --from=uv /srv/program/ /

# the wheels of what the project requires, from the index, by their hashes
${renderDownload('downloads', folder, REQUIREMENTS)}
# sdists of what has no wheel
FROM base AS sdists
RUN ${fetching(folder, SDISTS)} \\
    python /mnt/sdist.py /srv/requirements.txt

# all wheels but the project's own
FROM scratch AS wheels
COPY --from=downloads /srv/out/ /
${joined(compiled.map((name) => dockerfile`COPY --from=${bare(wheelStage(name))} /srv/out/*.whl /\n`))}
${joined(files.map((file) => dockerfile`# what builds are made with\n${renderDownload(requiresStage(file), folder, file)}\n`))}`
}

function renderDownload(stage: string, folder: string, file: string): Rendered {
  return dockerfile`FROM base AS ${bare(stage)}
RUN ${fetching(folder, file)} \\
    sh /mnt/fetch.sh /srv/requirements.txt
`
}

/** Mounts of a step that asks an index; Docker leaves out a secret that is not given. */
function fetching(folder: string, file: string): Rendered {
  const mounts = [
    bind(`${folder}/stages/eject`, '/mnt'),
    bind(`${folder}/stages/builder`, '/opt'),
    bind(`${folder}/${file}`, '/srv/requirements.txt'),
  ]
  const secrets = [secret('ca', '/run/ca.pem'), secret('index', '/run/index'), secret('netrc', '/run/netrc')]
  return dockerfile`${joined(mounts, ' ')} \\
    ${joined(secrets, ' ')}`
}
