import { readIni } from './ini.ts'
import { normalizeName } from './names.ts'
import type { Project } from './project.ts'

const PYTEST = /^\s*pytest\b(?!-)/i

/**
 * The extra or the dependency group that brings pytest, those called after tests first, as `test-extras` names it.
 * @param cfg the text of setup.cfg, whose extras no static metadata tell; '' where there is none
 */
export function pytestExtra({ metadata, groups }: Pick<Project, 'metadata' | 'groups'>, cfg: string): string | undefined {
  const isPytest = (line: string) => PYTEST.test(line)
  const extras = metadata.extras.filter((extra) => metadata.requires.some((line) => isPytest(line) && line.includes(`extra == '${extra}'`)))
  const declared = [...readIni(cfg)].flatMap(([key, value]) => {
    const name = /^options\.extras_require\.(.+)$/.exec(key)?.[1]
    return name !== undefined && value.split(/\s+/).some(isPytest) ? [normalizeName(name)] : []
  })
  const grouped = Object.entries(groups).flatMap(([name, lines]) => (lines.some(isPytest) ? [`group:${name}`] : []))
  const found = [...new Set([...extras, ...declared]), ...grouped]
  return found.find((name) => /tests?$/.test(name)) ?? found[0]
}
