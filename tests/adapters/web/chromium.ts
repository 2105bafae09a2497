/** A real browser for tests: Chromium as the machine has it. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** `CHROMIUM_PATH`, else where distributions put it; `undefined` when there is none. */
export const chromiumPath: string | undefined = [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((path) =>
  existsSync(path),
)

export const withoutChromium = 'no Chromium here: install it, or name it in CHROMIUM_PATH'

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath && { executablePath: chromiumPath }),
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  })

/** A phone of somebody in Moscow. Errors and refused scripts on the page end up in `faults`. */
export async function openPhone(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    locale: 'ru',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 390, height: 780 },
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) faults.push(line.text())
  })
  return { context, page, faults }
}

/** The words of the messages on the screen, oldest first. */
export const shownOn = (page: Page): Promise<string[]> => page.locator('.message .bubble p').allTextContents()

/** Whether the page can be moved sideways. Boxes do not tell: they stay as wide as the screen, whatever hangs out of them. */
export const isWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
