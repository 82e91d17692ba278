import path from 'node:path'
import { runContext } from '../../src/context.ts'
import type { Docker } from '../../src/effects/docker-port.ts'
import { archives } from '../../src/effects/files/archives.ts'
import { files } from '../../src/effects/files/files.ts'
import { source } from '../../src/effects/files/source.ts'
import { gitClient } from '../../src/effects/git/git.ts'
import type { CacheService, Downloads, Forge, Log } from '../../src/effects/ports.ts'
import type { Registry } from '../../src/effects/registry-port.ts'
import { hmacSigner } from '../../src/plan/signature.ts'
import type { BuildSetup } from '../../src/run/build/build-setup.ts'
import { type Kept, Records } from '../../src/run/wheelhouse-folder/records.ts'
import type { World } from '../../src/run/world.ts'

/** A port that nobody may use in this test: any call says so. */
function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: (_target, key) => () => {
      throw new Error(`${name}.${String(key)} was called`)
    },
  })
}

/** What a test log heard. */
export interface Heard extends Log {
  readonly lines: string[]
}

export function listener(): Heard {
  const lines: string[] = []
  const hear = (line: string) => void lines.push(line)
  return {
    lines,
    mask: () => {},
    info: hear,
    foreign: (all) => all.forEach(hear),
    notice: hear,
    warning: hear,
    debug: () => {},
    group: (_title, work) => work(),
  }
}

/** A world on real files in a folder; ports that are not given refuse every call. */
export function worldIn(folder: string, ports: Partial<World> = {}): World {
  const signer = ports.signer ?? hmacSigner('', '')
  const wheelhouse = ports.paths?.wheelhouse ?? path.join(folder, 'wheelhouse')
  return {
    log: listener(),
    docker: absent<Docker>('docker'),
    registry: absent<Registry>('registry'),
    downloads: absent<Downloads>('downloads'),
    cache: absent<CacheService>('cache'),
    forge: absent<Forge>('forge'),
    git: gitClient(),
    files,
    source,
    archives,
    signer,
    records: new Records({ folder: wheelhouse, files: ports.files ?? files, signer }),
    context: runContext({}, {}, { cwd: folder, tmp: folder }),
    run: 'run-1',
    paths: {
      project: folder,
      wheelhouse,
      context: path.join(folder, 'context'),
      leanContext: path.join(folder, 'lean-context'),
      wheelsContext: path.join(folder, 'wheels-context'),
      temp: path.join(folder, 'temp'),
      stages: path.join(import.meta.dirname, '../../src/stages'),
    },
    now: () => new Date('2026-01-02T03:04:05Z'),
    pause: async () => {},
    ...ports,
  }
}

/** Records as a later run reads them from the disk. */
export function recordsOf({ paths, files, signer }: World): Promise<Kept> {
  return new Records({ folder: paths.wheelhouse, files, signer }).all()
}

/** What a run before has written. */
export async function keepRecords({ paths, files, signer }: World, kept: Kept): Promise<void> {
  const records = new Records({ folder: paths.wheelhouse, files, signer })
  for (const [name, value] of Object.entries(kept)) records.set(name as keyof Kept, value)
  await records.save()
}

/** How builds are made in a test that starts none, or whose docker is one of its own. */
export const SETUP: BuildSetup = {
  settings: { ca: '', indexUrl: '', extraIndexUrls: [], netrc: '', network: '', builder: '' },
  dockerfile: '',
  base: 'base',
  system: '',
  platform: 'linux/amd64',
  newest: '2026-01-02T00:00:00Z',
  buildConstraints: [],
  buildPackages: [],
  builderRecipe: '',
  builder: async () => 'builder',
}
