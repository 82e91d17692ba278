import { describe, expect, test } from '@jest/globals'
import { asksGit } from '../../../src/project/layout/git-calls.ts'

describe('a setup.py asks git', () => {
  test.each([
    { name: 'by a list', text: 'version = subprocess.check_output(["git", "describe", "--tags"]).decode()', asks: true },
    { name: 'by a list of several lines', text: "run(\n    [\n        'git',\n        'rev-parse', 'HEAD'])", asks: true },
    { name: 'by a line of a shell', text: 'VERSION = os.popen("git describe --always").read()', asks: true },
    { name: 'with options before', text: "os.popen('git -C . --no-pager log -1 --format=%ct')", asks: true },
    { name: 'by GitPython', text: 'import git\nrepo = git.Repo(".")', asks: true },
    { name: 'not where it publishes', text: 'os.system("git tag v1")\nos.system("git push --tags")', asks: false },
    { name: 'not in a comment', text: '  # os.popen("git describe")\nsetup(name="shop")', asks: false },
    { name: 'not by its address', text: 'setup(url="git://git.example/shop log")', asks: false },
    { name: 'not where there is none', text: '', asks: false },
  ])('$name', ({ text, asks }) => {
    expect(asksGit(text)).toBe(asks)
  })
})
