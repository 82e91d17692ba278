import { mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { logLine } from '../effects/log/log-line.ts'
import { UserError } from '../errors.ts'
import { readJson, sha256Text } from '../grammar.ts'
import { wordPrint } from '../inputs/trust.ts'
import type { Surroundings } from './surroundings.ts'

/** By the real path of a pyproject.toml, what its user allowed. */
const WORDS = v.record(v.string(), sha256Text)

/** The keys of a project's table that nobody has allowed. */
export interface Unallowed {
  /** As errors name the file. */
  readonly file: string
  /** Absolute. */
  readonly at: string
  /** Values by their names. */
  readonly needed: ReadonlyMap<string, string>
}

/** Whether the user has allowed these values before. */
export async function isAllowed({ at, needed }: Unallowed, env: Surroundings['env']): Promise<boolean> {
  return needed.size === 0 || (await wordsOf(env))[await realpath(at)] === wordPrint(needed)
}

/**
 * Asks for the user's word, once for a project and its values.
 * @throws UserError where there is no terminal to ask on, and where the answer is not yes
 */
export async function askForWord(unallowed: Unallowed, around: Surroundings): Promise<void> {
  const { stdin, stderr, env } = around
  if (!stdin.isTTY || !stderr.isTTY) throw refused(unallowed, 'nobody has allowed')
  stderr.write(`${unallowed.file} [tool.pypackager] reaches out of the image:\n`)
  for (const [name, value] of unallowed.needed) {
    for (const line of value.split('\n')) stderr.write(`  ${logLine(`${name} = ${line}`)}\n`)
  }
  if (!/^y(es)?$/i.test((await answerTo('Follow it from now on, as long as it stays so? [y/N] ', around)).trim())) {
    throw refused(unallowed, 'you did not allow')
  }
  const file = wordsFile(env)
  const words = { ...(await wordsOf(env)), [await realpath(unallowed.at)]: wordPrint(unallowed.needed) }
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.${process.pid}`, `${JSON.stringify(words, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.${process.pid}`, file)
}

function refused({ file, needed }: Unallowed, why: string): UserError {
  const names = [...needed.keys()].join(', ')
  return new UserError('inputs', `${file} [tool.pypackager] sets ${names}, which ${why}`, {
    next: 'Read what it says, then add --trust-project; or answer once in a terminal.',
    place: { file },
  })
}

/** '' where the terminal ends before there is an answer. */
export function answerTo(question: string, { stdin, stderr }: Surroundings): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false })
  return new Promise((resolve) => {
    terminal.once('close', () => resolve(''))
    terminal.question(question, (answer) => {
      resolve(answer)
      terminal.close()
    })
  })
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
function wordsFile(env: Surroundings['env']): string {
  const folder = env.XDG_CONFIG_HOME && path.isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : path.join(homedir(), '.config')
  return path.join(folder, 'pypackager', 'trusted.json')
}

async function wordsOf(env: Surroundings['env']): Promise<v.InferOutput<typeof WORDS>> {
  return readJson(WORDS, await readFile(wordsFile(env), 'utf8').catch(() => '')) ?? {}
}
