import { type Instruction, readInstructions, wordsOf } from './instructions.ts'

/** What a project's own Dockerfile says of the image that it runs in elsewhere. It is not built: what of it matters is told. */
export interface OwnDockerfile {
  /** e.g. `3.11`; undefined where its images name none, or several. */
  readonly python: string | undefined
  /** ENTRYPOINT and CMD: a line of a shell, or words. */
  readonly start: string | readonly string[] | undefined
  /** It starts where the source was copied to: paths mean the same here. */
  readonly startsAtTop: boolean
  /** Debian packages of the image, but for those that build or look. */
  readonly packages: readonly string[]
  /** Variables that are the application's, as `NAME=value`. */
  readonly variables: readonly string[]
  /** Programs of other languages that build something, e.g. `npm`. */
  readonly builders: readonly string[]
}

/**
 * Reads a project's Dockerfile: its last stage, and the stages below that.
 * @see https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
 */
export function readOwnDockerfile(text: string): OwnDockerfile {
  const all = readInstructions(text)
  const last = lastStage(all)
  const runs = (from: readonly Instruction[]) =>
    from.filter(({ keyword }) => keyword === 'RUN').flatMap(({ rest, heredocs }) => [rest, ...heredocs])
  const removed = new Set(aptWords(runs(last), /remove|purge/))
  return {
    python: dockerfilePython(text),
    start: startOf(last),
    startsAtTop: startsAtTop(last),
    packages: unique(aptWords(runs(last), /install/)).filter((name) => !FOR_BUILDING.test(name) && !removed.has(name)),
    variables: unique(last.flatMap(variablesOf)).filter((variable) => !OF_TOOLS.test(variable)),
    builders: unique(runs(all).flatMap((line) => [...line.matchAll(BUILDER)].map(([, name = '']) => name))),
  }
}

/**
 * The Python of the images that a Dockerfile is made from, e.g. `3.11`; undefined where it names none, or several.
 * @see https://docs.docker.com/reference/dockerfile/#from
 */
function dockerfilePython(text: string): string | undefined {
  const given = new Map(
    [...text.matchAll(/^[ \t]*ARG[ \t]+(\w{1,60})=["']?([\w.:/@-]{1,200})/gim)].map(([, name = '', value = '']) => [name, value]),
  )
  const froms = [...text.matchAll(/^[ \t]*FROM[ \t]+(?:--\S{1,100}[ \t]+)?(\S{1,300})/gim)].map(([, image = '']) =>
    image.replace(/\$\{?(\w{1,60})(?::-[^}]{0,60})?\}?/g, (all, name: string) => given.get(name) ?? all),
  )
  const found = froms.flatMap(
    (image) => /(?:^|\/)python:(3\.\d{1,2})(?![\d])|:python(3\.\d{1,2})-/.exec(image)?.slice(1).find(Boolean) ?? [],
  )
  return new Set(found).size === 1 ? found[0] : undefined
}

/** Compilers and headers, what looks, fetches or starts, and what every parent has. */
const FOR_BUILDING =
  /-dev$|^(build-essential|gcc|g\+\+|clang|llvm|make|cmake|ninja-build|autoconf|automake|libtool|pkg-config|pkgconf|patchelf|rustc|cargo|golang|nodejs|npm|yarn|python3?|python3?-.*|cython3?|pip|ca-certificates|apt-.*|gnupg2?|gpg|dirmngr|software-properties-common|lsb-release|debian-archive-keyring|curl|wget|vim|vim-tiny|nano|less|tree|htop|procps|net-tools|iputils-ping|iproute2|telnet|netcat.*|dnsutils|unzip|bzip2|xz-utils|tar|gzip|sudo|gosu|tini|dumb-init|bash|bash-completion|locales|tzdata|gettext|jq|cron|supervisor|nginx|apache2|apache2-.*|libapache2-.*|uwsgi|uwsgi-.*|gunicorn|python3\.\d+.*|openssl|openssh-client|zlib1g|lib(?:ffi|ssl|sqlite3-|readline|expat|bz2-|lzma|uuid|ncursesw?)[\d.]*)$/
/** Of Python, of its tools, of Debian and of what every image of ours has or has not. */
const OF_TOOLS =
  /^(PATH|HOME|USER|TERM|LANG|LANGUAGE|LC_\w+|TZ|PORT|PYTHONUNBUFFERED|PYTHONDONTWRITEBYTECODE|PYTHONPATH|PYTHONFAULTHANDLER|PYTHONHASHSEED|PYTHONIOENCODING|PYTHON_VERSION|VIRTUAL_ENV|(?:PIP|POETRY|UV|PDM|PIPENV|HATCH|SETUPTOOLS|DEBIAN|NODE|NPM|YARN|PNPM|DOCKER|NVM|S6)_\w+|PUID|PGID|UID|GID|UMASK|APP_HOME|APP_DIR|APP_PATH|WORKDIR|PROJECT_DIR)=/
const BUILDER =
  /(?:^|[\s;&|(])(npm|yarn|pnpm|bun|cargo)[ \t]{1,20}(?:--?[\w=./-]{1,60}[ \t]{1,20}){0,5}(?:run[ \t]{1,20}[\w:-]{0,40}build|build|install|ci)\b/g

/** The instructions that the last stage is made by, those of its own stages below it first. */
function lastStage(all: readonly Instruction[]): readonly Instruction[] {
  const stages = new Map<string, readonly Instruction[]>()
  let name = ''
  let now: Instruction[] = []
  for (const instruction of all) {
    if (instruction.keyword !== 'FROM') now.push(instruction)
    else {
      stages.set(name, now)
      const [, from = '', as = ''] = /^(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.rest) ?? []
      now = [...(from === '' ? [] : (stages.get(from.toLowerCase()) ?? []))]
      name = as.toLowerCase()
    }
  }
  return now
}

/** Options of apt that take a word of their own: a suite is no package. @see https://manpages.debian.org/stable/apt/apt-get.8.en.html */
const WITH_VALUE = /(?:^|\s)(?:-[taoc]|--(?:target-release|default-release|host-architecture|option|config-file))\s+\S+/g

/** What lines of a shell give `apt-get install` and the like, without versions and options. */
function aptWords(lines: readonly string[], verb: RegExp): readonly string[] {
  const call = new RegExp(`\\bapt(?:-get)?\\s[^;&|\\n]{0,100}?\\b(?:${verb.source})\\s([^;&|\\n#]*)`, 'g')
  return lines
    .flatMap((line) =>
      [...line.replace(/\\\n/g, ' ').matchAll(call)].flatMap(([, words = '']) => words.replace(WITH_VALUE, '').split(/\s+/)),
    )
    .map((word) => word.replace(/[=/].*$/, ''))
    .filter((word) => /^[a-z0-9][a-z0-9+.-]{1,60}$/.test(word))
}

/** `ENV NAME=value`, and the old form `ENV NAME value`. */
function variablesOf({ keyword, rest }: Instruction): readonly string[] {
  if (keyword !== 'ENV') return []
  const words = wordsOf(rest)
  const [name = '', ...value] = words
  const all = name.includes('=') ? words : [`${name}=${value.join(' ')}`]
  return all.map((word) => word.replace(/=(["'])(.*)\1$/s, '=$2')).filter((word) => /^[A-Za-z_]\w*=[^$\\]{1,100}$/.test(word))
}

/** The source's folder is where it starts. */
function startsAtTop(stage: readonly Instruction[]): boolean {
  let folder = '/'
  let top: string | undefined
  for (const { keyword, rest, flags } of stage) {
    const words = keyword === 'COPY' && !flags.some((flag) => flag.startsWith('--from=')) ? wordsOf(rest) : []
    if (keyword === 'WORKDIR') folder = below(folder, rest.replace(/^(["'])(.*)\1$/, '$2'))
    else if (words.length === 2 && /^\.?\/?$/.test(words[0] ?? '')) top = below(folder, words[1] ?? '')
  }
  return top === undefined || top === folder
}

function below(folder: string, words: string): string {
  const all = (words.startsWith('/') ? words : `${folder}/${words}`).split('/').filter((word) => word !== '' && word !== '.')
  return `/${all.join('/')}`
}

function startOf(stage: readonly Instruction[]): OwnDockerfile['start'] {
  let entry: string | readonly string[] | undefined
  let command: string | readonly string[] | undefined
  for (const { keyword, rest } of stage) {
    if (keyword === 'ENTRYPOINT')
      [entry, command] = [listOf(rest) ?? rest, undefined] // it takes back the CMD of a stage below
    else if (keyword === 'CMD') command = listOf(rest) ?? rest
  }
  if (typeof entry === 'string' && entry !== '') return entry
  if (!entry || entry.length === 0) return plain(command)
  return plain(typeof command === 'string' ? [...entry, 'sh', '-c', command] : [...entry, ...(command ?? [])])
}

/** Words that another program is started by, which the image needs none of. */
const WRAPPERS = /^(?:(?:[\w./-]{0,60}\/)?(?:tini|dumb-init)(?: -[\w-]{1,40}){0,5} |(?:poetry|uv|pipenv|pdm|hatch|rye) run )/

function plain(start: string | readonly string[] | undefined): OwnDockerfile['start'] {
  if (start === undefined || start.length === 0) return undefined
  if (typeof start === 'string') return start.replace(WRAPPERS, '').replace(/^exec\s+/, '')
  if (start.length === 3 && /^(\/bin\/)?(ba)?sh$/.test(start[0] ?? '') && /^-l?c$/.test(start[1] ?? '')) return plain(start[2])
  if (start.some((word) => /\s/.test(word))) return start
  return start.join(' ').replace(WRAPPERS, '').split(' ')
}

function listOf(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined
  } catch {
    return undefined
  }
}

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all)]
}
