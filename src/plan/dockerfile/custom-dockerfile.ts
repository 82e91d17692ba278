import path from 'node:path'
import { readInstructions, wordsOf } from '../../project/dockerfile/instructions.ts'
import { legalComponent } from '../reference.ts'

/** Arguments of a build by their names. */
export type Arguments = Readonly<Record<string, string>>

/** Those that the Dockerfile names at all: Docker warns of any other. */
export function argumentsFor(dockerfile: string, offered: Arguments): Arguments {
  return Object.fromEntries(Object.entries(offered).filter(([name]) => mentions(dockerfile, name)))
}

/** What may stand for an image on a command line: no option, nothing that Docker itself would refuse. */
const REFERENCE = /^[A-Za-z0-9]([\w.:/@-]*\w)?$/

/** Whether a Dockerfile names an argument outside its comments. */
export function mentions(dockerfile: string, name: string): boolean {
  const named = new RegExp(`\\b${name}\\b`)
  return readInstructions(dockerfile).some(({ flags, rest, heredocs }) => [...flags, rest, ...heredocs].some((text) => named.test(text)))
}

/**
 * Labels that a Dockerfile gives its image by itself, by their names: those of its last stage, and of its own stages below that.
 * @see https://docs.docker.com/reference/dockerfile/#label
 */
export function labelsSet(dockerfile: string): ReadonlySet<string> {
  const stages = new Map<string, ReadonlySet<string>>()
  let now: { readonly name: string; readonly labels: Set<string> } = { name: '', labels: new Set() }
  for (const { keyword, rest } of readInstructions(dockerfile)) {
    if (keyword === 'FROM') {
      stages.set(now.name, now.labels)
      const [, from = '', name = ''] = /^(\S+)(?:\s+as\s+(\S+))?/i.exec(rest) ?? []
      now = { name: name.toLowerCase(), labels: new Set(from ? stages.get(from.toLowerCase()) : []) }
    } else if (keyword === 'LABEL') for (const name of labelNames(rest)) now.labels.add(name)
  }
  return now.labels
}

/** Of `name="value" other=value`, and of the old form `name value`. */
function labelNames(rest: string): readonly string[] {
  const words = wordsOf(rest)
  const named = words[0]?.includes('=')
    ? words.filter((word) => word.includes('=')).map((word) => word.slice(0, word.indexOf('=')))
    : words.slice(0, 1)
  return named.map((name) => name.replace(/^(["'])(.*)\1$/, '$2'))
}

/**
 * Images that a Dockerfile starts from or takes files from, as the given arguments and its own defaults make
 * them; neither its own stages nor `scratch`, nor what only a later instruction could tell.
 * @see https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
 */
export function imagesOf(dockerfile: string, given: Arguments): readonly string[] {
  const values = new Map<string, string>()
  const stages = new Set<string>()
  const images = new Set<string>()
  let begun = false
  const add = (reference: string) => {
    const named = REFERENCE.test(reference) && reference !== 'scratch' && !/^\d+$/.test(reference)
    if (named && !stages.has(reference.toLowerCase())) images.add(reference)
  }
  for (const { keyword, flags, rest } of readInstructions(dockerfile)) {
    const flag = (name: string) => flags.filter((word) => word.startsWith(`--${name}=`)).map((word) => word.slice(name.length + 3))
    if (keyword === 'ARG' && !begun) {
      for (const [, name = '', value = ''] of rest.matchAll(/([A-Za-z_]\w*)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
        values.set(name, given[name] ?? substitute(value.replace(/^(["'])(.*)\1$/, '$2'), values))
      }
    }
    if (keyword === 'FROM') {
      begun = true
      const [, reference = '', stage] = /^(\S+)(?:\s+as\s+(\S+))?/i.exec(rest) ?? []
      add(substitute(reference, values))
      if (stage) stages.add(stage.toLowerCase())
    }
    if (keyword === 'COPY') for (const from of flag('from')) add(from)
    if (keyword === 'RUN') {
      for (const option of flag('mount').flatMap((mount) => mount.split(',')))
        if (option.startsWith('from=')) add(option.slice('from='.length))
    }
  }
  return [...images]
}

/** What an image is called after: the last folder of its Dockerfile, else (`Dockerfile.base`, or none) its kind. */
export function imageSuffix(file: string, kind: string): string {
  const folder = path.posix.basename(path.posix.dirname(file))
  return `-${path.posix.basename(file) !== 'Dockerfile' || folder === '.' ? kind : legalComponent(folder)}`
}

function substitute(text: string, values: ReadonlyMap<string, string>): string {
  // What is open at the end is no reference; without a look at it a pattern would search for its end again and again.
  const end = text.lastIndexOf('}') + 1
  const plain = text.slice(end).replace(/\$(\w+)/g, (_, name: string) => values.get(name) ?? '')
  const braces = text
    .slice(0, end)
    .replace(/\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g, (...[, bare, braced = '', how, word = '']: (string | undefined)[]) => {
      const value = values.get(bare ?? braced) ?? ''
      if (how === '-') return value || word
      return how === '+' ? value && word : value
    })
  return braces + plain
}
