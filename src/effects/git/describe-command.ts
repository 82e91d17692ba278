import type { DescribeRequest } from '../ports.ts'

/** @see https://git-scm.com/docs/git-describe */
export function describeCommand(request: DescribeRequest): readonly string[] {
  return [
    'describe',
    '--long',
    ...(request.annotated ? [] : ['--tags']),
    ...(request.firstParent ? ['--first-parent'] : []),
    ...request.match.map((glob) => `--match=${glob}`),
    ...request.exclude.map((glob) => `--exclude=${glob}`),
  ]
}
