import { UserError } from '../../errors.ts'

/** A stage of a Dockerfile as text, with the comment above it. */
export interface Stage {
  readonly name: string
  readonly text: string
  /** What it starts from and takes files of, stages or not. */
  readonly takes: readonly string[]
}

/** The stages of a Dockerfile of ours; `ARG` before the first one is left out. */
export function splitStages(dockerfile: string): readonly Stage[] {
  const stages: { name: string; lines: string[] }[] = []
  let above: string[] = []
  for (const line of dockerfile.split('\n')) {
    const name = /^FROM \S+ AS (\S+)$/.exec(line)?.[1]
    const last = stages.at(-1)
    if (name !== undefined) {
      stages.push({ name, lines: [...above, line] })
      above = []
    } else if (line === '' || line.startsWith('#')) above = line === '' ? [] : [...above, line]
    else if (last) {
      last.lines.push(...above, line)
      above = []
    }
  }
  const rest = above
  stages.at(-1)?.lines.push(...rest)
  return stages.map(({ name, lines }) => ({ name, text: `${lines.join('\n')}\n`, takes: takenBy(lines.join('\n')) }))
}

function takenBy(text: string): readonly string[] {
  return [...text.matchAll(/^FROM (\S+)|^COPY --from=(\S+)|--mount=type=bind,from=([^,\s]+)/gm)].flatMap(
    ([, from, copied, mounted]) => from ?? copied ?? mounted ?? [],
  )
}

/** The stages that one needs, itself last: each behind all that it takes. */
export function stagesFor(goal: string, stages: readonly Stage[]): readonly Stage[] {
  const byName = new Map(stages.map((stage) => [stage.name, stage]))
  const ordered = new Set<Stage>()
  const visit = (name: string, way: readonly string[]) => {
    const stage = byName.get(name)
    if (!stage || ordered.has(stage)) return
    if (way.includes(name)) throw new UserError('eject', `the stages ${[...way, name].join(', ')} need each other`, 'Report this.')
    for (const taken of stage.takes) visit(taken, [...way, name])
    ordered.add(stage)
  }
  visit(goal, [])
  return [...ordered]
}
