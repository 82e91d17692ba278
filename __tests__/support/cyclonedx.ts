import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

// The official schema of CycloneDX 1.6 with its three sub-schemas (SPDX's list of licences, signatures, cryptography).

const SCHEMAS = path.join(import.meta.dirname, '../../node_modules/@cyclonedx/cyclonedx-library/res/schema')
const read = (name: string) => JSON.parse(readFileSync(path.join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8')) as Schema

interface Schema {
  readonly enum?: readonly string[]
}

let validate: ValidateFunction | undefined

function compiled(): ValidateFunction {
  if (validate) return validate
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
  ajv.addFormat('iri-reference', /^[^\s<>"{}|\\^`]*$/)
  ajv.addFormat('uri', /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/)
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/)
  // The file names are what the schema refers to.
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema({ ...read(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` })
  }
  validate = ajv.compile(read('bom-1.6'))
  return validate
}

/** What the schema has against a document; empty where it is valid. */
export function faultsOf(document: unknown): readonly string[] {
  const check = compiled()
  if (check(document)) return []
  return (check.errors ?? []).map((error: ErrorObject) => `${error.instancePath} ${error.message}`)
}

/** Every licence id of SPDX, as the schema lists them. */
export function spdxIds(): readonly string[] {
  return read('spdx').enum ?? []
}

/** References that nothing in the document has. */
export function danglingRefs(document: Sbom): readonly string[] {
  const known = new Set<string>()
  const visit = (component: SbomComponent) => {
    known.add(component['bom-ref'])
    component.components?.forEach(visit)
  }
  ;[document.metadata.component, ...document.components].forEach(visit)
  const used = [
    ...document.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]),
    ...document.compositions.flatMap((part) => [...(part.assemblies ?? []), ...(part.dependencies ?? [])]),
  ]
  return used.filter((ref) => !known.has(ref))
}

/** The part of an SBOM that tests look at. */
export interface Sbom {
  readonly serialNumber: string
  readonly metadata: {
    readonly timestamp: string
    readonly component: SbomComponent
    readonly properties: readonly { name: string; value: string }[]
  }
  readonly components: readonly SbomComponent[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
  readonly compositions: readonly {
    readonly aggregate: string
    readonly assemblies?: readonly string[]
    readonly dependencies?: readonly string[]
  }[]
}

export interface SbomComponent {
  readonly type: string
  readonly 'bom-ref': string
  readonly name: string
  readonly version?: string
  readonly purl?: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses?: readonly { readonly license?: { readonly id?: string; readonly name?: string }; readonly expression?: string }[]
  readonly components?: readonly SbomComponent[]
  readonly externalReferences?: readonly { readonly type: string; readonly url: string }[]
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}
