import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { splitWords } from '../../src/inputs/shell-words.ts'
import { freePort } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Project, projectOf } from '../support/project.ts'
import { ROOT } from '../support/runner-step.ts'
import { endTools, startTool, tool } from '../support/tool.ts'

// docs/start.md, typed: its files in a folder of their own, its commands one after the other.

jest.setTimeout(600_000)

const NAMESPACE = 'pt-first-steps'
const PAGE = readFileSync(path.join(ROOT, 'docs/start.md'), 'utf8')
const CHAPTERS = PAGE.split(/^## /m).slice(1).flatMap(chapterOf)
const TODAY = new Date().toISOString().slice(0, 10)

interface Chapter {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly lines: readonly string[]
}

/** A chapter that has files to write. */
function chapterOf(text: string): readonly Chapter[] {
  const title = text.split('\n', 1)[0] ?? ''
  const files = Object.fromEntries([...text.matchAll(/^`([\w./-]+)`:\n\n```\w*\n([\s\S]*?)^```/gm)].map(([, file = '', content = '']) => [file, content])) // biome-ignore format: one line
  const [, shell = ''] = /```sh\n([\s\S]*?)```/.exec(text) ?? []
  return Object.keys(files).length > 0 ? [{ title, files, lines: shell.trimEnd().split('\n') }] : []
}

let daemon: MachineDaemon
const projects: Project[] = []

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
})

afterAll(async () => {
  await endTools()
  for (const project of projects) await project[Symbol.asyncDispose]()
  await daemon?.[Symbol.asyncDispose]()
})

/** Types a line; one that serves is asked for its page and ended. @returns what was said, or the page */
async function typed(project: Project, line: string): Promise<string> {
  const words = splitWords('run', line.replace('$PWD', project.workspace)).slice(1)
  const options = { cwd: project.workspace, env: { PYPACKAGER_NAMESPACE: NAMESPACE, PYPACKAGER_EXCLUDE_NEWER: TODAY } }
  if (!words.includes('8000:8000')) {
    const made = await tool(words, options)
    expect([line, made.code, made.code === 0 ? '' : made.stdout + made.stderr]).toEqual([line, 0, ''])
    return made.stdout
  }
  const port = await freePort()
  const server = startTool(words.map((word) => word.replace('8000:8000', `${port}:8000`)), options) // biome-ignore format: one line
  try {
    return await pageOf(port, () => server.said())
  } finally {
    server.kill('SIGINT')
    await server.result
  }
}

async function pageOf(port: number, said: () => string): Promise<string> {
  for (let tries = 0; tries < 120; tries += 1) {
    const text = await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), () => '') // biome-ignore format: one line
    if (text) return text
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`no page: ${said()}`)
}

describe('docs/start.md', () => {
  test('has four kinds of projects', () => {
    expect(CHAPTERS.map(({ title }) => title)).toEqual(['FastAPI', 'Flask', 'Django', 'A command line tool'])
  })

  const ENDS: Readonly<Record<string, string>> = {
    FastAPI: 'hello',
    Flask: 'hello',
    Django: 'The install worked successfully!',
    'A command line tool': '21',
  }

  test.each(CHAPTERS)('$title', async ({ title, files, lines }) => {
    const project = await projectOf(files)
    projects.push(project)
    let last = ''
    for (const line of lines) last = await typed(project, line)
    expect(last).toContain(ENDS[title])
  })
})
