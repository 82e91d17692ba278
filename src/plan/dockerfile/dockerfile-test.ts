import { DEPENDENCIES_EPOCH } from './dockerfile.ts'
import { bind, dockerfile, execForm, NOTHING, pairs, type Rendered, whole } from './dockerfile-words.ts'

/** What the test image and the dev image have beyond the release. */
export interface TestStages {
  /** Wheels that the release does not have. */
  readonly wheels: boolean
  /** Debian packages that these wheels link, as files. */
  readonly debian: boolean
  readonly uid: number
  readonly env: { readonly test: Readonly<Record<string, string>>; readonly dev: Readonly<Record<string, string>> }
  readonly labels: Readonly<Record<string, string>>
  /** The dev image's own start command; undefined leaves the release's. */
  readonly devCommand: readonly string[] | undefined
}

/**
 * `test`, made from the release: packages of wheels that only it has, and the project's source at /app. `dev`, made
 * from that: what is mounted over the source is what runs. Neither is pushed, so their layers need not be lean.
 */
export function renderTest(plan: TestStages): Rendered {
  return dockerfile`${plan.wheels ? renderTestDependencies() : NOTHING}${plan.debian ? renderTestSystem() : NOTHING}
# the release, what tests need beyond it, and the project's source
FROM \${RELEASE} AS test
${plan.debian ? dockerfile`COPY --from=test-system /srv/tree/ /\n` : NOTHING}${plan.wheels ? dockerfile`COPY --from=test-dependencies /srv/tree/ /\n` : NOTHING}COPY --chown=${whole(plan.uid)}:${whole(plan.uid)} source/ /app/
${pairs('ENV', plan.env.test)}${pairs('LABEL', plan.labels)}
# the same, for a source that is mounted at /app
FROM test AS dev
${pairs('ENV', plan.env.dev)}${plan.devCommand ? dockerfile`CMD ${execForm(plan.devCommand)}\n` : NOTHING}`
}

function renderTestDependencies(): Rendered {
  return dockerfile`
# packages of the test image, from the wheels that it has beyond the release
FROM \${BASE} AS test-dependencies
RUN ${bind('stages/install', '/mnt')} ${bind('/', '/media', { from: 'tools' })} ${bind('wheels', '/opt')} \\
    SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} python /mnt/install.py
`
}

function renderTestSystem(): Rendered {
  return dockerfile`
# libraries that these wheels link
FROM \${RELEASE} AS test-system
USER 0
RUN ${bind('stages/system', '/mnt')} ${bind('debian', '/opt')} SOURCE_DATE_EPOCH=${whole(DEPENDENCIES_EPOCH)} sh /mnt/install.sh
`
}
