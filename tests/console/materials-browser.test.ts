/** Materials on a coordinator's and a trainer's telephone, without any script. `SHOTS=folder` also keeps pictures. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import { materialsOf } from '../../bot/programme/materials/materials.js'
import { chromiumPath, launchChromium } from '../adapters/web/chromium.js'
import { newGroup } from '../programme/reports/world.js'
import { type OpenDesk, openDesk } from './desk-house.js'

const SHOTS = process.env.SHOTS
const LONG = `https://materials-of-the-programme.example.org/${'a-long-way/'.repeat(25)}`

describe.skipIf(!chromiumPath)('materials in a browser', () => {
  let desk: OpenDesk
  let browser: Browser
  let origin: string
  beforeAll(async () => {
    desk = await openDesk({ now: '2026-11-20T07:55:00Z' })
    origin = await desk.app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.end()
  })

  async function telephone(role: 'coordinator' | 'trainer', language: 'en' | 'ru'): Promise<Page> {
    const token = await invite(desk.store, { role, language, now: desk.clock() })
    const options = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, locale: language }
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(`${origin}/desk/sign-in`)
    await page.fill('#code', token)
    await page.press('#code', 'Enter')
    return page
  }

  async function fits(page: Page, name: string): Promise<void> {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
  }

  it('a coordinator adds one, mends a wrong link, and the trainer sees it on the day', async () => {
    const page = await telephone('coordinator', 'en')
    const trained = await telephone('trainer', 'ru')
    const trainer = await desk.store.db.staff.findFirstOrThrow({ where: { role: 'trainer' } })
    const group = await newGroup(desk.store, { trainerId: trainer.id })
    await page.goto(`${origin}/desk/programmes/${group.programmeId}`)
    await page.getByRole('link', { name: 'Change the materials of the modules' }).click()
    const module = page.locator('#module-2')
    await module.getByText('Add a material').click()
    await module.locator('[name="title.en"]').fill('Labour code')
    await module.locator('[name="url.en"]').fill('http://example.org')
    await module.getByRole('button', { name: 'Save' }).click()
    expect(await module.locator('[aria-invalid]').count()).toBe(1)
    await fits(page, 'materials-wrong')
    await module.locator('[name="url.en"]').fill(LONG)
    await module.getByRole('button', { name: 'Save' }).click()
    expect(await module.getByRole('link', { name: 'Labour code' }).getAttribute('href')).toBe(LONG)
    await page.locator('#module-2 summary').first().click()
    await fits(page, 'materials')
    expect(await materialsOf(desk.store.db, group.programmeId)).toHaveLength(1)

    const day = await desk.store.db.trainingSession.create({
      data: {
        ...{ groupId: group.id, module: 2 },
        ...{ startsAt: new Date('2026-11-20T08:00:00Z'), endsAt: new Date('2026-11-20T16:00:00Z') },
      },
    })
    await trained.goto(`${origin}/desk/sessions/${day.id}`)
    expect(await trained.getByRole('link', { name: 'Labour code (English)' }).getAttribute('href')).toBe(LONG)
    await fits(trained, 'materials-day')
  })
})
