import { DEBIAN } from '../../plan/wheels/debian-table.ts'
import { listed } from '../../text/words.ts'

/** A program of Debian that a project says it calls. */
export interface CalledProgram {
  /** All that would do, as they are called. */
  readonly programs: readonly string[]
  /** Debian packages that hold it. */
  readonly packages: readonly string[]
  /** `ffmpeg (shop/film.py calls it)` */
  readonly says: string
}

/**
 * Programs whose calls are mostly of developers, or a choice among several: of 185 public projects one in five that call git
 * does not do without it.
 */
const OFTEN_OPTIONAL = new Set(
  'git hg svn curl wget bash perl node nodejs npm npx ps pgrep pkill free top ip ss ping zip unzip jq'.split(' '),
)
const ROWS = DEBIAN.flatMap(({ programs = [], runtime = [] }) =>
  runtime.length === 0 || programs.some((name) => OFTEN_OPTIONAL.has(name)) ? [] : [{ programs, packages: runtime }],
)

/** A tool that runs git by itself, as `["git", "add", file]`, works on somebody's repository; one that looks for it may do without. */
const GIT = { programs: ['git'], packages: ['git'] }
const RUNS_GIT = /\(\s{0,40}\[\s{0,40}["']git["'],/

/** A call with the program's name in full: `shutil.which("ffmpeg")`, `subprocess.run(["ffmpeg", "-i", file])`, `check(program="gs")`. */
const CALL =
  /\b(?:program[ \t]*=[ \t]*|(?:which|run|call|check_call|check_output|Popen|getoutput|getstatusoutput|create_subprocess_(?:exec|shell)|os\.system|os\.popen|execvp)\([ \t\n]*(?:\[[ \t\n]*)?f?)["']([\w.+-]{1,40})(?=["' \t])/g

/** Modules that do not run where the image does, or are not the project's own. */
export const NOT_CALLING =
  /(^|\/)(tests?|testing|docs?|examples?|scripts?|tools?|benchmarks?|vendored|_?vendor|third_party)\/|(^|\/)(setup|conftest|noxfile|tasks|fabfile|test_[^/]*|[^/]*_test)\.py$/

/**
 * What the code of an image calls. Whether that is there is for others to say; what its own Dockerfile installs is told by
 * `leftAside`.
 * @param code texts of modules by their paths
 * @param tool it is a command line tool
 */
export function calledPrograms(code: ReadonlyMap<string, string>, tool: boolean): readonly CalledProgram[] {
  const found = new Map<(typeof ROWS)[number], string>()
  for (const [file, text] of code) {
    if (tool && !found.has(GIT) && RUNS_GIT.test(text)) found.set(GIT, `git (${file} calls it)`)
    for (const [, program = ''] of text.replace(/^[ \t]*#.*$/gm, '').matchAll(CALL)) {
      const row = ROWS.find(({ programs }) => programs.includes(program))
      if (row && !found.has(row)) found.set(row, `${program} (${file} calls it)`)
    }
  }
  return [...found].map(([row, says]) => ({ ...row, says }))
}

/**
 * What is said of those that are not in an image.
 * @param there paths of its programs
 */
export function absentPrograms(called: readonly CalledProgram[], there: readonly string[]): string | undefined {
  const names = new Set(there.map((file) => file.slice(file.lastIndexOf('/') + 1)))
  const absent = called.filter(({ programs }) => !programs.some((name) => names.has(name)))
  if (absent.length === 0) return undefined
  const packages = [...new Set(absent.flatMap((one) => one.packages))].sort()
  const says = absent.map((one) => one.says)
  return `Not in the image: ${listed(says)}. Set runtime-packages: ${packages.join(' ')}, if that is used.`
}
