import type { BuildRequest } from '../docker-port.ts'

/** What the machine that builds has a say in. */
interface BuildMachine {
  /** Of Buildx; undefined for the one built into older clients. */
  readonly builder: string | undefined
  /** Names of variables. */
  readonly proxies?: readonly string[]
  /** '' for the daemon's own. */
  readonly platform?: string
  /** Stages that were built anew in this run. */
  readonly fresh?: ReadonlySet<string>
}

/** The arguments of one `docker build`. @param file the Dockerfile */
export function buildArguments(request: BuildRequest, file: string, machine: BuildMachine): readonly string[] {
  const { builder, proxies = [], platform = '' } = machine
  const head = builder === undefined ? ['build'] : ['buildx', 'build', '--builder', builder, '--provenance=false']
  const names = csv(`name=${request.tags.join(',')}`)
  const image =
    request.localOnly && builder !== undefined ? [`--output=type=image,${names},compression=uncompressed`] : tagged(request, builder)
  return [
    ...head,
    '--progress=plain',
    `--file=${file}`,
    ...(request.target ? [`--target=${request.target}`] : []),
    ...(platform ? [`--platform=${platform}`] : []),
    ...image,
    ...Object.entries(request.labels ?? {}).map(([name, value]) => `--label=${name}=${value}`),
    ...(request.output === undefined ? [] : [`--output=type=local,${csv(`dest=${request.output}`)}`]),
    ...Object.entries(request.args).map(([name, value]) => `--build-arg=${name}=${value}`),
    // BuildKit 0.11 and later follow it; the one built into older clients would only warn of it.
    ...(request.epoch === undefined || builder === undefined ? [] : [`--build-arg=SOURCE_DATE_EPOCH=${request.epoch}`]),
    ...proxies.map((name) => `--build-arg=${name}`),
    ...request.secrets.map((secret) => `--secret=id=${secret.id},${csv(`src=${secret.file}`)}`),
    ...(request.network ? [`--network=${request.network}`] : []),
    ...(request.anew ? withoutCache(request, machine) : []),
    request.context,
  ]
}

/** A stage that was built anew in this run may be used: what it gave must be one thing to all that follow. Older clients know the whole alone. */
function withoutCache({ target, dockerfile }: BuildRequest, { builder, fresh = new Set() }: BuildMachine): readonly string[] {
  if (builder === undefined || target === '') return ['--no-cache']
  const stages = [...dockerfile.matchAll(/^FROM \S+ AS ([\w.-]+)$/gm)].flatMap(([, stage = '']) => (fresh.has(stage) ? [] : [stage]))
  return stages.length > 0 ? [`--no-cache-filter=${stages.join(',')}`] : []
}

function tagged(request: BuildRequest, builder: string | undefined): readonly string[] {
  const load = builder !== undefined && request.output === undefined ? ['--load'] : []
  return [...load, ...request.tags.map((tag) => `--tag=${tag}`)]
}

/** A field of `--mount`, `--output` and `--secret`, which Docker reads as a line of CSV. */
export function csv(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
