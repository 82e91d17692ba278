/** Where content that the checkout lacks would end. */
export interface AbsentContent {
  /** In packages, or in a source that is copied as it is: the image would hold a pointer or nothing. */
  readonly shipped: readonly string[]
  /** Beside the packages: a build may take it, or not. */
  readonly beside: readonly string[]
}

/** For people who develop; what lies below templates or static files is the application's whatever its name. */
const ASIDE = /(^|\/)(tests?|testing|docs?|examples?|benchmarks?|samples?|notebooks?|\.[^/]+)\//i
const SHOWN = /(^|\/)(templates|static)\//

/**
 * Sorts what a checkout lacks by whether the image gets it; tests, documentation and the like are left out.
 * @param absent pointers of Git LFS and empty submodules, relative to the project's folder
 * @param files paths of the project's files
 * @param whole the source is copied as it is
 */
export function sortAbsent(absent: readonly string[], files: readonly string[], whole: boolean): AbsentContent {
  const packages = new Set(files.filter((file) => file.endsWith('/__init__.py')).map((file) => file.slice(0, -'/__init__.py'.length)))
  const inPackage = (file: string) => {
    const names = file.split('/').slice(0, -1)
    return names.some((_, i) => packages.has(names.slice(0, i + 1).join('/'))) || /^src\/[^/]+\//.test(file)
  }
  const wanted = absent.filter((file) => !isAside(file))
  return {
    shipped: wanted.filter((file) => whole || inPackage(file)),
    beside: wanted.filter((file) => !whole && !inPackage(file)),
  }
}

function isAside(file: string): boolean {
  const shown = SHOWN.exec(file)
  return ASIDE.test(shown ? file.slice(0, shown.index + 1) : file)
}
