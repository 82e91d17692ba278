import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { inputsAsFlags, laptopWords } from '../../src/cli/laptop-words.ts'

const SRC = path.join(import.meta.dirname, '../../src')

describe('on a laptop', () => {
  const rows: Readonly<Record<string, readonly [workflow: string, laptop: string]>> = {
    'an input is a flag': ['Set the input path to the folder that holds the project.', 'Set --path to the folder that holds the project.'],
    'at the beginning of a sentence too': ['The input command or a Procfile gives it one.', '--command or a Procfile gives it one.'],
    'what it is set to follows it': [
      'If that is what should run, set the input command to: streamlit run app.py',
      'If that is what should run, set --command to: streamlit run app.py',
    ],
    'and several are': ['(the inputs path and requirements say otherwise)', '(--path and --requirements say otherwise)'],
    'what is set is a flag': [
      'Set network to that of the services, such as job.container.network or host.',
      'Set --network to that of the services, such as host.',
    ],
    'each of what is set': ['Set version or tags for another tag.', 'Set --version or --tags for another tag.'],
    'with what it is set to': ['Set build-packages: libpq-dev gcc.', 'Set --build-packages "libpq-dev gcc".'],
    'quoted where a shell would read it': [
      'It has no Markup: set packages: flasgger>0.9.5; or, for an older flask, set packages: flask<3.1',
      'It has no Markup: set --package "flasgger>0.9.5"; or, for an older flask, set --package "flask<3.1"',
    ],
    'as a line of a shell is': ['Bind 0.0.0.0. Set command: web --host 0.0.0.0', 'Bind 0.0.0.0. Set --command "web --host 0.0.0.0"'],
    'and the sentence goes on after it': [
      'Move it into a package, or set wheel: never, which takes the source as it is.',
      'Move it into a package, or set --wheel never, which takes the source as it is.',
    ],
    'lines are flags again': [
      'writable is "a,b". It must be lines of paths in the image, and no folder of the system.',
      'writable is "a,b". It must be paths in the image (each in a line, or by the flag again), and no folder of the system.',
    ],
    'a mode that lets it pass is a flag with its value': [
      'Give the settings that it needs by the input env. checks: warn lets it pass.',
      'Give the settings that it needs by --env. --checks warn lets it pass.',
    ],
    'secrets are variables': [
      'Set username and password, or log in before this step (docker/login-action).',
      'Set --username and PYPACKAGER_PASSWORD, or log in first (docker login).',
    ],
    'names with a hyphen are flags': [
      'Check parent-image (and python-version), or log in before this step.',
      'Check --parent-image (and --python-version), or log in first (docker login).',
    ],
    'a step is what comes first': [
      'Set up emulation before this step (docker/setup-qemu-action), or use a runner of that architecture.',
      'Set up emulation first, or use a machine of that architecture.',
    ],
    'a clone is what git makes': [
      'Let actions/checkout fetch them (fetch-depth: 0, or fetch-tags: true).',
      'Fetch them (git fetch --tags).',
    ],
    'what is of workflows alone is left out': [
      'Check path, and in a workflow that actions/checkout ran before this step.',
      'Check --path.',
    ],
    'other words stay': [
      'Set a version in pyproject.toml, check the path of the file, and run the command.',
      'Set a version in pyproject.toml, check the path of the file, and run the command.',
    ],
    'what is quoted, part of a name or a path stays': [
      "docs/index-url.md has 'index-url' and exclude-newer-package",
      "docs/index-url.md has 'index-url' and exclude-newer-package",
    ],
    'files and keys of uv that are called like an input stay': [
      'State what pip installs in requirements.txt or pyproject.toml. Not followed: [tool.uv] exclude-newer. Or set requirements.',
      'State what pip installs in requirements.txt or pyproject.toml. Not followed: [tool.uv] exclude-newer. Or set --requirements.',
    ],
    'lines of the environment are flags that can be typed': [
      'Set the input env, a line each: DB=…, ALLOWED_HOSTS=127.0.0.1, MAIL=…: its settings read that.',
      'Set -e DB=… -e ALLOWED_HOSTS=127.0.0.1 -e MAIL=…: its settings read that.',
    ],
    'flags stay': ['Write --set-version.', 'Write --set-version.'],
  }
  test.each(Object.entries(rows))('%s', (_name, [workflow, laptop]) => {
    expect(laptopWords(workflow)).toBe(laptop)
  })

  test('lines that show values keep them', () => {
    expect(inputsAsFlags('  python-version  3.13  (the input python-version)')).toBe('  python-version  3.13  (--python-version)')
  })

  test('no message of ours has words of workflows alone', () => {
    const told = messages()
      .map(laptopWords)
      .filter((text) => text !== 'the input cache-signing-key') // what a laptop has not
    expect(told.length).toBeGreaterThan(300)
    expect(
      told.filter((text) => /\b(this step|actions\/|docker\/\w+-action|the inputs? [a-z]|runner\b(?!')|the workspace\b|job\.)/.test(text)),
    ).toEqual([])
  })

  test('nobody is told to mend', () => {
    expect(messages().filter((text) => /^Mend\b|: mend\b/.test(text))).toEqual([])
  })
})

/** Texts in the source that are sentences: what both fronts may say. Those of workflows alone are left out. */
function messages(): readonly string[] {
  const files = (readdirSync(SRC, { recursive: true }) as string[]).filter(
    (file) => /\.ts$/.test(file) && !/^(cli\/|index\.ts|post\.ts|step-settings\.ts|inputs\/unknown\.ts|effects\/cache)/.test(file),
  )
  return files.flatMap((file) => {
    const code = readFileSync(path.join(SRC, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '')
    return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)]
      .map(([, single, template]) => (single ?? template ?? '').replace(/\\'/g, "'"))
      .filter((text) => / \w+ /.test(text) && !text.includes('\n'))
  })
}
