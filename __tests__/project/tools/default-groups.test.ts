import { expect, test } from '@jest/globals'
import { readToml } from '../../../src/project/toml.ts'
import { defaultGroupsNotice } from '../../../src/project/tools/default-groups.ts'

test.each([
  { groups: undefined, asked: [], says: undefined },
  {
    groups: 'all',
    asked: ['jobs'],
    says: 'names docs-site, which uv sync installs; a release has the groups that the input extras names (extras: group:docs-site)',
  },
  { groups: ['dev'], asked: [], says: undefined },
  { groups: ['dev', 'Web_Server', 'jobs'], asked: ['jobs'], says: 'names web-server, which uv sync installs; a release has' },
])('groups that uv installs by itself are named where they are not asked for: $groups', ({ groups, asked, says }) => {
  const uv = groups === undefined ? {} : { 'default-groups': groups }
  const notice = defaultGroupsNotice({ 'dependency-groups': { dev: [], Docs_Site: [], jobs: [] }, tool: { uv } }, asked)
  if (says === undefined) expect(notice).toBeUndefined()
  else expect(notice).toContain(says)
})

const GROUP = (name: string, more = '') => `[tool.poetry.group.${name}]\n${more}[tool.poetry.group.${name}.dependencies]\nclick = "*"\n`

test.each([
  {
    name: 'one that is not optional',
    text: GROUP('server'),
    asked: [],
    says: 'The group server of Poetry is not optional, so poetry install has it; a release has the groups that the input extras names (extras: group:server).',
  },
  {
    name: 'several',
    text: GROUP('Web_Server') + GROUP('jobs'),
    asked: [],
    says: 'The groups web-server, jobs of Poetry are not optional, so poetry install has them; a release has the groups that the input extras names (extras: group:web-server, group:jobs).',
  },
  {
    name: 'one of PEP 735',
    text: '[tool.poetry]\n[dependency-groups]\nserver = ["click"]\n',
    asked: [],
    says: 'The group server of Poetry is not optional, so poetry install has it; a release has the groups that the input extras names (extras: group:server).',
  },
  { name: 'one that is asked for', text: GROUP('server'), asked: ['Server'], says: undefined },
  { name: 'one that is optional', text: GROUP('server', 'optional = true\n'), asked: [], says: undefined },
  { name: 'those of developers', text: ['dev', 'test', 'lint', 'docs'].map((name) => GROUP(name)).join(''), asked: [], says: undefined },
  { name: 'groups of a project without Poetry', text: '[dependency-groups]\nserver = ["click"]\n', asked: [], says: undefined },
])('groups of Poetry: $name', ({ text, asked, says }) => {
  expect(defaultGroupsNotice(readToml('pyproject.toml', text), asked)).toBe(says)
})
