import path from 'node:path'
import { runContext } from '../../src/context.ts'
import type { Docker } from '../../src/effects/docker-port.ts'
import { archives } from '../../src/effects/files/archives.ts'
import { files } from '../../src/effects/files/files.ts'
import { source } from '../../src/effects/files/source.ts'
import { gitClient } from '../../src/effects/git/git.ts'
import type { CacheService, Downloads, Forge, Log, Registry } from '../../src/effects/ports.ts'
import { hmacSigner } from '../../src/plan/signature.ts'
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
    signer: hmacSigner('', ''),
    context: runContext({}, {}, folder, folder),
    run: 'run-1',
    paths: {
      project: folder,
      wheelhouse: path.join(folder, 'wheelhouse'),
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
