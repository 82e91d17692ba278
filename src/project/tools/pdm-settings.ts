import { UserError } from '../../errors.ts'
import { fromHere } from '../layout/package-discovery.ts'
import { normalizeName } from '../names.ts'
import { type Table, tableAt, textsAt } from '../toml.ts'
import { readUvSettings, type UvSettings } from './uv-settings.ts'
import { type Member, uvOf } from './uv-workspace.ts'

/**
 * What [tool.uv], uv.toml and [tool.pdm.resolution] tell a resolver, in uv's words.
 * @throws UserError for an override of PDM that cannot be followed: an index must not answer in its place
 */
export function readResolverSettings(member: Member): UvSettings {
  const uv = readUvSettings(uvOf(member).settings)
  const pdm = tableAt(member.pyproject, 'tool', 'pdm', 'resolution')
  const prerelease = pdm['allow-prereleases'] === true && !uv.options.includes('--prerelease') ? ['--prerelease', 'allow'] : []
  return { ...uv, overrides: [...uv.overrides, ...overridesOf(pdm)], options: [...uv.options, ...prerelease] }
}

/**
 * PDM's overrides, and what it leaves out, as lines that take the place of every requirement of that name.
 * @see https://pdm-project.org/latest/usage/config/#override-the-resolved-package-versions
 */
function overridesOf(pdm: Table): readonly string[] {
  const given = Object.entries(tableAt(pdm, 'overrides')).map(([name, value]) => {
    const line = typeof value === 'string' && /^[A-Za-z0-9][\w.-]*(\[[\w.,-]*\])?$/.test(name) ? overrideOf(name, value.trim()) : undefined
    if (line !== undefined) return line
    throw new UserError(
      'project',
      `[tool.pdm.resolution.overrides] says of ${name} what is not understood without a lock`,
      'Give it a version, a range or an address; or run "pdm lock" and commit pdm.lock.',
    )
  })
  const excluded = (textsAt(pdm, 'excludes') ?? []).filter((name) => /^[A-Za-z0-9][\w.-]*$/.test(name))
  return [...given, ...excluded.map((name) => `${normalizeName(name)} ; python_version < '3'`)]
}

/** A bare version is that one alone. */
function overrideOf(name: string, value: string): string | undefined {
  if (/^[\w.+!-]+$/.test(value) && /^\d/.test(value)) return `${name}==${value}`
  if (value === '' || value === '*') return name
  if (/^(~=|==|!=|<=?|>=?)[^;@#\n]*$/.test(value)) return `${name}${value}`
  return /^[a-z][a-z0-9+.-]*:\/\/\S+$/.test(value) ? fromHere(`${name} @ ${value}`) : undefined
}
