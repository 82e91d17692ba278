/** The part of a CycloneDX component that we write. @see https://cyclonedx.org/docs/1.6/json/ */
export interface Component {
  readonly type: 'application' | 'framework' | 'library' | 'container' | 'platform' | 'operating-system' | 'firmware' | 'file' | 'data'
  readonly 'bom-ref': string
  readonly name: string
  readonly version?: string
  readonly hashes?: readonly { readonly alg: 'SHA-256'; readonly content: string }[]
  readonly licenses?: readonly (
    | { readonly license: { readonly id: string } | { readonly name: string } }
    | { readonly expression: string }
  )[]
  readonly purl?: string
  readonly externalReferences?: readonly { readonly type: string; readonly url: string }[]
  readonly components?: readonly Component[]
  readonly properties?: readonly { readonly name: string; readonly value: string }[]
}
