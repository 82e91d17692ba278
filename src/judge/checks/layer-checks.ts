import type { ImageInfo } from '../../effects/docker-port.ts'
import { isFor, machineName } from '../../plan/machine-names.ts'
import { listed } from '../../text/words.ts'
import { type Check, failed, passed, undone } from './check.ts'
import type { ImageFindings, SecretFound } from './layer-scan.ts'

/** What an image should be. */
export interface Wanted {
  /** e.g. `linux/amd64` */
  readonly platform: string
  /** `uid`, `uid:gid`, or `root`. */
  readonly user: string
  /** Layers of the parent: they are somebody else's. */
  readonly parentLayers: readonly string[]
  /** How many secrets this run knows. */
  readonly secrets: number
}

export function platformCheck(image: ImageInfo, { platform }: Wanted): Check {
  if (isFor(image, platform)) return passed('platform', `is for ${platform}`)
  const text = `the image is for linux/${machineName(image)}, not for ${platform}`
  return failed('platform', text, 'Check platform, and that parent-image exists for it.')
}

/** @param uid and gid as a container's own process has them; undefined where none could be started */
export function userCheck(image: ImageInfo, { user }: Wanted, inside: { readonly uid: number; readonly gid: number } | undefined): Check {
  const [uid = '', gid] = (user === 'root' ? '0' : user).split(':')
  const said = image.config.user === '' || /^(root|0)(:|$)/.test(image.config.user) ? 'root' : `user ${image.config.user}`
  const wanted = uid === '0' ? 'root' : `uid ${user}`
  const next = 'Let the Dockerfile end with USER, or set the input user to what is meant.'
  if (!configSays(image.config.user, uid)) return failed('user', `the image runs as ${said}, not as ${wanted}`, next)
  if (!inside) return undone('user', `its configuration says ${said}`, 'no container of it could be started')
  if (String(inside.uid) !== uid || (gid !== undefined && String(inside.gid) !== gid)) {
    return failed('user', `a container runs as uid ${inside.uid}, gid ${inside.gid}, not as ${wanted}`, next)
  }
  return passed('user', uid === '0' ? 'runs as root, as asked for' : `runs as uid ${uid}`)
}

function configSays(user: string, uid: string): boolean {
  const [name = ''] = user.split(':')
  return uid === '0' ? name === '' || name === 'root' || name === '0' : name === uid
}

/** Secrets, wheels and compilers. @param findings or why the image could not be read */
export function layerChecks(image: ImageInfo, wanted: Wanted, findings: ImageFindings | string): readonly Check[] {
  const unread = typeof findings === 'string' ? findings : unreadLayers(image, findings)
  if (typeof findings === 'string' || unread) {
    return (
      [
        ['secrets', 'secrets in the image'],
        ['wheels', 'wheels in a layer'],
        ['compilers', 'compilers'],
      ] as const
    ).map(([name, what]) => undone(name, what, { why: unread, next: 'Check that docker save works on this machine.' }))
  }
  const names = new Layers(image.layers, wanted.parentLayers)
  return [secretsCheck(findings, wanted, names), wheelsCheck(findings, names), compilersCheck(findings, names)]
}

function unreadLayers(image: ImageInfo, findings: ImageFindings): string {
  const read = new Set(findings.layers)
  const count = image.layers.filter((layer) => !read.has(layer)).length
  if (image.layers.length === 0) return 'docker names no layers'
  return count === 0 ? '' : `${count} of ${image.layers.length} layers were not in what docker saved`
}

/** Which layers are ours, and what each is called. */
class Layers {
  private readonly all: readonly string[]
  private readonly first: number

  constructor(all: readonly string[], parent: readonly string[]) {
    this.all = all
    const differs = parent.findIndex((layer, i) => all[i] !== layer)
    this.first = differs < 0 ? parent.length : differs
  }

  /** An empty layer may be there twice: what is in the parent is the parent's. */
  isOurs(layer: string): boolean {
    return this.all.indexOf(layer) >= this.first
  }

  name(layer: string): string {
    return `layer ${this.all.indexOf(layer) + 1} of ${this.all.length}`
  }
}

function secretsCheck({ secrets, untold }: ImageFindings, wanted: Wanted, layers: Layers): Check {
  const what = 'secrets in layers, configuration and history'
  const found = secrets.filter(({ at }) => typeof at === 'string' || layers.isOurs(at.layer))
  if (found.length > 0) {
    const names = [...new Set(found.map(({ secret }) => secret))]
    const places = (name: string) =>
      found.filter(({ secret }) => secret === name).map(({ at }) => (typeof at === 'string' ? at : `${layers.name(at.layer)} (${at.path})`))
    const text = names.map((name) => `${name} is in ${listed(sourcesFirst([...new Set(places(name))]), 1)}`).join('; ')
    return failed('secrets', text, advice(found))
  }
  if (wanted.secrets === 0) return undone('secrets', what, 'this run was given none')
  const reason = `${listed(untold)} cannot be told from ordinary text, being short or a plain word`
  if (untold.length >= wanted.secrets) return undone('secrets', what, reason)
  return passed('secrets', `no secret in layers, configuration and history${untold.length > 0 ? ` (but ${reason})` : ''}`)
}

/** Byte code holds what its source holds. */
function sourcesFirst(places: readonly string[]): readonly string[] {
  return [...places].sort((a, b) => Number(a.includes('.pyc')) - Number(b.includes('.pyc')))
}

function advice(found: readonly SecretFound[]): string {
  const inFile = found.some(({ at }) => typeof at !== 'string')
  return `Take it out of ${inFile ? 'the source or the Dockerfile' : 'the Dockerfile, image-env or labels'}, and replace it.`
}

/** Where Python itself and packages keep wheels that they install elsewhere. */
const KEPT_BY_PACKAGES = /(^|\/)(site-packages|dist-packages|ensurepip\/_bundled|python-wheels)\//

const MOUNT = 'Mount wheels instead of copying them: what a later layer removes is still there.'

/** The whole source of a project without a wheel is in its image: what `python -m build` left in it, too. */
function fromSource(paths: readonly string[]): string {
  const folders = [...new Set(paths.map((path) => path.replace(/^\/?app\//, '').replace(/[^/]*$/, '')))]
  const lines = folders.map((folder) => `${folder}*.whl`)
  return `They lie in the source, which is in the image as it is: a line such as ${listed(lines)} in .dockerignore leaves them out.`
}

function wheelsCheck({ wheels }: ImageFindings, layers: Layers): Check {
  const found = wheels.filter(({ layer, path, ours }) => layers.isOurs(layer) && (ours || !KEPT_BY_PACKAGES.test(path)))
  if (found.length === 0) return passed('wheels', 'no wheel in a layer')
  const text = `a wheel is in ${listed(
    found.map(({ layer, path }) => `${layers.name(layer)} (${path})`),
    2,
  )}`
  const ofSource = found.every(({ path }) => /^\/?app\//.test(path))
  return failed('wheels', text, ofSource ? fromSource(found.map(({ path }) => path)) : MOUNT)
}

function compilersCheck({ compilers }: ImageFindings, layers: Layers): Check {
  const ours = compilers.filter(({ layer }) => layers.isOurs(layer))
  if (ours.length > 0) {
    const text = `a compiler is in ${layers.name(ours[0]?.layer ?? '')}: ${listed(ours.map(({ path }) => path))}`
    return failed('compilers', text, 'Compile in the builder; name only run-time packages in runtime-packages.')
  }
  const parents = compilers.map(({ path }) => path)
  return passed('compilers', parents.length > 0 ? `no compiler but the parent image's own (${listed(parents, 2)})` : 'no compiler')
}
