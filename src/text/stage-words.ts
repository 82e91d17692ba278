/** Stages of our Dockerfiles in words; others are called as they are. */
const WORDS: Readonly<Record<string, string>> = {
  'base-tree': 'Python for base',
  'debian-lists': "Debian's lists of packages",
  builder: 'installing compilers',
  target: 'asking Python for its version',
  tools: 'getting uv',
  'kept-tools': 'getting uv',
  uv: 'getting uv',
  lock: 'choosing what is installed',
  'build-lock': 'resolving what building requires',
  'build-environment': 'preparing the build of the project',
  'app-wheel': 'building the wheel of the project',
  debian: 'getting Debian packages',
  system: 'installing Debian packages',
  dependencies: 'installing the packages',
  ahead: 'compiling byte code',
  trial: 'importing the application',
  said: 'importing the application',
  changes: 'looking at what changed',
  'test-dependencies': 'installing the packages of the test image',
  'test-system': 'installing Debian packages of the test image',
}

/** What a stage of a build does, as its user would say it. @param stage e.g. `trial`, `wheel-uwsgi` */
export function stageWords(stage: string): string {
  const plain = stage.replace(/-files$/, '')
  const package_ = /^wheel-(.+)$/.exec(plain)?.[1]
  if (package_) return `building ${package_}`
  if (plain.startsWith('evidence-'))
    return `finding what ${plain === 'evidence-app-wheel' ? 'the project' : plain.replace(/^evidence-(wheel-)?/, '')} links`
  return WORDS[plain] ?? plain
}
