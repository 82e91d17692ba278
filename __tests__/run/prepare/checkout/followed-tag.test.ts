import { expect, test } from '@jest/globals'
import { sourcePaths } from '../../../../src/effects/files/source.ts'
import { makePlan, type Runner } from '../../../../src/run/prepare/make-plan.ts'
import { projectOf } from '../../../support/project.ts'
import { contextWith, inputsWith } from '../../../support/values.ts'
import { listener, worldIn } from '../../../support/world.ts'

// `workflow_run` after the push of a tag: its head_branch is the tag's name, and a checkout of the commit brings no tags.

const RUNNER: Runner = { caBundle: '', indexUrl: '', extraIndexUrls: [], namedLogin: (_name, url) => url, sourcePaths }
const OTHER = 'e'.repeat(40)

test.each([
  {
    name: 'of a tag of the last commit is that release, and that is told',
    follows: 'v1.2.3',
    about: undefined,
    tags: ['1.2.3', '1.2', '1', 'latest'],
    told: /^workflow_run follows a run of refs\/tags\/v1\.2\.3, so the tags are those of that\.$/,
  },
  {
    name: 'of a tag of an older commit is that release',
    follows: 'v1.2.3',
    about: OTHER,
    tags: ['1.2.3', '1.2', '1', 'latest'],
    told: /^HEAD is .*: HEAD decides, so the tags are those of refs\/tags\/v1\.2\.3\.$/,
  },
  { name: 'of a branch is what is checked out', follows: 'dev', about: undefined, tags: ['main'], told: undefined },
  {
    name: 'of a branch beside a tag of its name is what is checked out',
    follows: 'both',
    about: undefined,
    tags: ['main'],
    told: undefined,
  },
])('a run after one $name', async ({ follows, about, tags, told }) => {
  await using origin = await projectOf({ 'setup.py': 'from setuptools import setup\nsetup(name="shop", version="1.2.3")\n' })
  for (const tag of ['v1.2.3', 'both']) await origin.tag(tag)
  for (const branch of ['dev', 'both']) await origin.git('branch', branch)
  await using clone = await origin.shallow()
  const head = await clone.git('rev-parse', 'HEAD')
  const context = contextWith({
    event: 'workflow_run',
    sha: about ?? head,
    followed: { sha: head, ref: `refs/heads/${follows}` },
    workspace: clone.workspace,
  })
  const log = listener()
  const plan = await makePlan(inputsWith({}), worldIn(clone.workspace, { context, log }), RUNNER)
  expect(plan.tags.tags).toEqual(tags)
  expect(log.lines.filter((line) => /^HEAD is |^workflow_run follows/.test(line))).toEqual(told ? [expect.stringMatching(told)] : [])
})
