/** The screen in the room, and the trainer's telephone, in a real browser. `SHOTS=folder` also keeps pictures. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import type { Channel } from '../../bot/conversation/channel.js'
import { codeOf, stepAt } from '../../bot/programme/checkin/codes.js'
import { addEvent } from '../../bot/programme/checkin/events.js'
import { screenLink } from '../../bot/programme/checkin/screen.js'
import { chromiumPath, isWide, launchChromium } from '../adapters/web/chromium.js'
import { newClient, type OpenDesk, openDesk } from './desk-house.js'

const SHOTS = process.env.SHOTS

let desk: OpenDesk
let browser: Browser
let origin: string
let session: string
let training: string
let trainerPage: Page
let token: string
const faults: string[] = []

beforeAll(async () => {
  if (!chromiumPath) return
  desk = await openDesk({ now: '2026-11-20T07:55:00Z' })
  const { db, vault } = desk.store
  const telegram: Pick<Channel, 'linkTo'> = { linkTo: (words) => `https://t.me/rahnamo_bot?start=${words}` }
  desk.house.channel = () => telegram as Channel
  token = await invite(desk.store, { role: 'trainer', language: 'en', now: desk.clock() })
  const trainer = await db.staff.findFirstOrThrow({ where: { role: 'trainer' } })
  const programme = await db.programme.create({
    data: { name: 'P', startsOn: new Date('2026-01-01'), endsOn: new Date('2027-12-31'), rules: {} },
  })
  const group = await db.programmeGroup.create({
    data: { programmeId: programme.id, name: 'Brno', timeZone: 'Europe/Prague', trainerId: trainer.id },
  })
  training = group.id
  await db.reportFigure.createMany({
    data: ['2026-09', '2026-10'].flatMap((period) =>
      [
        ...['clients', 'newClients'].map((question) => [question, '', 40] as const),
        ['topics', 'housing', 6] as const,
      ].map(([question, option, value]) => ({
        groupId: group.id,
        period,
        city: 'brno',
        reports: 2,
        question,
        option,
        value,
      })),
    ),
  })
  const startsAt = new Date('2026-11-20T08:00:00Z')
  const day = await db.trainingSession.create({
    data: { groupId: group.id, module: 1, startsAt, endsAt: new Date('2026-11-20T16:00:00Z') },
  })
  session = day.id
  const { personId } = await newClient(desk)
  const { wrappedKey } = await db.person.update({ where: { id: personId }, data: { role: 'worker' } })
  const name = vault.drawer(personId, wrappedKey ?? new Uint8Array()).seal('enrolment.name', 'Oksana')
  await db.enrolment.create({ data: { personId, groupId: group.id, name, joinedOn: new Date('2026-01-01') } })
  origin = await desk.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await desk?.end()
})

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en', ...options })).newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(line.text())
  })
  return page
}

const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

describe.runIf(chromiumPath)('in a browser', () => {
  it('the screen counts down, and shows who came and the next code by itself', async () => {
    const page = await open({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${origin}/desk/screen/${screenLink(desk.store.vault.hash, session, desk.clock())}`)
    const shown = () => {
      const code = codeOf(desk.store.vault.hash, session, stepAt(desk.clock()))
      return `${code.slice(0, 3)} ${code.slice(3)}`
    }
    expect(await page.textContent('.code')).toBe(shown())
    expect(await page.locator('svg.qr').isVisible()).toBe(true)
    await shot(page, 'screen')
    await page.evaluate('window.stays = true')
    await expect.poll(async () => Number(await page.textContent('#left')), { timeout: 15_000 }).toBeLessThan(30)
    expect(await page.textContent('.count')).toContain('0 / 1')
    const { id: enrolmentId } = await desk.store.db.enrolment.findFirstOrThrow({ where: { groupId: training } })
    const here = { sessionId: session, enrolmentId, point: 'arrival', at: desk.clock() } as const
    await addEvent(desk.store.db, { ...here, kind: 'qr', becomes: 'present', once: 'own:arrival' })
    await page.getByText('1 / 1').waitFor({ timeout: 15_000 })
    desk.forward(30_000)
    await page.getByText(shown()).waitFor({ timeout: 15_000 })
    expect(await page.evaluate('window.stays'), 'it was never loaded anew').toBe(true)
    expect(await isWide(page)).toBe(false)
  })

  it('the trainer corrects and closes on a telephone without a script', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
    trainerPage = page
    await page.goto(`${origin}/desk/sign-in`)
    await page.fill('#code', token)
    await page.press('#code', 'Enter')
    desk.forward(10 * 60_000)
    await page.goto(`${origin}/desk/sessions/${session}`)
    await page.getByText('Correct', { exact: true }).click()
    await shot(page, 'day')
    await page.selectOption('select[name=mark]', 'absent')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.textContent('main')).toContain('0 / 1')
    expect(await page.textContent('main')).toContain('here → not here')
    await page.locator('#close summary').last().click()
    await page.getByRole('button', { name: 'It fits: close the day' }).click()
    expect(await page.textContent('main')).toContain('closed at 9:05')
  })

  it('duties stand as cards on a telephone, and charts can be read there', async () => {
    const page = trainerPage
    await page.goto(`${origin}/desk/training/${training}/duties`)
    await shot(page, 'duties')
    expect(await page.locator('td.hours').first().isVisible()).toBe(true)
    expect(await isWide(page)).toBe(false)
    await page.goto(`${origin}/desk/training/${training}/figures`)
    await shot(page, 'figures')
    expect(await page.locator('figure.plot svg[role=img]').count()).toBe(3)
    expect(await isWide(page)).toBe(false)
    // Letters of nine pixels and more are read without a glass
    const heights = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.plot > svg text')].map((text) => text.getBoundingClientRect().height)`,
    )
    expect(Math.min(...heights)).toBeGreaterThan(9)
  })

  it('nothing was wrong on the way', () => {
    // The door leads to the cases, which are none of a trainer's
    expect(faults.filter((fault) => !/403/.test(fault))).toEqual([])
  })
})
