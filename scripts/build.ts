// Builds dist/: TypeScript to lib/, lib/ to two bundles (the action, the command line) with licences, the stages' scripts beside them.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { licencesIn } from './licences.ts'

const root = path.join(import.meta.dirname, '..')
const out = process.argv[2] ?? path.join(root, 'dist')
const bin = (name: string) => path.join(root, 'node_modules', name)
const quiet = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] }

/** Without ncc's cache, which outlives a checkout. Its list of licences leaves most packages out: ours follows webpack's list. */
async function bundle(entry: string, to: string): Promise<void> {
  const stats = path.join(root, `${entry}.stats.json`)
  const args = [bin('@vercel/ncc/dist/ncc/cli.js'), 'build', entry, '-o', to, '--stats-out', stats, '--no-cache', '--quiet']
  await new Promise<void>((resolve, reject) => {
    const ended = (code: number | null) => (code === 0 ? resolve() : reject(new Error(`ncc build ${entry}: code ${code}`)))
    spawn(process.execPath, args, quiet).on('error', reject).on('close', ended)
  })
  refuseAssets(entry, to)
  writeFileSync(path.join(to, 'licenses.txt'), licencesIn(JSON.parse(readFileSync(stats, 'utf8'))))
}

/** ncc takes a path made of constants for a file to bundle, and rewrites it to one that is not there at run time. */
function refuseAssets(entry: string, folder: string): void {
  const rewritten = /_require__\.ab \+ ".*/
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const found = rewritten.exec(readFileSync(path.join(folder, file), 'utf8'))?.[0]
    if (found) throw new Error(`ncc build ${entry}: ${file} has a path of ncc's own: ${found}`)
  }
}

for (const folder of [path.join(root, 'lib'), out]) rmSync(folder, { recursive: true, force: true })
execFileSync(process.execPath, [bin('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], quiet)
const cli = path.join(out, 'cli')
await Promise.all([bundle('lib/index.js', out), bundle('lib/cli.js', cli)])
cpSync(path.join(root, 'lib/post.js'), path.join(out, 'post.js'))
chmodSync(path.join(cli, 'index.js'), 0o755)
cpSync(path.join(root, 'src/stages'), path.join(out, 'stages'), { recursive: true })
