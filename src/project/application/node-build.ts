import * as v from 'valibot'
import { readJson } from '../../grammar.ts'

const PACKAGE = v.object({ scripts: v.record(v.string(), v.unknown()) })

/** Managers of packages by the lock that each keeps; npx brings those that Node.js lacks. @see https://docs.npmjs.com/cli/commands/npx */
const MANAGERS: readonly { readonly lock: string; readonly line: string }[] = [
  { lock: 'package-lock.json', line: 'npm ci && npm run build' },
  { lock: 'yarn.lock', line: 'npx --yes yarn install --frozen-lockfile && npx --yes yarn build' },
  { lock: 'pnpm-lock.yaml', line: 'npx --yes pnpm install --frozen-lockfile && npx --yes pnpm build' },
  { lock: 'bun.lock', line: 'bun install --frozen-lockfile && bun run build' },
  { lock: 'bun.lockb', line: 'bun install --frozen-lockfile && bun run build' },
]

/** Files of a project that may describe a node build: at its top or one folder below, the shortest first. */
export function packageFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => /^([^/]+\/)?package\.json$/.test(path)).sort((a, b) => a.length - b.length)
}

/**
 * The line of a shell that builds a front end with what its package.json and lock file say.
 * @param file a package.json, relative to the project, and its text
 * @param paths of the project's files
 * @returns undefined where it has no script `build`
 */
export function nodeBuild(file: string, text: string, paths: readonly string[]): string | undefined {
  const read = v.safeParse(PACKAGE, readJson(v.unknown(), text))
  if (!read.success || typeof read.output.scripts.build !== 'string') return undefined
  const folder = file.slice(0, -'package.json'.length)
  const line = MANAGERS.find(({ lock }) => paths.includes(`${folder}${lock}`))?.line ?? 'npm install && npm run build'
  return folder === '' ? line : `(cd ${folder.replace(/\/$/, '')} && ${line})`
}
