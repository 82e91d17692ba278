import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What is read of webpack's own list of what it put into a bundle. @see https://webpack.js.org/api/stats/#module-objects */
interface Stats {
  readonly modules?: readonly Module[]
  readonly children?: readonly Stats[]
}

interface Module {
  /** The file that the module was made from. */
  readonly nameForCondition?: string | null
  /** Those that were joined to one. */
  readonly modules?: readonly Module[]
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
  readonly repository?: string | { readonly url: string }
}

/** The texts that licences want to be kept: the licence, a notice, those of code that a package took from others. */
const TEXTS = /^(licen[cs]e|copying|copyright|notice|third.?party)/i

/** The licences of every package in a bundle. @param stats webpack's, as ncc writes it */
export function licencesIn(stats: unknown): string {
  return packageFolders(stats as Stats)
    .map(entry)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** Folders of the packages that files in a bundle come from, by the name of the package. */
function packageFolders(stats: Stats): readonly string[] {
  const files = [stats, ...(stats.children ?? [])].flatMap(({ modules = [] }) => modules.flatMap(filesOf))
  const folders = files.flatMap((file) => /^.*\/node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [])
  return [...new Set(folders)].sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1))
}

function filesOf(module: Module): readonly string[] {
  return [...(module.nameForCondition ? [module.nameForCondition] : []), ...(module.modules ?? []).flatMap(filesOf)]
}

function nameIn(folder: string): string {
  return folder.slice(folder.lastIndexOf('/node_modules/'))
}

function entry(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
  const texts = readdirSync(folder)
    .filter((file) => TEXTS.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  const { author, repository } = manifest
  const lines = [
    `${manifest.name} ${manifest.version}`,
    `Licence: ${manifest.license ?? 'see below'}`,
    ...(author ? [`Author: ${typeof author === 'string' ? author : author.name}`] : []),
    ...(repository ? [`Source: ${typeof repository === 'string' ? repository : repository.url}`] : []),
  ]
  if (texts.length === 0 && !manifest.license) throw new Error(`${manifest.name} ${manifest.version} has no licence`)
  if (texts.length === 0) texts.push(`The package brings no text of its licence: https://spdx.org/licenses/${manifest.license}.html`)
  return `${[lines.join('\n'), ...texts].join('\n\n')}\n`
}
