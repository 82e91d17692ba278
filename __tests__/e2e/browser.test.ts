import { stat } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Browser, openBrowser } from '../support/browser.ts'
import { freePort, until } from '../support/command.ts'
import { type MachineDaemon, machineDaemon } from '../support/daemon.ts'
import { type Project, pollsProject } from '../support/project.ts'
import { endTools, startTool, type ToolResult, tool } from '../support/tool.ts'

// The sample as the original ran it, with its variables and its commands, looked at in a real browser.

jest.setTimeout(900_000)

const NAMESPACE = 'pt-browser'
const SERVE = 'uwsgi --http :8000 --module mysite.wsgi --static-map /static=/var/www/mysite/static'

let daemon: MachineDaemon
let project: Project
let browser: Browser
let address: string
const done: Record<string, ToolResult> = {}

beforeAll(async () => {
  daemon = await machineDaemon(NAMESPACE)
  project = await pollsProject()
  browser = await openBrowser()
  const port = await freePort()
  const env = {
    REPO_NS: NAMESPACE,
    VOLUMES: './data:/data ./static:/var/www/mysite/static',
    ENV_VARS: 'DATABASE=/data/polls.sqlite3 DJANGO_SUPERUSER_PASSWORD=only-here',
  }
  const pypackager = async (...args: string[]) => {
    const result = await tool(args, { cwd: project.workspace, env })
    if (result.code !== 0) throw new Error(`pypackager ${args.join(' ')}: code ${result.code}\n${result.stdout}${result.stderr}`)
    done[args.join(' ')] = result
  }
  await pypackager('release')
  await pypackager('manage', 'check')
  await pypackager('manage', 'migrate')
  await pypackager('manage', '--', 'collectstatic', '--noinput')
  await pypackager('manage', 'loaddata', 'polls')
  await pypackager('manage', '--', 'createsuperuser', '--noinput', '--username', 'ada', '--email', 'ada@example.invalid')
  startTool(['run', '--', ...SERVE.split(' ')], { cwd: project.workspace, env: { ...env, PORTS: `127.0.0.1:${port}:8000` } })
  address = `http://127.0.0.1:${port}`
  const up = () =>
    fetch(`${address}/polls/`).then(
      () => true,
      () => false,
    )
  await until('an answer of the site', 60, up)
})

afterAll(async () => {
  await endTools()
  for (const disposable of [browser, project, daemon]) await disposable?.[Symbol.asyncDispose]()
})

describe('before it is served', () => {
  test('manage migrate makes the database in a volume', async () => {
    expect(done['manage migrate']?.stdout).toContain('Applying polls.0001_initial... OK')
    expect((await stat(project.at('data/polls.sqlite3'))).uid).toBe((await stat(project.workspace)).uid)
  })

  test('manage -- collectstatic --noinput fills a volume, whose owner it keeps', async () => {
    expect(done['manage -- collectstatic --noinput']?.stdout).toMatch(/\d+ static files copied/)
    expect((await stat(project.at('static/polls/style.css'))).uid).toBe((await stat(project.workspace)).uid)
  })
})

describe('in a browser', () => {
  test('the list of polls has its style sheet, and a vote is counted', async () => {
    const page = await browser.page()
    await page.goto(`${address}/polls/`)
    expect(await page.getByRole('heading').textContent()).toBe('Questions')
    const styled = 'getComputedStyle(document.querySelector("header")).borderBottomStyle'
    expect(await page.evaluate(styled)).toBe('solid')
    await browser.shoot(page, 'polls')
    await page.getByRole('link', { name: 'Tea or coffee?' }).click()
    const choice = page.getByRole('radio').first()
    const name = (await page.locator('label').first().textContent())?.trim() ?? ''
    await choice.check()
    await browser.shoot(page, 'polls-question')
    await page.getByRole('button', { name: 'Vote' }).click()
    expect(await page.locator('li', { hasText: name }).textContent()).toMatch(/: [1-9]\d* votes?$/)
    await browser.shoot(page, 'polls-results')
    await page.close()
  })

  test('the admin has its style sheets, lets its user in and lists the questions', async () => {
    const page = await browser.page()
    await page.goto(`${address}/admin/`)
    await page.getByLabel('Username').fill('ada')
    await page.getByLabel('Password').fill('only-here')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('link', { name: 'Questions' }).first().click()
    expect(await page.locator('#result_list').textContent()).toContain('Tea or coffee?')
    expect(await page.evaluate('getComputedStyle(document.querySelector("#header")).backgroundColor')).not.toBe('rgba(0, 0, 0, 0)')
    await browser.shoot(page, 'admin')
    await page.close()
  })
})
