/** The acts of a case in a real browser. `SHOTS=folder` also keeps pictures of each menu. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import { ALWAYS } from '../../bot/desk/centres.js'
import { inviteGuest } from '../../bot/desk/guests.js'
import { addQuickAnswer } from '../../bot/desk/quick-answers.js'
import { offerCase } from '../../bot/desk/transfer.js'
import { newClient, type OpenDesk, openDesk } from './desk-house.js'

const CHROMIUM = '/usr/bin/chromium'
const SHOTS = process.env.SHOTS

let desk: OpenDesk
let browser: Browser
let origin: string

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) return
  desk = await openDesk({ now: new Date().toISOString() })
  for (const [id, country, city] of [
    ['moscow', 'RU', 'Moscow'],
    ['almaty', 'KZ', 'Almaty'],
  ] as const)
    await desk.store.db.centre.create({
      data: { id, country, city, timeZone: 'Europe/Moscow', languages: ['ru', 'tg'], hours: ALWAYS },
    })
  origin = await desk.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
})
afterAll(async () => {
  await browser?.close()
  await desk?.end()
})

async function signedIn(language = 'en', options: Parameters<Browser['newContext']>[0] = {}) {
  const token = await invite(desk.store, { role: 'consultant', language, now: desk.clock() })
  const staff = await desk.store.db.staff.findFirstOrThrow({
    orderBy: { createdAt: 'desc' },
    where: { role: 'consultant' },
  })
  await desk.store.db.staff.update({
    where: { id: staff.id },
    data: { centreId: 'moscow', languages: ['ru', 'tg'], createdAt: new Date(0) },
  })
  const context = await browser.newContext({ locale: language, timezoneId: 'Europe/Moscow', ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(`${origin}/desk/sign-in#${token}`)
  await page.waitForURL(`${origin}/desk`)
  return { page, staff }
}

async function withCase(language?: string, options?: Parameters<Browser['newContext']>[0]) {
  const me = await signedIn(language, options)
  const client = await newClient(desk)
  const code = await client.asksForHuman({
    said: 'Хӯҷаин се моҳ маош намедиҳад, паспортамро гирифтааст. Чӣ кор кунам?',
  })
  await me.page.goto(`${origin}/desk/cases/${code}`)
  await me.page.locator('#answer .act button.primary').click()
  await me.page.locator('#reply').waitFor()
  return { ...me, client, code }
}

const open = (page: Page, menu: string) => page.locator(`.menu.${menu} > summary`).click()
const talk = (page: Page) => page.locator('#messages')

describe.skipIf(!existsSync(CHROMIUM))('a case in a browser', { retry: 2 }, () => {
  it('is offered, and accepted in another browser, without a reload', async () => {
    const mine = await withCase()
    const theirs = await signedIn()
    await theirs.page.goto(`${origin}/desk/cases/${mine.code}`)
    await mine.page.reload()
    await open(mine.page, 'hand-on')
    await mine.page.locator('select[name=to]').selectOption(`s:${theirs.staff.id}`)
    await mine.page.getByRole('button', { name: 'Offer the case' }).click()
    await mine.page.getByRole('button', { name: 'Take the offer back' }).waitFor()
    await theirs.page.getByRole('button', { name: 'Accept' }).click()
    await theirs.page.locator('#reply').waitFor()
    await mine.page.locator('#head').getByText('With Consultant').waitFor()
    expect(await mine.page.locator('#reply').count()).toBe(0)
    for (const { page } of [mine, theirs]) await page.context().close()
  })

  it('answers one message of the client, who is quoted', async () => {
    const { page, client } = await withCase()
    await client.says({ text: 'how much is it?' })
    const line = talk(page).locator('.message', { hasText: 'how much is it?' })
    await line.getByText('Reply').click()
    await page.locator('#answering').getByText('how much is it?').waitFor()
    await page.fill('#reply-text', 'nothing at all')
    await page.press('#reply-text', 'Control+Enter')
    await talk(page).locator('.message.staff .quote', { hasText: 'how much is it?' }).waitFor()
    expect(await page.locator('#answering').isVisible()).toBe(false)
    await page.context().close()
  })

  it('puts an own message right, and takes one back', async () => {
    const { page } = await withCase()
    for (const text of ['500 roubles', 'wrong chat']) {
      await page.fill('#reply-text', text)
      await page.press('#reply-text', 'Control+Enter')
      await talk(page).getByText(text).waitFor()
    }
    const line = (text: string) => talk(page).locator('.message', { hasText: text })
    await line('500 roubles').locator('.line-menu > summary').click()
    await line('500 roubles').getByText('Correct…').click()
    await page.fill('#correct-text', '5000 roubles')
    await page.getByRole('button', { name: 'Correct', exact: true }).click()
    await line('5000 roubles').locator('.was').waitFor()
    await line('wrong chat').locator('.line-menu > summary').click()
    await line('wrong chat').getByRole('button', { name: 'Take back' }).click()
    await page.locator('.taken-back', { hasText: 'wrong chat' }).waitFor()
    await page.context().close()
  })

  it('sends an answer of the knowledge, and puts ready words into the composer', async () => {
    const { page, staff, code } = await withCase()
    await addQuickAnswer(desk.house, staff, { title: 'Hello', language: 'tg', text: 'Салом!', shared: false })
    await page.reload()
    await page.fill('#reply-text', 'first')
    await page.locator('#ready > summary').click()
    await page.getByRole('button', { name: 'Hello' }).click()
    expect(await page.inputValue('#reply-text')).toBe('first\n\nСалом!')
    await page.locator('#with > summary').click()
    await page.fill('#find', 'permit')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.locator('#with .article', { hasText: 'ru-permit' }).locator('summary').click()
    await page.getByRole('button', { name: 'Send it to the client (Tajik)' }).click()
    await talk(page).getByText('ru-permit: all of it in tg').waitFor()
    // What was being written is still there.
    expect(await page.inputValue('#reply-text')).toBe('first\n\nСалом!')
    expect(page.url()).toBe(`${origin}/desk/cases/${code}`)
    await page.context().close()
  })

  it('plans a meeting by keyboard, after the page has refreshed itself', async () => {
    const { page, client } = await withCase()
    await client.says({ text: 'a refresh' })
    await talk(page).getByText('a refresh').waitFor()
    await page.locator('.menu.more > summary').press('Enter')
    await page.locator('.fold', { hasText: 'Plan a meeting' }).locator('summary').press('Enter')
    await page.fill('input[name=at]', '2030-05-06T10:00')
    await page.fill('input[name=place]', 'Tverskaya 1')
    await page.press('input[name=place]', 'Enter')
    await page.locator('.meetings').getByText('6 May 2030, 10:00').waitFor()
    await page.context().close()
  })

  it.each([360, 1280])('opens every menu within %i pixels', async (width) => {
    const { page, code } = await withCase('ru', { viewport: { width, height: 760 } })
    await signedIn()
    await page.goto(`${origin}/desk/cases/${code}`)
    for (const menu of ['hand-on', 'close', 'more']) {
      await open(page, menu)
      const box = await page.locator(`.menu.${menu} > .sheet`).boundingBox()
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
      await page.keyboard.press('Escape')
    }
    for (const panel of ['#with', '#ready']) await page.locator(`${panel} > summary`).click()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  it.runIf(SHOTS)('looks right', { timeout: 300_000 }, async () => {
    const shot = (page: Page, name: string) => page.screenshot({ path: join(SHOTS ?? '', `${name}.png`) })
    for (const [language, scheme, width] of [
      ['en', 'light', 1280],
      ['ru', 'dark', 1280],
      ['ru', 'light', 360],
      ['en', 'dark', 360],
    ] as const) {
      const name = `${language}-${scheme}-${width}`
      const { page, staff, client, code } = await withCase(language, {
        viewport: { width, height: width === 360 ? 740 : 800 },
        colorScheme: scheme,
      })
      const helper = await signedIn()
      await helper.page.context().close()
      await inviteGuest(desk.house, code, staff, helper.staff.id)
      await addQuickAnswer(desk.house, staff, { title: 'Приветствие', language: 'tg', text: 'Салом!', shared: false })
      await addQuickAnswer(desk.house, staff, {
        title: 'Адрес центра',
        language: 'ru',
        text: 'Тверская',
        shared: false,
      })
      await client.says({ text: 'Паспортам дар дасти хӯҷаин аст. Занг занам?' })
      await page.reload()
      await talk(page).locator('[data-answers]').last().click()
      await page.fill('#reply-text', 'Паспорт у вас забирать нельзя. Давайте встретимся.')
      await shot(page, `${name}-answering`)
      await page.press('#reply-text', 'Control+Enter')
      await talk(page).locator('.message.staff').waitFor()
      const { id, personId } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
      const consent = { personId, version: '1', language: 'tg', channel: 'telegram' }
      for (const [kind, given] of [
        ['case', true],
        ['phone', true],
        ['sharing', false],
      ] as const)
        await desk.store.db.consent.create({ data: { ...consent, kind, given } })
      const person = await desk.store.db.person.findUniqueOrThrow({ where: { id: personId } })
      const drawer = desk.store.vault.drawer(personId, person.wrappedKey ?? new Uint8Array())
      await desk.store.db.call.create({
        data: {
          caseId: id,
          state: 'given',
          askedById: staff.id,
          phone: drawer.seal('call.phone', '+992 90 123 45 67'),
        },
      })
      await desk.store.db.appointment.create({
        data: {
          caseId: id,
          staffId: staff.id,
          kind: 'meeting',
          at: new Date(desk.clock().getTime() + 3 * 86_400_000),
          place: drawer.seal('appointment.place', 'Тверская 1, кабинет 5'),
        },
      })
      await desk.store.db.case.update({ where: { code }, data: { engagement: 2 } })
      await client.says({ text: 'Ташаккур! Кай омаданам мумкин?' })
      await page.reload()
      await shot(page, `${name}-case`)
      await talk(page).locator('.line-menu > summary').last().click()
      await shot(page, `${name}-line-menu`)
      await page.keyboard.press('Escape')
      for (const menu of ['hand-on', 'close', 'more']) {
        await open(page, menu)
        await shot(page, `${name}-${menu}`)
        if (menu === 'more')
          for (const nth of [0, 1, 2, 3]) {
            await page.locator('.fold > summary').nth(nth).click()
            await shot(page, `${name}-more-${nth}`)
          }
        await page.keyboard.press('Escape')
      }
      await page.locator('#with > summary').click()
      await page.locator('#with .article summary').first().click()
      await shot(page, `${name}-with`)
      await page.locator('#ready > summary').click()
      await shot(page, `${name}-ready`)
      if (width === 360) {
        await page.locator('.tabs button').nth(1).click()
        await shot(page, `${name}-about`)
        await page.locator('.tabs button').nth(0).click()
      }
      await page.locator('#banners form[action$="call/number"] button').click()
      await page.locator('.number').waitFor()
      await shot(page, `${name}-number`)
      await page.goto(`${origin}/desk/cases/${code}`)
      await talk(page).locator('.line-menu > summary').last().click()
      await talk(page).locator('.line-menu a').last().click()
      await page.locator('#correct-text').waitFor()
      await shot(page, `${name}-correct`)
      await page.goto(`${origin}/desk/cases/${code}`)
      await offerCase(desk.house, code, staff, { to: 'c:almaty', summary: 'x', requestId: crypto.randomUUID() })
      await page.locator('form[action$="withdraw"]').waitFor()
      await shot(page, `${name}-offered`)
      await page.goto(`${origin}/desk/answers`)
      await page.locator('.article summary').first().click()
      await shot(page, `${name}-answers-page`)
      await page.context().close()
    }
  })
})
