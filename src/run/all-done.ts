/** As Promise.all, but a failure is thrown only when all have ended: nothing goes on behind the error's back. */
export async function allDone<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const ends = await Promise.allSettled(work)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return Promise.all(work) as unknown as Promise<T>
}
