/** Folders that hold copies of other projects: by names that have no other use, and at the top by those that mostly mean it. */
const VENDORED = /(?:^|\/)(?:_?vendor(?:ed)?|third_?party|site-packages)\/|^(?:\w+_)?libs?\/|^(?:ext|externals?)\//i

/** Whether a file of a project is a copy of another project's, as Python's are vendored. @param file relative to the project */
export function isVendored(file: string): boolean {
  return VENDORED.test(file)
}
