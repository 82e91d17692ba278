import type { RunContext } from '../../context.ts'
import type { Repository } from '../../plan/reference.ts'
import { repositoryName } from '../../plan/reference.ts'
import { normalizeName } from '../../project/names.ts'

/** What builds: this action, whoever runs it. Nothing is signed here, so this is a word and no proof. */
const BUILDER = 'https://github.com/org/pypackager-action'

export const STATEMENT_TYPE = 'application/vnd.in-toto+json'
export const PREDICATE_TYPE = 'https://slsa.dev/provenance/v1'

/** A wheel that is in the image. */
export interface ProvenWheel {
  readonly name: string
  readonly version: string
  readonly file: string
  readonly sha256: string
  readonly origin: string
}

export interface ProvenanceFacts {
  readonly repository: Repository
  /** Of the pushed manifest: `sha256:…`. */
  readonly digest: string
  readonly revision: string
  /** The project's folder in its repository. */
  readonly path: string
  readonly extras: readonly string[]
  readonly parent: { readonly name: string; readonly digest: string }
  readonly lockSha256: string
  readonly wheels: readonly ProvenWheel[]
}

/**
 * How an image came to be, as an in-toto statement.
 * @see https://slsa.dev/spec/v1.0/provenance
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function provenance(facts: ProvenanceFacts, context: RunContext): unknown {
  const { serverUrl, repository, ref, sha } = context
  const source = repository ? `${serverUrl}/${repository}` : ''
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: repositoryName(facts.repository), digest: { sha256: facts.digest.replace('sha256:', '') } }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: `${BUILDER}/blob/main/docs/tags.md#attestations`,
        externalParameters: { repository: source, ref, path: facts.path, extras: facts.extras },
        resolvedDependencies: [
          ...(source ? [{ uri: `git+${source}@${ref || facts.revision}`, digest: { gitCommit: facts.revision || sha } }] : []),
          ...(facts.parent.name ? [parentOf(facts.parent)] : []),
          { uri: 'pylock.toml', digest: { sha256: facts.lockSha256 } },
          ...facts.wheels.map(({ name, version, file, sha256 }) => ({
            uri: `pkg:pypi/${normalizeName(name)}@${version}?file_name=${encodeURIComponent(file)}`,
            digest: { sha256 },
          })),
        ],
      },
      runDetails: {
        builder: { id: BUILDER },
        ...(context.runUrl ? { metadata: { invocationId: context.runUrl } } : {}),
      },
    },
  }
}

function parentOf({ name, digest }: ProvenanceFacts['parent']) {
  const uri = `docker://${name.replace(/@sha256:.*$/, '')}`
  return digest ? { uri, digest: { sha256: digest.replace('sha256:', '') } } : { uri }
}
