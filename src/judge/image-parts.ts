/** A layer of an image: the instruction that made it, and its bytes. */
export interface Layer {
  readonly by: string
  readonly size: number
}

/** What an image of our Dockerfile weighs, by part, in bytes. */
export interface ImageParts {
  readonly parent: number
  readonly debian: number
  readonly dependencies: number
  readonly bytecode: number
  readonly project: number
}

/**
 * Sorts the layers of a release by what they are for. The release is copies alone: those of base, of Debian packages where
 * it has some, of the dependencies, and three of the application.
 * @param layers the newest first
 * @returns undefined where our Dockerfile did not make the image
 */
export function imageParts(layers: readonly Layer[], hasDebian: boolean): ImageParts | undefined {
  const copied = (from: string) => layers.filter(({ by }) => new RegExp(`COPY (--from=\\S+ )?/srv/${from}/ `).test(by))
  const [bytecode, fixed, app, trees] = ['bytecode', 'static', 'app', 'tree'].map((part) => copied(part))
  const [dependencies, ...below] = trees ?? []
  if (!app?.length || !dependencies) return undefined
  const debian = hasDebian ? below[0] : undefined
  const sizes = {
    debian: debian?.size ?? 0,
    dependencies: dependencies.size,
    bytecode: sum(bytecode ?? []),
    project: sum([...app, ...(fixed ?? [])]),
  }
  return { parent: sum(layers) - Object.values(sizes).reduce((all, size) => all + size, 0), ...sizes }
}

function sum(layers: readonly Layer[]): number {
  return layers.reduce((all, { size }) => all + size, 0)
}
