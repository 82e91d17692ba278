// Makes the pictures of README.md anew: npm run bundle, then PARENT_IMAGE=… node scripts/pictures.ts [log] [summary].
// It packages examples/polls by the Docker daemon at hand, and lets Chromium show the log and the job's summary.
import path from 'node:path'
import { openBrowser } from '../__tests__/support/browser.ts'
import { type Project, pollsProject } from '../__tests__/support/project.ts'
import { runAction } from '../__tests__/support/runner.ts'
import { tool } from '../__tests__/support/tool.ts'

const DOCS = path.join(import.meta.dirname, '../docs')
const WIDTH = 920

const LOG_STYLE = `body { margin: 0; padding: 10px 14px; background: #0d1117; color: #e6edf3; font: 12px/1.32 "DejaVu Sans Mono", monospace; white-space: pre-wrap }
b { color: #fff } .good { color: #3fb950 } .dim { color: #8b949e } .warn { color: #d29922 }`
const SUMMARY_STYLE = `body { margin: 0; padding: 18px 24px; background: #fff; color: #1f2328; font: 14px/1.5 "DejaVu Sans", Arial, sans-serif }
h3, h3 code { margin: 0 0 8px; font-size: 18px } p, table, ul, pre, details { margin: 0 0 10px }
table { border-collapse: collapse } td, th { border: 1px solid #d1d9e0; padding: 3px 11px; text-align: left } tr:nth-child(even) { background: #f6f8fa }
code, pre { font: 12px "DejaVu Sans Mono", monospace; background: #eff1f3; border-radius: 5px; padding: 2px 5px } pre { padding: 10px } pre code { background: none; padding: 0 }
ul { padding-left: 22px }`

/** What a terminal shows of a release: heartbeats are one line there, which the result takes the place of. */
async function releaseLog(project: Project): Promise<string> {
  const made = await tool(['release'], { cwd: project.workspace })
  if (made.code !== 0) throw new Error(made.stdout + made.stderr)
  const lines = made.stdout.split('\n').filter((line) => !/^\s*… /.test(line))
  const shown = ['<b>$ pypackager release</b>', ...lines.map(logLine)]
  return page(LOG_STYLE, shown.join('\n').trimEnd())
}

function logLine(line: string): string {
  const text = escaped(line)
  if (/^\S/.test(line)) return `<b>${text}</b>`
  const kind = /^ +✓/.test(line) ? 'good' : /^ +–/.test(line) ? 'dim' : /^ +!|^warning/.test(line) ? 'warn' : ''
  return kind ? text.replace(/[✓–!]/, (sign) => `<span class="${kind}">${sign}</span>`) : text
}

/** The summary of a run of the action, as a job's page shows it. */
async function jobSummary(project: Project): Promise<string> {
  const made = await runAction({
    workspace: project.workspace,
    inputs: { version: '1.2.3' },
    env: { DOCKER_HOST: process.env.DOCKER_HOST },
  })
  if (made.code !== 0) throw new Error(made.log)
  return page(SUMMARY_STYLE, htmlOf(made.summary))
}

function page(style: string, body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><body>${body}</body>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The Markdown that a summary has: headings, tables, lists, code, and HTML as it is. */
function htmlOf(markdown: string): string {
  return markdown
    .trimEnd()
    .split(/\n{2,}/)
    .map((block) => {
      if (block.startsWith('```')) return `<pre><code>${escaped(block.replace(/^```\w*\n|\n```$/g, ''))}</code></pre>`
      const [, heading, rest] = /^#{1,6} (.*)\n?([\s\S]*)$/.exec(block) ?? []
      if (heading !== undefined) return `<h3>${inline(heading)}</h3>${rest ? htmlOf(rest) : ''}`
      const fence = block.indexOf('\n```')
      if (fence >= 0) return htmlOf(block.slice(0, fence)) + htmlOf(block.slice(fence + 1))
      if (block.startsWith('|')) return table(block)
      if (/^[-*] /.test(block)) return `<ul>${block.split(/^[-*] /m).filter(Boolean).map((item) => `<li>${inline(item)}</li>`).join('')}</ul>` // biome-ignore format: one line
      return block.startsWith('<') ? block : `<p>${inline(block)}</p>`
    })
    .join('\n')
}

function table(block: string): string {
  const [head, rule = '', ...rows] = block.split('\n').map((line) => line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim())) // biome-ignore format: one line
  const right = [...rule].map((mark) => (mark.endsWith(':') ? ' style="text-align:right"' : ''))
  const row = (cells: readonly string[], tag: string) => `<tr>${cells.map((cell, i) => `<${tag}${right[i] ?? ''}>${inline(cell)}</${tag}>`).join('')}</tr>` // biome-ignore format: one line
  return `<table>${row(head ?? [], 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`
}

function inline(text: string): string {
  return text
    .replace(/`([^`]+)`/g, (_all, code: string) => `<code>${escaped(code)}</code>`)
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/ {2}\n/g, '<br>')
}

const PICTURES = { log: releaseLog, summary: jobSummary }

const wanted = process.argv.slice(2)
await using browser = await openBrowser()
for (const [name, make] of Object.entries(PICTURES).filter(([one]) => wanted.length === 0 || wanted.includes(one))) {
  await using project = await pollsProject()
  const shown = await browser.page()
  await shown.setViewportSize({ width: WIDTH, height: 200 })
  await shown.setContent(await make(project))
  await shown.screenshot({ path: path.join(DOCS, `${name}.png`), fullPage: true })
}
