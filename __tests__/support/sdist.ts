import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { indexDownloads } from '../../src/effects/network/downloads.ts'
import { runnerCaBundle, runnerIndexes, trustBundle } from '../../src/effects/runner-settings.ts'
import { loginsOf } from '../../src/plan/wheels/index-settings.ts'
import { must } from './command.ts'

const KEPT = path.join(import.meta.dirname, '../../.cache/sdists')

interface Simple {
  readonly files: readonly { readonly filename: string; readonly url: string; readonly hashes: { readonly sha256?: string } }[]
}

/**
 * A public project as its maintainers publish it: the sdist of a version, unpacked.
 * @returns its folder, below `to`
 * @see PEP 691 for the index's JSON
 */
export async function unpackSdist(name: string, version: string, to: string): Promise<string> {
  const archive = path.join(KEPT, `${name}-${version}.tar.gz`)
  await mkdir(KEPT, { recursive: true })
  if (!(await readdir(KEPT)).includes(path.basename(archive))) {
    const bundle = runnerCaBundle(process.env)
    if (bundle) trustBundle(await readFile(bundle, 'utf8'))
    const indexes = { ...(await runnerIndexes(process.env)), netrc: '' }
    const index = indexes.indexUrl || (await must('python3', ['-c', 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)']))
    const answer = await fetch(new URL(`${name}/`, index.endsWith('/') ? index : `${index}/`), {
      headers: { accept: 'application/vnd.pypi.simple.v1+json' },
    })
    const listed = (await answer.json()) as Simple
    const wanted = new RegExp(`^${name.replace(/[-_.]+/g, '[-_.]')}-${version.replaceAll('.', '\\.')}\\.tar\\.gz$`, 'i')
    const file = listed.files.find(({ filename }) => wanted.test(filename))
    if (!file?.hashes.sha256) throw new Error(`the index has no sdist of ${name} ${version}`)
    await indexDownloads(loginsOf(indexes)).fetch({ url: new URL(file.url, answer.url).href, sha256: file.hashes.sha256 }, archive)
  }
  await must('tar', ['--no-same-owner', '-xzf', archive, '-C', to])
  const [folder] = (await readdir(to)).filter((entry) => entry.toLowerCase().replaceAll('_', '-').startsWith(name.toLowerCase()))
  if (!folder) throw new Error(`${archive} holds no folder of ${name}`)
  return path.join(to, folder)
}
