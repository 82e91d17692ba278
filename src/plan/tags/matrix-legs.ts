import { UserError } from '../../errors.ts'
import { chosenNames, type Inputs, inputsThat } from '../../inputs.ts'
import { sha256 } from '../fingerprint.ts'
import { legalTag } from '../reference.ts'

/** What keeps this leg of a matrix apart from the others. */
export interface Leg {
  /** Of every tag; '' for none. */
  readonly suffix: string
  /** Inputs that the suffix is made from. */
  readonly from: readonly string[]
  /** Names in the matrix whose values are in no tag, and in no input that makes the image. */
  readonly untold: readonly string[]
  /** Whether its tags tell it from some of the others. */
  readonly apart: boolean
  /** What the matrix gives to the folder, where nothing but the name of the project there tells the leg from others. */
  readonly folder: string | undefined
}

type Told = Pick<Inputs, 'matrix' | 'tagSuffix' | 'extrasText' | 'extras' | 'groups' | 'imageName' | 'ofProject'> & {
  readonly [name in keyof Inputs]?: unknown
}

/** Inputs that make another image of the same name, in the order of the suffix. */
const MAKING = inputsThat('leg')
  .filter(({ told }) => told !== 'name')
  .sort((one, other) => Number(one.told) - Number(other.told))
/** Fields that give each leg a name or tags of its own; a folder does where no name is set for all of them. */
const NAMING = ['mirrors', ...inputsThat('leg').flatMap(({ field, told }) => (told === 'name' ? [field] : []))] as const

/**
 * The legs of a matrix push one image name: what this leg's matrix holds, and is given as an input that makes the image,
 * becomes the suffix of its tags, so that no leg overwrites another's.
 * @param inputs with the matrix of this leg: `toJSON(matrix)`, `null` outside one
 */
export function legOf(inputs: Told): Leg {
  const all = withSwitches(matrixKeys(inputs.matrix))
  const keys = all.filter(({ values }) => values.length > 0)
  const values = keys.flatMap((key) => key.values)
  const given = (value: string) => value !== '' && values.includes(value)
  const making = MAKING.map(({ name, field }) => [name, name === 'extras' ? inputs.extrasText.trim() : textOf(inputs[field])] as const)
    .filter(([, value]) => given(value))
    .map(([name, value]) => ({ name, value, part: name === 'extras' ? ofExtras(inputs) : readable(name, value) }))
    .filter(({ part }) => part !== '')
  const oneImage = inputs.imageName !== '' && !inputs.ofProject.includes('image-name')
  const names = (fields: readonly (typeof NAMING)[number][]) => fields.map((field) => textOf(inputs[field])).join('\n')
  const named = names(NAMING.filter((field) => field !== 'path' || !oneImage))
  const beside = names(NAMING.filter((field) => field !== 'path'))
  const told = new Set(making.map(({ value }) => value))
  const { tagSuffix } = inputs
  // In the place of what is derived, the suffix that is given has to tell.
  const inSuffix = (value: string) => (tagSuffix ? isSaid(tagSuffix, value) : told.has(value))
  const isTold = (value: string) =>
    inSuffix(value) || holdsWord(named, value) || (oneImage && holdsWord(inputs.imageName, value.split('/').at(-1) ?? value))
  return {
    suffix: tagSuffix || making.map(({ part }) => `-${part}`).join(''),
    from: making.map(({ name }) => name),
    // The leg whose value is empty is the one without a suffix.
    apart: all.some(({ name, values: these }) => these.some(isTold) || (these.length === 0 && MAKING.some((one) => one.name === name))),
    folder:
      oneImage || values.some((value) => value === tagSuffix || holdsWord(beside, value))
        ? undefined
        : keys
            .filter((key) => !key.values.some(inSuffix))
            .flatMap((key) => key.values.filter((value) => holdsWord(textOf(inputs.path), value)))[0],
    // A value that is written to be the suffix tells all.
    untold: tagSuffix && values.includes(tagSuffix) ? [] : keys.filter((key) => !key.values.some(isTold)).map(({ name }) => name),
  }
}

/** A list has a line for each item: a value of the matrix may be one of them, or all. */
function textOf(value: unknown): string {
  return [value ?? ''].flat().join('\n')
}

function ofExtras(inputs: Told): string {
  return legalTag(
    chosenNames(inputs)
      .map((extra) => extra.replace(/^group:/, ''))
      .join('-'),
  )
}

/**
 * A leg whose tags say nothing of what it differs by from the others would push over theirs.
 * @returns what to tell
 * @throws UserError where nothing in the tags comes from the matrix
 */
export function checkLeg(leg: Leg, inputs: Pick<Inputs, 'tagSuffix' | 'imageName' | 'ofProject'>, push: boolean): readonly string[] {
  const first = leg.untold[0]
  const advice = `Set tag-suffix: -\${{ matrix.${first} }}, or, where one leg alone pushes, matrix: ''`
  if (first !== undefined && push && !leg.apart) {
    const unsaid = inputs.tagSuffix
      ? `, which tag-suffix "${inputs.tagSuffix}" does not say`
      : inputs.imageName && !inputs.ofProject.includes('image-name')
        ? `, which image-name "${inputs.imageName}" does not say`
        : ''
    throw new UserError('inputs', `the legs of this matrix differ by ${leg.untold.join(', ')}${unsaid}, and all would push the same tags`, {
      next: `${advice}.`,
      input: 'tag-suffix',
    })
  }
  const notices: string[] = []
  if (leg.from.length > 0 && !inputs.tagSuffix) {
    const what = leg.from.join(', ')
    notices.push(`The tags of this leg end in ${leg.suffix}, from ${what} in the matrix (tag-suffix overrides).`)
  }
  if (first !== undefined && push) notices.push(`The tags of this leg do not say ${leg.untold.join(', ')} of its matrix. ${advice}.`)
  return notices
}

/** `1` is no word of `1.2.3`, nor `io` of `ghcr.io`. */
function holdsWord(text: string, word: string): boolean {
  const whole = word.replace(/[^A-Za-z0-9]/g, '\\$&')
  return new RegExp(`(?<![A-Za-z0-9]|[A-Za-z0-9]\\.)${whole}(?![A-Za-z0-9]|\\.[A-Za-z0-9])`).test(text)
}

/** Whether a suffix says a value in some way: `-py312` says 3.12, `-alpine` python:3.13-alpine. */
function isSaid(suffix: string, value: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const words = [value, ...value.split(/[^A-Za-z0-9.]+/)].filter(Boolean)
  return words.some((word) => (bare(word).length > 1 ? bare(suffix).includes(bare(word)) : holdsWord(suffix, word)))
}

interface MatrixKey {
  readonly name: string
  /** Its texts, none of them empty. */
  readonly values: readonly string[]
  /** Whether it is true: the leg of a switch that is on. */
  readonly on: boolean
}

/** A switch beside other names tells something else, as which leg may fail; alone it is what legs differ by, and its name says it. */
function withSwitches(keys: readonly MatrixKey[]): readonly MatrixKey[] {
  if (keys.some(({ values }) => values.length > 0)) return keys
  return keys.map((key) => (key.on ? { ...key, values: [key.name] } : key))
}

/** The names of a leg's matrix (`toJSON(matrix)`; `null` outside one); what is no object has none. */
function matrixKeys(matrix: string): readonly MatrixKey[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(matrix || 'null')
  } catch {
    return []
  }
  if (typeof parsed !== 'object' || parsed === null) return []
  return Object.entries(parsed).map(([name, value]) => ({ name, values: leaves(value).filter((text) => text !== ''), on: value === true }))
}

/** A matrix may hold objects and lists: `config: { extras: test }`. */
function leaves(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return value === null || typeof value === 'boolean' ? [] : [String(value).trim()]
}

/** `py3.12`, `python-3.13-slim`; what a tag cannot hold, or what is cut, is told apart by a part of its hash. */
function readable(name: string, value: string): string {
  const [text, whole] =
    name === 'python-version' ? [`py${value}`, true] : [value.replace(/@sha256:.*$/, ''), /^[\w.-]+([:/][\w.-]+)?$/.test(value)]
  const last = legalTag((whole ? text : (text.split('/').at(-1) ?? text)).replace(/[^A-Za-z0-9_.-]+/g, '-')).slice(0, 30)
  return whole && text.length <= 30 ? last : [last, sha256(value).slice(0, 8)].filter(Boolean).join('-')
}
