/**
 * Times a quiet machine's limit that a busy one may take. A limit in a test tells seconds from minutes, or an end from
 * none; how fast something is belongs to `bench/`.
 */
export const BUSY = 8

/** Processor time of this process while `work` runs, in milliseconds: what runs beside the test does not count. */
export function processorTime(work: () => void): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}
