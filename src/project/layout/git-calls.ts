/** What takes a version from a repository; `git tag` and `git push` of a script that publishes do not count. */
const QUESTION = '(?:describe|rev-parse|rev-list|log|show|branch|status|ls-files|ls-tree|symbolic-ref|name-rev)'
/** As a line of a shell, and as words of a list. */
const CALL = new RegExp(`["']git (?:-{1,2}[\\w-]+(?:[= ][\\w./-]+)? ){0,3}${QUESTION}\\b|["']git["'],\\s{0,20}["']${QUESTION}["']`)
const LIBRARY = /^[ \t]*(?:import git\b|from git import\b)/m

/**
 * Whether a setup.py asks git, which builds do not have: what it makes of that may be a wrong version.
 * @param setupPy '' where there is none
 */
export function asksGit(setupPy: string): boolean {
  const code = setupPy.replace(/^[ \t]*#.*$/gm, '')
  return CALL.test(code) || LIBRARY.test(code)
}

/** What to do about it. */
export const WITHOUT_GIT =
  'Builds have neither git nor the repository, by design: let setuptools-scm give the version, which is told it, or write it to a file in a step before this one.'
