// Builds dist/: TypeScript to lib/, lib/ to one bundle with licences, the stages' scripts beside it.
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
const out = process.argv[2] ?? path.join(root, 'dist')
const run = (bin: string, ...args: string[]) =>
  execFileSync(process.execPath, [path.join(root, 'node_modules', bin), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

for (const folder of [path.join(root, 'lib'), out]) rmSync(folder, { recursive: true, force: true })
run('typescript/bin/tsc', '-p', 'tsconfig.build.json')
run('@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/index.js', '-o', out, '--license', 'licenses.txt', '--quiet')
cpSync(path.join(root, 'src/stages'), path.join(out, 'stages'), { recursive: true })
