import { BUSY } from './patience.ts'
import { READERS, worstTexts } from './readers.ts'

// A process of its own: a pattern that hangs cannot be stopped otherwise. Says what it is at, and at its end what was slow.

for (const name of process.argv.slice(2)) {
  const reader = READERS[name]
  if (!reader) throw new Error(`no reader ${name}`)
  const slow: string[] = []
  for (const { unit, text, seconds } of worstTexts()) {
    const large = text.length > 1 << 19
    for (const before of large ? [''] : ['', ...(reader.behind ?? [])]) {
      const at = `${name}: ${unit}${before && ` behind ${JSON.stringify(before)}`}`
      process.stdout.write(`${at}\n`)
      const start = process.cpuUsage()
      try {
        reader.reads(before + text)
      } catch (error) {
        // Refusals are answers; a full stack is none.
        if (error instanceof RangeError) slow.push(`${at}: ${error.message}`)
      }
      const { user, system } = process.cpuUsage(start)
      const taken = (user + system) / 1e6
      if (taken > seconds * BUSY) slow.push(`${at}: ${taken.toFixed(1)} s`)
    }
  }
  process.stdout.write(`done ${JSON.stringify({ name, slow })}\n`)
}
