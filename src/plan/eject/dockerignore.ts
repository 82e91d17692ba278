import { NEVER_IN_A_BUILD } from '../../never-in-a-build.ts'

/** What never enters a build (effects/files/source.ts), as patterns of Docker. */
export const NEVER_SENT: readonly string[] = [
  ...NEVER_IN_A_BUILD,
  '*.egg-info',
  '*.pyc',
  '*.pyo',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  'gha-creds-*.json',
  '.config/gcloud',
  '.docker/config.json',
  '.envrc',
  '.envs',
  '.pgpass',
  '.my.cnf',
  '.s3cfg',
  '.dockercfg',
  '.htpasswd',
  '.terraformrc',
  '.vault-token',
  '*.tfstate',
  '*.tfstate.*',
  '*.tfvars',
  'kubeconfig',
  'rclone.conf',
  '.boto',
  '.vault-password',
  '.vault_password',
  '.vault-pass',
  '.vault_pass',
  '.streamlit/secrets.toml',
]
const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist']
const LEFTOVERS = ['build/lib', 'build/lib.*', 'build/bdist.*', 'build/temp.*']

export interface IgnoreFacts {
  /** The text of the project's own .dockerignore. */
  readonly own: string | undefined
  /** Files that are left out of this project's builds, as secrets or local databases. */
  readonly withheld: readonly string[]
  /** The wheelhouse, relative to the project. */
  readonly wheelhouse: string
  /** Files that the build backend is told to read. */
  readonly named: readonly string[]
  readonly folder: string
}

/** The text of `Dockerfile.dockerignore`, which takes the place of the project's own. @see https://docs.docker.com/build/concepts/context/#filename-and-location */
export function renderIgnore({ own, withheld, wheelhouse, named, folder }: IgnoreFacts): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      'What .dockerignore says.',
      own === undefined
        ? []
        : own
            .replace(/^\uFEFF/, '')
            .trim()
            .split(/\r?\n/),
    ],
    ['Files that the build backend reads.', named.map((file) => `!${file}`)],
    ['Settings of a machine, but for examples.', ['**/.env.*', ...EXAMPLES.map((name) => `!**/${name}`)]],
    ['Never in a build: version control, secrets, environments, leftovers.', NEVER_SENT.map((name) => `**/${name}`)],
    ['Left by earlier builds.', [...LEFTOVERS, ...(wheelhouse.startsWith('..') ? [] : [wheelhouse])]],
    ['Secrets and databases of this project.', withheld.map(escaped)],
    ['What this Dockerfile reads.', [`!${folder}`]],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `# ${title}\n${lines.join('\n')}\n`)
    .join('\n')
}

/** A path as a pattern that is that path alone. */
function escaped(path: string): string {
  return path.replace(/[\\*?[\]]/g, '\\$&')
}
