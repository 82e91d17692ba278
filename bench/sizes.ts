import { PARENT } from './contender.ts'
import type { Bytecode, Maker } from './making.ts'
import type { Subject } from './subjects.ts'

/** One image of ours, in bytes. */
interface Size {
  readonly subject: Subject
  readonly bytecode: Bytecode
  readonly ours: number
  readonly handwritten: number
  readonly installed: number
}

/** Makes all images and measures them. @returns the table in Markdown, and what is below it */
export async function sizes(subjects: readonly Subject[], maker: Maker): Promise<string> {
  const parent = await maker.size(PARENT)
  const measured: Size[] = []
  for (const subject of subjects) {
    const handwritten = await maker.size(await maker.handwritten(subject))
    for (const bytecode of kindsOf(subject)) {
      const image = await maker.ours(subject, bytecode)
      const size = { subject, bytecode, ours: await maker.size(image), handwritten, installed: await maker.installed(image) }
      measured.push(size)
      console.error(line(size, parent))
    }
  }
  return [
    '| project | byte code | parent | pypackager | hand-written | ours / theirs | ours / (parent + installed) |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...measured.map((size) => line(size, parent)),
    '',
    'MB (10⁶ bytes) as Docker counts an image. Hand-written: a multi-stage Dockerfile with uv, all byte code compiled, the same versions on the same parent. Installed: the files of the wheels, the byte code of theirs that is kept, and the files of Debian packages that the parent lacks. Wanted are at most 1.00 × theirs and 1.02 × parent + installed; `node bench/images.ts --only sizes`.',
    '',
    ...subjects.filter(({ start }) => start).map((subject) => kindsCompared(subject, parent, measured)),
  ].join('\n')
}

/** `used` first, which is the default; the others where the kinds are compared. */
export function kindsOf(subject: Subject): readonly Bytecode[] {
  return subject.start ? ['used', 'none', 'all'] : ['used']
}

function line({ subject, bytecode, ours, handwritten, installed }: Size, parent: number): string {
  const cells = [mb(parent), mb(ours), mb(handwritten), (ours / handwritten).toFixed(3), (ours / (parent + installed)).toFixed(3)]
  return `| ${[subject.name, `\`${bytecode}\``, ...cells].join(' | ')} |`
}

function kindsCompared(subject: Subject, parent: number, measured: readonly Size[]): string {
  const of = (bytecode: Bytecode) => measured.find((size) => size.subject === subject && size.bytecode === bytecode)?.ours ?? Number.NaN
  const { handwritten } = measured.find((size) => size.subject === subject) ?? { handwritten: Number.NaN }
  const more = (of('used') / of('none') - 1) * 100
  const adds = (of('used') - parent) / (handwritten - parent)
  return `- ${subject.name}: \`used\` is ${more.toFixed(1)} % larger than \`none\` (wanted: at most 4); it adds ${mb(of('used') - parent)} MB to the parent, ${adds.toFixed(2)} × what the hand-written one adds.`
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
