/** A real Chromium for tests of the page: TNP_CHROMIUM, else the first of the usual names on PATH. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** null: there is none. */
export function chromiumPath(): string | null {
  const given = process.env.TNP_CHROMIUM
  if (given !== undefined && given !== '') return given
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap(name => folders.map(folder => join(folder, name))).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface Visit {
  readonly page: Page
  /** Requests to anything but 127.0.0.1 (which are not let through), and what the page itself complains of. */
  readonly faults: string[]
}

/** Runs with a browser of its own, of which no request leaves loopback. */
export async function withChromium<T>(options: BrowserContextOptions, run: (visit: Visit) => Promise<T>): Promise<T> {
  const isRoot = process.getuid?.() === 0
  const args = ['--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])]
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath()!, args })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const faults: string[] = []
    await context.route('**/*', route => {
      const url = new URL(route.request().url())
      const isLocal = url.hostname === '127.0.0.1' || ['file:', 'data:', 'blob:'].includes(url.protocol)
      if (isLocal) return route.continue()
      faults.push(`request to ${url.href}`)
      return route.abort()
    })
    page.on('console', message => {
      // Answers that say what is wrong with a form are such "errors" too.
      if (message.type() === 'error' && !/status of 4(09|22)/.test(message.text())) faults.push(message.text())
    })
    page.on('pageerror', error => faults.push(error.message))
    return await run({ page, faults })
  } finally {
    await browser.close()
  }
}
