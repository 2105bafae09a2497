/**
 * A coordinator's story in a real browser, on a phone and without script: a programme, a group of 28 in four cities from a list,
 * invitations, and two workers who join from Telegram and Slack. `SHOTS=folder` also keeps pictures.
 */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import type { StaffRole } from '../../bot/desk/access.js'
import { chromiumPath, isWide, launchChromium } from '../adapters/web/chromium.js'
import { type TestHouse, testHouse } from '../house.js'
import { readSvg } from '../qr-reader.js'
import { sendReport } from './reports/world.js'
import { chat } from './world.js'

const SHOTS = process.env.SHOTS
const CITIES = ['Praha', 'Brno', 'Karlovy Vary', 'Ústí nad Labem']

let house: TestHouse
let browser: Browser
let origin: string
const faults: string[] = []

beforeAll(async () => {
  if (!chromiumPath) return
  house = await testHouse({ now: '2026-11-20T12:00:00Z' })
  house.wire.linkTo = (words) => `https://t.me/rahnamo_bot?start=${words}`
  origin = await house.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await house?.end()
})

async function staffAt(role: StaffRole, path: string): Promise<Page> {
  const token = await invite(house.store, { role, language: 'en', now: house.fake.now() })
  const viewport = { width: 360, height: 740 }
  const context = await browser.newContext({ locale: 'en', viewport, javaScriptEnabled: false })
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.goto(`${origin}/desk/sign-in`)
  await page.fill('#code', token)
  await page.press('#code', 'Enter')
  await page.waitForURL(/\/desk(\/programmes)?$/)
  await page.goto(`${origin}/desk${path}`)
  return page
}

const list = (rows: readonly string[]) => ({
  name: 'people.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFFjméno;město;organizace;jazyk\r\n${rows.join('\r\n')}\r\n`),
})

const people = Array.from(
  { length: 28 },
  (_, nth) =>
    `Člověk ${String(nth + 1).padStart(2, '0')};${CITIES[nth % 4]};Organizace ${nth % 14};${nth % 2 ? 'uk' : 'cs'}`,
)

const shot = async (page: Page, name: string) => {
  expect(await isWide(page), `${name} is wider than the phone`).toBe(false)
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
}

describe.skipIf(!chromiumPath)('a coordinator', () => {
  let page: Page
  let group: string

  it('begins with a programme and a group, right after signing in', async () => {
    page = await staffAt('coordinator', '')
    expect(new URL(page.url()).pathname).toBe('/desk/programmes')
    expect(await page.locator('.rooms a').allTextContents()).toEqual([
      'Me',
      'Programmes',
      'Sessions',
      'Reports',
      'Feedback',
    ])
    await page.fill('[name=name]', 'Community workers 2026')
    await page.fill('[name=startsOn]', '2026-09-01')
    await page.fill('[name=endsOn]', '2027-06-30')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText('No group yet.').waitFor()
    await page.fill('[name=name]', 'Autumn')
    await page.selectOption('[name=city]', 'prague')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText('People: 0 of 30').waitFor()
    group = new URL(page.url()).pathname
    await shot(page, 'empty-group')
  })

  it('reads which rows of the list are broken, and nobody came in', async () => {
    await page.setInputFiles('[name=file]', list([...people.slice(0, 26), ';Brno;;', 'Jan;Atlantis;;cs']))
    await page.getByRole('button', { name: 'Take them in' }).click()
    await page.getByText('2 things in the list are not right').waitFor()
    expect(await page.locator('#report .wrong').allTextContents()).toEqual([
      'Row 28: there is no name.',
      'Row 29: the city “Atlantis” is not known here.',
    ])
    await page.getByText('People: 0 of 30').waitFor()
    await shot(page, 'broken-list')
  })

  it('takes in 28 people of four cities, and plans seven days', async () => {
    await page.setInputFiles('[name=file]', list(people))
    await page.getByRole('button', { name: 'Take them in' }).click()
    await page.getByText('28 people were taken in.').waitFor()
    await page.getByText('People: 28 of 30').waitFor()
    const lines = await page.locator('#people .list > li').allTextContents()
    expect(lines).toHaveLength(28)
    expect(lines[2]).toContain('Člověk 03')
    expect(lines[2]).toContain('Karlovy Vary · Organizace 2')
    expect(lines[2]).toContain('Not joined yet')
    await page.goto(`${origin}${group}`)
    for (let module = 1; module <= 7; module++) {
      await page.fill(`[name="day.${module}"]`, `2027-0${Math.min(module, 6)}-1${module}`)
      await page.fill(`[name="from.${module}"]`, '09:00')
      await page.fill(`[name="place.${module}"]`, 'Na Poříčí 12, Praha')
    }
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.getByText('Saved.').waitFor()
    expect(await house.store.db.trainingSession.count()).toBe(7)
    await shot(page, 'group')
  })

  it('makes everybody’s invitation at once, with a QR each, and two workers come by two messengers', async () => {
    await page.getByRole('button', { name: 'Invite all who have not joined' }).click()
    await page.getByRole('heading', { name: '28 invitations' }).waitFor()
    expect(await page.locator('#invites svg.qr').count()).toBe(28)
    await page.locator('#invites summary').first().click()
    await shot(page, 'invitations')
    // Each in the language of whoever it is for
    const words = await page.locator('#invites .invite-words').allTextContents()
    for (const start of ['Dobrý den! Zveme vás', 'Вітаємо! Запрошуємо вас'])
      expect(words.filter((each) => each.startsWith(start))).toHaveLength(14)
    const links = await page.locator('#invites .link').allTextContents()
    const codes = await page.locator('#invites .code-words output').allTextContents()
    expect(new Set([...links, ...codes]).size).toBe(56)
    const pictures = await page.locator('#invites p:has(> svg.qr)').all()
    const shown = await Promise.all(pictures.slice(0, 2).map(async (each) => readSvg(await each.innerHTML())))
    expect(shown).toEqual(links.slice(0, 2))

    const telegram = chat(house, house.wire, '770001')
    const [, payload = ''] = /start=(.+)$/.exec(links[0] ?? '') ?? []
    await telegram.does({ kind: 'command', name: 'start', argument: payload })
    expect(telegram.hears()[0]?.text).toContain('Vítejte! Jste ve skupině „Autumn“')
    const slack = chat(house, house.slack, 'D770002')
    await slack.writes(`join ${codes[1]}`)
    expect(slack.hears()[0]?.text).toContain('Вітаємо! Тепер ви в групі «Autumn»')

    await page.goto(`${origin}${group}`)
    const joined = page.locator('#people .list > li', { has: page.locator('.standing.here') })
    expect(await joined.locator('strong').allTextContents()).toEqual(['Člověk 01', 'Člověk 02'])
    await page.goto(`${origin}/desk/programmes`)
    await page.getByRole('link', { name: 'Community workers 2026' }).click()
    await page.getByText('28 people · 2 have joined').waitFor()
    await shot(page, 'programme')
  })

  it('lets somebody leave, and is told on the page why a day is wrong', async () => {
    await page.goto(`${origin}${group}`)
    const last = page.locator('#people .list > li').last()
    await last.locator('summary').click()
    await last.locator('[name=on]').first().fill('2026-09-01')
    await last.getByRole('button', { name: 'Leaves the group' }).click()
    await page.getByText('Nobody leaves before they came').waitFor()
    const again = page.locator('#people .list > li').last()
    await again.locator('summary').click()
    await again.locator('[name=on]').first().fill('2026-12-01')
    await again.getByRole('button', { name: 'Leaves the group' }).click()
    await page.getByText('People: 27 of 30').waitFor()
    await page.getByText('1 person was here before').waitFor()
  })

  it('changes a rule, and what the report asks, on a phone', async () => {
    await page.goto(`${origin}/desk/programmes`)
    await page.getByRole('link', { name: 'Community workers 2026' }).click()
    await page.getByRole('link', { name: 'Change the rules' }).click()
    await page.fill('[name=dueDay]', '31')
    await page.getByRole('button', { name: 'Save the rules' }).click()
    await page.getByText('A day from 1 to 28').waitFor()
    await shot(page, 'rules-refused')
    await page.fill('[name=dueDay]', '10')
    await page.getByRole('button', { name: 'Save the rules' }).click()
    await page.getByText('Saved.').waitFor()
    await shot(page, 'rules')
    await page.getByRole('link', { name: 'Community workers 2026' }).click()
    await page.getByText('A month is reported by day 10').waitFor()
    await page.getByRole('link', { name: 'Change what the report asks' }).click()
    await page.locator('#add summary').click()
    for (const each of ['en', 'ru', 'cs', 'uk']) {
      await page.locator(`#add [name="ask.${each}"]`).fill(`How many bicycles did you lend? (${each})`)
      await page.locator(`#add [name="short.${each}"]`).fill(`Bicycles ${each}`)
    }
    await page.selectOption('#add [name=after]', 'city')
    await shot(page, 'form-add')
    await page.getByRole('button', { name: 'Add the question' }).click()
    await page.getByText('Nobody is asked this yet').waitFor()
    await shot(page, 'form-waiting')
    await page.getByRole('link', { name: 'See it as a worker will' }).click()
    await page.getByRole('link', { name: 'Українська' }).click()
    expect(await page.locator('.asked > li').nth(1).textContent()).toContain('How many bicycles did you lend? (uk)')
    await shot(page, 'form-preview')
    await page.getByRole('link', { name: 'What the monthly report asks' }).click()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Version 1 is asked now.').waitFor()
  })

  it('reads the reports on a phone: the groups, the months of 28 people, and one of them', async () => {
    const { personId } = await house.store.db.enrolment.findFirstOrThrow({ where: { connectedAt: { not: null } } })
    await sendReport(house, personId, '2026-10')
    await page.goto(`${origin}/desk/reports`)
    await shot(page, 'reports')
    await page.getByRole('link', { name: 'Autumn' }).click()
    const matrix = page.locator('.matrix')
    expect(await matrix.locator('tbody tr').count()).toBe(28)
    const wider = 'document.querySelector(".matrix").scrollWidth > document.querySelector(".matrix").clientWidth'
    expect(await page.evaluate<boolean>(wider), 'it moves by itself').toBe(true)
    await shot(page, 'matrix')
    await matrix.locator('td.submitted a').click()
    await page.getByText('People advised').first().waitFor()
    await shot(page, 'report')
  })

  it('S30 S31 gives the trainer their own group only, and leaves a trace of who read the names', async () => {
    const trainer = await staffAt('trainer', '/programmes')
    await trainer.getByText('You train no group yet.').waitFor()
    expect((await trainer.goto(`${origin}${group}`))?.status()).toBe(404)
    const row = await house.store.db.staff.findFirstOrThrow({ where: { role: 'trainer' } })
    const groupId = group.split('/').at(-1) ?? ''
    await page.goto(`${origin}${group}`)
    await page.selectOption('[name=trainer]', row.id)
    await page.locator('form[action$="/trainer"] button').click()
    await page.getByText('Saved.').waitFor()
    await trainer.goto(`${origin}${group}`)
    expect(await trainer.locator('#people strong').first().textContent()).toBe('Člověk 01')
    expect(await trainer.locator('form[action*="/workers/"], #import, #add').count()).toBe(0)
    const trace = { action: 'programme.names', object: groupId, staffId: row.id }
    expect(await house.store.db.audit.count({ where: trace })).toBe(1)

    const administrator = await staffAt('administrator', group.replace('/desk', ''))
    await administrator.getByText('Names are shown to coordinators').waitFor()
    expect(await administrator.content()).not.toContain('Člověk')
    expect(faults).toEqual([])
  })
})
