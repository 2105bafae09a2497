/**
 * The pages for whoever looks after the house in a real browser: with its script, without, and on a narrow phone. `SHOTS=folder` also
 * keeps pictures of what needs two people.
 */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import type { StaffRole } from '../../bot/desk/access.js'
import { chromiumPath, launchChromium } from '../adapters/web/chromium.js'
import { newClient, type OpenDesk, openDesk } from './desk-house.js'
import { countWork, furnish } from './house-world.js'

const SHOTS = process.env.SHOTS

let desk: OpenDesk
let browser: Browser
let origin: string
const faults: string[] = []

beforeAll(async () => {
  if (!chromiumPath) return
  desk = await openDesk({ now: new Date().toISOString() })
  origin = await desk.app.listen({ port: 0, host: '127.0.0.1' })
  await furnish(desk)
  await countWork(desk, 7, {})
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await desk?.end()
})

type Options = Parameters<Browser['newContext']>[0]

const PHONE = { viewport: { width: 360, height: 740 } }

const supervisor = (path: string, options: Options = {}) => staffAt('supervisor', path, options)

async function staffAt(role: StaffRole, path: string, options: Options = {}): Promise<Page> {
  const token = await invite(desk.store, { role, language: 'en', now: desk.clock() })
  const context = await browser.newContext({ locale: 'en', ...options })
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) faults.push(line.text())
  })
  await page.goto(`${origin}/desk/sign-in`)
  await page.fill('#code', token)
  await page.press('#code', 'Enter')
  await page.waitForURL(`${origin}/desk`)
  await page.goto(`${origin}/desk${path}`)
  return page
}

const PAGES = [
  '/me',
  '/oversight',
  '/centres',
  '/centres/moscow',
  '/centres/moscow/hours',
  '/staff',
  '/complaints',
  '/approvals',
  '/breach',
]

describe.skipIf(!chromiumPath)('the house in a browser', () => {
  it('fits on a phone, and breaks nothing of its own rules', async () => {
    const page = await supervisor('/me', { viewport: { width: 360, height: 740 } })
    for (const path of PAGES) {
      await page.goto(`${origin}/desk${path}`)
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(360)
    }
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('lets words go that nobody wants to carry home: no request has them', async () => {
    const page = await supervisor('/me')
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    await page.getByRole('button', { name: 'I am away now' }).click()
    await page.fill('#unload-words', 'canary-too-heavy')
    await page.getByRole('button', { name: 'Let it go' }).click()
    await page.getByText('It is gone.').waitFor()
    expect(await page.inputValue('#unload-words')).toBe('')
    await page.getByRole('button', { name: 'I am here' }).click()
    await page.getByText('Good that you are here.').waitFor()
    expect(sent.join('\n')).not.toContain('canary-too-heavy')
    await page.context().close()
  })

  it('writes hours without any script', async () => {
    const page = await supervisor('/centres/moscow/hours', { javaScriptEnabled: false })
    await page.getByRole('button', { name: 'Add a row' }).click()
    const row = page.locator('.row-form').nth(1)
    await row.locator('[name="shifts.1.day.6"]').check()
    await row.locator('[name="shifts.1.from"]').fill('10')
    await row.locator('[name="shifts.1.to"]').fill('14')
    // Enter saves, wherever it is pressed.
    await row.locator('[name="shifts.1.to"]').press('Enter')
    await page.getByText('Saved.').waitFor()
    const { hours } = await desk.store.db.centre.findUniqueOrThrow({ where: { id: 'moscow' } })
    expect(hours).toMatchObject({ shifts: [{}, { days: [6], from: '10:00', to: '14:00' }] })
    await page.context().close()
  })

  it('leads from room to room, and says where one is', async () => {
    const page = await supervisor('')
    await page.getByRole('link', { name: 'Oversight' }).click()
    expect(await page.locator('.rooms [aria-current]').textContent()).toBe('Oversight')
    await page.getByRole('link', { name: 'Last 90 days' }).click()
    expect(page.url()).toContain('period=days')
    await page.getByRole('link', { name: 'Centres' }).click()
    await page.getByRole('link', { name: 'Moscow' }).click()
    await page.getByText('Connect a group').click()
    await page.getByRole('button', { name: 'Make a code' }).click()
    await page.locator('.code-words').waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('S08 S47 asks, decides and stops from page to page, on a phone too', { timeout: 120_000 }, async () => {
    const [boss, admin] = [await staffAt('supervisor', ''), await staffAt('administrator', '')]
    const both = [boss, admin]
    const shot = async (page: Page, name: string) => {
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true)
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
    }
    const owner = await staffAt('consultant', '', PHONE)
    const code = await (await newClient(desk)).asksForHuman({ language: 'ru' })
    await owner.goto(`${origin}/desk/cases/${code}`)
    await owner.locator('form[action$="/claim"] button').first().click()
    await owner.locator('.menu.more > summary').click()
    await owner.getByText('Who the client is').click()
    await owner.getByText('A life is in danger', { exact: true }).click()
    await owner.fill('textarea[name="words"]', 'The ambulance needs to know where to go.')
    await shot(owner, 'reveal-ask-phone')
    await owner.getByRole('button', { name: 'Ask a second person' }).click()

    await boss.goto(`${origin}/desk/approvals`)
    await boss.locator('#export textarea').fill('Report to the funder')
    await boss.locator('#export').getByRole('button', { name: 'Ask a second person' }).click()
    await boss.getByText('A second person has been asked.').waitFor()
    await shot(boss, 'approvals-supervisor')
    await admin.goto(`${origin}/desk/approvals`)
    await shot(admin, 'approvals-administrator')
    await boss.getByRole('button', { name: 'I agree' }).click()
    await boss.getByText('You have agreed.').waitFor()
    await owner.goto(`${origin}/desk/cases/${code}`)
    await owner.getByRole('button', { name: 'Show (recorded)' }).click()
    await owner.getByText('This look was recorded.').waitFor()
    await shot(owner, 'reveal-shown-phone')
    await admin.goto(`${origin}/desk/approvals`)
    await admin.getByRole('button', { name: 'I agree' }).click()
    await admin.getByText('You have agreed.').waitFor()
    await boss.goto(`${origin}/desk/approvals`)
    const download = boss.waitForEvent('download')
    await boss.getByRole('button', { name: 'Download once' }).click()
    expect((await download).suggestedFilename()).toMatch(/^cases-.*\.csv$/)

    await boss.goto(`${origin}/desk/breach`)
    await boss.fill('textarea[name="plan"]', 'Call the director: 100.\nThen the authority.')
    await boss.getByRole('button', { name: 'Save' }).click()
    await shot(boss, 'breach-before')
    await boss.locator('.careful > summary').click()
    await boss.fill('textarea[name="words"]', 'A laptop was stolen from the office.')
    await boss.getByRole('button', { name: 'Yes, stop exports now' }).click()
    await boss.getByText('What to do now').waitFor()
    await shot(boss, 'breach-open')
    for (const page of both) {
      await page.setViewportSize(PHONE.viewport)
      for (const path of ['/breach', '/approvals', '']) {
        await page.goto(`${origin}/desk${path}`)
        await page.locator('.frozen').waitFor()
        await shot(page, `phone-${path.slice(1)}-${both.indexOf(page)}`)
      }
    }
    expect(faults).toEqual([])
    for (const page of [...both, owner]) await page.context().close()
  })
})
