import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { ROOT } from './runner-step.ts'
import { tempFolder } from './temp.ts'

/** Debian's Chromium, else what hosted runners bring. */
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Screenshots of a test run; git ignores the folder. */
export const SCREENSHOTS = path.join(ROOT, '.cache/screenshots')

export interface Browser extends AsyncDisposable {
  readonly context: BrowserContext
  page(): Promise<Page>
  /** A picture of the page in the folder of screenshots. */
  shoot(page: Page, name: string): Promise<void>
}

/** A headless browser with an empty profile of its own. @throws Error where none is installed */
export async function openBrowser(): Promise<Browser> {
  const executablePath = BROWSERS.find((file) => existsSync(file))
  if (!executablePath) throw new Error(`no browser: none of ${BROWSERS.join(', ')} is there (script/test installs chromium)`)
  const profile = await tempFolder('browser')
  await mkdir(SCREENSHOTS, { recursive: true })
  const context = await chromium.launchPersistentContext(profile.path, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: { width: 800, height: 420 },
  })
  context.setDefaultTimeout(60_000)
  return {
    context,
    page: () => context.newPage(),
    shoot: async (page, name) => void (await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) })),
    async [Symbol.asyncDispose]() {
      await context.close()
      await profile[Symbol.asyncDispose]()
    },
  }
}
