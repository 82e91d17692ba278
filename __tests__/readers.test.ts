import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { readToml } from '../src/project/toml.ts'
import { READERS } from './support/readers.ts'

jest.setTimeout(1_200_000) // all readers in turn, beside other tests

const ROOT = path.join(import.meta.dirname, '..')
const NODE = path.join(ROOT, 'node_modules/.bin/node')

/** What takes no text of a project or of foreign code, or only what another reader has read. */
const NO_READERS: Readonly<Record<string, string>> = {
  'otherSettings filesCount asksBackend requiredBy wantedExtras unknownNames chooseDependencies': 'names that were read',
  'sourceRoots withoutDataFolder topName modulesOf findRequirements isRequirementsFile sourceOnlyReason isDjangoStart unnamedSettings chosenSettings findLock pythonFiles isDjangoModule importRoots asRoots sortAbsent needsCompiler packageFiles isVendored':
    'paths of files',
  'readUvStated defaultGroupsNotice linesOfGroup tableAt textAt textsAt workspaceOf uvOf tablesAt resolvable readProjectIndexes unfollowedForBuilds readDependencies buildCode readResolverSettings':
    'a table of TOML',
  'usesFramework formatOf isAny applies inOrder refuseVersion names vendoredAt disagreement outOfDate uvDisagreement uvResolvingDisagreement readLine walk choose':
    'names and requirements that were read',
  'readPoetryLock readPylock readPdmLock readPipfileLock readUvLock': 'read by readUserLock',
  'parsePipfile pipfilePython pipfileIndexes pdmPython poetryLockPython': 'read by lockedPython and lockedIndexes',
  'fitsPath fitsGlob': 'read by fits',
  readMetadata: 'read by readUvLock',
  'code atMargin': 'read by objectApps',
  readWheelMetadata: 'parseMetadata, with a schema; see plan/foreign-text.test.ts',
  'sourceOnlyOf unknownRequires fromHere namedFiles dataFiles offeredExtras poetryEntries entriesOf conditionOf lineOf sourcedNames sourcesOf readPoetryIndexes readPdmIndexes':
    'tables and requirements that were read',
  'decoded placeOf sourceContents lasting nodeBuild': 'no pattern',
  staticallyUnknown: 'names that were read',
  mayBeOfPython: 'read by buildHint',
  withoutWheel: 'read by siteWithoutTemplates',
  'startLine unreadLines': 'read by procfileLines, or by its pattern',
  readLiteral: 'read by scmKeyword',
  'statedName statedArgument': 'read by readProject',
  'noMetadata projectFolders': 'paths of files; its pattern stops after three folders',
  'withoutEnd withoutEnds withoutExtras': 'loops, no patterns',
}

/** What a process said, and whether it had to be stopped. */
function readWorst(names: readonly string[]): Promise<{ readonly said: string; readonly stopped: boolean }> {
  const child = spawn(NODE, [path.join(ROOT, '__tests__/support/read-worst.ts'), ...names], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let stopped = false
  const hear = (chunk: string) => {
    said = (said + chunk).slice(-20_000)
    timer.refresh()
  }
  // No single text takes a second of a processor; minutes without a word are a hang on any machine.
  const timer = setTimeout(() => {
    stopped = true
    child.kill('SIGKILL')
  }, 240_000)
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  return new Promise((resolve) =>
    child.on('close', () => {
      clearTimeout(timer)
      resolve({ said, stopped })
    }),
  )
}

const GROUPS = 6
const names = Object.keys(READERS)

describe('a reader is done with 1 MB of its worst characters in about a second', () => {
  test.each(Array.from({ length: GROUPS }, (_, i) => names.filter((_name, at) => at % GROUPS === i)))('%s and others', async (...group) => {
    const { said, stopped } = await readWorst(group)
    const lines = said.trim().split('\n')
    expect({ stopped, last: lines.at(-1) }).toEqual({ stopped: false, last: expect.stringContaining('done') })
    const slow = lines
      .filter((line) => line.startsWith('done '))
      .flatMap((line) => (JSON.parse(line.slice('done '.length)) as { slow: string[] }).slow)
    expect(slow).toEqual([])
  })
})

test('every function of src/project that is seen from outside is one of these, or takes no text', () => {
  const listed = new Set([...names.map((name) => name.split(' ')[0]), ...Object.keys(NO_READERS).flatMap((group) => group.split(' '))])
  expect(exportedBelow('src/project', /./).filter((name) => !listed.has(name))).toEqual([])
})

test('so is every function of src/plan that takes lines or a text by that name', () => {
  const listed = new Set(names.map((name) => name.split(' ')[0]))
  const ours = [
    'readFlavor',
    'readTagRules',
    'planUser',
    'legalTag',
    'legalComponent',
    'legalName',
    'isVersion',
    'passed',
    'failed',
    'shellQuote',
    'dockerQuote',
    'isOurs',
    'sha256',
    'fields',
    'number',
    'wrong',
    'parseManifest',
    'versionWarning',
    'bare',
    'shellWord',
    'quoted',
    'ownError',
    'splitStages',
  ]
  const takers = exportedBelow(
    'src/plan',
    /\b(text|texts|dockerfile|settings|output|fault|said|lines?)\??: (readonly )?(string|ReadonlyMap)/,
  )
  expect(takers.filter((name) => !listed.has(name) && !ours.includes(name))).toEqual([])
})

/** Names of exported functions below a folder whose parameters fit. */
function exportedBelow(folder: string, parameters: RegExp): readonly string[] {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, folder, file), 'utf8')
    return [...text.matchAll(/^export (?:async )?function (\w+)[^(]*\(([^)]*)/gm)].flatMap(([, name = '', given = '']) =>
      parameters.test(given) ? [name] : [],
    )
  })
}

describe('what is nested deep is refused or read, and never a full stack', () => {
  const deep = 100_000
  test.each([
    { name: 'arrays of TOML', text: `a = ${'['.repeat(deep)}${']'.repeat(deep)}` },
    { name: 'tables of TOML', text: `a = ${'{a='.repeat(deep)}1${'}'.repeat(deep)}` },
    { name: 'keys of TOML', text: `[${'a.'.repeat(deep)}a]` },
  ])('$name', ({ text }) => {
    expect(thrownBy(() => readToml('pyproject.toml', text))).not.toBeInstanceOf(RangeError)
  })

  test.each([
    { reader: 'checkMarker', text: `${'('.repeat(deep)}os_name == 'a'${')'.repeat(deep)}` },
    { reader: 'readUserLock Pipfile.lock', text: `{"default": {"a": ${'['.repeat(deep)}${']'.repeat(deep)}}}` },
    { reader: 'lockedPython Pipfile.lock', text: `{"a":`.repeat(deep) },
    { reader: 'readUserLock uv.lock', text: `version = 1\nx = ${'['.repeat(deep)}` },
  ])('$reader', ({ reader, text }) => {
    expect(thrownBy(() => READERS[reader]?.reads(text))).not.toBeInstanceOf(RangeError)
  })
})

function thrownBy(work: () => unknown): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}
