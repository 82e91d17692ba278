#!/usr/bin/env node
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { tooOld } from './cli/node-version.ts'

// The command line's entrypoint. What it imports here must load in any Node, so that an old one is told what it lacks.

const fault = tooOld(process.versions.node)
if (fault) {
  console.error(fault)
  process.exitCode = 1
} else {
  // A promise that never settles would end the process with code 0, as if all were well.
  process.exitCode = 1
  const { crashed, tool } = await import('./cli/verbs/tool.ts')
  const { EXIT } = await import('./cli/usage.ts')
  const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
  const { argv, env, stdin, stdout, stderr } = process
  // Node's own report of a fault prints its text as it is, and a terminal or a runner would obey it.
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.brokenPipe) // nobody reads on
    crashed(error, stderr, env)
    process.exit(1)
  })
  process.exitCode = await tool({ argv: argv.slice(2), env, cwd: process.cwd(), dist, stdin, stdout, stderr })
  // A registry that never answered may still hold a socket; what is written to a pipe goes out first.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}
