export interface ReadmeFacts {
  /** Where all this lies, relative to the project. */
  readonly folder: string
  readonly name: string
  readonly parent: string
  /** `linux/amd64` */
  readonly platform: string
  /** The same where another than the machine's was asked for, else ''. */
  readonly asked: string
  readonly debian: readonly string[]
  readonly sdists: readonly string[]
  readonly buildRequirements: readonly string[]
  /** Variables that only the trial got, by their names. */
  readonly trialNames: readonly string[]
  readonly sourceOnly: boolean
  /** Variables that tell the build backend a version, e.g. of setuptools-scm. */
  readonly versionEnv: Readonly<Record<string, string>>
  /** How many indexes were asked that are not the public one. */
  readonly indexes: number
}

/** README.md of the folder: how to build, what is pinned, what differs. */
export function renderReadme(facts: ReadmeFacts): string {
  return [
    `# The image of ${facts.name}, by plain \`docker build\``,
    `\`pypackager eject\` wrote this folder. It is yours: nothing here calls pypackager. You need Docker with BuildKit: 23 or later has it on, before that set \`DOCKER_BUILDKIT=1\`.`,
    building(facts),
    files(facts),
    pinned(facts),
    differs(facts),
  ].join('\n\n')
}

function building({ folder, name, trialNames, indexes, asked }: ReadmeFacts): string {
  const file = `docker build${asked ? ` --platform ${asked}` : ''} -f ${folder}/Dockerfile`
  const trial = trialNames.map((variable) => `"${variable}": "…"`).join(', ')
  return `## Build it

In the folder of the project:

\`\`\`sh
${file} -t ${name} .
\`\`\`

Behind a proxy or with an index of your own, give what your network takes. Each is optional, and none of it is in the image:

\`\`\`sh
${file} -t ${name} \\
  --secret id=ca,src=ca.pem \\
  --secret id=index,src=indexes.txt \\
  --secret id=netrc,src=.netrc \\
  --build-arg http_proxy --build-arg https_proxy .
\`\`\`

- \`ca\`: certificates, PEM.
- \`index\`: addresses of indexes, one a line. The first takes the place of the public index; an empty line is that one.${
    indexes > 0 ? ` This project was packaged with ${indexes} of its own: without this secret its packages may not be found.` : ''
  }
- \`netrc\`: logins to them.${
    trialNames.length > 0
      ? `

The application was imported with variables that no image holds. Give them again, as JSON: \`--secret id=env,src=env.json\` with \`{${trial}}\`.`
      : ''
  }`
}

function files({ sdists, buildRequirements, folder }: ReadmeFacts): string {
  const lists = buildRequirements.map((file) => `\`${file}\``).join(', ')
  return `## What is here

| File | What |
|---|---|
| \`Dockerfile\` | the stages of the image, the last of which is copies alone |
| \`Dockerfile.dockerignore\` | what is not sent to Docker: your \`.dockerignore\`, whose place it takes, and what never belongs in a build |
| \`requirements.txt\` | the wheels that are installed, by version and hash |
| \`sdists.txt\` | what is built here${sdists.length > 0 ? `: ${sdists.join(', ')}` : ' (nothing)'} |
${lists ? `| ${lists} | what wheels are built with |\n` : ''}| \`stages/\` | scripts that the stages mount; in no image, but for the entrypoint of \`base\` |

For a new version of a package, write its line anew, with its hashes: \`uv pip compile --generate-hashes --only-binary :all:\` makes such a file.${
    sdists.length > 0 ? ` What is built from an sdist is named in \`${folder}/Dockerfile\` by its file, too.` : ''
  }`
}

function pinned({ parent, debian, versionEnv, platform }: ReadmeFacts): string {
  const byDigest = parent.includes('@sha256:')
  const versions = Object.entries(versionEnv).map(([name, value]) => `\`${name}=${value}\``)
  return `## What is pinned, and what is not

- The parent image is \`${parent}\`${byDigest ? ', by its digest: write a newer one for security fixes.' : ', which has no digest: what that name means may change.'}
- Python packages are pinned by version and hash, and so is uv, which installs them. This was made on ${platform}; another platform takes the wheels of its own.
- Debian packages are those of the day on which they are fetched${debian.length > 0 ? ` (${debian.join(', ')}, and the compiler's if something is compiled)` : ''}. Docker keeps them; \`--no-cache\` fetches them anew.
- The time of the application's files (\`SOURCE_DATE_EPOCH\`) is that of the commit of which this was made.${
    versions.length > 0
      ? `\n- The version of the project is written down: ${versions.join(', ')}. It came from git; change it with each release.`
      : ''
  }`
}

function differs({ sourceOnly, folder }: ReadmeFacts): string {
  return `## What differs from pypackager's image

The files are the same: paths, contents, modes, owners, times. Not the same are:

- labels that name one run: \`io.pypackager.*\`, \`org.opencontainers.image.version\`, \`.revision\` and \`.created\`;
- the time at which the image says it was made, and so its id;
- files of Debian packages, if Debian has newer ones by now.

The steps that build wheels and import the application have Docker's network here; pypackager gives them none.

Nobody looks at the image for you any more: no checks before a push, no SBOM, no tags from git, no scan for secrets${
    sourceOnly ? `. \`${folder}/\` is left out of the source` : ''
  }.
`
}
