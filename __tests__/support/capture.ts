/** What is written to our stdout and stderr while `work` runs; none of it gets out. */
export async function captured(work: () => unknown): Promise<string> {
  let said = ''
  const streams = [process.stdout, process.stderr] as const
  const real = streams.map((stream) => stream.write)
  for (const stream of streams) {
    stream.write = ((chunk: string | Uint8Array) => {
      said += Buffer.from(chunk as string).toString()
      return true
    }) as typeof stream.write
  }
  try {
    await work()
  } finally {
    for (const [i, stream] of streams.entries()) stream.write = real[i] as typeof stream.write
  }
  return said
}
