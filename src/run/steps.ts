import type { Log } from '../effects/ports.ts'
import type { StepTime } from '../report/outcome.ts'

/** The steps of a run: each is a group of the log, and a row of the summary. */
export class Steps {
  /** The run's log, whose warnings are kept for the summary. Release and test image may find the same: it is told once. */
  readonly log: Log
  readonly warnings: string[] = []
  private readonly started = performance.now()
  private readonly taken: StepTime[] = []

  constructor(log: Log) {
    const noticed = new Set<string>()
    this.log = {
      ...log,
      warning: (text) => {
        if (this.warnings.includes(text)) return
        this.warnings.push(text)
        log.warning(text)
      },
      notice: (text) => {
        if (noticed.has(text)) return
        noticed.add(text)
        log.notice(text)
      },
    }
  }

  /** @param work gives what the step came to in words, and its result */
  async take<T>(step: StepTime['step'], work: () => Promise<readonly [how: string, result: T]>, title: string = step): Promise<T> {
    const start = performance.now()
    let how = 'failed'
    try {
      const done = await this.log.group(title, work)
      how = done[0]
      return done[1]
    } finally {
      this.taken.push({ step, how, seconds: (performance.now() - start) / 1000 })
    }
  }

  /** @param builder that of the builder, which is made while other steps are at work */
  times(builder: StepTime | undefined): readonly StepTime[] {
    return builder ? this.taken.toSpliced(1, 0, builder) : this.taken
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return (performance.now() - this.started) / 1000
  }
}
