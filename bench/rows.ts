import { readFile } from 'node:fs/promises'
import { must } from '../__tests__/support/command.ts'
import { sizeOfLayers } from '../src/effects/docker/images/image-info.ts'
import type { Build, Contender, Kept } from './contender.ts'

const DEPENDENCY = { name: 'whitenoise', version: '6.9.0' }

/** A situation in which every contender is measured. */
export interface Row {
  readonly id: string
  readonly title: string
  readonly kept: Kept
  readonly change: 'nothing' | 'source' | 'dependency'
}

/** In the order in which they are measured: each starts from where the one before ended, as far as that serves. */
export const ROWS: readonly Row[] = [
  { id: 'cold', title: 'cold: nothing kept', kept: 'nothing', change: 'nothing' },
  { id: 'nothing', title: 'warm daemon, nothing changed', kept: 'daemon', change: 'nothing' },
  { id: 'source', title: 'warm daemon, a line of the source changed', kept: 'daemon', change: 'source' },
  { id: 'dependency', title: 'warm daemon, a dependency added', kept: 'daemon', change: 'dependency' },
  { id: 'emptied', title: 'emptied daemon with its cache, nothing changed', kept: 'cache', change: 'nothing' },
  { id: 'emptied-source', title: 'emptied daemon with its cache, a line of the source changed', kept: 'cache', change: 'source' },
]

export interface Measured extends Build {
  /** Of the image, in bytes. */
  readonly size: number
}

/** Measures one contender again and again, and brings about what each row starts from. */
export function measuring(contender: Contender) {
  const { project, daemon } = contender
  let start = ''
  let kept = false
  /** Whether the daemon and the project's folder hold the unchanged project's builds and nothing that a row measures. */
  let warm = false
  let changes = 0

  async function unchanged(): Promise<void> {
    start ||= await project.git('rev-parse', 'HEAD')
    await project.git('reset', '--quiet', '--hard', start)
    await project.git('clean', '-fdxq', '--exclude=wheelhouse')
  }

  async function fill(): Promise<void> {
    await contender.build('nothing')
    warm = true
  }

  async function cached(): Promise<void> {
    if (kept) return
    if (!warm) {
      await contender.empty(false)
      await fill()
    }
    await contender.keep()
    kept = true
  }

  const prepare: Readonly<Record<Kept, () => Promise<void>>> = {
    async nothing() {
      await contender.empty(false)
    },
    async cache() {
      await cached()
      await contender.empty(true)
    },
    async daemon() {
      if (!warm) await contender.empty(false)
      await fill() // where it is warm, this undoes what a measured change left
    },
  }

  /** @returns the line that must be in the image */
  async function change(what: Row['change']): Promise<string> {
    if (what === 'nothing') return ''
    const line = `# change ${++changes} of ${process.pid}`
    if (what === 'source') await project.write('src/polls/views.py', `${await text('src/polls/views.py')}${line}\n`)
    if (what === 'dependency') {
      const pin = `${DEPENDENCY.name}==${DEPENDENCY.version}`
      const setup = await text('src/setup.py')
      const changed = setup.replace('install_requires=[', `install_requires=["${pin}", `)
      if (changed === setup) throw new Error('setup.py has no install_requires to add to')
      await project.write('src/setup.py', changed)
      const requirements = await text('requirements.txt').catch(() => undefined)
      if (requirements !== undefined) await project.write('requirements.txt', `${requirements}${pin}\n`)
    }
    await project.commit()
    return what === 'source' ? line : ''
  }

  const text = (file: string) => readFile(project.at(file), 'utf8')

  return {
    name: contender.name,

    /** @throws Error where the build fails or its image does not hold what was changed */
    async measure(row: Row): Promise<Measured> {
      await unchanged()
      await prepare[row.kept]()
      await unchanged() // a build may leave files in the source
      const line = await change(row.change)
      await must('sync', []) // nobody waits for a disk that is still at what was written before
      const build = await contender.build(row.kept)
      warm = row.kept === 'nothing' || (row.kept === 'daemon' && row.change !== 'dependency')
      await proveImage(build.image, line, row.change === 'dependency')
      if (row.kept === 'nothing' && !kept) await cached()
      return { ...build, size: sizeOfLayers(await daemon.docker('history', '--human=false', '--format={{.Size}}', build.image)) }
    },
  }

  /** A quick build that made yesterday's image is no result. */
  async function proveImage(image: string, line: string, added: boolean): Promise<void> {
    const script = [
      'import importlib.metadata as m, importlib.util as u, os, pathlib as p, subprocess as s',
      'os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings.release"',
      'source = (p.Path(u.find_spec("polls").origin).parent / "views.py").read_text()',
      'names = {d.metadata["Name"].lower() for d in m.distributions()}',
      `assert ${JSON.stringify(line)} in source, "the changed line is missing"`,
      `assert ("${DEPENDENCY.name}" in names) == ${added ? 'True' : 'False'}, names`,
      's.run(["manage.py", "check"], check=True)',
      's.run(["uwsgi", "--version"], check=True)',
    ].join('\n')
    await project.write('../proof/proof.py', script)
    // Mounted, not an argument: the Makefile's entrypoint splits arguments at blanks.
    await daemon.docker('run', '--rm', '--volume', `${project.at('../proof')}:/proof:ro`, image, 'python', '-B', '/proof/proof.py')
  }
}
