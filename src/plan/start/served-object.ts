/** What a start command gives to its server. */
export interface ServedObject {
  readonly module: string
  readonly object: string
  /** The object is called for the application. */
  readonly factory: boolean
}

const TARGET = /^["']?([A-Za-z_]\w*(?:\.\w+)*):([A-Za-z_]\w*(?:\.\w+)*)(\(\))?["']?$/
const FACTORY = /^--(?:factory|call)$/

/**
 * The application that a command names as servers take it, `shop.web:app` or `'shop:create_app()'`.
 * @param command its words, or `sh -c LINE`
 * @returns undefined where none is named, or several are
 * @see https://docs.gunicorn.org/en/stable/run.html#commands
 */
export function servedObject(command: readonly string[]): ServedObject | undefined {
  const words = command.join(' ').slice(0, 4000).split(/\s+/)
  const found = words.flatMap((word) => {
    const [, module = '', object = '', call] = TARGET.exec(word) ?? []
    return module === '' ? [] : [{ module, object, factory: call !== undefined || words.some((one) => FACTORY.test(one)) }]
  })
  return found.length === 1 ? found[0] : undefined
}
