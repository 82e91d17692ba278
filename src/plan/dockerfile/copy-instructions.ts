/** Instructions that give an image files by copying them, or none at all. */
const HARMLESS = /^(COPY|WORKDIR|ENV|LABEL|USER|CMD|ENTRYPOINT|HEALTHCHECK) /

/**
 * Whether an image has, above its parent, nothing but copies: then all of it is there to see in a container of it,
 * and no layer holds what a later one removes.
 * @param history and parent what made each, the newest step first
 */
export function isCopied(history: readonly string[], parent: readonly string[]): boolean {
  const own = history.slice(0, history.length - parent.length)
  const rest = history.slice(own.length)
  return own.length > 0 && rest.every((step, i) => step === parent[i]) && own.every((step) => HARMLESS.test(step))
}
